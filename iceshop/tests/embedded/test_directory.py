"""The data directory and what lies in it."""

import json
from pathlib import Path

import pytest

from iceshop.embedded.address import Address
from iceshop.embedded.directory import DataDirectory, write_private
from iceshop.embedded.keys import keys_of
from iceshop.embedded.refusal import Refused


def test_keys_are_made_once_and_private(data: Path) -> None:
    directory = DataDirectory(data)
    directory.make()

    first = keys_of(directory)

    assert set(first) == {"ICESHOP_SECRET_KEY", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"}
    assert len(set(first.values())) == 3
    assert {len(value) for value in first.values()} == {64}
    assert keys_of(directory) == first
    assert directory.secrets.stat().st_mode & 0o777 == 0o600
    assert keys_of_another(data) != first


def keys_of_another(data: Path) -> dict[str, str]:
    another = DataDirectory(data.with_name("another"))
    another.make()
    return keys_of(another)


def test_reset_keeps_the_secrets_of_the_webhook(data: Path) -> None:
    directory = DataDirectory(data)
    directory.make()
    keys = keys_of(directory)
    (data / "postgres").mkdir()
    write_private(directory.credentials, json.dumps({"users": []}))

    directory.reset()

    assert not (data / "postgres").exists()
    assert not directory.credentials.exists()
    assert keys_of(directory) == keys


def test_directory_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(Refused, match=r"^The data directory /proc/nothing cannot be written: "):
        DataDirectory(Path("/proc/nothing")).claim()


def test_private_file_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text("old")

    write_private(path, "new")

    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_taken_port_is_refused() -> None:
    first = Address("127.0.0.1", 0)
    with first.listening():
        port = int(first.url.rstrip("/").rpartition(":")[2])
        with (
            pytest.raises(Refused, match=rf"^127\.0\.0\.1:{port} cannot be listened on \(Address"),
            Address("127.0.0.1", port).listening(),
        ):
            pytest.fail("two listen on one port")


def test_address_of_version_six_has_brackets() -> None:
    assert Address("::1", 8000).url == "http://[::1]:8000/"

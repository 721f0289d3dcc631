"""Make `.venv` from the locked requirements and run the calling script inside it.

A stamp in `.venv` holds the hash of the lock it was installed from, so that a later start goes
through at once. A mark that outlives an interrupted install makes the next start begin anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from iceshop.embedded.guardian import end_group
from iceshop.embedded.refusal import Refused

ROOT = Path(__file__).resolve().parents[2]
UV = "uv==0.13.9"
_RUNTIME = "requirements.txt"
_DEVELOPMENT = "requirements-dev.txt"
_UNFINISHED = "iceshop.unfinished"
_LAST_LINES = 12


class Environment:
    """The virtual environment `.venv` of one checkout."""

    def __init__(self, root: Path = ROOT) -> None:
        """Name the environment below ``root``; nothing is made yet."""
        self.root = root
        self.path = root / ".venv"
        self.python = self.path / "bin" / "python"

    def is_ready(self, *, development: bool) -> bool:
        """Say whether what the locks ask for is installed (development packages include all)."""
        if not os.access(self.python, os.X_OK) or (self.path / _UNFINISHED).exists():
            return False
        locks = [_DEVELOPMENT] if development else [_RUNTIME, _DEVELOPMENT]
        return any(self._stamp(lock) == self._digest(lock) for lock in locks)

    def ensure(self, *, development: bool) -> None:
        """Install what is missing; wait when another start is at it.

        Raises: Refused when it cannot be made here.
        """
        if self.is_ready(development=development):
            return
        with self._alone():
            if not self.is_ready(development=development):
                self._make(_DEVELOPMENT if development else _RUNTIME)

    def _make(self, lock: str) -> None:
        unfinished = self.path / _UNFINISHED
        if unfinished.exists() or not self._works():
            self._create()
        unfinished.touch()
        _say(f"Installing {lock} into .venv.")
        self._install(lock)
        for stale in self.path.glob("iceshop.*.sha256"):
            stale.unlink()
        self._stamp_path(lock).write_text(self._digest(lock))
        unfinished.unlink()

    def _create(self) -> None:
        if not all(map(importlib.util.find_spec, ("ensurepip", "venv"))):
            raise Refused(
                f"{sys.executable} has no ensurepip: install it (on Debian and Ubuntu: "
                f"apt-get install python3-venv), then start again."
            )
        _say("Making .venv (first start only).")
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir()
        (self.path / _UNFINISHED).touch()
        _run([sys.executable, "-m", "venv", str(self.path)], "making .venv")

    def _install(self, lock: str) -> None:
        """Install by uv, which is fast; by pip, which knows more configurations, where uv fails."""
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        locked = ["--require-hashes", "-r", str(self.root / lock)]
        uv = [str(self.python), "-m", "uv", "pip", "install", "-q", "--python", str(self.python)]
        if not (_succeeds([*pip, UV]) and _succeeds([*uv, *locked])):
            _say("uv could not install everything; pip takes over (about a minute).")
            _run([*pip, *locked], f"installing {lock}")

    def _works(self) -> bool:
        """Say whether the environment's Python runs, is new enough and has pip."""
        supported = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        return self.python.exists() and _succeeds([str(self.python), "-c", supported])

    def _digest(self, lock: str) -> str:
        return hashlib.sha256((self.root / lock).read_bytes()).hexdigest()

    def _stamp_path(self, lock: str) -> Path:
        return self.path / f"iceshop.{Path(lock).stem}.sha256"

    def _stamp(self, lock: str) -> str | None:
        path = self._stamp_path(lock)
        return path.read_text() if path.exists() else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock on the checkout's directory: no lock file to leave behind."""
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if not os.access(self.root, os.W_OK):
                raise Refused(f"{self.root} cannot be written, so .venv cannot be made there.")
            yield
        except OSError as error:
            raise Refused(f".venv cannot be made in {self.root}: {error.strerror}.") from error
        finally:
            os.close(descriptor)


def run_inside(*, development: bool = False) -> None:
    """Return inside `.venv`: make it when needed, then start the calling script again in it."""
    environment = Environment()
    environment.ensure(development=development)
    if Path(sys.prefix).resolve() != environment.path.resolve():
        _replace_process(environment.python)


def _replace_process(python: Path) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - the same script, another Python


def _succeeds(command: list[str]) -> bool:
    return _status(command, subprocess.DEVNULL) == 0


def _run(command: list[str], doing: str) -> None:
    """Run ``command``; refuse with its last words when it fails."""
    with tempfile.TemporaryFile("w+") as output:
        status = _status(command, output.fileno())
        output.seek(0)
        if status:
            sys.stderr.writelines(output.readlines()[-_LAST_LINES:])
            raise Refused(f"Stopped {doing}: {command[0]} ended with status {status}.")


def _status(command: list[str], output: int) -> int:
    """Run ``command`` in a group of its own, of which nothing is left when this returns."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
    )
    try:
        return process.wait()
    finally:
        end_group(process.pid, signal.SIGKILL)
        process.wait()


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()

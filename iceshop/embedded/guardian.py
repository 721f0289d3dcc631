"""End the children when their parent is gone without a word, as after kill -9.

The parent-death signal of Linux reaches direct children only and does not exist elsewhere. The
guardian is a forked copy that reads a pipe of which the parent holds the only other end: end of
file means that the parent is gone. It also keeps the parent's lock on the data directory until
the last child has ended, so that a new start waits for it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

_PATIENCE_SECONDS = 10.0
_POLL_SECONDS = 0.02


class Guardian:
    """Watch over process groups and temporary folders of the process that made it."""

    def __init__(self) -> None:
        """Fork the watcher; it lives until `dismiss` or the end of this process."""
        reader, self._writer = os.pipe()
        self._owner = os.getpid()
        with forking():
            self._pid = os.fork()
        if self._pid == 0:
            os.close(self._writer)
            _watch(reader)
        os.close(reader)

    def watch_group(self, group: int, farewell: signal.Signals) -> None:
        """Send ``farewell`` to process group ``group`` once this process is gone."""
        self._tell(f"group {group} {int(farewell)}")

    def forget_group(self, group: int) -> None:
        """Leave ``group`` alone from now on; it has ended."""
        self._tell(f"forget {group} 0")

    def watch_folder(self, folder: Path) -> None:
        """Remove ``folder`` when this process is gone or dismisses the guardian."""
        self._tell(f"folder {folder}")

    def dismiss(self) -> None:
        """Let the guardian clean up and end; wait for it."""
        os.close(self._writer)
        os.waitpid(self._pid, 0)

    def _tell(self, line: str) -> None:
        if os.getpid() == self._owner:
            os.write(self._writer, f"{line}\n".encode())


@contextmanager
def forking() -> Iterator[None]:
    """Fork without Python's warning about threads: the copy touches nothing that they lock."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def is_running(pid: int) -> bool:
    """Say whether ``pid`` lives; a zombie does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return not Path("/proc/self").exists()


def end_group(group: int, how: signal.Signals) -> None:
    """Send a signal to a process group that may be gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, how)


def _watch(reader: int) -> NoReturn:
    """Run the guardian: listen until the parent is gone, then end what it left."""
    status = 1
    try:
        _detach()
        groups, folders = _listen(reader)
        _end(groups)
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        status = 0
    finally:
        os._exit(status)


def _detach() -> None:
    """Leave the terminal's group and streams, so that neither Ctrl-C nor a pipe binds it."""
    os.setsid()
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # AttributeError is meant


def _listen(reader: int) -> tuple[dict[int, signal.Signals], list[str]]:
    """Read what is to be watched until the parent's end of the pipe closes."""
    groups: dict[int, signal.Signals] = {}
    folders: list[str] = []
    with os.fdopen(reader) as lines:
        for line in lines:
            verb, _, rest = line.rstrip("\n").partition(" ")
            if verb == "folder":
                folders.append(rest)
                continue
            group, farewell = map(int, rest.split())
            if verb == "group":
                groups[group] = signal.Signals(farewell)
            else:
                groups.pop(group, None)
    return groups, folders


def _end(groups: dict[int, signal.Signals]) -> None:
    """Say farewell in reverse order of the start, then end by force what does not listen."""
    for group, farewell in reversed(groups.items()):
        end_group(group, farewell)
    patience_until = time.monotonic() + _PATIENCE_SECONDS
    while any(map(is_running, groups)) and time.monotonic() < patience_until:
        time.sleep(_POLL_SECONDS)
    for group in groups:
        end_group(group, signal.SIGKILL)

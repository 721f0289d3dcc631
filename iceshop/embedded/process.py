"""A child process that ends with its parent, writes to a log file and can be stopped."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Self

from iceshop.embedded.forked import CAN_FORK, ForkedProcess
from iceshop.embedded.guardian import Guardian, end_group, forking
from iceshop.embedded.program import Program

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """A running `Program` at the head of its own session and process group."""

    def __init__(self, program: Program, guardian: Guardian) -> None:
        """Start it. Call from the main thread: the parent-death signal follows the thread."""
        self.program = program
        self._guardian = guardian
        rotate(program.log)
        with program.log.open("wb") as log:
            self._process = _start(program, log.fileno())
        guardian.watch_group(self.pid, program.orphan_signal)

    @property
    def pid(self) -> int:
        """The process, which is also its process group."""
        return self._process.pid

    def how_it_ended(self) -> str | None:
        """Describe the end in words; None while it runs."""
        status = self._process.poll()
        if status is None:
            return None
        return f"signal {-status}" if status < 0 else f"exit status {status}"

    def stop(self) -> None:
        """End it in order, by force after its time, and whatever it started with it."""
        if self._process.poll() is None:
            self._process.send_signal(self.program.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(self.program.stop_seconds)
        end_group(self.pid, signal.SIGKILL)
        self._process.wait()
        self._guardian.forget_group(self.pid)

    def last_lines(self, count: int = 15) -> list[str]:
        """Return the end of its log."""
        with self.program.log.open(errors="replace") as log:
            return list(deque(log, count))


class Family:
    """The children of one owner: started in order, stopped in reverse order, watched over.

    As a context manager it stops them all on the way out, whatever happened.
    """

    def __init__(self) -> None:
        """Fork the guardian; start no child yet."""
        self.guardian = Guardian()
        self.children: list[Child] = []

    def start(self, program: Program) -> Child:
        """Start ``program`` as the youngest child."""
        child = Child(program, self.guardian)
        self.children.append(child)
        return child

    def ended(self) -> Child | None:
        """Return a child that is no longer running."""
        return next((child for child in self.children if child.how_it_ended()), None)

    def part_with(self, child: Child) -> None:
        """Clear up after a child whose work is done."""
        child.stop()
        self.children.remove(child)

    def kill(self) -> None:
        """End all at once, by force, for those who cannot wait for an orderly end."""
        for child in self.children:
            end_group(child.pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        """Return the family itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the youngest first; nobody is left when this returns."""
        while self.children:
            self.children[-1].stop()
            self.children.pop()
        self.guardian.dismiss()


def rotate(log: Path) -> None:
    """Keep the log of the run before as ``<name>.log.1``."""
    log.parent.mkdir(mode=0o700, exist_ok=True)
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))


def _start(program: Program, log: int) -> subprocess.Popen[bytes] | ForkedProcess:
    bind = _die_with_parent(program.orphan_signal)
    if program.is_python and CAN_FORK:
        return ForkedProcess(program, log, bind)
    identity = program.account.as_popen() if program.account else {}
    with forking():
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=program.directory,
            env=dict(program.environment),
            pass_fds=program.pass_fds,
            start_new_session=True,
            preexec_fn=bind,  # noqa: PLW1509 - it takes no lock that a thread could hold
            **identity,
        )


def _die_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    """Make the hook that binds a new child to its parent's life; the guardian serves elsewhere."""
    parent = os.getpid()

    def bind() -> None:
        if _LIBC:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:
            os._exit(1)

    return bind

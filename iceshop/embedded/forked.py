"""Run a Python program in a copy of this process, which has imported the product already.

Web, worker and beat import the same two seconds' worth of modules; copies share the time and the
memory. Only Linux: elsewhere system libraries do not survive a fork.
"""

from __future__ import annotations

import gc
import importlib
import os
import runpy
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from typing import NoReturn

from iceshop.embedded.guardian import forking
from iceshop.embedded.program import Program

CAN_FORK = sys.platform == "linux"
_PRELOADED = (
    "iceshop.asgi",  # sets Django up
    "iceshop.urls",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.websockets_sansio_impl",
    "celery.bin.celery",
    "celery.apps.beat",
    "celery.apps.worker",
    "celery.concurrency.thread",
    "celery.worker.consumer",
    "django.core.management.commands.migrate",
    "kombu.transport.redis",
)
_POLL_SECONDS = 0.02


def preload(environment: Mapping[str, str]) -> None:
    """Take on the children's environment and import what they share."""
    from setproctitle import getproctitle

    getproctitle()  # finds the memory of the title, which a changed environment would hide
    os.environ.update(environment)
    for module in _PRELOADED:
        importlib.import_module(module)
    gc.freeze()  # the collector would touch, and so copy, every page of the shared modules


class ForkedProcess:
    """A copy of this process that runs ``program``; speaks as `subprocess.Popen` does."""

    def __init__(self, program: Program, log: int, bind: Callable[[], None]) -> None:
        """Fork; the copy calls ``bind`` first and writes to the open file ``log``."""
        with forking():
            self.pid = os.fork()
        if self.pid == 0:
            _live(program, log, bind)
        self._status: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, minus the signal, or None while it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end. Raises: subprocess.TimeoutExpired."""
        patience_until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (status := self.poll()) is None:
            if time.monotonic() > patience_until:
                raise subprocess.TimeoutExpired("fork", timeout or 0)
            time.sleep(_POLL_SECONDS)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """Send ``number`` unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _live(program: Program, log: int, bind: Callable[[], None]) -> NoReturn:
    """Be the copy: its whole life, from the parent's last line to the exit status."""
    status = 1
    try:
        _leave_parent(program, log)
        bind()
        _run(program)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - the end of a process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _leave_parent(program: Program, log: int) -> None:
    """Take on session, signals, files, directory and environment of a process of its own."""
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, stream in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, stream)
    first = 3
    for kept in sorted(program.pass_fds):
        os.closerange(first, kept)
        first = kept + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
    os.chdir(program.directory)
    os.environ.clear()
    os.environ.update(program.environment)


def _run(program: Program) -> None:
    """Do what ``python`` would do with the same words."""
    from setproctitle import setproctitle

    words = [str(word) for word in program.command]
    setproctitle(" ".join(words))
    sys.path[0] = str(program.directory)
    if words[1] == "-m":
        sys.argv = words[2:]
        runpy.run_module(words[2], run_name="__main__", alter_sys=True)
    else:
        sys.argv = words[1:]
        runpy.run_path(words[1], run_name="__main__")

"""Run the whole system: servers, web, worker and beat, from the first to the last second."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from typing import NoReturn

from iceshop.embedded.address import Address
from iceshop.embedded.directory import DataDirectory
from iceshop.embedded.environment import ROOT
from iceshop.embedded.forked import CAN_FORK, preload
from iceshop.embedded.keys import keys_of
from iceshop.embedded.process import Child, Family
from iceshop.embedded.program import Program
from iceshop.embedded.refusal import Refused
from iceshop.embedded.servers import start_servers
from iceshop.embedded.signals import orderly_end_of

_READY_SECONDS = 90.0
_PREPARE_SECONDS = 300.0
_POLL_SECONDS = 0.05
_WATCH_SECONDS = 0.25
_ASK_SECONDS = 0.2
_WARM_AFTER = "ICESHOP_WARM_AFTER_SECONDS"
_WARM_AFTER_SECONDS = 60.0
_QUEUES = "interactive,notify,decide,slow"
_WORKER = f"-m celery -A iceshop.celery worker -P threads -c 4 -Q {_QUEUES} --loglevel warning"
_LEAN = "--without-gossip --without-mingle"
_LINKS = {
    "What this is": "",
    "Phones of buyers and sellers": "sim/",
    "Seller's board": "board/",
    "Operator": "ops/",
    "Admin": "admin/",
    "API": "docs",
}


class ChildDied(Exception):
    """A part of the system ended by itself, so nothing of it goes on."""

    def __init__(self, child: Child) -> None:
        """Name the part and how it ended."""
        self.child = child
        log = child.program.log
        super().__init__(f"{child.program.name} ended ({child.how_it_ended()}); see {log}.")


def run(data: DataDirectory, address: Address, *, reset: bool) -> int:
    """Run until a child dies, then return 1. Raises: Refused, Stopped."""
    data.claim()
    try:
        if reset:
            _reset(data)
        with address.listening() as web_socket, Family() as family, orderly_end_of(family):
            _System(data, address, family).run(web_socket)
    except ChildDied as death:
        sys.stderr.writelines(death.child.last_lines())
        sys.stderr.write(f"{death}\n")
        return 1
    finally:
        data.stop_lending()


class _System:
    """The parts of a running system, in the order in which they start."""

    def __init__(self, data: DataDirectory, address: Address, family: Family) -> None:
        self._data = data
        self._address = address
        self._family = family
        self._environment: Mapping[str, str] = {}
        self._kernels: Child | None = None

    def run(self, web_socket: int) -> NoReturn:
        """Start everything, say when it is ready, then watch it."""
        _say("Starting PostgreSQL and Valkey.")
        urls = start_servers(self._data, self._family, os.environ)
        address = {"ICESHOP_PUBLIC_URL": self._address.url.rstrip("/")}
        self._environment = {
            "ICESHOP_ENV": "embedded",
            **address,
            **keys_of(self._data),
            **os.environ,
            **urls,
            "ICESHOP_DATA": str(self._data.path),
            "DJANGO_SETTINGS_MODULE": "iceshop.settings",
        }
        if CAN_FORK:
            preload(self._environment)
        self._prepare()
        self._start("web", ["-m", "iceshop.embedded.web", str(web_socket)], pass_fds=(web_socket,))
        self._start("worker", [*_WORKER.split(), *_LEAN.split()])
        self._start("beat", ["manage.py", "beat"])
        self._data.lend(address | urls)
        self._await_ready()
        self._announce()
        kernels_at = time.monotonic() + float(os.environ.get(_WARM_AFTER, _WARM_AFTER_SECONDS))
        while True:
            self._check()
            if self._kernels is None and time.monotonic() > kernels_at:
                # Compiles the group search once per machine; rounds do without it until then.
                self._kernels = self._start("kernels", ["-m", "windows.engine", "warm", "--gently"])
            time.sleep(_WATCH_SECONDS)

    def _prepare(self) -> None:
        """Migrate, and load the demo city into an empty database."""
        _say("Migrating; an empty database gets the demo city.")
        child = self._start("prepare", ["-m", "iceshop.embedded.prepare"])
        patience_until = time.monotonic() + _PREPARE_SECONDS
        while (end := child.how_it_ended()) is None:
            if time.monotonic() > patience_until:
                raise Refused(f"The preparation did not end in {_PREPARE_SECONDS:.0f} s.")
            time.sleep(_POLL_SECONDS)
        if end != "exit status 0":
            raise ChildDied(child)
        self._family.part_with(child)

    def _start(self, name: str, arguments: list[str], *, pass_fds: tuple[int, ...] = ()) -> Child:
        return self._family.start(
            Program(
                name=name,
                command=(sys.executable, *arguments),
                environment=self._environment,
                directory=ROOT,
                log=self._data.logs / f"{name}.log",
                pass_fds=pass_fds,
            )
        )

    def _await_ready(self) -> None:
        patience_until = time.monotonic() + _READY_SECONDS
        while unready := self._address.what_is_not_ready():
            self._check()
            if time.monotonic() > patience_until:
                raise Refused(f"Not ready after {_READY_SECONDS:.0f} s: {unready}")
            time.sleep(_ASK_SECONDS)

    def _check(self) -> None:
        ended = self._family.ended()
        if ended and ended is self._kernels:
            self._family.part_with(ended)
        elif ended:
            raise ChildDied(ended)

    def _announce(self) -> None:
        for title, path in _LINKS.items():
            _say(f"{title:30} {self._address.url}{path}")
        _say(f"{'Log-ins':30} {self._data.credentials}")
        _say(f"Ready {self._address.url}")


def _reset(data: DataDirectory) -> None:
    if os.environ.get("DATABASE_URL"):
        raise Refused("--reset empties the bundled database only, and DATABASE_URL is set.")
    data.reset()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

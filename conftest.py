"""Servers of the run's own, Django on them, and no way out of this machine.

Where DATABASE_URL and REDIS_URL are set, those servers are used instead. With xdist the first
process starts PostgreSQL for all and every worker has a Valkey of its own. Django is set up here
and not by pytest-django's ini option, since its settings need the servers' addresses.
"""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from hypothesis import settings as examples

from iceshop.embedded.throwaway import throwaway_servers

_BUNDLED = "ICESHOP_TESTS_BUNDLE_VALKEY"
_servers = ExitStack()


def _start_servers() -> None:
    given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    if os.environ.get(_BUNDLED):
        given["REDIS_URL"] = ""
    if not given["REDIS_URL"]:
        os.environ[_BUNDLED] = "1"
    if not all(given.values()):
        os.environ.update(_servers.enter_context(throwaway_servers(given)))


def _set_up_django() -> None:
    os.environ["ICESHOP_ENV"] = "test"
    os.environ["DJANGO_SETTINGS_MODULE"] = "iceshop.settings"
    import django

    django.setup()
    # A worker of xdist inherits the variables; with this one pytest-django would read the settings
    # there before the worker's own server runs.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def _close_network() -> None:
    """Refuse every connection but to this machine, Unix sockets and the servers' hosts."""
    named = {urlsplit(os.environ[name]).hostname for name in ("DATABASE_URL", "REDIS_URL")}
    here = {"", "localhost", "::1", *named}
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in here and not str(host).startswith("127."):
            raise RuntimeError(f"A test reached for {host}; tests stay on this machine.")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign,assignment]  # for the whole run


# The same examples on every run, however slow the machine; `--hypothesis-profile=default` looks
# for new ones.
examples.register_profile("steady", derandomize=True, deadline=None)
examples.load_profile("steady")
_start_servers()
_set_up_django()
_close_network()


def pytest_unconfigure() -> None:
    """Stop the servers of this process."""
    _servers.close()

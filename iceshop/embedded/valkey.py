"""Start the bundled Valkey: queue, live layer and cache, nothing that has to survive."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

from iceshop.embedded.binaries import valkey_server
from iceshop.embedded.directory import DataDirectory
from iceshop.embedded.process import Family
from iceshop.embedded.program import Program
from iceshop.embedded.refusal import Refused

_START_SECONDS = 20.0
_POLL_SECONDS = 0.01


def start_valkey(data: DataDirectory, sockets: Path, family: Family) -> str:
    """Start Valkey on a socket in ``sockets`` and return its URL.

    Raises: Refused when it does not come up.
    """
    address = sockets / "valkey.sock"
    child = family.start(_program(data, address))
    patience_until = time.monotonic() + _START_SECONDS
    while not _answers(address):
        if child.how_it_ended() or time.monotonic() > patience_until:
            last = "".join(child.last_lines(1)).strip()
            raise Refused(f"Valkey did not start: {last or 'no word in its log'}")
        time.sleep(_POLL_SECONDS)
    return f"unix://{address}"


def _program(data: DataDirectory, address: Path) -> Program:
    folder = data.path / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    options = {
        "--port": "0",
        "--unixsocket": str(address),
        "--unixsocketperm": "700",
        "--save": "",
        "--appendonly": "no",
        "--dir": str(folder),
        "--loglevel": "warning",
    }
    return Program(
        name="Valkey",
        command=(valkey_server(), *(word for option in options.items() for word in option)),
        environment={"PATH": "/usr/bin:/bin"},
        directory=Path("/"),
        log=data.logs / "valkey.log",
    )


def _answers(address: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        client.connect(str(address))
        client.sendall(b"PING\r\n")
        return client.recv(16) == b"+PONG\r\n"
    return False

"""`bin/start`: the arguments, then the environment, then the supervisor."""

from __future__ import annotations

import argparse
from typing import NoReturn

from iceshop.embedded.address import Address
from iceshop.embedded.directory import chosen_directory
from iceshop.embedded.environment import run_inside
from iceshop.embedded.refusal import Refused, refusals_on_stderr
from iceshop.embedded.signals import stopped_by_signals
from iceshop.embedded.supervisor import run


def main() -> int:
    """Start the system in `.venv` and return its exit status."""
    with refusals_on_stderr(), stopped_by_signals():
        arguments = _arguments()
        run_inside()
        address = Address(arguments.host, arguments.port)
        return run(chosen_directory(arguments.data), address, reset=arguments.reset)
    return 0


class _Parser(argparse.ArgumentParser):
    """Refuses in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        raise Refused(f"{self.prog}: {message}.")


def _arguments() -> argparse.Namespace:
    parser = _Parser(
        prog="bin/start", description="Start Iceshop; the last line says when it is ready."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="%(default)s; 0: a free one")
    parser.add_argument("--data", help="directory of databases, logs and log-ins (.iceshop)")
    parser.add_argument("--reset", action="store_true", help="empty the demo first")
    return parser.parse_args()


def _port(text: str) -> int:
    port = int(text)
    if port not in range(65_536):
        raise argparse.ArgumentTypeError(f"{port} is no port")
    return port

"""Where the web process listens, and whether the system behind it is ready."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from iceshop.embedded.refusal import Refused

_BACKLOG = 512
_TIMEOUT_SECONDS = 2


class Address:
    """Host and port of the web process; port 0 becomes a free one once it listens."""

    def __init__(self, host: str, port: int) -> None:
        """Name host and port; nothing listens yet."""
        self._host = host
        self._port = port

    @property
    def url(self) -> str:
        """The start page."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}/"

    @contextmanager
    def listening(self) -> Iterator[int]:
        """Listen from now on and give the socket's number, for the web process to inherit.

        Whoever connects before that process answers waits instead of being turned away.
        Raises: Refused when the port is taken or the host is not of this machine.
        """
        try:
            family, kind, protocol, _, target = socket.getaddrinfo(
                self._host, self._port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            listener = socket.socket(family, kind, protocol)
        except OSError as error:
            raise self._refusal(error) from error
        with listener:
            try:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(target)
                listener.listen(_BACKLOG)
            except OSError as error:
                raise self._refusal(error) from error
            self._port = listener.getsockname()[1]
            yield listener.fileno()

    def what_is_not_ready(self) -> str | None:
        """Ask the system itself; None when it can work."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104
        connection = http.client.HTTPConnection(host, self._port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request("GET", "/health/ready")
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            return f"the web process does not answer ({error})"
        finally:
            connection.close()
        return None if response.status == http.client.OK else _unready(body)

    def _refusal(self, error: OSError) -> Refused:
        where = f"{self._host}:{self._port}"
        return Refused(f"{where} cannot be listened on ({error.strerror}): choose another --port.")


def _unready(body: bytes) -> str:
    try:
        checks: dict[str, str] = json.loads(body)["checks"]
    except (ValueError, KeyError, TypeError):
        return "the health page is broken"
    return ", ".join(f"{name}: {said}" for name, said in checks.items() if said != "ok")

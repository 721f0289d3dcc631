"""The web process: uvicorn on the socket that the supervisor already listens on."""

from __future__ import annotations

import socket
import sys

import uvicorn

_CLOSE_SECONDS = 3


def serve(descriptor: int) -> None:
    """Answer HTTP and WebSockets until told to end.

    Not uvicorn's own ``--fd``: that takes the socket for a Unix one and leaves Nagle's delay on.
    """
    config = uvicorn.Config(
        "iceshop.asgi:application",
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_CLOSE_SECONDS,
        ws_per_message_deflate=False,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))

"""A real browser against a real server: pages, sockets and tests on one database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import uvicorn

from iceshop.embedded.chromium import HOW_TO_GET_IT, find_chromium

_CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class ASGIServer:
    """The whole site, WebSockets included, in a thread of the test process."""

    def __init__(self, application: Any) -> None:
        """Listen on a free port once started."""
        config = uvicorn.Config(
            application,
            host="127.0.0.1",
            port=0,
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self.url = ""

    def start(self) -> None:
        """Return once it answers; `url` is its address without a slash at the end."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("uvicorn ended before it listened")
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """Close connections and wait for the thread."""
        self._server.should_exit = True
        self._thread.join(10)


class OffThread:
    """Stand for a Playwright object that lives in one private thread.

    Playwright keeps an event loop running in its thread, in which Django refuses every query.
    """

    def __init__(self, pool: ThreadPoolExecutor, target: Any) -> None:
        """Wrap ``target``, which only ``pool``'s one thread touches."""
        self.__dict__.update(_pool=pool, _target=target)

    def __getattr__(self, name: str) -> Any:
        """Read the attribute in the private thread; methods run there too."""
        value = self._pool.submit(getattr, self._target, name).result()
        if callable(value) and not _is_playwright_object(value):
            return self._method(value)
        return self._wrap(value)

    def _method(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            plain = [_unwrap(argument) for argument in arguments]
            plain_named = {key: _unwrap(value) for key, value in named.items()}
            return self._wrap(self._pool.submit(method, *plain, **plain_named).result())

        return call

    def _wrap(self, value: Any) -> Any:
        if type(value).__module__.startswith("playwright"):
            return OffThread(self._pool, value)
        if isinstance(value, (list, tuple)):
            return type(value)(map(self._wrap, value))
        return value


def _unwrap(value: Any) -> Any:
    return value._target if isinstance(value, OffThread) else value


def _is_playwright_object(value: Any) -> bool:
    return type(value).__module__.startswith("playwright.sync_api._generated")


@pytest.fixture(scope="session")
def _asgi_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[ASGIServer]:
    """Start the server after the test database exists, else it would use the real one."""
    from iceshop.asgi import application

    server = ASGIServer(application)
    with django_db_blocker.unblock():
        server.start()
        yield server
        server.stop()


@pytest.fixture
def live_asgi(transactional_db: None, _asgi_server: ASGIServer) -> ASGIServer:
    """Give the running site; rows are committed, so that it sees them."""
    return _asgi_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give Chromium, or skip the test with the way to get it."""
    program = find_chromium()
    if program is None:
        pytest.skip(HOW_TO_GET_IT)
    pool = ThreadPoolExecutor(1)

    def start() -> tuple[Any, Any]:
        from playwright.sync_api import sync_playwright

        playwright = sync_playwright().start()
        chromium = playwright.chromium
        return playwright, chromium.launch(executable_path=program, args=_CHROMIUM_ARGUMENTS)

    playwright, chromium = pool.submit(start).result()
    yield OffThread(pool, chromium)
    pool.submit(chromium.close).result()
    pool.submit(playwright.stop).result()
    pool.shutdown()

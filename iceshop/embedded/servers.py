"""PostgreSQL and Valkey for whoever has no address of their own: start them, or join them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from iceshop.embedded.directory import DataDirectory, InUse
from iceshop.embedded.keys import keys_of
from iceshop.embedded.postgres import DURABLE, Tuning, start_postgres
from iceshop.embedded.process import Family
from iceshop.embedded.valkey import start_valkey


def start_servers(
    data: DataDirectory, family: Family, given: Mapping[str, str], tuning: Tuning = DURABLE
) -> dict[str, str]:
    """Start the servers whose URL is not ``given``; return both URLs.

    The caller has claimed ``data``. Raises: Refused.
    """
    urls = {name: given[name] for name in ("DATABASE_URL", "REDIS_URL") if given.get(name)}
    if len(urls) < 2:
        sockets = _sockets(data, family)
        if "DATABASE_URL" not in urls:
            urls["DATABASE_URL"] = start_postgres(data, sockets, family, tuning)
        if "REDIS_URL" not in urls:
            urls["REDIS_URL"] = start_valkey(data, sockets, family)
    return urls


@contextmanager
def servers_for_command(data: DataDirectory) -> Iterator[None]:
    """Complete the process's environment for the length of one command.

    Servers that are not named there are those that run on ``data`` already, else ones that end
    with the command. Raises: Refused.
    """
    with ExitStack() as stack:
        if not all(os.environ.get(name) for name in ("DATABASE_URL", "REDIS_URL")):
            _complete(_join_or_start(data, stack))
        data.make()
        _complete({"ICESHOP_DATA": str(data.path), **keys_of(data)})
        yield


def _join_or_start(data: DataDirectory, stack: ExitStack) -> dict[str, str]:
    try:
        data.claim()
    except InUse:
        return data.borrow()
    stack.callback(data.stop_lending)
    urls = start_servers(data, stack.enter_context(Family()), os.environ)
    data.lend(urls)
    return urls


def _complete(environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        os.environ.setdefault(name, value)


def _sockets(data: DataDirectory, family: Family) -> Path:
    _, account = data.cluster()
    folder = data.sockets(account)
    if folder.parent != data.path:
        family.guardian.watch_folder(folder)
    return folder

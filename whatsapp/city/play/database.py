"""A database that lasts as long as the city that is played in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

# More than a city has different statements.
_PREPARED = 2000


@contextmanager
def own_database() -> Iterator[None]:
    """Let Django work on a new, migrated database on the same server, and drop it afterwards.

    Its commits do not wait for the disk: what is in it is thrown away in any case.
    """
    name = f"iceshop_city_{os.getpid()}"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        identifier = sql.Identifier(name)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(identifier))
        server.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        try:
            server.execute(
                sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(identifier)
            )
            with _connected_to(name):
                call_command("migrate", verbosity=0, interactive=False)
                yield
        finally:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Point Django's default connection at the database ``name``; one connection, kept open."""
    connection = connections["default"]
    before: dict[str, Any] = dict(connection.settings_dict)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
    options = {key: value for key, value in before["OPTIONS"].items() if key != "pool"}
    # The same statements come by the ten thousand: the server plans each of them once.
    options |= {"server_side_binding": True, "prepare_threshold": 2}
    connection.settings_dict.update(NAME=name, OPTIONS=options, CONN_MAX_AGE=None)
    try:
        connection.ensure_connection()
        connection.connection.prepared_max = _PREPARED
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)

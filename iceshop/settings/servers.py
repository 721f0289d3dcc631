"""From DATABASE_URL and REDIS_URL to what Django, Celery and Channels expect."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_LIBPQ_TO_DJANGO = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def database(url: str, *, pool_size: int) -> dict[str, Any]:
    """Return Django's database entry for a PostgreSQL ``url``.

    ``pool_size`` 0 means no pool. Connections are never kept by Django itself: under ASGI each
    request has a thread of its own, and kept connections would pile up.
    """
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured("DATABASE_URL is not a PostgreSQL address.") from error
    entry: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0}
    options: dict[str, Any] = {}
    for name, value in parts.items():
        if name in _LIBPQ_TO_DJANGO:
            entry[_LIBPQ_TO_DJANGO[name]] = str(value)
        else:
            options[name] = value
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    entry["OPTIONS"] = options
    return entry


def broker(url: str) -> str:
    """Return Celery's spelling of a Redis ``url``: sockets are ``redis+socket://``."""
    return url.replace("unix://", "redis+socket://", 1) if url.startswith("unix://") else url


def channel_layer(url: str, *, prefix: str) -> dict[str, Any]:
    """Return the Channels layer on Redis pub/sub.

    Without ``socket_timeout: None`` redis-py 8 ends a subscription that is idle for five seconds.
    """
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": url, "socket_timeout": None}], "prefix": prefix},
        }
    }

"""Celery beat of which only one runs: guarded by a PostgreSQL advisory lock.

The lock belongs to a connection of its own, outside any pool. If that connection is lost the
process ends, since somebody else may hold the lock by then; the next beat takes over at once.
"""

from __future__ import annotations

import os
import threading
import time

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from iceshop.celery import app
from iceshop.infra.schedule import services

log = structlog.get_logger(__name__)

# Any constant will do; it names this lock in the database.
LOCK_KEY = 0x1CE5_0B
_WATCH_SECONDS = 2
_HEARTBEAT_SECONDS = 5


def run() -> None:
    """Wait for the lock, then run beat until the process ends."""
    connection = psycopg.connect(settings.DATABASE_URL, autocommit=True, keepalives_idle=5)
    connection.execute("select pg_advisory_lock(%s)", (LOCK_KEY,))
    log.info("beat.active")
    threading.Thread(target=_watch, args=(connection,), daemon=True).start()
    # The default scheduler keeps a file and deletes what it cannot read; the table needs neither.
    app.Beat(loglevel="WARNING", scheduler="celery.beat:Scheduler", quiet=True).run()


def _watch(connection: psycopg.Connection) -> None:
    """Leave the process when the lock's connection is gone; write the heartbeat meanwhile."""
    next_heartbeat = 0.0
    while True:
        try:
            connection.execute("select 1")
        except psycopg.Error:
            log.warning("beat.lock_lost")
            os._exit(1)
        if time.monotonic() >= next_heartbeat:
            _beat_heart()
            next_heartbeat = time.monotonic() + _HEARTBEAT_SECONDS
        time.sleep(_WATCH_SECONDS)


def _beat_heart() -> None:
    """Write the heartbeat; one that fails must not end the watch over the lock."""
    try:
        services.beat_heart(process=services.BEAT)
    except DatabaseError:
        log.warning("beat.no_heartbeat")
    finally:
        close_old_connections()

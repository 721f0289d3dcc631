"""Two schedulers by mistake: one works, the other waits, and takes over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from iceshop.infra.schedule import services
from iceshop.infra.schedule.beat import LOCK_KEY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]
_PATIENCE_SECONDS = 60


@pytest.fixture
def database_url() -> str:
    """Address of the database of this test."""
    name = connection.settings_dict["NAME"]
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()


Start = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start(database_url: str) -> Iterator[Start]:
    """Start a beat of its own; all of them end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def run() -> subprocess.Popen[bytes]:
        beat = subprocess.Popen(
            [sys.executable, "manage.py", "beat"],
            cwd=ROOT,
            env={**os.environ, "ICESHOP_ENV": "test", "DATABASE_URL": database_url},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        running.append(beat)
        return beat

    yield run
    for beat in running:
        beat.kill()
        beat.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    """Look again every tenth of a second; fail after a minute."""
    ends = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < ends, "this never came true"
        time.sleep(0.1)


def at_the_lock() -> dict[bool, list[int]]:
    """Backends that have the lock and that wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select granted, pid from pg_locks where locktype = 'advisory' and objid = %s"
            " and database = (select oid from pg_database where datname = current_database())",
            [LOCK_KEY],
        )
        rows = cursor.fetchall()
    return {
        granted: [pid for is_granted, pid in rows if is_granted is granted]
        for granted in (True, False)
    }


def test_second_beat_waits_and_takes_over_when_the_lock_is_lost(
    start: Start, database_url: str
) -> None:
    first = start()
    wait_until(lambda: len(at_the_lock()[True]) == 1)
    (holder,) = at_the_lock()[True]
    wait_until(lambda: services.age_seconds(services.BEAT) is not None)

    second = start()
    wait_until(lambda: len(at_the_lock()[False]) == 1)
    assert at_the_lock()[True] == [holder]
    assert first.poll() is None

    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s)", (holder,))

    assert first.wait(timeout=_PATIENCE_SECONDS) == 1
    wait_until(lambda: len(at_the_lock()[True]) == 1)
    assert at_the_lock()[True] != [holder]
    assert second.poll() is None

"""Whether the installation says truly that it works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from iceshop.infra import clock
from iceshop.infra.schedule import services as schedule
from iceshop.infra.schedule.models import Heartbeat

ALL_WELL = dict.fromkeys(("database", "redis", "migrations", "worker", "beat"), "ok")
GONE = "redis://127.0.0.1:1"

pytestmark = pytest.mark.django_db


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/health/ready")
    return response.status_code, response.json()


def beat_heart(process: str, *, seconds_ago: int) -> None:
    """Write the sign of life of a process that stopped ``seconds_ago``."""
    at = clock.system_now() - timedelta(seconds=seconds_ago)
    Heartbeat.objects.update_or_create(process=process, defaults={"at": at})


@pytest.fixture
def working() -> None:
    """A worker and a beat that have just shown that they live."""
    schedule.beat_heart(process=schedule.WORKER)
    schedule.beat_heart(process=schedule.BEAT)


def test_process_that_answers_lives(client: Client) -> None:
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("working")
def test_working_installation_is_ready(client: Client) -> None:
    assert ready(client) == (200, {"status": "ok", "checks": ALL_WELL})


def test_installation_whose_processes_never_came_is_not_ready(client: Client) -> None:
    silent = {"worker": "no heartbeat yet", "beat": "no heartbeat yet"}
    assert ready(client) == (503, {"status": "not ready", "checks": ALL_WELL | silent})


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("process", [schedule.WORKER, schedule.BEAT])
def test_stopped_process_is_named_with_its_last_sign(client: Client, process: str) -> None:
    beat_heart(process, seconds_ago=75)
    status, body = ready(client)
    said = body["checks"].pop(process)
    assert (status, body["status"]) == (503, "not ready")
    assert said in ("last heartbeat 75 seconds ago", "last heartbeat 76 seconds ago")
    assert set(body["checks"].values()) == {"ok"}


@pytest.mark.usefixtures("working")
def test_heartbeat_counts_as_fresh_for_a_while(client: Client) -> None:
    beat_heart(schedule.WORKER, seconds_ago=schedule.FRESH_SECONDS - 3)
    assert ready(client)[0] == 200
    beat_heart(schedule.WORKER, seconds_ago=schedule.FRESH_SECONDS)
    assert ready(client)[0] == 503


@pytest.mark.usefixtures("working")
def test_stopped_process_that_comes_back_is_well_again(client: Client) -> None:
    schedule.forget_hearts()
    assert ready(client)[0] == 503
    schedule.beat_heart(process=schedule.WORKER)
    schedule.beat_heart(process=schedule.BEAT)
    assert ready(client) == (200, {"status": "ok", "checks": ALL_WELL})


@pytest.mark.usefixtures("working")
def test_missing_migration_is_counted(client: Client) -> None:
    [newest] = MigrationLoader(connection).graph.leaf_nodes("whatsapp")
    MigrationRecorder(connection).record_unapplied(*newest)
    status, body = ready(client)
    assert (status, body["checks"]["migrations"]) == (503, "migrations that are not applied: 1")


@pytest.mark.usefixtures("working")
def test_redis_that_is_gone_is_named(client: Client, settings: Any) -> None:
    settings.REDIS_URL = GONE
    unreached = {"redis": "not reachable: ConnectionError"}
    assert ready(client) == (503, {"status": "not ready", "checks": ALL_WELL | unreached})


@pytest.fixture
def lost_database(tmp_path: Path, transactional_db: None) -> Iterator[None]:
    """A server that does not answer where the database was."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = str(tmp_path)
    yield
    connection.close()
    connection.settings_dict["HOST"] = host


@pytest.mark.usefixtures("lost_database")
def test_database_that_is_gone_is_named_and_not_a_crash(client: Client) -> None:
    status, body = ready(client)
    assert status == 503
    assert body["checks"].pop("redis") == "ok"
    assert set(body["checks"]) == {"database", "migrations", "worker", "beat"}
    assert set(body["checks"].values()) == {"not reachable: OperationalError"}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405

"""Whether this installation lives and can work."""

from __future__ import annotations

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from iceshop.infra.schedule import services as schedule


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return "ok"


def _redis() -> str:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        client.ping()
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"migrations that are not applied: {len(missing)}" if missing else "ok"


def _heartbeat(process: str) -> Callable[[], str]:
    def check() -> str:
        age = schedule.age_seconds(process)
        if age is None:
            return "no heartbeat yet"
        return "ok" if age < schedule.FRESH_SECONDS else f"last heartbeat {age} seconds ago"

    return check


_CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "redis": _redis,
    "migrations": _migrations,
    "worker": _heartbeat(schedule.WORKER),
    "beat": _heartbeat(schedule.BEAT),
}


def _answer(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        return f"not reachable: {type(error).__name__}"


@require_GET
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """All parts work; 503 with a sentence for each that does not."""
    checks = {name: _answer(check) for name, check in _CHECKS.items()}
    is_ready = all(answer == "ok" for answer in checks.values())
    return JsonResponse(
        {"status": "ok" if is_ready else "not ready", "checks": checks},
        status=200 if is_ready else 503,
    )

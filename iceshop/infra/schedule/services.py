"""Signs of life."""

from __future__ import annotations

from iceshop.infra import clock
from iceshop.infra.db import operation
from iceshop.infra.schedule.models import Heartbeat

WORKER = "worker"
BEAT = "beat"
FRESH_SECONDS = 15


@operation
def beat_heart(*, process: str) -> None:
    """Write that ``process`` lives."""
    Heartbeat.objects.update_or_create(process=process, defaults={"at": clock.system_now()})


def age_seconds(process: str) -> int | None:
    """Seconds since the last sign of life, or ``None`` if there never was one."""
    heartbeat = Heartbeat.objects.filter(process=process).first()
    return int((clock.system_now() - heartbeat.at).total_seconds()) if heartbeat else None


@operation
def forget_hearts() -> None:
    """Take back all signs of life: they are of processes that ended before this start."""
    Heartbeat.objects.all().delete()

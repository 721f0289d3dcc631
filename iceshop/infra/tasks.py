"""Celery tasks of the infra app."""

from iceshop.infra.idempotency.tasks import forget_old
from iceshop.infra.outbox.tasks import drain
from iceshop.infra.schedule.tasks import heartbeat

__all__ = ["drain", "forget_old", "heartbeat"]

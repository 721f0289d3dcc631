"""Celery tasks of the infra app."""

from iceshop.infra.outbox.tasks import drain
from iceshop.infra.schedule.tasks import heartbeat

__all__ = ["drain", "heartbeat"]

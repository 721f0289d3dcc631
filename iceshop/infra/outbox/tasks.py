"""Celery entry point of the outbox."""

from celery import shared_task

from iceshop.infra import clock
from iceshop.infra.outbox import services


@shared_task(name=services.DRAIN_TASK)
def drain() -> None:
    """Do what is due."""
    services.drain(now=clock.now())

"""Celery entry point of statuses, templates and account events."""

from celery import shared_task

from iceshop.infra import clock
from whatsapp.messaging import services


@shared_task(name="whatsapp.messaging.drain")
def drain() -> None:
    """Work on what the platform reported."""
    services.drain_events(now=clock.now())

"""Celery entry points of the twin."""

from celery import shared_task

from iceshop.infra import clock
from windows.twin import services


@shared_task(name="windows.twin.check_due")
def check_due() -> None:
    """Say of finished windows who would have come."""
    services.check_due(now=clock.now())

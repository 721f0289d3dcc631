"""Celery entry points of outcomes."""

from celery import shared_task

from iceshop.infra import clock
from windows.outcomes import services


@shared_task(name="windows.outcomes.record_due")
def record_due() -> None:
    """Record windows that are over."""
    services.record_due(now=clock.now())

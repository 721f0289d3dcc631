"""Celery entry points of intents."""

from celery import shared_task

from iceshop.infra import clock
from windows.intents import services


@shared_task(name="windows.intents.expire_due")
def expire_due() -> None:
    """End what is over."""
    services.expire_due(now=clock.now())

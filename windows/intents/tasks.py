"""Celery entry points of intents."""

from celery import shared_task

from iceshop.infra import clock
from windows.intents import services


@shared_task(name="windows.intents.expire_due")
def expire_due() -> None:
    """End what is over."""
    services.expire_due(now=clock.now())


@shared_task(name="windows.intents.count_demand")
def count_demand() -> None:
    """Tell the forecast what was wanted in hours that are over."""
    services.count_demand(now=clock.now())

"""Celery entry points of negotiation."""

from celery import shared_task

from iceshop.infra import clock
from windows.negotiation import services


@shared_task(name="windows.negotiation.expire_due")
def expire_due() -> None:
    """End asks that nobody answered."""
    services.expire_due(now=clock.now())

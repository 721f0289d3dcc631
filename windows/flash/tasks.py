"""Celery entry points of windows."""

from celery import shared_task

from iceshop.infra import clock
from windows.flash import services


@shared_task(name="windows.flash.move_due")
def move_due() -> None:
    """Open and close windows by their times."""
    services.move_due(now=clock.now())

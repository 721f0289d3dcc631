"""Celery entry point of the sweep."""

from celery import shared_task

from iceshop.infra import clock
from iceshop.infra.idempotency import services


@shared_task(name="infra.idempotency.forget_old")
def forget_old() -> None:
    """Delete kept answers that are too old."""
    services.forget_old(now=clock.now())

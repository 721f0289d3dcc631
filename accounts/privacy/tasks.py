"""Periodic work of privacy."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from accounts.privacy import services
from iceshop.infra import clock


@shared_task(name="accounts.privacy.run")
def run() -> None:
    """Erase who asked for it, and forget what is old."""
    now = clock.now()
    services.erase_due(now=now)
    services.forget_old(keep_days=settings.KEEP_WORDS_DAYS, now=now)

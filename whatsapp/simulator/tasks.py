"""Celery entry point of the simulator."""

from __future__ import annotations

import time

from celery import shared_task

from iceshop.infra import clock
from whatsapp.simulator.services import drain_deliveries

BUDGET_SECONDS = 20


@shared_task(name="whatsapp.simulator.deliver")
def deliver() -> None:
    """Post webhooks until none is due, at most for the budget."""
    ends = time.monotonic() + BUDGET_SECONDS
    while drain_deliveries(now=clock.now()) and time.monotonic() < ends:
        pass

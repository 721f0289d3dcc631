"""Celery entry point of the simulator."""

from __future__ import annotations

import time

from celery import shared_task

from iceshop.infra import clock
from whatsapp.simulator.services import drain_deliveries, drain_sms

BUDGET_SECONDS = 20


@shared_task(name="whatsapp.simulator.deliver")
def deliver() -> None:
    """Post reports of SMS, then webhooks until none is due, at most for the budget."""
    ends = time.monotonic() + BUDGET_SECONDS
    drain_sms(now=clock.now())
    while drain_deliveries(now=clock.now()) and time.monotonic() < ends:
        pass

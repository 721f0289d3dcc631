"""Celery entry points of learning."""

from celery import shared_task

from iceshop.infra import clock
from windows.learning import services


@shared_task(name="windows.learning.estimate_due")
def estimate_due() -> None:
    """Say of seats whose window begins how likely their people come."""
    services.estimate_due(now=clock.now())


@shared_task(name="windows.learning.learn_due")
def learn_due() -> None:
    """Learn from results."""
    services.learn_due(now=clock.now())


@shared_task(name="windows.learning.refit")
def refit() -> None:
    """Learn the models anew, and judge the last weeks."""
    now = clock.now()
    services.refit(now=now)
    services.refit_prices(now=now)
    services.check_drift(now=now)

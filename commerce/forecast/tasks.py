"""Celery entry points of forecasts."""

from celery import shared_task

from commerce.forecast import services
from iceshop.infra import clock


# Trees learn for minutes on a busy machine, in a process of their own.
@shared_task(name="commerce.forecast.fit_due", soft_time_limit=1500, time_limit=1600)
def fit_due() -> None:
    """Fit the forecast where it is of yesterday, and forget what is too old for any."""
    now = clock.now()
    services.fit_due(now=now)
    services.forget_old(now=now)

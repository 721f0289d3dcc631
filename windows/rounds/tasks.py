"""Celery entry points of rounds."""

from celery import shared_task

from iceshop.infra import clock
from windows.rounds import services


@shared_task(name="windows.rounds.run")
def run() -> None:
    """Run one round."""
    services.run(now=clock.now())


@shared_task(name="windows.rounds.help")
def lend_a_hand() -> None:
    """Decide parts of the market that another worker has not come to."""
    services.run(now=clock.now(), is_help=True)


@shared_task(name="windows.rounds.forget_old")
def forget_old() -> None:
    """Delete what old rounds knew."""
    services.forget_old(now=clock.now())

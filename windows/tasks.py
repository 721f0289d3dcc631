"""Celery tasks of the windows app."""

from windows.flash.tasks import move_due
from windows.intents.tasks import count_demand
from windows.intents.tasks import expire_due as expire_intents
from windows.learning.tasks import estimate_due, learn_due, refit
from windows.negotiation.tasks import expire_due as expire_asks
from windows.outcomes.tasks import record_due
from windows.rounds.tasks import (
    forget_old,
    lend_a_hand,
    run,
)
from windows.twin.tasks import check_due

__all__ = [
    "check_due",
    "count_demand",
    "estimate_due",
    "expire_asks",
    "expire_intents",
    "forget_old",
    "learn_due",
    "lend_a_hand",
    "move_due",
    "record_due",
    "refit",
    "run",
]

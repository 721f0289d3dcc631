"""The one list of periodic work.

Each job only finds due rows and works on them, so running it twice or late does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class PeriodicJob:
    """``every_seconds`` is the period; ``late`` says what a missed run means."""

    task: str
    every_seconds: float
    late: str


def jobs() -> tuple[PeriodicJob, ...]:
    """All periodic work of this installation."""
    work = [
        PeriodicJob("infra.heartbeat", 5, "the worker counts as missing after 15 s"),
        PeriodicJob("infra.outbox.drain", 1, "notices whose moment came wait; useless ones die"),
        PeriodicJob("whatsapp.conversation.drain", 1, "messages wait if their kick was lost"),
        PeriodicJob("whatsapp.messaging.drain", 2, "delivery statuses are shown late"),
        PeriodicJob("whatsapp.voice.drain", 2, "voice notes wait if their kick was lost"),
        PeriodicJob("windows.rounds.run", settings.ROUND_EVERY_SECONDS, "buyers wait longer"),
        PeriodicJob("windows.negotiation.expire_due", 5, "asks are refused by their time anyway"),
        PeriodicJob("windows.flash.move_due", 1, "pages go by the times, not by the stored state"),
        PeriodicJob("windows.intents.expire_due", 30, "the engine passes over past intents anyway"),
        PeriodicJob("windows.intents.count_demand", 600, "forecasts know the last hours later"),
        PeriodicJob("commerce.forecast.fit_due", 3600, "yesterday's forecast stays in force"),
        PeriodicJob("windows.outcomes.record_due", 10, "results appear late"),
        PeriodicJob("windows.twin.check_due", 600, "the twin's error is told later"),
        PeriodicJob("windows.learning.estimate_due", 5, "seats of the moment teach nothing"),
        PeriodicJob("windows.learning.learn_due", 10, "what people did counts later"),
        PeriodicJob("windows.learning.refit", 3600, "what was learned last stays in force"),
        PeriodicJob("windows.rounds.forget_old", 3600, "old rounds can be played again for longer"),
        PeriodicJob("accounts.privacy.run", 3600, "people wait longer to be erased"),
        PeriodicJob("infra.idempotency.forget_old", 3600, "old answers are not repeated anyway"),
    ]
    if settings.SIMULATOR_ENABLED:
        work.append(PeriodicJob("whatsapp.simulator.deliver", 1, "statuses come late"))
    return tuple(work)

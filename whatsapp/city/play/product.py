"""The product at work: its drains and periodic jobs, each called when it has something to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from iceshop.infra.outbox import services as outbox
from whatsapp.city.play.time import DELIVER, ROUND, Clock, Due, Standing, due
from whatsapp.conversation import services as conversation
from whatsapp.messaging import services as messaging
from whatsapp.simulator import services as simulator
from whatsapp.simulator.transport import Post
from windows.flash import services as flash
from windows.intents import services as intents
from windows.learning import services as learning
from windows.negotiation import services as negotiation
from windows.outcomes import services as outcomes
from windows.rounds import services as rounds

REFIT = "windows.learning.refit"
NEVER = datetime.max.replace(tzinfo=UTC)
# As often as in production.
_ROUND_EVERY = timedelta(seconds=30)
# The models learn at four in the morning; a city begins at six.
_FIRST_NIGHT = timedelta(hours=22)
_BEAT_SHIFT = timedelta(seconds=1)
# A round that sees nothing new still counts how long people wait, so often at least.
_ROUNDS_AT_LEAST = timedelta(minutes=5)
# Reports of delivery wait for each other, on their way and until they are read; people's messages
# do not.
_REPORTS_WAIT = timedelta(seconds=60)
_REPORTS = (DELIVER, "whatsapp.messaging.drain")
# Real seconds: no drain stops early because the machine is slow.
_ENDLESS = 3600.0


def _converse(now: datetime) -> object:
    return conversation.drain(now=now, budget_seconds=_ENDLESS)


def _take_reports(now: datetime) -> object:
    return messaging.drain_events(now=now, budget_seconds=_ENDLESS)


def _send(now: datetime) -> object:
    return outbox.drain(now=now, limit=10_000, budget_seconds=_ENDLESS)


# In this order: what came in is worked before what is due by the clock.
JOBS: dict[str, Callable[[datetime], object]] = {
    "whatsapp.conversation.drain": _converse,
    "whatsapp.messaging.drain": _take_reports,
    "infra.outbox.drain": _send,
    "windows.learning.estimate_due": lambda now: learning.estimate_due(now=now),
    "windows.flash.move_due": lambda now: flash.move_due(now=now),
    "windows.negotiation.expire_due": lambda now: negotiation.expire_due(now=now),
    "windows.intents.expire_due": lambda now: intents.expire_due(now=now),
    "windows.outcomes.record_due": lambda now: outcomes.record_due(now=now),
    "windows.learning.learn_due": lambda now: learning.learn_due(now=now),
    REFIT: lambda now: learning.refit(now=now),
}


class Product:
    """Works until nothing is due, and knows when it is next.

    A round runs on the product's beat when it can decide something new: see ``Standing``.
    """

    def __init__(self, *, clock: Clock, post: Post, read: Callable[[], None]) -> None:
        """``post`` takes webhooks in; ``read`` is called when people may have got messages."""
        self._clock = clock
        self._post = post
        self._read = read
        self._is_mail = False
        # What was due when somebody last looked, until something may have changed it.
        self._known: Due | None = None
        self._standing: Standing | None = None
        self._round_at, self._changed_at = clock.now(), NEVER
        self._refit_at = clock.now() + _FIRST_NIGHT

    def note_mail(self) -> None:
        """Somebody wrote: what waits to be posted does not wait for more."""
        self._is_mail = True

    def look_again(self) -> None:
        """Something was written outside the jobs: what was known to be due may have changed."""
        self._known = None

    def work(self) -> datetime:
        """Do what is due until nothing is; returns when something is next."""
        while True:
            if self._is_mail:
                self._run(DELIVER, self._clock.now())
                self._read()
            now = self._clock.now()
            found = self._due(now)
            ready = [task for task in (DELIVER, *JOBS, ROUND) if found.get(task, NEVER) <= now]
            if not ready:
                return min(found.values(), default=NEVER)
            for task in ready:
                self._run(task, now)
            self._read()

    def _due(self, now: datetime) -> dict[str, datetime]:
        found = self._known = self._known or due(now)
        instants = dict(found.instants)
        for task in _REPORTS:
            if task in instants:
                instants[task] += _REPORTS_WAIT
        if found.standing.waiting:
            instants[ROUND] = self._next_round(found.standing, now)
        return instants | {REFIT: self._refit_at}

    def _next_round(self, standing: Standing, now: datetime) -> datetime:
        if standing.offers_more_than(self._standing):
            self._changed_at = min(self._changed_at, now)
            return beat_after(max(self._round_at, self._changed_at))
        at = self._round_at + _ROUNDS_AT_LEAST
        if standing.next_at is not None:
            at = min(at, max(standing.next_at, self._round_at + timedelta(minutes=1)))
        return beat_after(at)

    def _run(self, task: str, now: datetime) -> None:
        self.look_again()
        if task == DELIVER:
            self._deliver(now)
        elif task == ROUND:
            rounds.run(now=now)
            self._round_at, self._changed_at = now, NEVER
            self._known = due(now)
            self._standing = self._known.standing
        else:
            JOBS[task](now)
            if task == REFIT:
                self._refit_at = now + timedelta(days=1)

    def _deliver(self, now: datetime) -> None:
        """Post what is due; what people wrote is worked and answered at once."""
        is_mail, self._is_mail = self._is_mail, False
        simulator.drain_sms(now=now, post=self._post)
        simulator.drain_deliveries(
            now=now, limit=1000, post=self._post, parallel=1, reports_a_post=100
        )
        if is_mail:
            _converse(now)
            _send(now)
        else:
            _take_reports(now)


def beat_after(at: datetime) -> datetime:
    """The next beat of rounds after ``at``; never on a whole minute, which would belong to two."""
    whole = at.replace(second=0, microsecond=0)
    beats = (at - whole - _BEAT_SHIFT) // _ROUND_EVERY + 1
    return whole + _BEAT_SHIFT + beats * _ROUND_EVERY

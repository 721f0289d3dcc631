"""Declaring intents and moving them through their life."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from commerce.forecast import queries as forecast
from commerce.forecast import services as forecasting
from commerce.forecast.domain import HOUR, UNSERVED_DAYS, floor_hour
from iceshop.infra.db import operation, outside, step, violated_constraint
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Invalid, LimitReached
from iceshop.kernel.time import TimeRange, join
from windows.intents import counting, domain
from windows.intents.domain import INTENT, IntentMove, IntentState, Wish
from windows.intents.models import Intent, IntentEvent, IntentSpan
from windows.intents.queries import IntentCard, card_of

# More wishes at a time than anybody has; a flood is a mistake or a prank.
MOST_LIVE_INTENTS = 5
_BATCH = 200
_COUNTED_AGAIN = timedelta(hours=3)
_MOST_HOURS = 400
_UNSERVED_FOR = timedelta(days=UNSERVED_DAYS)


@step
def declare_intent(
    *,
    person_id: UUID,
    source_key: str,
    wish: Wish,
    by: Actor,
    now: datetime,
    replaces: UUID | None = None,
) -> tuple[IntentCard, bool]:
    """Store a wish that counts from now on; the second value says whether it is new.

    The same ``source_key`` again returns the stored intent. ``replaces`` is cancelled first.
    Raises: Invalid (see ``Wish.checked``), LimitReached("intent.limit").
    """
    stored = Intent.objects.filter(source_key=source_key).first()
    if stored is not None:
        return card_of(stored), False
    wish = wish.checked(now)
    if replaces is not None:
        move(intent_id=replaces, move=IntentMove.CANCEL, by=by, now=now, reason=domain.CORRECTED)
    live = Intent.objects.filter(person_id=person_id, state__in=domain.LIVE_STATES).count()
    if live >= MOST_LIVE_INTENTS:
        raise LimitReached("intent.limit", retry_after_seconds=3600, most=MOST_LIVE_INTENTS)
    try:
        with transaction.atomic():
            intent = _create(source_key, person_id, wish, now)
    except IntegrityError as error:
        if violated_constraint(error) != "intent_source_once":
            raise
        # The same wish was declared twice at once; the other one has just been stored.
        return card_of(Intent.objects.get(source_key=source_key)), False
    _note(intent.id, IntentMove.DECLARE, IntentState.OPEN, by=by, now=now, reason="")
    return card_of(intent), True


def _create(source_key: str, person_id: UUID, wish: Wish, now: datetime) -> Intent:
    intent = Intent.objects.create(
        source_key=source_key,
        person_id=person_id,
        product_text=wish.product_text,
        concept_key=wish.concept_key,
        variant=list(wish.variant),
        party_size=wish.party_size,
        budget_minor=wish.budget_minor,
        currency=wish.currency,
        latitude=wish.point.latitude if wish.point else None,
        longitude=wish.point.longitude if wish.point else None,
        place_name=wish.place_name,
        radius_m=wish.radius_m,
        timezone=wish.timezone,
        ends_at=wish.spans[-1].end,
        answer_by=domain.answer_by(wish.spans, now),
        people_waiting=wish.party_size,
        created_at=now,
    )
    IntentSpan.objects.bulk_create(
        IntentSpan(intent=intent, starts_at=span.start, ends_at=span.end) for span in wish.spans
    )
    return intent


@step
def move(*, intent_id: UUID, move: IntentMove, by: Actor, now: datetime, reason: str = "") -> bool:
    """Move an intent by one guarded update; ``False`` when its state does not allow it."""
    target = INTENT.target(move)
    moved = Intent.objects.filter(pk=intent_id, state__in=INTENT.sources(move)).update(
        state=target, ended_at=None if target in domain.LIVE_STATES else now
    )
    if moved:
        _note(intent_id, move, target, by=by, now=now, reason=reason)
    return bool(moved)


@step
def widen(*, intent_id: UUID, radius_m: int, now: datetime) -> None:
    """Search within ``radius_m``. Raises Conflict("intent.unknown")."""
    moved = Intent.objects.filter(pk=intent_id, state__in=domain.LIVE_STATES).update(
        radius_m=max(100, min(radius_m, 50_000))
    )
    if not moved:
        raise Conflict("intent.unknown")


@step
def retime(*, intent_id: UUID, spans: tuple[TimeRange, ...], now: datetime) -> None:
    """Look for the wish at other times.

    Raises: Conflict("intent.unknown"), Invalid("intent.no_time_left").
    """
    ahead = join(TimeRange(max(s.start, now), s.end) for s in spans if s.end > now)
    if not ahead:
        raise Invalid("intent.no_time_left")
    moved = Intent.objects.filter(pk=intent_id, state__in=domain.LIVE_STATES).update(
        ends_at=ahead[-1].end, answer_by=domain.answer_by(ahead, now), promised_told_at=None
    )
    if not moved:
        raise Conflict("intent.unknown")
    IntentSpan.objects.filter(intent_id=intent_id).delete()
    IntentSpan.objects.bulk_create(
        IntentSpan(intent_id=intent_id, starts_at=span.start, ends_at=span.end) for span in ahead
    )


@step
def note_wait(*, intent_id: UUID, waiting: int, needed: int, reason: str) -> bool:
    """Remember what the last round knew; ``True`` when it differs from what was known."""
    return bool(
        Intent.objects.filter(pk=intent_id, state=IntentState.OPEN)
        .exclude(people_waiting=waiting, people_needed=needed, wait_reason=reason)
        .update(people_waiting=waiting, people_needed=needed, wait_reason=reason)
    )


@step
def claim_promise(*, intent_id: UUID, now: datetime) -> bool:
    """Take the right to send the promised word about an intent; ``True`` once."""
    return bool(
        Intent.objects.filter(
            pk=intent_id, promised_told_at__isnull=True, answer_by__lte=now
        ).update(promised_told_at=now)
    )


@operation
def expire_due(*, now: datetime) -> int:
    """End the open intents whose last moment has passed; returns how many."""
    due = list(
        Intent.objects.select_for_update(skip_locked=True)
        .filter(state__in=(IntentState.OPEN, IntentState.PAUSED), ends_at__lte=now)
        .values_list("pk", flat=True)[:_BATCH]
    )
    for intent_id in due:
        move(intent_id=intent_id, move=IntentMove.EXPIRE, by=SYSTEM, now=now, reason="time.passed")
    return len(due)


@outside
def count_demand(*, now: datetime) -> int:
    """Tell the forecast what was wanted in hours that are over; returns how many hours.

    The last hours are counted again: somebody may have changed a wish meanwhile.
    """
    through = forecast.counted_until()
    begin = counting.first_wanted() if through is None else through - _COUNTED_AGAIN
    if begin is None:
        return 0
    first, last = floor_hour(begin), floor_hour(now)
    # A clock that was set back has nothing to count.
    hours = max(0, min(int((last - first) / HOUR), _MOST_HOURS))
    wanted = counting.wanted_by_hour(since=first, until=first + hours * HOUR)
    for at in (first + number * HOUR for number in range(hours)):
        forecasting.record_demand(hour_at=at, wishes=wanted.get(at, ()), now=now)
    if through is None or first + hours * HOUR > through:
        unserved = counting.unserved(since=now - _UNSERVED_FOR, until=now)
        forecasting.record_unserved(wishes=unserved, now=now)
    return hours


def _note(
    intent_id: UUID, move: IntentMove, to: IntentState, *, by: Actor, now: datetime, reason: str
) -> None:
    IntentEvent.objects.create(
        intent_id=intent_id,
        move=move,
        to_state=to,
        at=now,
        actor_kind=by.kind,
        actor_key=by.key,
        reason=reason,
    )

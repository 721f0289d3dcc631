"""Recording results: seats, stock, figures, and the words that follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError

from commerce.stock import services as stock
from iceshop.infra.db import operation, outside, step
from iceshop.infra.realtime.poke import poke
from iceshop.infra.realtime.topics import board_topic, window_topic
from iceshop.kernel.errors import DomainError
from iceshop.kernel.time import at_local, local_day
from windows.engine.types import Expected
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.domain import SeatState, WindowState
from windows.flash.queries import SeatCard, WindowCard
from windows.negotiation.services import sellers_of
from windows.notices import services as notices
from windows.notices.domain import NoticeKind
from windows.outcomes.domain import SeatOutcomeKind
from windows.outcomes.models import SeatEstimate, SeatOutcome, WindowResult
from windows.outcomes.queries import Estimate, predicted_at_start
from windows.passes.queries import paid_for_seats
from windows.strikes import services as strikes

log = structlog.get_logger(__name__)

_BATCH = 20
# Who did not come is asked the next morning, never at night.
_MORNING_MINUTE = 10 * 60


@outside
def record_due(*, now: datetime) -> int:
    """Record every window that is over and has no result; returns how many.

    One that cannot be recorded does not hold up the others; it is tried again the next time.
    """
    recorded = 0
    for window in flash.unsettled_windows(now=now, limit=_BATCH):
        try:
            recorded += record(window_id=window.id, now=now)
        except (DomainError, DatabaseError):
            log.exception("window.not_recorded", window=str(window.id))
    return recorded


@operation
def record(*, window_id: UUID, now: datetime) -> bool:
    """Record one window that is over, once.

    Writes: outcomes, the result, the stock's sale, notices. ``False`` where nothing is recorded:
    known before, not over, or cancelled before anybody came.
    """
    if not windows.mark_settled(window_id=window_id):
        return False
    window = flash.window_card(window_id, now=now)
    seats = flash.seats_of_window(window_id)
    came = [seat for seat in seats if seat.state is SeatState.CHECKED_IN]
    if window is None or (window.state is WindowState.CANCELLED and not came):
        # Its stock was settled and its people were told when it was cancelled.
        return False
    known = _known_people(window, came)
    predicted = predicted_at_start(seats)
    _write_seats(window, seats)
    _note_strikes(seats, window)
    _write_result(window, seats, predicted, known, now)
    people = sum(seat.people_in for seat in came)
    stock.settle(source_key=f"window:{window_id}", sold=people, now=now)
    _plan_notices(window, seats, now)
    poke(board_topic(window.store_id))
    poke(window_topic(window_id))
    return True


@step
def amend(*, window_id: UUID, now: datetime) -> bool:
    """Bring a recorded result in line with seats that changed after it; ``False`` without one.

    A till without connection tells late whom it admitted, or an admission is taken back.
    Writes: outcomes, the result, the stock's sale, the words to those whose outcome changed.
    """
    if not WindowResult.objects.select_for_update(no_key=True).filter(pk=window_id).exists():
        return False
    window = flash.window_card(window_id, now=now)
    if window is None:
        raise LookupError(f"a result without its window {window_id}")
    seats = flash.seats_of_window(window_id)
    came = [seat for seat in seats if seat.state is SeatState.CHECKED_IN]
    before = dict(SeatOutcome.objects.filter(window_id=window_id).values_list("seat_id", "kind"))
    rows = _seat_outcomes(window, seats)
    SeatOutcome.objects.bulk_update(rows, ("kind", "people", "paid_minor", "at"))
    figures = _figures(window, seats, rows, _known_people(window, came))
    WindowResult.objects.filter(pk=window_id).update(**figures)
    stock.resettle(source_key=f"window:{window_id}", sold=figures["came"], now=now)
    changed = tuple(
        seat
        for seat, row in zip(seats, rows, strict=True)
        if before.get(seat.id) not in (None, row.kind)
    )
    for seat in changed:
        notices.withdraw(subject_kind="seat", subject_id=seat.id, now=now)
        if seat.checked_in_at:
            strikes.withdraw(seat_id=seat.id, now=now)
    _note_strikes(tuple(seat for seat in changed if not seat.checked_in_at), window)
    _plan_words(window, changed, now)
    poke(board_topic(window.store_id))
    poke(window_topic(window_id))
    return True


@step
def note_estimates(*, estimates: Iterable[Estimate], now: datetime) -> int:
    """Keep what is said of seats before their people come; the first word stands.

    Returns how many seats had none before.
    """
    rows = [
        SeatEstimate(
            seat_id=one.seat_id,
            window_id=one.window_id,
            party_size=one.party_size,
            version=one.version,
            kind=one.kind,
            figures=list(one.figures),
            base_milli=one.base_milli,
            permille=one.permille,
            shock_milli=one.shock_milli,
            region=one.region,
            made_at=now,
        )
        for one in estimates
    ]
    known = SeatEstimate.objects.filter(pk__in=[row.seat_id for row in rows]).count()
    SeatEstimate.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows) - known


@step
def mark_lesson(*, window_id: UUID) -> bool:
    """Note that a result has been learned from; ``False`` if it was before."""
    rows = WindowResult.objects.filter(pk=window_id, is_learned=False)
    return rows.update(is_learned=True) == 1


def _known_people(window: WindowCard, came: list[SeatCard]) -> set[UUID]:
    """Those who were in this store before."""
    return set(
        SeatOutcome.objects.filter(
            window__store_id=window.store_id,
            window__ends_at__lt=window.ends_at,
            kind=SeatOutcomeKind.REDEEMED,
            person_id__in=[seat.person_id for seat in came],
        ).values_list("person_id", flat=True)
    )


def _write_seats(window: WindowCard, seats: tuple[SeatCard, ...]) -> None:
    SeatOutcome.objects.bulk_create(_seat_outcomes(window, seats))


def _seat_outcomes(window: WindowCard, seats: tuple[SeatCard, ...]) -> list[SeatOutcome]:
    """How each seat ended; what the till noted as paid counts, else the promised price."""
    paid = paid_for_seats(seat.id for seat in seats)
    return [
        SeatOutcome(
            seat_id=seat.id,
            window_id=window.id,
            person_id=seat.person_id,
            kind=SeatOutcomeKind.REDEEMED if seat.checked_in_at else SeatOutcomeKind.NO_SHOW,
            people=seat.people_in or seat.party_size,
            paid_minor=paid.get(seat.id, seat.price_minor * seat.people_in),
            at=seat.checked_in_at or window.ends_at,
        )
        for seat in seats
    ]


def _figures(
    window: WindowCard,
    seats: tuple[SeatCard, ...],
    rows: list[SeatOutcome],
    known: set[UUID],
) -> dict[str, int]:
    """People and money of a result."""
    confirmed = sum(seat.party_size for seat in seats)
    came = sum(seat.people_in for seat in seats)
    return {
        "confirmed": confirmed,
        "came": came,
        "missed": confirmed - came,
        "new_people": sum(seat.people_in for seat in seats if seat.person_id not in known),
        "revenue_minor": sum(row.paid_minor for row in rows),
        "discount_minor": sum(
            max(0, window.base_price_minor - seat.price_minor) * seat.people_in for seat in seats
        ),
    }


def _note_strikes(seats: tuple[SeatCard, ...], window: WindowCard) -> None:
    """A missed seat is a strike unless the window was cancelled; a visit takes one away."""
    for seat in seats:
        if seat.checked_in_at:
            strikes.reward(person_id=seat.person_id, now=window.ends_at)
        elif window.state is not WindowState.CANCELLED:
            strikes.give(person_id=seat.person_id, seat_id=seat.id, missed_at=window.ends_at)


def _write_result(
    window: WindowCard,
    seats: tuple[SeatCard, ...],
    predicted: Expected,
    known: set[UUID],
    now: datetime,
) -> None:
    rows = _seat_outcomes(window, seats)
    WindowResult.objects.create(
        window_id=window.id,
        predicted_milli=predicted.mean_milli,
        predicted_low=predicted.low,
        predicted_high=predicted.high,
        currency=window.currency,
        recorded_at=now,
        **_figures(window, seats, rows, known),
    )


def _plan_notices(window: WindowCard, seats: tuple[SeatCard, ...], now: datetime) -> None:
    """Thank, ask and report; times count from the window's end, so that a late run says less."""
    _plan_words(window, seats, now)
    for person_id in sellers_of(window.store_id):
        notices.plan(
            kind=NoticeKind.SELLER_RESULT,
            person_id=person_id,
            subject_kind="window",
            subject_id=window.id,
            useful_until=window.ends_at + timedelta(hours=12),
            now=now,
        )


def _plan_words(window: WindowCard, seats: tuple[SeatCard, ...], now: datetime) -> None:
    """Thank those who came, ask the others; times count from the window's end."""
    ended = window.ends_at
    next_day = local_day(ended, window.zone) + timedelta(days=1)
    morning = at_local(next_day, _MORNING_MINUTE, window.zone)
    for seat in seats:
        if seat.checked_in_at:
            kind, starts, until = NoticeKind.AFTER, now, ended + timedelta(hours=2)
        else:
            kind, starts, until = NoticeKind.DID_NOT_COME, morning, morning + timedelta(hours=8)
        notices.plan(
            kind=kind,
            person_id=seat.person_id,
            subject_kind="seat",
            subject_id=seat.id,
            not_before=starts,
            useful_until=until,
            now=now,
        )

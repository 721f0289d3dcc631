"""What to expect of a window, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from windows.engine.expect import expected
from windows.engine.types import Expected
from windows.flash import queries as flash
from windows.flash.domain import LIVE_SEATS, SeatState, WindowState
from windows.flash.listing import invites_of_windows
from windows.flash.queries import InviteCard, SeatCard, WindowCard
from windows.outcomes.domain import SeatOutcomeKind, show_permille
from windows.outcomes.models import SeatOutcome, WindowResult

# Of those who were asked and have not answered, about this share still says yes.
UNANSWERED_PERMILLE = 350
_SURE = 1000
_RANGE_PERMILLE = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCard:
    """The result of a window as pages and notices show it."""

    window_id: UUID
    predicted: Expected
    confirmed: int
    came: int
    missed: int
    new_people: int
    revenue_minor: int
    discount_minor: int
    currency: str


def show_rates(person_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Probability in permille that each person comes when confirmed. One query."""
    ids = set(person_ids)
    rows = (
        SeatOutcome.objects.filter(person_id__in=ids)
        .values("person_id")
        .annotate(
            came=Count("pk", filter=Q(kind=SeatOutcomeKind.REDEEMED)),
            missed=Count("pk", filter=Q(kind=SeatOutcomeKind.NO_SHOW)),
        )
    )
    known = {row["person_id"]: (row["came"], row["missed"]) for row in rows}
    return {
        person_id: show_permille(came=came, missed=missed)
        for person_id in ids
        for came, missed in [known.get(person_id, (0, 0))]
    }


def expected_people(window: WindowCard, *, now: datetime) -> Expected:
    """How many people will have come at the end, as a mean and a range. Three queries.

    Who is here counts as certain, who holds a seat by the person's own rate, who was invited and
    has not answered by a small one.
    """
    return expected_people_of([window], now=now)[window.id]


def expected_people_of(windows: Iterable[WindowCard], *, now: datetime) -> dict[UUID, Expected]:
    """``expected_people`` of each of ``windows``. Three queries, however many they are."""
    cards = {window.id: window for window in windows}
    seats: dict[UUID, list[SeatCard]] = {key: [] for key in cards}
    for seat in flash.seats_of_windows(cards):
        seats[seat.window_id].append(seat)
    invites = invites_of_windows(cards, now=now)
    rates = show_rates(seat.person_id for found in seats.values() for seat in found)
    return {
        key: _expected(window, seats[key], invites[key], rates) for key, window in cards.items()
    }


def _expected(
    window: WindowCard,
    seats: Iterable[SeatCard],
    invites: Iterable[InviteCard],
    rates: dict[UUID, int],
) -> Expected:
    if window.state in (WindowState.CLOSED, WindowState.CANCELLED):
        came = sum(s.people_in for s in seats)
        return Expected(came * 1000, came, came, _RANGE_PERMILLE)
    parties = [(seat.party_size, _chance(seat, rates)) for seat in seats]
    free = window.seats_free
    for invite in invites:
        if invite.state == "invited" and invite.party_size <= free:
            parties.append((invite.party_size, UNANSWERED_PERMILLE))
            free -= invite.party_size
    return expected(parties, _RANGE_PERMILLE)


def predicted_at_start(seats: Iterable[SeatCard], rates: dict[UUID, int]) -> Expected:
    """What the confirmed seats promised before anybody came."""
    return expected([(seat.party_size, rates[seat.person_id]) for seat in seats], _RANGE_PERMILLE)


def result_of(window_id: UUID) -> ResultCard | None:
    """The result of a window, or ``None`` while it is not recorded. One query."""
    row = WindowResult.objects.filter(pk=window_id).first()
    return _card(row) if row else None


def results_of(window_ids: Iterable[UUID]) -> dict[UUID, ResultCard]:
    """Results of several windows. One query."""
    rows = WindowResult.objects.filter(pk__in=list(window_ids))
    return {row.window_id: _card(row) for row in rows}


def _chance(seat: SeatCard, rates: dict[UUID, int]) -> int:
    if seat.state is SeatState.CHECKED_IN:
        return _SURE
    return rates[seat.person_id] if seat.state in LIVE_SEATS else 0


def _card(row: WindowResult) -> ResultCard:
    return ResultCard(
        window_id=row.window_id,
        predicted=Expected(
            row.predicted_milli, row.predicted_low, row.predicted_high, _RANGE_PERMILLE
        ),
        confirmed=row.confirmed,
        came=row.came,
        missed=row.missed,
        new_people=row.new_people,
        revenue_minor=row.revenue_minor,
        discount_minor=row.discount_minor,
        currency=row.currency,
    )

"""What was said of people before they came, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from windows.engine.expect import SHOCK_MILLI, expected
from windows.engine.types import Expected
from windows.flash.queries import SeatCard
from windows.outcomes.domain import SeatOutcomeKind, show_permille
from windows.outcomes.models import SeatEstimate, SeatOutcome, WindowResult

RANGE_PERMILLE = 800


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


def show_rates(person_ids: Iterable[UUID], *, before: datetime | None = None) -> dict[UUID, int]:
    """Probability in permille that each person comes when confirmed. One query.

    With ``before`` from what was known at that moment.
    """
    ids = set(person_ids)
    known_then = Q() if before is None else Q(at__lt=before)
    rows = (
        SeatOutcome.objects.filter(known_then, person_id__in=ids)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How likely the people of a seat come, as it was said before they did.

    ``base_milli``: log-odds by the model alone, in thousandths; ``permille``: the chance in full.
    """

    seat_id: UUID
    window_id: UUID
    party_size: int
    version: int
    kind: str
    figures: tuple[float, ...]
    base_milli: int
    permille: int
    shock_milli: int
    region: str


def estimated_seats(seat_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those seats of which something was said already. One query."""
    rows = SeatEstimate.objects.filter(pk__in=list(seat_ids))
    return frozenset(rows.values_list("pk", flat=True))


def predicted_at_start(seats: Iterable[SeatCard]) -> Expected:
    """What was said of these seats when their window began. Two queries.

    Who came before anything was said of them counts by what they did in earlier windows.
    """
    cards = tuple(seats)
    rows = SeatEstimate.objects.filter(pk__in=[seat.id for seat in cards])
    said = {row.pk: row for row in rows}
    rates = show_rates(seat.person_id for seat in cards if seat.id not in said)
    shock = max((row.shock_milli for row in said.values()), default=SHOCK_MILLI)
    parties = [
        (seat.party_size, said[seat.id].permille if seat.id in said else rates[seat.person_id])
        for seat in cards
    ]
    return expected(parties, RANGE_PERMILLE, shock)


def result_of(window_id: UUID) -> ResultCard | None:
    """The result of a window, or ``None`` while it is not recorded. One query."""
    row = WindowResult.objects.filter(pk=window_id).first()
    return _card(row) if row else None


def results_of(window_ids: Iterable[UUID]) -> dict[UUID, ResultCard]:
    """Results of several windows. One query."""
    rows = WindowResult.objects.filter(pk__in=list(window_ids))
    return {row.window_id: _card(row) for row in rows}


def _card(row: WindowResult) -> ResultCard:
    return ResultCard(
        window_id=row.window_id,
        predicted=Expected(
            row.predicted_milli, row.predicted_low, row.predicted_high, RANGE_PERMILLE
        ),
        confirmed=row.confirmed,
        came=row.came,
        missed=row.missed,
        new_people=row.new_people,
        revenue_minor=row.revenue_minor,
        discount_minor=row.discount_minor,
        currency=row.currency,
    )

"""Reading intents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from iceshop.infra.prepared import Prepared, given, given_list
from iceshop.kernel.geo import Point, walk_m
from iceshop.kernel.time import TimeRange
from windows.intents.domain import LIVE_STATES, IntentState
from windows.intents.models import Intent, IntentSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentCard:
    """An intent as other slices see it; ``people_needed`` 0 means that no group is near yet."""

    id: UUID
    person_id: UUID
    state: IntentState
    product_text: str
    concept_key: str
    party_size: int
    budget_minor: int | None
    currency: str
    point: Point | None
    place_name: str
    radius_m: int
    timezone: str
    spans: tuple[TimeRange, ...]
    ends_at: datetime
    answer_by: datetime
    people_waiting: int
    people_needed: int
    wait_reason: str
    promised_told_at: datetime | None
    created_at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """Zone in which its times are meant."""
        return ZoneInfo(self.timezone)


_ONE = Prepared(lambda: Intent.objects.filter(pk=given("pk")))
_LIVE = Prepared(
    lambda: Intent.objects.filter(person_id=given("person_id"), state__in=LIVE_STATES).order_by(
        "-created_at", "-pk"
    )
)
_OPEN = Prepared(
    lambda: Intent.objects.filter(state=IntentState.OPEN, ends_at__gt=given("now")).order_by("pk")
)
_SAME = Prepared(
    lambda: (
        Intent.objects.filter(
            state=IntentState.OPEN, ends_at__gt=given("now"), concept_key=given("concept_key")
        )
        .exclude(pk=given("but"))
        .order_by("pk")
    )
)
_SPANS = Prepared(lambda: IntentSpan.objects.filter(intent_id__in=given_list("intents", "uuid")))


def intent_card(intent_id: UUID) -> IntentCard | None:
    """One intent, or ``None``. Two queries."""
    return next(iter(_with_spans(_ONE(pk=intent_id))), None)


def live_intents(person_id: UUID) -> tuple[IntentCard, ...]:
    """Live intents of a person, the newest first. Two queries."""
    return _with_spans(_LIVE(person_id=person_id))


def open_intents(*, now: datetime) -> tuple[IntentCard, ...]:
    """Everything a round may place. Two queries."""
    return _with_spans(_OPEN(now=now))


def intents(ids: Iterable[UUID]) -> dict[UUID, IntentCard]:
    """Intents by id. Two queries."""
    return {card.id: card for card in _cards(Intent.objects.filter(pk__in=list(ids)))}


def people_near(card: IntentCard, *, now: datetime) -> int:
    """People who want the same thing within reach of ``card``, itself included. Two queries."""
    others = _with_spans(_SAME(now=now, concept_key=card.concept_key, but=card.id))
    near = (o for o in others if _within_reach(card, o) and _share_time(card, o))
    return card.party_size + sum(other.party_size for other in near)


def _within_reach(a: IntentCard, b: IntentCard) -> bool:
    if a.point is None or b.point is None:
        return True
    return walk_m(a.point, b.point) <= a.radius_m + b.radius_m


def _share_time(a: IntentCard, b: IntentCard) -> bool:
    return any(one.overlaps(other) for one in a.spans for other in b.spans)


def card_of(row: Intent) -> IntentCard:
    """The card of a row whose spans are loaded or few."""
    return _card(row, row.spans.all())


def _card(row: Intent, spans: Iterable[IntentSpan]) -> IntentCard:
    return IntentCard(
        id=row.id,
        person_id=row.person_id,
        state=IntentState(row.state),
        product_text=row.product_text,
        concept_key=row.concept_key,
        party_size=row.party_size,
        budget_minor=row.budget_minor,
        currency=row.currency,
        point=None
        if row.latitude is None or row.longitude is None
        else Point(row.latitude, row.longitude),
        place_name=row.place_name,
        radius_m=row.radius_m,
        timezone=row.timezone,
        spans=tuple(sorted(TimeRange(s.starts_at, s.ends_at) for s in spans)),
        ends_at=row.ends_at,
        answer_by=row.answer_by,
        people_waiting=row.people_waiting,
        people_needed=row.people_needed,
        wait_reason=row.wait_reason,
        promised_told_at=row.promised_told_at,
        created_at=row.created_at,
    )


def _cards(rows: QuerySet[Intent]) -> tuple[IntentCard, ...]:
    return _with_spans(list(rows))


def _with_spans(rows: list[Intent]) -> tuple[IntentCard, ...]:
    """Cards of ``rows``; one query for all their spans, if there are rows at all."""
    spans: dict[UUID, list[IntentSpan]] = defaultdict(list)
    for span in _SPANS(intents=[row.pk for row in rows]) if rows else ():
        spans[span.intent_id].append(span)
    return tuple(_card(row, spans[row.pk]) for row in rows)

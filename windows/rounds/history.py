"""Rounds and decisions of the past, for operators: what was decided, and why."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from commerce.catalog import queries as catalog
from commerce.places import queries as places
from windows.engine import explain, record
from windows.engine.alternatives import alternatives
from windows.engine.record import StoredRound
from windows.engine.types import Action, Decision, Reason
from windows.intents import queries as intents
from windows.intents.queries import IntentCard
from windows.rounds.domain import Mode, promise_of
from windows.rounds.models import DecisionRecord, EngineMode, Round, RoundRecord, RoundSeed
from windows.rounds.wording import Speaker

PAGE = 30
_STORE = "store:"
# Where nothing names another zone.
_ZONE = ZoneInfo("Europe/Istanbul")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One decision in a list; ``why`` is said in the language of the page."""

    id: UUID
    action: Action
    title: str
    starts_at: datetime | None
    zone: ZoneInfo
    people: int
    price_minor: int | None
    result: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round with its decisions; ``place`` names its first shop."""

    id: UUID
    at: datetime
    place: str
    zone: ZoneInfo
    intents: int
    offers: int
    milliseconds: int
    seed: int
    version: str
    is_stored: bool
    decisions: tuple[DecisionLine, ...]

    @property
    def by_rule(self) -> bool:
        """Whether it was decided by the plain rule."""
        return self.version.endswith("rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """One decision with everything that can be said about it.

    ``further`` is what it was compared with, or what would lift the obstacle; empty when the
    record of the round is gone.
    """

    line: DecisionLine
    round: RoundView
    score_permille: int
    wishes: tuple[IntentCard, ...]
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModeView:
    """How rounds are decided, since when, by whom and why."""

    mode: Mode
    since: datetime | None
    actor_kind: str
    reason: str
    seed_promise: str

    @property
    def by_rule(self) -> bool:
        """Whether the plain rule decides."""
        return self.mode is Mode.RULE


def mode_view(*, now: datetime) -> ModeView:
    """The mode, and what is promised about today's lots. Two queries."""
    last = EngineMode.objects.order_by("-at", "-pk").first()
    seed = RoundSeed.objects.filter(day=now.astimezone(UTC).date()).first()
    promise = promise_of(seed.secret, seed.day) if seed else ""
    if last is None:
        return ModeView(Mode.SEARCH, None, "", "", promise)
    return ModeView(Mode(last.mode), last.at, last.actor_kind, last.reason, promise)


def rounds(
    *,
    language: str,
    action: Action | None = None,
    day: date | None = None,
    wish: UUID | None = None,
    before: UUID | None = None,
) -> tuple[RoundView, ...]:
    """A page of rounds, the newest first, with those of their decisions that are asked for.

    ``before`` goes on after the last of the page before. Seven queries.
    """
    rows = Round.objects.order_by("-at", "-pk")
    wanted = DecisionRecord.objects.all()
    if action:
        wanted = wanted.filter(action=action)
    if wish:
        wanted = wanted.filter(intents__contains=[str(wish)])
    if action or wish:
        rows = rows.filter(pk__in=wanted.values("round_id"))
    if day:
        since = datetime(day.year, day.month, day.day, tzinfo=_ZONE)
        rows = rows.filter(at__gte=since, at__lt=since + timedelta(days=1))
    last = Round.objects.filter(pk=before).first() if before else None
    if last:
        rows = rows.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)
    page = list(rows[:PAGE])
    found = defaultdict(list)
    for row in wanted.filter(round__in=page).order_by("pk"):
        found[row.round_id].append(row)
    return _views([(row, found[row.pk]) for row in page], language)


def round_view(round_id: UUID, *, language: str) -> RoundView | None:
    """One round with all its decisions, or ``None``. Seven queries."""
    row = Round.objects.filter(pk=round_id).first()
    if row is None:
        return None
    decisions = list(DecisionRecord.objects.filter(round=row).order_by("pk"))
    return _views([(row, decisions)], language)[0]


def decision_view(decision_id: UUID, *, language: str) -> DecisionView | None:
    """One decision, or ``None``; what it is compared with is worked out anew. Some ten queries."""
    row = DecisionRecord.objects.select_related("round").filter(pk=decision_id).first()
    if row is None:
        return None
    (shown,) = _views([(row.round, [row])], language)
    cards = intents.intents(UUID(key) for key in row.intents)
    return DecisionView(
        line=shown.decisions[0],
        round=shown,
        score_permille=row.score_permille,
        wishes=tuple(sorted(cards.values(), key=lambda card: card.created_at)),
        further=_further(row, language),
    )


def _further(row: DecisionRecord, language: str) -> tuple[str, ...]:
    kept = RoundRecord.objects.filter(pk=row.round_id).first()
    if kept is None:
        return ()
    stored = record.load(gzip.decompress(kept.content).decode())
    reasons = _compared(row, stored)
    keys = {str(value) for one in reasons for name, value in one.params if name == "offer"}
    speaker = _speaker(row.round, keys, language)
    return tuple(speaker.say(one.code, one.facts()) for one in reasons)


def _compared(row: DecisionRecord, stored: StoredRound) -> tuple[Reason, ...]:
    if row.action == Action.WAIT_FOR_BUYERS:
        return explain.counterfactuals(stored.snapshot, stored.parameters, row.intents[0])
    raw = next((one for one in stored.decisions if one["key"] == row.decision_key), None)
    if raw is None or raw["start"] is None:
        return ()
    decision = Decision(
        action=Action(raw["action"]),
        key=raw["key"],
        intents=tuple(raw["intents"]),
        reasons=(),
        offer=raw["offer"],
        start=raw["start"],
        tier=raw["tier"],
        people=raw["people"],
        value_milli=raw["value_milli"],
    )
    return alternatives(stored.snapshot, stored.parameters, decision)


def _views(found: list[tuple[Round, list[DecisionRecord]]], language: str) -> tuple[RoundView, ...]:
    stores = places.store_cards(
        UUID(row.part_key.removeprefix(_STORE))
        for row, _ in found
        if row.part_key.startswith(_STORE)
    )
    decisions = [one for _, rows in found for one in rows]
    offerings = catalog.offering_cards(
        {one.offering_id for one in decisions if one.offering_id}
        | {UUID(key) for one in decisions for key in _offers_in(one.reasons)}
    )
    stores |= places.store_cards({card.store_id for card in offerings.values()} - stores.keys())
    names = {
        str(card.id): f"{stores[card.store_id].name} · {card.name(language)}"
        for card in offerings.values()
    }
    alone = [UUID(one.intents[0]) for one in decisions if not one.offering_id and one.intents]
    titles = _wish_titles(alone, language)
    stored = set(
        RoundRecord.objects.filter(round__in=[row for row, _ in found]).values_list("pk", flat=True)
    )
    views = []
    for row, own in found:
        is_near = row.part_key.startswith(_STORE)
        first = stores.get(UUID(row.part_key.removeprefix(_STORE))) if is_near else None
        zone = first.zone if first else _ZONE
        speaker = Speaker(_minute(row.at), zone, names)
        views.append(
            RoundView(
                id=row.pk,
                at=row.at,
                place=first.name if first else "",
                zone=zone,
                intents=row.intents,
                offers=row.offers,
                milliseconds=row.milliseconds,
                seed=row.seed,
                version=row.parameters_version,
                is_stored=row.pk in stored,
                decisions=tuple(_line(one, speaker, titles) for one in own),
            )
        )
    return tuple(views)


def _line(row: DecisionRecord, speaker: Speaker, titles: dict[str, str]) -> DecisionLine:
    title = speaker.names.get(str(row.offering_id), "")
    if not title and row.intents:
        title = titles.get(row.intents[0], "")
    return DecisionLine(
        id=row.pk,
        action=Action(row.action),
        title=title,
        starts_at=row.starts_at,
        zone=speaker.zone,
        people=row.people,
        price_minor=row.price_minor,
        result=row.result,
        why=tuple(speaker.say(one["code"], one) for one in row.reasons),
    )


def _speaker(row: Round, offers: Iterable[str], language: str) -> Speaker:
    cards = catalog.offering_cards(UUID(key) for key in offers)
    stores = places.store_cards({card.store_id for card in cards.values()})
    names = {
        str(card.id): f"{stores[card.store_id].name} · {card.name(language)}"
        for card in cards.values()
    }
    zone = next((store.zone for store in stores.values()), _ZONE)
    return Speaker(_minute(row.at), zone, names)


def _wish_titles(ids: list[UUID], language: str) -> dict[str, str]:
    """Names of the kinds that are wished for; words that name no kind stay with their buyer."""
    if not ids:
        return {}
    kinds = catalog.concepts()
    return {
        str(key): kinds[card.concept_key].name(language)
        for key, card in intents.intents(ids).items()
        if card.concept_key in kinds
    }


def _offers_in(reasons: list[dict[str, Any]]) -> Iterable[str]:
    return (one["offer"] for one in reasons if "offer" in one)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)

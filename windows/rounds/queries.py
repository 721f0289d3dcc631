"""What a round would decide now, without doing it."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.identity.queries import published_ids
from accounts.orgs.queries import organisation_cards
from commerce.catalog.published import published_id
from commerce.catalog.queries import offering_cards
from iceshop.kernel.money import Money
from windows.engine.decide import decide
from windows.engine.types import Action, Decision
from windows.rounds import snapshot as snapshots
from windows.rounds.models import RoundRecord
from windows.rounds.snapshot import Taken

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A group at an offering and what the engine would do about it; ids are the published ones.

    ``starts_at`` and ``ends_at`` carry the store's offset; ``score`` is from 0 to 1.
    """

    id: str
    action: Action
    seller_id: str
    product_id: str
    window_id: UUID | None
    price: Money
    buyer_ids: tuple[str, ...]
    score: float
    reasons: tuple[dict[str, Any], ...]
    starts_at: datetime
    ends_at: datetime


def opportunities(
    *, now: datetime, organisation_id: UUID | None = None, limit: int = MOST
) -> tuple[Opportunity, ...]:
    """Opportunities of all sellers or of one, the best first. Some twenty queries.

    A question that a seller has not answered yet is still an opportunity: live asks are left out of
    the snapshot, so their groups appear as the engine would form them now. People who wait for the
    same group are one opportunity.
    """
    taken = snapshots.take(now=now)
    snapshot = replace(taken.snapshot, asks=())
    # The seed of the round of this minute.
    decided = decide(snapshot, snapshots.parameters(), int(now.timestamp()) // 60)
    wanted = [one for one in decided if one.offer and one.start is not None]
    if organisation_id is not None:
        wanted = [one for one in wanted if _seller_of(one, taken) == organisation_id]
    merged = sorted(_merged(wanted), key=lambda one: (-one.score_permille, one.start, one.key))
    return _shown(merged[:limit], taken)


def record_of(round_id: UUID) -> str | None:
    """What a round knew and decided, as JSON; ``None`` when it is not stored. One query."""
    row = RoundRecord.objects.filter(pk=round_id).first()
    return None if row is None else gzip.decompress(row.content).decode()


def _seller_of(decision: Decision, taken: Taken) -> UUID:
    return taken.stores[taken.store_of_offer[decision.offer]].organisation_id


def _merged(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions with one wait for all who wait for the same group."""
    waits: dict[object, list[Decision]] = defaultdict(list)
    found = []
    for one in decisions:
        if one.action is Action.WAIT_FOR_BUYERS:
            waits[one.offer, one.start, one.tier].append(one)
        else:
            found.append(one)
    for group in waits.values():
        intents = tuple(key for one in group for key in one.intents)
        reasons = tuple(dict.fromkeys(reason for one in group for reason in one.reasons))
        people = sum(one.people for one in group)
        found.append(replace(group[0], intents=intents, reasons=reasons, people=people))
    return found


def _shown(decisions: list[Decision], taken: Taken) -> tuple[Opportunity, ...]:
    offerings = offering_cards(UUID(one.offer) for one in decisions)
    sellers = organisation_cards(_seller_of(one, taken) for one in decisions)
    people = published_ids(
        {taken.intents[key].person_id for one in decisions for key in one.intents}
    )
    return tuple(
        Opportunity(
            id=one.key,
            action=one.action,
            seller_id=sellers[_seller_of(one, taken)].published_id,
            product_id=published_id(offerings[UUID(one.offer)].product),
            window_id=UUID(one.window) if one.window else None,
            price=Money(one.price_minor or 0, taken.terms[one.offer].currency),
            buyer_ids=_buyers(one, taken, people),
            score=one.score,
            reasons=tuple({"code": reason.code, **reason.facts()} for reason in one.reasons),
            starts_at=_instant(one.start, one, taken),
            ends_at=_instant(one.end, one, taken),
        )
        for one in decisions
    )


def _buyers(decision: Decision, taken: Taken, people: dict[UUID, str]) -> tuple[str, ...]:
    """Who is in the group, the longest waiting first."""
    wishes = (taken.intents[key] for key in decision.intents)
    waiting = sorted((wish.created_at, people[wish.person_id]) for wish in wishes)
    return tuple(dict.fromkeys(buyer_id for _, buyer_id in waiting))


def _instant(minute: int | None, decision: Decision, taken: Taken) -> datetime:
    zone = taken.stores[taken.store_of_offer[decision.offer]].zone
    return (taken.snapshot.t0 + timedelta(minutes=minute or 0)).astimezone(zone)

"""Why an intent and an offer do not come together, and the least change that would help."""

from __future__ import annotations

from dataclasses import replace

from windows.engine import eligible, schedule
from windows.engine.assign import Assignment
from windows.engine.features import distance_m
from windows.engine.market import Market, Pair, Rung
from windows.engine.types import Intent, Offer, Parameters, Reason, Snapshot, Want

UNITS = {
    "change.people": "missing",
    "change.price": "missing_minor",
    "change.distance": "missing_m",
}
FRONT = -1  # rank of the intent in question: first among equals


def why_not(
    snapshot: Snapshot, parameters: Parameters, intent_key: str, offer_key: str
) -> tuple[Reason, ...]:
    """Return every hard rule that keeps an intent from a new window of an offer; empty when none.

    The group is only counted when nothing else is in the way. Raises ``KeyError`` for unknown keys.
    """
    market = Market(snapshot, parameters, 0)
    intent, offer = _intent(market, intent_key), market.offers[offer_key]
    if intent_key in market.placed:
        return (Reason.of("intent.placed"),)
    reasons = [
        eligible.still_open(intent),
        eligible.wanted(intent, offer),
        eligible.priced(offer, len(market.ladders[offer_key])),
        eligible.not_declined(intent, offer),
        eligible.party_fits(intent, offer),
        eligible.near_enough(intent, distance_m(snapshot.geo, intent, market.stores[offer.store])),
        _price_reason(market, intent, offer),
        _time_reason(market, intent, offer),
    ]
    found = tuple(reason for reason in reasons if reason)
    if found:
        return found
    lack = _lack(market, _others(market, intent), intent, offer)
    return (lack,) if lack else ()


def counterfactuals(
    snapshot: Snapshot, parameters: Parameters, intent_key: str
) -> tuple[Reason, ...]:
    """Return single changes that would give the intent a group, the least one of each kind.

    ``change.people(missing)``: so many more people who want the same;
    ``change.price(missing_minor)``: a higher limit; ``change.distance(missing_m)``: a longer way.
    Each names the ``offer``.
    Raises ``KeyError`` for an unknown intent.
    """
    market = Market(snapshot, parameters, 0)
    intent = _intent(market, intent_key)
    if intent_key in market.placed or eligible.still_open(intent):
        return ()
    others = _others(market, intent)
    wanted = sorted({want.product for want in intent.wants})
    changes: dict[str, tuple[int, str]] = {}
    for offer in (one for product in wanted for one in market.by_product.get(product, ())):
        for code, missing in _changes(market, others, intent, offer):
            least = changes.get(code)
            if least is None or (missing, offer.key) < least:
                changes[code] = (missing, offer.key)
    return tuple(
        Reason(code, ((UNITS[code], missing), ("offer", offer_key)))
        for code, (missing, offer_key) in sorted(changes.items())
    )


def _intent(market: Market, key: str) -> Intent:
    for intent in market.intents:
        if intent.key == key:
            return intent
    raise KeyError(key)


def _others(market: Market, intent: Intent) -> Assignment:
    """Return everybody else who is open, as they stand before new windows are chosen."""
    rest = [
        one
        for one in market.intents
        if one.key not in market.placed
        and one.person != intent.person
        and eligible.still_open(one) is None
    ]
    return Assignment(market, market.pairs(rest)[0], market.placed)


def _pair(market: Market, intent: Intent, offer: Offer) -> Pair | Reason:
    return market.pair(intent, offer, eligible.limit_minor(intent, offer.product), FRONT)


def _price_reason(market: Market, intent: Intent, offer: Offer) -> Reason | None:
    prices = [rung.tier for rung in market.ladders[offer.key]]
    if not prices or eligible.wanted(intent, offer):
        return None
    cheapest = min(prices, key=lambda tier: tier.price_minor)
    return eligible.affordable(eligible.limit_minor(intent, offer.product), cheapest)


def _time_reason(market: Market, intent: Intent, offer: Offer) -> Reason | None:
    distance = distance_m(market.snapshot.geo, intent, market.stores[offer.store])
    starts = market.starts_of(intent, offer, distance)
    return starts if isinstance(starts, Reason) else None


def _lack(market: Market, others: Assignment, intent: Intent, offer: Offer) -> Reason | None:
    """Return what the nearest group of the offer lacks with this intent in it, None if nothing."""
    pair = _pair(market, intent, offer)
    if isinstance(pair, Reason):
        return pair
    accepted = [rung for rung in market.ladders[offer.key] if pair.accepts(rung.tier)]
    reasons = [_rung_lack(market, others, pair, rung) for rung in accepted]
    if not all(reasons):
        return None
    return min((one for one in reasons if one), key=_missing)


def _rung_lack(market: Market, others: Assignment, pair: Pair, rung: Rung) -> Reason | None:
    """Return the least lack of one tier over the starts that the buyer can attend."""
    offer = pair.offer
    everybody = (*others.pairs[offer.key], pair)
    starts = schedule.candidate_starts((one.starts for one in everybody), (), market.snapshot)
    reasons = []
    for start in (one for one in starts if pair.is_free_at(one)):
        space = others.space(offer, start)
        people: dict[str, int] = {}
        for one in (*others.free_pairs(offer, start), pair):
            if one.accepts(rung.tier):
                person = one.intent.person
                people[person] = max(people.get(person, 0), one.strength_permille)
        size = rung.tier.size
        reason = (
            eligible.large_enough(sum(people.values()), rung.tier)
            or eligible.in_stock(size, others.units[offer.key])
            or eligible.has_room(size, min(space.load, space.people))
        )
        if reason is None:
            return None
        reasons.append(reason)
    return min(reasons, key=_missing)


def _missing(reason: Reason) -> int:
    return int(reason.facts()["missing"])


def _changes(
    market: Market, others: Assignment, intent: Intent, offer: Offer
) -> list[tuple[str, int]]:
    """Return the single changes with which this offer would have a group for the intent."""
    reason = _lack(market, others, intent, offer)
    if reason is None:
        return []
    changes = []
    if reason.code == "group.too_small":
        changes.append(("change.people", _missing(reason)))
    distance = distance_m(market.snapshot.geo, intent, market.stores[offer.store])
    if distance > intent.max_distance_m:
        nearer = replace(intent, max_distance_m=distance)
        if _lack(market, others, nearer, offer) is None:
            changes.append(("change.distance", distance - intent.max_distance_m))
    limit = eligible.limit_minor(intent, offer.product)
    dearer = sorted(
        rung.tier.price_minor
        for rung in market.ladders[offer.key]
        if limit is not None and rung.tier.price_minor > limit
    )
    for price in dearer:
        raised = replace(intent, wants=(Want(offer.product, price),))
        if limit is not None and _lack(market, others, raised, offer) is None:
            changes.append(("change.price", price - limit))
            break
    return changes

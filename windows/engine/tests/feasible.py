"""An independent judge of a round: every rule minute by minute, sharing no code with the search."""

from __future__ import annotations

from collections import defaultdict
from math import isqrt

from windows.engine.types import (
    Action,
    CountBy,
    Decision,
    Intent,
    Offer,
    Parameters,
    Snapshot,
    Store,
)

Held = tuple[str, int, int, int]
"""Offer, start, end, load."""
NEW = (Action.ASK_SELLER, Action.CREATE_WINDOW)


def violations(
    snapshot: Snapshot, parameters: Parameters, decisions: tuple[Decision, ...]
) -> list[str]:
    """Return a sentence for every rule that the decisions break."""
    return [
        *_each_intent_once(snapshot, decisions),
        *_new_windows(snapshot, parameters, decisions),
        *_joined_windows(snapshot, decisions),
        *_stores(snapshot, parameters, decisions),
        *_persons(snapshot, decisions),
    ]


def _each_intent_once(snapshot: Snapshot, decisions: tuple[Decision, ...]) -> list[str]:
    named = sorted(key for one in decisions for key in one.intents)
    live = {key for window in snapshot.windows for key in window.invited}
    live |= {key for ask in snapshot.asks for key in ask.intents}
    open_keys = sorted(one.key for one in snapshot.intents if one.key not in live)
    return [] if named == open_keys else [f"named {named}, open {open_keys}"]


def _distance(snapshot: Snapshot, intent: Intent, store: Store) -> int:
    geo = snapshot.geo
    dx = abs(intent.longitude_udeg - store.longitude_udeg) * geo.kx_um // 1000
    dy = abs(intent.latitude_udeg - store.latitude_udeg) * geo.ky_um // 1000
    return isqrt(dx * dx + dy * dy) * geo.detour_permille // 1_000_000


def _limit_broken(intent: Intent, offer: Offer, price_minor: int) -> bool:
    limits = [w.max_unit_price_minor for w in intent.wants if w.product == offer.product]
    return not limits or (
        None not in limits and price_minor > max(limit for limit in limits if limit is not None)
    )


def _fits(snapshot: Snapshot, intent: Intent, offer: Offer, price_minor: int) -> list[str]:
    store = {one.key: one for one in snapshot.stores}[offer.store]
    bad = []
    if _limit_broken(intent, offer, price_minor):
        bad.append(f"{intent.key}: product or budget")
    if _distance(snapshot, intent, store) > intent.max_distance_m:
        bad.append(f"{intent.key}: too far")
    if offer.key in intent.declined_offers:
        bad.append(f"{intent.key}: declined before")
    if max((until for _, until in intent.available), default=0) <= 0:
        bad.append(f"{intent.key}: over")
    if intent.answer_by_min is not None and intent.answer_by_min <= 0:
        bad.append(f"{intent.key}: answered too late")
    return bad


def _new_windows(
    snapshot: Snapshot, parameters: Parameters, decisions: tuple[Decision, ...]
) -> list[str]:
    offers = {one.key: one for one in snapshot.offers}
    intents = {one.key: one for one in snapshot.intents}
    bad = []
    for one in decisions:
        if one.action in NEW:
            offer = offers[one.offer]
            members = [intents[key] for key in one.intents]
            bad += _times(snapshot, parameters, one, offer)
            bad += _tiers(parameters, one, offer, members)
            for member in members:
                bad += _fits(snapshot, member, offer, one.price_minor or 0)
                bad += _attends(one, member)
    return bad


def _times(snapshot: Snapshot, parameters: Parameters, one: Decision, offer: Offer) -> list[str]:
    assert one.start is not None
    assert one.end is not None
    store = next(store for store in snapshot.stores if store.key == offer.store)
    lead = offer.min_lead_min
    if one.action is Action.ASK_SELLER:
        answer = -(-parameters.ask_answer_seconds // 60)
        lead = max(lead, answer + parameters.ask_margin_min)
    epoch = int(snapshot.t0.timestamp()) // 60
    broken = {
        "grid": (epoch + one.start) % snapshot.slot_min != 0,
        "lead": one.start < max(0, lead),
        "length": one.end != one.start + offer.window_slots * snapshot.slot_min,
        "horizon": one.end > snapshot.horizon_min,
        "asked again too soon": (offer.blocked_until or 0) > 0,
        "wrong action": offer.mandate is (one.action is Action.ASK_SELLER),
        "closed": not all(
            any(a <= minute < b for a, b in store.open) for minute in range(one.start, one.end)
        ),
        "blocked": any(one.start < b and a < one.end for a, b in store.blocked),
    }
    return [
        f"{offer.key}: {name} at {one.start}" for name, is_broken in broken.items() if is_broken
    ]


def _tiers(parameters: Parameters, one: Decision, offer: Offer, members: list[Intent]) -> list[str]:
    assert one.tier is not None
    people = sum(member.quantity for member in members)
    size = 1000 * people
    if parameters.tier_by is CountBy.EXPECTED:
        size = sum(member.show_permille for member in members)
    price = offer.tiers[one.tier].price_minor
    reached = [
        place
        for place, tier in enumerate(offer.tiers)
        if tier.price_minor >= offer.floor_price_minor and 1000 * tier.size <= size
    ]
    broken = {
        "price": one.price_minor != price or price < offer.floor_price_minor,
        "tier": reached[-1:] != [one.tier],
        "people": people > offer.max_group or people != one.people,
        "one person twice": len({member.person for member in members}) < len(members),
    }
    return [f"{offer.key}: {name} with {size}" for name, is_broken in broken.items() if is_broken]


def _attends(one: Decision, member: Intent) -> list[str]:
    assert one.start is not None
    assert one.end is not None
    if not any(a <= one.start and one.end <= b for a, b in member.available):
        return [f"{member.key}: not available"]
    return [f"{member.key}: notice"] if one.start < member.min_notice_min else []


def _joined_windows(snapshot: Snapshot, decisions: tuple[Decision, ...]) -> list[str]:
    offers = {one.key: one for one in snapshot.offers}
    intents = {one.key: one for one in snapshot.intents}
    windows = {one.key: one for one in snapshot.windows}
    bad = []
    for one in decisions:
        if one.action is not Action.NOTIFY_WAITLIST:
            continue
        window = windows[one.window]
        members = [intents[key] for key in one.intents]
        seats = window.seats_taken + window.seats_held + sum(m.quantity for m in members)
        if seats > window.seats_max:
            bad.append(f"{window.key}: {seats} of {window.seats_max} seats")
        for member in members:
            bad += _fits(snapshot, member, offers[window.offer], window.price_minor)
            there = max(window.start, 0, member.min_notice_min)
            if not any(a <= there < window.end <= b for a, b in member.available):
                bad.append(f"{member.key}: not available")
            if member.key in window.declined:
                bad.append(f"{member.key}: said no")
    return bad


def _stores(
    snapshot: Snapshot, parameters: Parameters, decisions: tuple[Decision, ...]
) -> list[str]:
    offers = {one.key: one for one in snapshot.offers}
    by_people = parameters.room_by is CountBy.PEOPLE
    held: list[Held] = [(w.offer, w.start, w.end, w.seats_max) for w in snapshot.windows]
    held += [
        (a.offer, a.start, a.end, a.people if by_people else len(a.intents)) for a in snapshot.asks
    ]
    units: dict[str, int] = defaultdict(int)
    for ask in snapshot.asks:
        units[ask.offer] += ask.people
    new: list[Held] = []
    for one in decisions:
        if one.action in NEW:
            assert one.start is not None
            assert one.end is not None
            new.append(
                (one.offer, one.start, one.end, one.people if by_people else len(one.intents))
            )
            units[one.offer] += one.people
    asked = {one[0] for one in new}
    return [
        *(
            f"{key}: {units[key]} units of {offers[key].stock}"
            for key in asked
            if units[key] > offers[key].stock
        ),
        *_overlaps(parameters, held, new),
        *(text for store in snapshot.stores for text in _crowds(store, offers, held, new)),
    ]


def _overlaps(parameters: Parameters, held: list[Held], new: list[Held]) -> list[str]:
    return [
        f"{one[0]}: overlapping windows"
        for place, one in enumerate(new)
        for other in (*held, *new[place + 1 :])
        if one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
        if one[1] == other[1] or not parameters.overlap_allowed
    ]


def _crowds(store: Store, offers: dict[str, Offer], held: list[Held], new: list[Held]) -> list[str]:
    mine = [one for one in new if offers[one[0]].store == store.key]
    inside = [one for one in (*held, *new) if offers[one[0]].store == store.key]
    bad = []
    for minute in {minute for one in mine for minute in range(one[1], one[2])}:
        now = [one for one in inside if one[1] <= minute < one[2]]
        room = store.capacity_per_slot
        for since, until, capacity in store.capacity_overrides:
            if since <= minute < until:
                room = capacity
        if sum(one[3] for one in now) > room or len(now) > store.max_parallel:
            bad.append(f"{store.key}: full at {minute}")
    return bad


def _persons(snapshot: Snapshot, decisions: tuple[Decision, ...]) -> list[str]:
    intents = {one.key: one for one in snapshot.intents}
    busy: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for window in snapshot.windows:
        for person in window.persons:
            busy[person].append((window.start, window.end))
    for ask in snapshot.asks:
        for person in ask.persons:
            busy[person].append((ask.start, ask.end))
    bad = []
    for one in decisions:
        if one.action not in (*NEW, Action.NOTIFY_WAITLIST):
            continue
        assert one.start is not None
        assert one.end is not None
        for key in one.intents:
            person = intents[key].person
            if any(one.start < end and start < one.end for start, end in busy[person]):
                bad.append(f"{person}: two places at once")
            busy[person].append((one.start, one.end))
    return bad

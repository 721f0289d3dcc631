"""Why a group got this shop and this time, and what more people would change."""

from __future__ import annotations

from windows.engine import eligible, join, schedule
from windows.engine.assign import Assignment
from windows.engine.market import Market
from windows.engine.price import reached_tier
from windows.engine.types import Action, Decision, Intent, Offer, Parameters, Reason, Snapshot

MORE_PEOPLE = 2


def alternatives(
    snapshot: Snapshot, parameters: Parameters, decision: Decision
) -> tuple[Reason, ...]:
    """Compare a new window with what else the round could have opened for its members.

    ``chosen.offer``: the best group that one of the members could have at another offer;
    ``chosen.start``: the best one at this offer and another start. Each names ``offer``, ``start``,
    ``people``, ``price_minor`` and ``less_milli``, what it is worth less than the window. Below
    zero it is worth more by itself, but less together with the other windows of the round.
    ``more.people`` says what ``people`` more would make the price, ``more.nothing`` that they
    would not change it, ``more.no_room`` that there is no room or stock for them.
    Empty for a decision that opens no window.
    """
    if decision.action not in (Action.ASK_SELLER, Action.CREATE_WINDOW) or decision.start is None:
        return ()
    market = Market(snapshot, parameters, 0)
    assignment = _before(market)
    members = set(decision.intents)
    found: dict[bool, tuple[int, Reason]] = {}
    for key, pairs in assignment.pairs.items():
        if members.isdisjoint(pair.intent.key for pair in pairs):
            continue
        is_same = key == decision.offer
        best = _best_at(assignment, market.offers[key], decision, members)
        if best and (is_same not in found or best[0] > found[is_same][0]):
            found[is_same] = best
    offer = market.offers[decision.offer]
    reasons = [found[is_same][1] for is_same in (False, True) if is_same in found]
    return (*reasons, _with_more(assignment, offer, decision))


def _before(market: Market) -> Assignment:
    """Return the round before any new window is chosen, its live windows filled."""
    open_intents: tuple[Intent, ...] = tuple(
        one
        for one in market.intents
        if one.key not in market.placed and eligible.still_open(one) is None
    )
    assignment = Assignment(market, market.pairs(open_intents)[0], market.placed)
    for joining in join.fill(market, open_intents):
        for intent in joining.intents:
            assignment.placed.add(intent.key)
            assignment.occupy(intent.person, joining.window.start, joining.window.end)
    return assignment


def _best_at(
    assignment: Assignment, offer: Offer, decision: Decision, members: set[str]
) -> tuple[int, Reason] | None:
    """Return the most valuable other place of an offer that one of the members would be in."""
    starts = schedule.candidate_starts(
        (pair.starts for pair in assignment.pairs[offer.key] if pair.intent.key in members),
        (),
        assignment.market.snapshot,
    )
    best: tuple[int, Reason] | None = None
    for start in starts:
        group = assignment.group_at(offer, start)
        if group is None or (offer.key, start) == (decision.offer, decision.start):
            continue
        if members.isdisjoint(pair.intent.key for pair in group.pairs):
            continue
        value = group.gain_milli + assignment.fixed_milli(offer)
        if best is None or value > best[0]:
            best = (
                value,
                Reason.of(
                    "chosen.start" if offer.key == decision.offer else "chosen.offer",
                    offer=offer.key,
                    start=start,
                    people=group.people,
                    price_minor=group.rung.tier.price_minor,
                    less_milli=decision.value_milli - value,
                ),
            )
    return best


def _with_more(assignment: Assignment, offer: Offer, decision: Decision) -> Reason:
    people = decision.people + MORE_PEOPLE
    space = assignment.space(offer, decision.start or 0)
    if people > min(space.people, space.units, space.load):
        return Reason.of("more.no_room", people=MORE_PEOPLE)
    reached = reached_tier(offer, 1000 * people)
    if reached is None or reached == decision.tier:
        return Reason.of("more.nothing", people=MORE_PEOPLE)
    price = offer.tiers[reached].price_minor
    return Reason.of("more.people", people=MORE_PEOPLE, price_minor=price)

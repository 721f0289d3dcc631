"""Turn a snapshot into decisions."""

from __future__ import annotations

from windows.engine import eligible, join
from windows.engine.assign import Assignment, NewWindow
from windows.engine.expect import expected_of
from windows.engine.features import unit_value_minor
from windows.engine.market import Market
from windows.engine.score import best_milli, score_permille
from windows.engine.types import (
    Action,
    Decision,
    Intent,
    Parameters,
    Reason,
    Snapshot,
    decision_key,
)
from windows.engine.waiting import Near, Nearest


def decide(snapshot: Snapshot, parameters: Parameters, seed: int) -> tuple[Decision, ...]:
    """Decide a round: drop what is over, fill live windows, form new groups, explain the rest.

    Deterministic: the order of the snapshot's parts does not matter and ``seed`` only breaks exact
    ties. Every open intent that is not in a live window or ask appears in exactly one decision.
    Decisions come in the order drop, waiting list, new windows (most valuable first), wait.
    """
    market = Market(snapshot, parameters, seed)
    unplaced = [intent for intent in market.intents if intent.key not in market.placed]
    over = {one.key: reason for one in unplaced if (reason := eligible.still_open(one))}
    open_intents = tuple(intent for intent in unplaced if intent.key not in over)
    joinings = join.fill(market, open_intents)
    pairs, misses = market.pairs(open_intents)
    assignment = Assignment(market, pairs, market.placed)
    for joining in joinings:
        for intent in joining.intents:
            assignment.placed.add(intent.key)
            assignment.occupy(intent.person, joining.window.start, joining.window.end)
    assignment = _run(assignment, open_intents)
    nearest = Nearest(market, assignment)
    waiting = [intent for intent in open_intents if intent.key not in assignment.placed]
    return (
        *(dropped(market, one, over[one.key]) for one in unplaced if one.key in over),
        *(invited(market, joining) for joining in joinings),
        *(proposed(market, window) for window in assignment.chosen),
        *(waits(market, one, nearest.of(one.key), misses.get(one.key)) for one in waiting),
    )


def _run(assignment: Assignment, open_intents: tuple[Intent, ...]) -> Assignment:
    """Choose the new windows, by search when the parameters ask for it."""
    parameters = assignment.market.parameters
    waiting = [one for one in open_intents if one.key not in assignment.placed]
    if not parameters.search_moves or len(waiting) < parameters.search_from:
        assignment.run()
        return assignment
    from windows.engine.search.round import searched

    return searched(assignment, waiting)


def dropped(market: Market, intent: Intent, reason: Reason) -> Decision:
    """Say that an intent is over."""
    return Decision(
        action=Action.DROP,
        key=decision_key(Action.DROP, intent.key),
        intents=(intent.key,),
        reasons=(reason,),
        people=intent.quantity,
    )


def invited(market: Market, joining: join.Joining) -> Decision:
    """Offer free seats of a live window."""
    window, offer = joining.window, joining.offer
    keys = tuple(intent.key for intent in joining.intents)
    people = sum(intent.quantity for intent in joining.intents)
    product, weights = market.products[offer.product], market.snapshot.weights
    tier = join.price_tier(window)
    value = unit_value_minor(product, tier, offer.unit_cost_minor, weights)
    best = sum(best_milli(intent, value) for intent in joining.intents)
    return Decision(
        action=Action.NOTIFY_WAITLIST,
        key=decision_key(Action.NOTIFY_WAITLIST, window.key, *sorted(keys)),
        intents=keys,
        reasons=(Reason.of("seats.free", free=window.seats_free, people=people),),
        offer=offer.key,
        window=window.key,
        start=window.start,
        end=window.end,
        price_minor=window.price_minor,
        people=people,
        expected=expected_of(joining.intents, market.parameters.range_permille),
        score_permille=score_permille(joining.gain_milli, best),
        value_milli=joining.gain_milli,
    )


def proposed(market: Market, new: NewWindow) -> Decision:
    """Propose a new window to its seller, or open it by mandate."""
    offer, rung = new.offer, new.group.rung
    action = Action.CREATE_WINDOW if offer.mandate else Action.ASK_SELLER
    intents = tuple(pair.intent for pair in new.group.pairs)
    keys = tuple(intent.key for intent in intents)
    price = rung.tier.price_minor
    at = market.snapshot.epoch_min + new.start
    best = sum(best_milli(intent, rung.unit_value_minor) for intent in intents)
    return Decision(
        action=action,
        key=decision_key(action, offer.key, at, rung.index, price, *sorted(keys)),
        intents=keys,
        reasons=(
            Reason.of("group.reached", have=new.group.people, need=rung.tier.size),
            Reason.of("mandate.given" if offer.mandate else "mandate.missing", offer=offer.key),
        ),
        offer=offer.key,
        start=new.start,
        end=new.end,
        tier=rung.index,
        price_minor=price,
        people=new.group.people,
        answer_by_min=None if offer.mandate else market.parameters.ask_answer_min,
        expected=expected_of(intents, market.parameters.range_permille),
        score_permille=score_permille(new.group.gain_milli, best),
        value_milli=new.value_milli,
    )


def waits(market: Market, intent: Intent, near: Near | None, miss: Reason | None) -> Decision:
    """Let an intent wait: at the nearest group, or for the first rule in its way."""
    action = Action.WAIT_FOR_BUYERS
    if near is None:
        reason = miss or Reason.of("person.busy")
        return Decision(
            action=action,
            key=decision_key(action, intent.key, reason.code),
            intents=(intent.key,),
            reasons=(reason,),
            people=intent.quantity,
        )
    at = market.snapshot.epoch_min + near.start
    return Decision(
        action=action,
        key=decision_key(action, intent.key, near.offer.key, at, near.reason),
        intents=(intent.key,),
        reasons=(near.reason,),
        offer=near.offer.key,
        start=near.start,
        end=near.start + market.duration(near.offer),
        tier=near.rung.index,
        price_minor=near.rung.tier.price_minor,
        people=intent.quantity,
    )

"""One step of the search: force a window in, mend what it breaks, keep it or take it back."""

from __future__ import annotations

from windows.engine.search.arrays import CLOSED, Floats, Problem, Random, State
from windows.engine.search.desk import Desk
from windows.engine.search.group import (
    ENTRY_ROW,
    LOAD,
    STRENGTH,
    UNITS,
    WORTH,
    choose,
    choose_people,
)
from windows.engine.search.jit import kernel
from windows.engine.search.moves import (
    add,
    close_window,
    draw,
    drop,
    is_elsewhere,
    open_window,
    settle,
    space,
)

TRIES, MOST_REOPENED = 8, 3
TOUCHED, SAVED, FREED, STEP = 0, 1, 2, 3


@kernel
def remember(state: State, desk: Desk, place: int) -> None:
    """Write down a place before the first change of this step."""
    if desk.stamp[place] == desk.sizes[STEP]:
        return
    desk.stamp[place] = desk.sizes[STEP]
    row = desk.sizes[TOUCHED]
    desk.touched[row] = place
    desk.was_open[row] = state.held[place].tier
    desk.span[row, 0] = desk.sizes[SAVED]
    member = state.held[place].head
    while member >= 0:
        desk.saved[desk.sizes[SAVED]] = state.seats[member].entry
        desk.sizes[SAVED] += 1
        member = state.seats[member].next
    desk.span[row, 1] = desk.sizes[SAVED]
    desk.sizes[TOUCHED] += 1


@kernel
def begin(desk: Desk) -> None:
    """Begin a step with an empty journal."""
    desk.sizes[TOUCHED] = desk.sizes[SAVED] = desk.sizes[FREED] = 0
    desk.sizes[STEP] += 1


@kernel
def take_back(problem: Problem, state: State, desk: Desk) -> None:
    """Undo everything since ``begin``."""
    for row in range(desk.sizes[TOUCHED]):
        place = desk.touched[row]
        if state.held[place].tier != CLOSED:
            close_window(problem, state, place)
    for row in range(desk.sizes[TOUCHED]):
        if desk.was_open[row] >= 0:
            place = desk.touched[row]
            open_window(problem, state, place)
            for at in range(desk.span[row, 1] - 1, desk.span[row, 0] - 1, -1):
                add(problem, state, place, desk.saved[at])
            settle(problem, state, place)


@kernel
def send_home(problem: Problem, state: State, desk: Desk, place: int) -> None:
    """Close a window; its members are free."""
    remember(state, desk, place)
    member = state.held[place].head
    while member >= 0:
        desk.freed[desk.sizes[FREED]] = member
        desk.sizes[FREED] += 1
        member = state.seats[member].next
    close_window(problem, state, place)


@kernel
def clear_way(problem: Problem, state: State, desk: Desk, place: int, random: Random) -> bool:
    """Close windows of the store until the smallest group could fit at a place."""
    row = problem.places[place].offer
    least = problem.tiers[problem.offers[row].first].least
    need, need_load = -(-least // problem.reach[0]), -(-least // problem.reach[1])
    store, first = problem.offers[row].store, problem.places[place].slot
    last = first + problem.offers[row].slots
    while True:
        units, load, windows = space(problem, state, place)
        short_of_units = units < need
        if windows > 0 and load >= need_load and not short_of_units:
            return True
        if problem.offers[row].most < need:
            return False
        victim, seen = -1, 0
        other = state.heads[store]
        while other >= 0:
            begins = problem.places[other].slot
            ends = begins + problem.offers[problem.places[other].offer].slots
            helps = short_of_units and problem.places[other].offer == row
            if (windows <= 0 or load < need_load) and begins < last and first < ends:
                helps = True
            if helps:
                seen += 1
                if draw(random, seen) == 0:
                    victim = other
            other = state.held[other].next
        if victim < 0:
            return False
        send_home(problem, state, desk, victim)


@kernel
def gather(
    problem: Problem,
    state: State,
    desk: Desk,
    place: int,
    tier: int,
    prices: Floats,
    free_share: float,
    seated_share: float,
    random: Random,
) -> int:
    """Lay out who could come to a place at a tier, and what they are worth beyond their price.

    ``free_share`` and ``seated_share``: parts of the price of an intent that is free and of one
    that sits in another window (who is not in reach when negative).
    """
    size = 0
    value = problem.tiers[tier].value
    bit = 1 << (tier - problem.offers[problem.places[place].offer].first)
    for entry in range(problem.places[place].first, problem.places[place].last):
        intent = problem.entries[entry].intent
        if problem.entries[entry].tiers & bit == 0:
            continue
        one = problem.intents[intent]
        is_free = state.seats[intent].place < 0
        if not is_free and seated_share < 0.0:
            continue
        if one.sibling != intent:
            if is_elsewhere(problem, state, intent, place):
                continue
            if has_elder(problem, desk, size, intent):
                continue
        share = free_share if is_free else seated_share
        if random[0] != 0:
            share *= 0.6 + 0.8 * draw(random, 1024) / 1024.0
        desk.items[size, WORTH] = (
            problem.entries[entry].base + one.worth * value - int(share * prices[intent])
        )
        desk.items[size, STRENGTH] = one.strength
        desk.items[size, UNITS] = one.units
        desk.items[size, LOAD] = one.load
        desk.items[size, ENTRY_ROW] = entry
        size += 1
    return size


@kernel
def has_elder(problem: Problem, desk: Desk, size: int, intent: int) -> bool:
    """Tell whether another intent of the person is among the first ``size`` items."""
    other = problem.intents[intent].sibling
    while other != intent:
        for row in range(size):
            if problem.entries[desk.items[row, ENTRY_ROW]].intent == other:
                return True
        other = problem.intents[other].sibling
    return False


@kernel
def best_group(
    problem: Problem,
    state: State,
    desk: Desk,
    place: int,
    prices: Floats,
    free_share: float,
    seated_share: float,
    random: Random,
) -> tuple[int, int]:
    """Find the best group for a place over its tiers; return its size and worth beyond prices.

    ``random`` blurs the prices, unless it is zero.
    ``desk.best`` holds the entries. Size 0: there is none.
    """
    units, load, windows = space(problem, state, place)
    offer = problem.offers[problem.places[place].offer]
    best_count = best_worth = 0
    if windows <= 0:
        return 0, 0
    for tier in range(offer.last - 1, offer.first - 1, -1):
        least = problem.tiers[tier].least
        if least > min(units * problem.reach[0], load * problem.reach[1]):
            continue
        size = gather(problem, state, desk, place, tier, prices, free_share, seated_share, random)
        if problem.reach[2]:
            below = problem.tiers[tier + 1].least // 1000 - 1 if tier + 1 < offer.last else units
            most = min(units, load, below)
            count, worth = choose_people(
                desk.items, size, least, most, desk.order, desk.scores, desk.kept
            )
        else:
            count, worth = choose(
                desk.items,
                size,
                least,
                units,
                load,
                desk.order,
                desk.scores,
                desk.chosen,
                desk.kept,
            )
        if count == 0 or (best_count > 0 and worth <= best_worth):
            continue
        if tier + 1 < offer.last and not is_below(desk, count, problem.tiers[tier + 1].least):
            continue
        best_count, best_worth = count, worth
        for at in range(count):
            desk.best[at] = desk.items[desk.kept[at], ENTRY_ROW]
    return best_count, best_worth


@kernel
def is_below(desk: Desk, count: int, least: int) -> bool:
    """Tell whether the chosen rows stay below a strength."""
    strength = 0
    for at in range(count):
        strength += desk.items[desk.kept[at], STRENGTH]
    return strength < least


@kernel
def fill(problem: Problem, state: State, desk: Desk, place: int, prices: Floats) -> bool:
    """Bring a window that lost members back over its first tier, then add whoever is a gain.

    Returns False when the window cannot stand.
    """
    offer = problem.offers[problem.places[place].offer]
    while True:
        units, load, _ = space_inside(problem, state, place)
        is_short = state.held[place].strength < problem.tiers[offer.first].least
        tier = offer.first if is_short else max(offer.first, state.held[place].tier)
        value = problem.tiers[tier].value
        bit = 1 << (tier - offer.first)
        best, best_score = -1, 0.0
        for entry in range(problem.places[place].first, problem.places[place].last):
            intent = problem.entries[entry].intent
            if state.seats[intent].place >= 0 or problem.entries[entry].tiers & bit == 0:
                continue
            one = problem.intents[intent]
            if one.units > units or one.load > load:
                continue
            gain = problem.entries[entry].base + one.worth * value
            score = float(gain) - 0.3 * prices[intent]
            if is_short:
                score += 1e15
            elif gain <= 0:
                continue
            if best < 0 or score > best_score:
                if one.sibling != intent and is_elsewhere(problem, state, intent, place):
                    continue
                best, best_score = entry, score
        if best < 0:
            return not is_short and settle(problem, state, place)
        if not is_short and best_score <= 0.0:
            return settle(problem, state, place)
        add(problem, state, place, best)
        if not is_short and not settle(problem, state, place):
            drop(problem, state, problem.entries[best].intent)
            return settle(problem, state, place)
        if is_short and state.held[place].strength >= problem.tiers[offer.first].least:
            if not settle(problem, state, place):
                return False


@kernel
def space_inside(problem: Problem, state: State, place: int) -> tuple[int, int, int]:
    """Return units, load and windows that an open window could still take."""
    _, load, windows = space(problem, state, place)
    row = problem.places[place].offer
    most = problem.offers[row].most - state.held[place].units
    return min(state.stock[row], most), load, windows


@kernel
def seat_anywhere(problem: Problem, state: State, desk: Desk, intent: int) -> None:
    """Seat a free intent in the open window where it is the greatest gain, if there is one."""
    one = problem.intents[intent]
    best, best_gain, best_place = -1, 0, -1
    for at in range(one.first, one.last):
        place = problem.back[at].place
        if state.members[place] == 0:
            continue
        entry, offer = problem.back[at].entry, problem.offers[problem.places[place].offer]
        tier = state.held[place].tier
        if problem.entries[entry].tiers & (1 << (tier - offer.first)) == 0:
            continue
        gain = problem.entries[entry].base + one.worth * problem.tiers[tier].value
        if gain <= best_gain:
            continue
        units, load, _ = space_inside(problem, state, place)
        if one.units > units or one.load > load:
            continue
        if one.sibling != intent and is_elsewhere(problem, state, intent, place):
            continue
        best, best_gain, best_place = entry, gain, place
    if best >= 0:
        remember(state, desk, best_place)
        add(problem, state, best_place, best)
        if not settle(problem, state, best_place):
            drop(problem, state, intent)
            settle(problem, state, best_place)


@kernel
def force(
    problem: Problem,
    state: State,
    desk: Desk,
    place: int,
    prices: Floats,
    shares: Floats,
    random: Random,
) -> bool:
    """Open the best group at a place, taking people from other windows; False: nothing there.

    ``shares`` (2,): parts of the price of free and of seated people. Sizes are left in the journal
    either way, so that the caller can take the step back.
    """
    if state.members[place] > 0:
        send_home(problem, state, desk, place)
    if not clear_way(problem, state, desk, place, random):
        return False
    count, _ = best_group(problem, state, desk, place, prices, shares[0], shares[1], random)
    if count == 0:
        return False
    remember(state, desk, place)
    damaged = desk.sizes[TOUCHED]
    for at in range(count):
        intent = problem.entries[desk.best[at]].intent
        other = state.seats[intent].place
        if other >= 0:
            remember(state, desk, other)
            drop(problem, state, intent)
    open_window(problem, state, place)
    for at in range(count):
        add(problem, state, place, desk.best[at])
    if not settle(problem, state, place):
        return False
    for row in range(damaged, desk.sizes[TOUCHED]):
        other = desk.touched[row]
        if not mend(problem, state, desk, other, prices):
            send_home(problem, state, desk, other)
    fill(problem, state, desk, place, prices)
    for at in range(desk.sizes[FREED]):
        if state.seats[desk.freed[at]].place < 0:
            seat_anywhere(problem, state, desk, desk.freed[at])
    for _ in range(MOST_REOPENED):
        if not reopen(problem, state, desk, prices, random):
            break
    return True


@kernel
def reopen(problem: Problem, state: State, desk: Desk, prices: Floats, random: Random) -> bool:
    """Open the best of a few windows for somebody whom this step sent home; False: none."""
    best_value, best_place = 0, -1
    if desk.sizes[FREED] == 0:
        return False
    share = 0.5 * draw(random, 1000) / 1000.0
    for _ in range(TRIES):
        intent = desk.freed[draw(random, desk.sizes[FREED])]
        one = problem.intents[intent]
        if state.seats[intent].place >= 0:
            continue
        place = problem.back[one.first + draw(random, one.last - one.first)].place
        if state.held[place].tier != CLOSED:
            continue
        offer = problem.offers[problem.places[place].offer]
        count, value = best_group(problem, state, desk, place, prices, share, -1.0, desk.quiet)
        value -= offer.cost
        if state.open[offer.store] == 0:
            value += problem.bonus[offer.store]
        if count > 0 and value > best_value:
            best_value, best_place = value, place
    if best_place < 0:
        return False
    count, _ = best_group(problem, state, desk, best_place, prices, share, -1.0, desk.quiet)
    remember(state, desk, best_place)
    open_window(problem, state, best_place)
    for at in range(count):
        add(problem, state, best_place, desk.best[at])
    if not settle(problem, state, best_place):
        send_home(problem, state, desk, best_place)
        return False
    fill(problem, state, desk, best_place, prices)
    return True


@kernel
def mend(problem: Problem, state: State, desk: Desk, place: int, prices: Floats) -> bool:
    """Let a window that lost members stand again; False when it cannot or is not worth it."""
    if state.members[place] == 0:
        return False
    if not settle(problem, state, place):
        if not shed(problem, state, desk, place):
            return False
    if not fill(problem, state, desk, place, prices):
        return False
    return state.held[place].gain > 0


@kernel
def shed(problem: Problem, state: State, desk: Desk, place: int) -> bool:
    """Send members home who refuse the lower tier; False when nobody would be left."""
    offer = problem.offers[problem.places[place].offer]
    bit = 1
    for tier in range(offer.first, offer.last):
        if problem.tiers[tier].least <= state.held[place].strength:
            bit = 1 << (tier - offer.first)
    member = state.held[place].head
    while member >= 0:
        after = state.seats[member].next
        if problem.entries[state.seats[member].entry].tiers & bit == 0:
            desk.freed[desk.sizes[FREED]] = member
            desk.sizes[FREED] += 1
            drop(problem, state, member)
        member = after
    return state.members[place] > 0

"""A window on other terms: who fits, who says yes, who comes, and what that means. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

import numpy as np

from commerce.forecast.numerics.price_acceptance import Belief, features_of
from windows.engine.expect import SHOCK_MILLI, distribution
from windows.engine.features import distance_m
from windows.engine.join import fill
from windows.engine.market import Market
from windows.engine.types import Expected, Intent, LiveWindow, Parameters, Snapshot

# Answers to invites from which on a response is called learned and not supposed.
LEAST_ANSWERS = 30
RANGE_PERMILLE = 800
# More seats than any group fills: everybody who fits is listed, the cap counts afterwards.
_EVERYBODY = 10_000
_KEY = "twin"
_TINY = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One window as it could be: minutes since the snapshot's ``t0``, prices for a piece.

    ``cost_minor`` is what a piece costs the seller with its benefit, None where it is not known;
    ``people_per_five_minutes`` is what the till serves; ``seats_max`` the most people let in.
    """

    offer: str
    start: int
    end: int
    price_minor: int
    base_minor: int
    cost_minor: int | None
    seats_max: int
    people_per_five_minutes: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wish that fits the scenario."""

    intent: Intent
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a scenario comes to; amounts in minor units for the people who come on average.

    ``fit`` counts people whose wish fits, ``yes`` and ``come`` those who say yes and who come.
    ``anyway_milli``: thousandths of people who come and would have paid the full price;
    ``lost_minor`` is what they do not pay. ``till_minutes``: work at the till; ``queue``: the most
    people who wait there at once.
    """

    scenario: Scenario
    fit: int
    yes: Expected
    come: Expected
    revenue_minor: int
    left_minor: int | None
    anyway_milli: int
    lost_minor: int
    till_minutes: int
    queue: int

    @property
    def wait_minutes(self) -> int:
        """How long the last of the queue waits, rounded up."""
        return till_minutes(self.queue, self.scenario.people_per_five_minutes)


def candidates(
    snapshot: Snapshot, parameters: Parameters, scenario: Scenario
) -> tuple[Candidate, ...]:
    """Wishes that the engine would invite to the scenario's window if it had seats for all.

    Live windows and asks of the snapshot keep their people; those are not counted again.
    """
    window = LiveWindow(
        key=_KEY,
        offer=scenario.offer,
        start=scenario.start,
        end=scenario.end,
        seats_max=_EVERYBODY,
        seats_taken=0,
        price_minor=scenario.price_minor,
    )
    # Seats of other windows are nobody's business here: they hold their people's time, no more.
    others = tuple(replace(one, seats_taken=one.seats_max) for one in snapshot.windows)
    market = Market(replace(snapshot, windows=(*others, window)), parameters, 0)
    store = market.stores[market.offers[scenario.offer].store]
    free = tuple(one for one in market.intents if one.key not in market.placed)
    return tuple(
        Candidate(intent, distance_m(snapshot.geo, intent, store))
        for joining in fill(market, free)
        for intent in joining.intents
    )


def picture(
    scenario: Scenario,
    found: Sequence[Candidate],
    belief: Belief,
    arrivals: Sequence[float],
) -> Picture:
    """What comes of the scenario if these wishes fit it.

    ``arrivals`` are shares of the people over equal parts of the window.
    """
    chances = _yes_chances(scenario.price_minor, scenario, found, belief)
    shock = shock_milli(scenario, found, belief)
    yes = [(one.intent.quantity, p) for one, p in zip(found, chances, strict=True)]
    come = [
        (one.intent.quantity, p * one.intent.show_permille // 1000)
        for one, p in zip(found, chances, strict=True)
    ]
    coming = capped(come, scenario.seats_max, shock)
    anyway = _anyway_milli(scenario, found, belief, come, coming)
    given = scenario.base_minor - scenario.price_minor
    return Picture(
        scenario=scenario,
        fit=sum(one.intent.quantity for one in found),
        yes=capped(yes, scenario.seats_max, shock),
        come=coming,
        revenue_minor=coming.mean_milli * scenario.price_minor // 1000,
        left_minor=None
        if scenario.cost_minor is None
        else coming.mean_milli * (scenario.price_minor - scenario.cost_minor) // 1000,
        anyway_milli=anyway,
        lost_minor=anyway * given // 1000,
        till_minutes=till_minutes(rounded(coming.mean_milli), scenario.people_per_five_minutes),
        queue=queue(
            coming.mean_milli / 1000,
            arrivals,
            minutes=scenario.end - scenario.start,
            people_per_five_minutes=scenario.people_per_five_minutes,
        ),
    )


def _yes_chances(
    price_minor: int, scenario: Scenario, found: Sequence[Candidate], belief: Belief
) -> list[int]:
    """Permille that each candidate says yes at a price; nobody's own history plays a part."""
    if not found:
        return []
    rows = np.vstack(
        [features_of(price_minor, scenario.base_minor, one.distance_m) for one in found]
    )
    return [round(1000 * float(chance)) for chance in belief.chance(rows)]


def shock_milli(scenario: Scenario, found: Sequence[Candidate], belief: Belief) -> int:
    """Spread of the shock that a window's people share: attendance, and what the belief lacks.

    A response that rests on few answers is wrong for everybody at once.
    """
    far = sum(one.distance_m for one in found) / len(found) if found else 0
    row = features_of(scenario.price_minor, scenario.base_minor, far)[0]
    unsure = sqrt(max(0.0, float(row @ belief.covariance @ row)))
    return round(hypot(SHOCK_MILLI, 1000 * unsure))


def capped(parties: Sequence[tuple[int, int]], most: int, shock: int) -> Expected:
    """Mean and range of the people among ``parties`` when no more than ``most`` are let in.

    >>> capped([(1, 500)] * 4, 2, 0)
    Expected(mean_milli=1625, low=1, high=2, range_permille=800)
    """
    chances = distribution(parties, shock)
    held = [0.0] * (min(most, len(chances) - 1) + 1)
    for people, chance in enumerate(chances):
        held[min(people, len(held) - 1)] += chance
    tail = (1000 - RANGE_PERMILLE) / 2000
    below, low, high = 0.0, None, len(held) - 1
    for people, chance in enumerate(held):
        below += chance
        if low is None and below > tail + _TINY:
            low = people
        if 1 - below <= tail + _TINY:
            high = people
            break
    mean = sum(people * chance for people, chance in enumerate(held))
    return Expected(round(1000 * mean), low or 0, high, RANGE_PERMILLE)


def _anyway_milli(
    scenario: Scenario,
    found: Sequence[Candidate],
    belief: Belief,
    come: Sequence[tuple[int, int]],
    coming: Expected,
) -> int:
    """Thousandths of people who come and would have come at the full price as well."""
    full = _yes_chances(scenario.base_minor, scenario, found, belief)
    would = sum(
        one.intent.quantity * chance * one.intent.show_permille // 1000
        for one, chance in zip(found, full, strict=True)
        if pays(one.intent, scenario.base_minor)
    )
    all_come = sum(people * chance for people, chance in come)
    # Whoever the cap keeps out is as likely one of them as anybody else.
    return would * coming.mean_milli // all_come if all_come else 0


def pays(intent: Intent, price_minor: int) -> bool:
    """Whether a price is within what the wish allows."""
    limits = [want.max_unit_price_minor for want in intent.wants]
    return any(limit is None or limit >= price_minor for limit in limits)


def till_minutes(people: int, people_per_five_minutes: int) -> int:
    """Minutes of work at the till, rounded up.

    >>> till_minutes(8, 10), till_minutes(0, 10), till_minutes(13, 4)
    (4, 0, 17)
    """
    return -(-5 * people // people_per_five_minutes)


def queue(
    people: float, arrivals: Sequence[float], *, minutes: int, people_per_five_minutes: int
) -> int:
    """The most people who wait at the till at once, rounded; the till serves without a pause.

    >>> queue(30, (1.0, 0.0), minutes=20, people_per_five_minutes=10)
    10
    >>> queue(20, (0.5, 0.5), minutes=20, people_per_five_minutes=10)
    0
    """
    served_a_part = people_per_five_minutes * minutes / 5 / len(arrivals)
    waiting = most = 0.0
    for share in arrivals:
        waiting = max(0.0, waiting + people * share - served_a_part)
        most = max(most, waiting)
    return int(most + 0.5)


def rounded(milli: int) -> int:
    """Whole people, halves up."""
    return (milli + 500) // 1000


@dataclass(frozen=True, slots=True)
class Larger:
    """What a larger discount would do to the group; ``fit`` counts people whose wish fits."""

    extra_percent: int
    price_minor: int
    fit_now: int
    fit_then: int
    yes_now: Expected
    yes_then: Expected
    is_learned: bool

    @property
    def extra_ppm(self) -> int:
        """The additional discount in parts per million."""
        return self.extra_percent * 10_000

    @property
    def is_worth_saying(self) -> bool:
        """Whether open wishes show it, or enough answers do and a whole person more is likely."""
        if self.fit_then > self.fit_now:
            return True
        return self.is_learned and self.yes_then.mean_milli - self.yes_now.mean_milli >= 1000


def error_milli(pairs: Sequence[tuple[int, int]]) -> int:
    """Mean distance in thousandths of people between said (thousandths) and counted people.

    >>> error_milli([(8200, 8), (5500, 7)])
    850
    """
    if not pairs:
        return 0
    return round(sum(abs(said - 1000 * came) for said, came in pairs) / len(pairs))

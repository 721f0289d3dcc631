"""States of an ask, its answers, and what a price means for the seller. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from iceshop.kernel.errors import Conflict, Invalid
from iceshop.kernel.states import Machine


class AskState(StrEnum):
    """``asked`` waits for an answer; the others are ends."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class AskMove(StrEnum):
    """What can happen to an ask; a counter that does not bind changes no state."""

    ASK = "ask"
    ACCEPT = "accept"
    COUNTER = "counter"
    REFUSE = "refuse"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


_ASKED = frozenset({AskState.ASKED})
ASK: Machine[AskState, AskMove] = Machine(
    {
        AskMove.ACCEPT: (_ASKED, AskState.ACCEPTED),
        AskMove.REFUSE: (_ASKED, AskState.REFUSED),
        AskMove.EXPIRE: (_ASKED, AskState.EXPIRED),
        AskMove.WITHDRAW: (_ASKED, AskState.WITHDRAWN),
    }
)

# How long a store is left in peace about an offering after it said no, or nothing.
REST_AFTER_REFUSAL = timedelta(minutes=60)
REST_AFTER_SILENCE = timedelta(minutes=15)


def effective_state(state: AskState, answer_by: datetime, now: datetime) -> AskState:
    """The state at ``now``, even where the expiry tick is late."""
    return AskState.EXPIRED if state is AskState.ASKED and now >= answer_by else state


def remind_at(asked_at: datetime, answer_by: datetime) -> datetime:
    """The one reminder: at half of the time to answer."""
    return asked_at + (answer_by - asked_at) / 2


@dataclass(frozen=True, slots=True)
class Economics:
    """What a deal means for the seller, in minor units of its currency.

    ``left_minor`` is what stays of a piece after discount and cost, ``None`` without a known cost.
    ``worst_case_minor`` is the discount given away if all come. ``break_even_units`` is how many
    sold pieces pay for the discounts given to those who would have come anyway, ``None`` if never.
    """

    left_minor: int | None
    worst_case_minor: int
    break_even_units: int | None


def economics(
    *,
    base_minor: int,
    price_minor: int,
    cost_minor: int | None,
    people: int,
    benefit_cost_minor: int = 0,
) -> Economics:
    """Compute ``Economics`` of selling ``people`` pieces at ``price_minor``, not ``base_minor``.

    >>> economics(base_minor=14500, price_minor=11800, cost_minor=6200, people=12)
    Economics(left_minor=5600, worst_case_minor=32400, break_even_units=6)
    """
    given = max(0, base_minor - price_minor) + benefit_cost_minor
    left = None if cost_minor is None else price_minor - benefit_cost_minor - cost_minor
    pays = left is not None and left > 0
    break_even = -(-given * people // left) if pays and left else None
    return Economics(left, given * people, break_even)


def is_below_cost(*, price_minor: int, benefit_cost_minor: int, cost_minor: int | None) -> bool:
    """Whether the seller pays for every piece that is sold; never where the cost is not known.

    >>> is_below_cost(price_minor=6000, benefit_cost_minor=0, cost_minor=6000)
    False
    """
    return cost_minor is not None and price_minor - benefit_cost_minor < cost_minor


@dataclass(frozen=True, slots=True)
class Member:
    """One buyer of the asked group; ``budget_minor`` is for a piece, ``None`` means any price."""

    key: str
    people: int
    budget_minor: int | None


def counter_price(
    *, base_minor: int, percent_bp: int | None, amount_off_minor: int | None, unit_minor: int | None
) -> int:
    """Unit price that a counter means. Raises ``Invalid("ask.not_a_discount")``.

    >>> counter_price(base_minor=14500, percent_bp=1200, amount_off_minor=None, unit_minor=None)
    12760
    """
    if unit_minor is not None:
        price = unit_minor
    elif percent_bp is not None:
        price = base_minor * (10_000 - percent_bp) // 10_000
    elif amount_off_minor is not None:
        price = base_minor - amount_off_minor
    else:
        raise Invalid("ask.not_a_discount")
    if not 0 < price <= base_minor:
        raise Invalid("ask.not_a_discount")
    return price


def judge_counter(
    *, price_minor: int, floor_minor: int | None, min_people: int, members: tuple[Member, ...]
) -> tuple[Member, ...]:
    """Who comes at the seller's price.

    Raises ``Conflict("ask.below_floor")`` or, when too few can pay it, ``Conflict("ask.too_few")``
    with ``people`` who would come and ``needed``.
    """
    if floor_minor is not None and price_minor < floor_minor:
        raise Conflict("ask.below_floor")
    coming = tuple(m for m in members if m.budget_minor is None or price_minor <= m.budget_minor)
    people = sum(member.people for member in coming)
    if people < min_people or not coming:
        raise Conflict("ask.too_few", people=people, needed=min_people)
    return coming

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.errors import Conflict, Invalid
from windows.negotiation.domain import (
    ASK,
    AskMove,
    AskState,
    Economics,
    Member,
    counter_price,
    economics,
    effective_state,
    judge_counter,
    remind_at,
)
from windows.tests.stories import NOON, minutes

MEMBERS = (Member("a", 2, 13_000), Member("b", 1, 12_000), Member("c", 1, None))


@pytest.mark.parametrize(
    ("terms", "price"),
    [
        ({"unit_minor": 11_000}, 11_000),
        ({"unit_minor": 14_500}, 14_500),
        ({"percent_bp": 1_000}, 13_050),
        ({"percent_bp": 0}, 14_500),
        ({"amount_off_minor": 500}, 14_000),
    ],
)
def test_counter_means_a_unit_price(terms: dict[str, int], price: int) -> None:
    assert counter_price(**_all(terms)) == price


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"unit_minor": 14_501},
        {"unit_minor": 0},
        {"unit_minor": -1},
        {"percent_bp": 10_000},
        {"percent_bp": -1},
        {"amount_off_minor": 14_500},
        {"amount_off_minor": -1},
    ],
)
def test_counter_that_is_no_discount_is_refused(terms: dict[str, int]) -> None:
    with pytest.raises(Invalid, match=r"^ask\.not_a_discount$"):
        counter_price(**_all(terms))


def _all(terms: dict[str, int]) -> dict[str, Any]:
    none: dict[str, Any] = {"percent_bp": None, "amount_off_minor": None, "unit_minor": None}
    return {"base_minor": 14_500} | none | terms


@pytest.mark.parametrize(
    ("price", "coming"), [(12_000, "abc"), (12_001, "ac"), (13_000, "ac"), (10_000, "abc")]
)
def test_those_come_who_can_pay(price: int, coming: str) -> None:
    able = judge_counter(price_minor=price, floor_minor=10_000, min_people=3, members=MEMBERS)

    assert "".join(member.key for member in able) == coming


def test_price_below_the_floor_is_refused() -> None:
    with pytest.raises(Conflict, match=r"^ask\.below_floor$"):
        judge_counter(price_minor=9_999, floor_minor=10_000, min_people=1, members=MEMBERS)
    assert judge_counter(price_minor=1, floor_minor=None, min_people=1, members=MEMBERS) == MEMBERS


def test_price_that_too_few_can_pay_says_how_many() -> None:
    with pytest.raises(Conflict) as caught:
        judge_counter(price_minor=13_001, floor_minor=None, min_people=2, members=MEMBERS)
    assert caught.value.code == "ask.too_few"
    assert caught.value.params == {"people": 1, "needed": 2}


def test_ask_is_over_at_the_very_moment() -> None:
    before = NOON - minutes(1)
    assert effective_state(AskState.ASKED, NOON, before) is AskState.ASKED
    assert effective_state(AskState.ASKED, NOON, NOON) is AskState.EXPIRED
    assert effective_state(AskState.ACCEPTED, NOON, NOON) is AskState.ACCEPTED


def test_reminder_comes_at_half_time() -> None:
    assert remind_at(NOON, NOON + minutes(10)) == NOON + minutes(5)


def test_only_a_waiting_ask_moves() -> None:
    ends = {
        AskMove.ACCEPT: AskState.ACCEPTED,
        AskMove.REFUSE: AskState.REFUSED,
        AskMove.EXPIRE: AskState.EXPIRED,
        AskMove.WITHDRAW: AskState.WITHDRAWN,
    }
    assert {move: (ASK.sources(move), ASK.target(move)) for move in ends} == {
        move: (frozenset({AskState.ASKED}), end) for move, end in ends.items()
    }


def test_deal_at_a_loss_never_pays_for_its_discounts() -> None:
    at_loss = economics(base_minor=100, price_minor=80, cost_minor=80, people=5)
    unknown = economics(base_minor=100, price_minor=80, cost_minor=None, people=5)

    assert at_loss == Economics(0, 100, None)
    assert unknown == Economics(None, 100, None)


@given(
    base=st.integers(1, 100_000),
    off=st.integers(0, 100_000),
    cost=st.integers(0, 100_000),
    people=st.integers(1, 100),
)
def test_break_even_is_the_least_number_that_pays(
    base: int, off: int, cost: int, people: int
) -> None:
    price = max(1, base - off)
    got = economics(base_minor=base, price_minor=price, cost_minor=cost, people=people)

    assert got.worst_case_minor == (base - price) * people
    if got.break_even_units is None:
        assert price <= cost
    else:
        left = price - cost
        assert got.break_even_units * left >= got.worst_case_minor
        assert (got.break_even_units - 1) * left < got.worst_case_minor

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from iceshop.kernel.errors import Invalid
from iceshop.kernel.time import TimeRange
from windows.intents.domain import INTENT, IntentMove, IntentState, Wish, answer_by
from windows.tests.stories import NOON, minutes


def span(start: int, end: int) -> TimeRange:
    """From ``start`` to ``end`` minutes after noon."""
    return TimeRange(NOON + minutes(start), NOON + minutes(end))


WISH = Wish(
    product_text="kahve",
    concept_key="coffee",
    spans=(span(0, 60),),
    point=None,
    place_name="",
    timezone="Europe/Istanbul",
)


def test_past_time_is_cut_off_and_touching_spans_are_joined() -> None:
    wish = replace(WISH, spans=(span(120, 180), span(-60, -30), span(-10, 20), span(20, 40)))

    assert wish.checked(NOON).spans == (span(0, 40), span(120, 180))


@pytest.mark.parametrize("spans", [(), (span(-60, 0),), (span(-60, -30), span(-20, -10))])
def test_wish_without_time_left_is_refused(spans: tuple[TimeRange, ...]) -> None:
    with pytest.raises(Invalid, match=r"^intent\.no_time_left$"):
        replace(WISH, spans=spans).checked(NOON)


@pytest.mark.parametrize(("party", "is_fine"), [(0, False), (1, True), (20, True), (21, False)])
def test_party_has_bounds(party: int, is_fine: bool) -> None:
    wish = replace(WISH, party_size=party)
    if is_fine:
        assert wish.checked(NOON).party_size == party
    else:
        with pytest.raises(Invalid) as caught:
            wish.checked(NOON)
        assert (caught.value.code, caught.value.params) == ("intent.party", {"most": 20})


@pytest.mark.parametrize(("budget", "is_fine"), [(-1, False), (0, False), (1, True), (None, True)])
def test_budget_is_positive_or_absent(budget: int | None, is_fine: bool) -> None:
    wish = replace(WISH, budget_minor=budget)
    if is_fine:
        assert wish.checked(NOON).budget_minor == budget
    else:
        with pytest.raises(Invalid, match=r"^intent\.budget$"):
            wish.checked(NOON)


@pytest.mark.parametrize(("asked", "kept"), [(5, 100), (1_500, 1_500), (90_000, 50_000)])
def test_radius_is_brought_into_its_bounds(asked: int, kept: int) -> None:
    assert replace(WISH, radius_m=asked).checked(NOON).radius_m == kept


@pytest.mark.parametrize(
    ("ends_in", "promised_in"),
    [(180, 60), (71, 60), (70, 60), (40, 30), (12, 2), (5, 2), (1, 2)],
)
def test_promise_is_an_hour_or_ten_minutes_before_the_end(ends_in: int, promised_in: int) -> None:
    assert answer_by((span(0, ends_in),), NOON) == NOON + minutes(promised_in)


def test_promise_looks_at_the_last_span() -> None:
    assert answer_by((span(0, 5), span(600, 660)), NOON) == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("move", "sources", "target"),
    [
        ("pause", {"open"}, "paused"),
        ("resume", {"paused"}, "open"),
        ("seat", {"open", "paused"}, "seated"),
        ("unseat", {"seated"}, "open"),
        ("fulfil", {"seated"}, "done"),
        ("cancel", {"open", "paused", "seated"}, "cancelled"),
        ("expire", {"open", "paused", "seated"}, "expired"),
        ("drop", {"open"}, "dropped"),
    ],
)
def test_moves_lead_where_the_table_says(move: str, sources: set[str], target: str) -> None:
    assert INTENT.sources(IntentMove(move)) == {IntentState(state) for state in sources}
    assert INTENT.target(IntentMove(move)) is IntentState(target)

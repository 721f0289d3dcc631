"""A newcomer is placed by the rules of a round, and what was promised stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from windows.engine.decide import decide
from windows.engine.live import LiveMarket
from windows.engine.tests import strategies
from windows.engine.tests.builders import CAFE, DEAL, at_noon, buyer, buyers, live_window
from windows.engine.tests.feasible import violations
from windows.engine.types import (
    Action,
    Decision,
    Intent,
    LiveAsk,
    LiveWindow,
    Parameters,
    Reason,
    Snapshot,
    Tier,
)

MARKETS = settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.generate])
NEW = (Action.ASK_SELLER, Action.CREATE_WINDOW)
KINDS = [False, pytest.param(True, marks=pytest.mark.slow)]


def applied(live: LiveMarket, decisions: tuple[Decision, ...], snapshot: Snapshot) -> None:
    """Promise what a round decided."""
    people = {one.key: one for one in snapshot.intents}
    windows = {one.key: one for one in snapshot.windows}
    for one in decisions:
        persons = tuple(people[key].person for key in one.intents)
        if one.action in NEW:
            assert one.start is not None
            assert one.end is not None
            held = LiveAsk(
                one.key, one.offer, one.start, one.end, one.intents, one.people, 2, persons
            )
            live.promise(held)
        elif one.action is Action.NOTIFY_WAITLIST:
            live.promise(joined(windows[one.window], one, persons))


def joined(window: LiveWindow, one: Decision, persons: tuple[str, ...]) -> LiveWindow:
    return replace(
        window,
        invited=(*window.invited, *one.intents),
        persons=(*window.persons, *persons),
        seats_held=window.seats_held + one.people,
    )


@pytest.mark.slow
@MARKETS
@given(
    strategies.snapshots(),
    strategies.parameters(),
    strategies.intents("newcomer"),
    st.integers(0, 3),
)
def test_newcomer_after_a_round_is_decided_as_by_a_round(
    snapshot: Snapshot, par: Parameters, newcomer: Intent, seed: int
) -> None:
    decisions = decide(snapshot, par, seed)
    stranger = replace(newcomer, person="stranger")
    found = []
    for compiled in (False, True):
        live = LiveMarket(snapshot, par, seed, compiled=compiled)
        applied(live, decisions, snapshot)
        found.append(live.place(stranger))
        now = live.snapshot()
        broken = violations(now, par, (found[-1],))
        assert [one for one in broken if not one.startswith("named")] == []
    plain, quick = found
    if par == Parameters():  # elsewhere neither way of choosing a group is exact
        assert (quick.action, quick.value_milli) == (plain.action, plain.value_milli)
        codes = {quick.reasons[0].code, plain.reasons[0].code}
        if codes == {"group.too_small"}:
            assert quick.reasons == plain.reasons


@pytest.mark.parametrize("compiled", KINDS)
def test_third_buyer_completes_a_group(compiled: bool) -> None:
    live = LiveMarket(at_noon(buyers(1)), Parameters(), 1, compiled=compiled)
    second = live.place(buyer("second"))
    assert second.action is Action.WAIT_FOR_BUYERS
    assert second.reasons == (Reason.of("group.too_small", have=2, need=3, missing=1),)
    third = live.place(buyer("third"))
    assert (third.action, third.offer, third.start) == (Action.ASK_SELLER, "deal", 3)
    assert sorted(third.intents) == ["b0", "second", "third"]
    live.promise(LiveAsk("a", "deal", 3, 13, third.intents, 3, 2))
    assert live.snapshot().intents == ()
    assert live.place(buyer("fourth")).reasons[0].code == "group.too_small"


@pytest.mark.parametrize("compiled", KINDS)
def test_newcomer_takes_a_free_seat_of_a_live_window(compiled: bool) -> None:
    market = at_noon((), windows=(live_window(),))
    found = LiveMarket(market, Parameters(), 1, compiled=compiled).place(buyer("new"))
    assert (found.action, found.window, found.intents) == (Action.NOTIFY_WAITLIST, "w1", ("new",))


@pytest.mark.parametrize("compiled", KINDS)
def test_present_moves_on_without_a_new_round(compiled: bool) -> None:
    live = LiveMarket(at_noon(buyers(2)), Parameters(), 1, compiled=compiled)
    assert live.place(buyer("new"), at_min=20).start == 23


@pytest.mark.parametrize("compiled", KINDS)
def test_withdrawn_intent_is_in_no_group(compiled: bool) -> None:
    live = LiveMarket(at_noon(buyers(2)), Parameters(), 1, compiled=compiled)
    live.remove("b0")
    assert live.place(buyer("new")).action is Action.WAIT_FOR_BUYERS
    live.add(buyer("back"))
    assert sorted(live.place(buyer("new")).intents) == ["b1", "back", "new"]


@pytest.mark.parametrize("compiled", KINDS)
def test_promise_that_came_to_nothing_gives_everything_back(compiled: bool) -> None:
    single = replace(DEAL, tiers=(Tier(1, 12_000),), stock=10)
    store = replace(CAFE, max_parallel=1)
    market = at_noon((), offers=(single,), stores=(store,))
    live = LiveMarket(market, Parameters(), 1, compiled=compiled)
    window = live_window(start=3, end=13, persons=("person-new",))
    live.promise(window)
    assert live.place(buyer("new", available=((0, 16),))).action is Action.WAIT_FOR_BUYERS
    live.release("w1")
    assert live.place(buyer("new", available=((0, 16),))).start == 3

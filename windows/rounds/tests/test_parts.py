"""Parts of the market: what hangs together is decided together, and only when it has changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from windows.engine.decide import decide
from windows.engine.tests.builders import LATITUDE, at_noon, buyer
from windows.engine.tests.strategies import parameters, snapshots
from windows.engine.types import Action, Intent, Parameters, Snapshot
from windows.rounds.parts import content, split


@settings(max_examples=150, deadline=None)
@given(snapshots(), parameters())
def test_parts_decided_apart_are_the_whole_decided_at_once(
    market: Snapshot, wanted: Parameters
) -> None:
    whole = decide(market, wanted, 1)
    parts = split(market)

    apart = [one for part in parts for one in decide(part.snapshot, wanted, 1)]

    deeds = {one for one in apart if one.action is not Action.WAIT_FOR_BUYERS}
    assert deeds == {one for one in whole if one.action is not Action.WAIT_FOR_BUYERS}
    assert sorted(key for one in apart for key in one.intents) == sorted(
        key for one in whole for key in one.intents
    )
    ties = [tie for part in parts for tie in part.ties]
    assert len(ties) == len(set(ties))


def far(name: str) -> Intent:
    """A buyer some fifty kilometres north."""
    return buyer(name, latitude_udeg=LATITUDE + 500_000)


def test_wish_that_reaches_no_shop_is_apart_and_sees_what_it_does_not_reach() -> None:
    market = at_noon((buyer("ada"), far("bora")))

    near, away = sorted(split(market), key=lambda part: part.key, reverse=True)

    assert [one.key for one in near.snapshot.intents] == ["ada"]
    assert [one.key for one in away.snapshot.intents] == ["bora"]
    (wait,) = decide(away.snapshot, Parameters(), 1)
    assert wait.reasons[0].code == "distance.too_far"


def named(market: Snapshot, how: str = "1", late_min: int = 0) -> list[str]:
    return [content(part, how, late_min=late_min) for part in split(market)]


def test_new_wish_touches_its_own_part_only() -> None:
    before = split(at_noon((buyer("ada"), far("bora"))))
    after = split(at_noon((buyer("ada"), far("bora"), far("cem"))))

    same = {content(part, "1", late_min=0) for part in before} & {
        content(part, "1", late_min=0) for part in after
    }
    assert len(before) == len(after) == 2
    assert len(same) == 1


def test_content_is_what_people_said_and_not_how_long_they_wait() -> None:
    market = at_noon((buyer("ada"),))
    (ada,) = market.intents
    waited = replace(ada, aging_minor=9_000, show_permille=400)

    assert named(market) == named(replace(market, intents=(waited,)))
    assert named(market) != named(replace(market, intents=(replace(ada, quantity=2),)))
    assert named(market) != named(market, how="rule")

"""Rule mode: by hand with a reason, and by itself when the engine fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from iceshop.infra.audit.models import AuditFact
from iceshop.kernel.actors import Actor
from iceshop.tests.witness import nothing_written
from windows.engine.search.folder import is_warm
from windows.engine.types import Snapshot
from windows.rounds import services, snapshot
from windows.rounds.domain import Mode
from windows.rounds.models import EngineMode, Round
from windows.rounds.sources import current_mode
from windows.rounds.tests.deeds import run, shop_with_ladder
from windows.tests.stories import NOON, buyer

pytestmark = pytest.mark.django_db

ADMIN = Actor.staff("1")


def test_switch_by_hand_is_kept_with_its_reason() -> None:
    assert current_mode() is Mode.SEARCH

    assert services.switch_mode(mode=Mode.RULE, reason="odd groups", by=ADMIN, now=NOON)
    with nothing_written():
        assert not services.switch_mode(mode=Mode.RULE, reason="again", by=ADMIN, now=NOON)

    assert current_mode() is Mode.RULE
    fact = AuditFact.objects.get(action="engine.mode")
    assert (fact.actor_key, fact.reason) == ("1", "odd groups")
    assert fact.facts == {"mode": ["search", "rule"]}


def test_rounds_in_rule_mode_say_so() -> None:
    services.switch_mode(mode=Mode.RULE, reason="odd groups", by=ADMIN, now=NOON)
    shop_with_ladder()
    buyer("Elif")
    buyer("Mert")

    run()

    assert Round.objects.get().parameters_version == "1 rule"


def market(people: int, **changes: Any) -> Snapshot:
    """A shop with so many buyers, and an offer that is changed."""
    shop_with_ladder(stock_units=100)
    for number in range(people):
        buyer(f"Person {number}")
    taken = snapshot.take(now=NOON).snapshot
    return replace(taken, offers=tuple(replace(one, **changes) for one in taken.offers))


def test_part_that_no_rule_can_decide_is_left_alone_and_rule_mode_begins() -> None:
    broken = market(2, stock="many")

    assert services.answer(snapshot=broken, seed=1, by_rule=False, now=NOON) is None

    last = EngineMode.objects.get()
    assert (last.mode, last.actor_kind, last.reason) == ("rule", "system", "engine.failed")


@pytest.mark.slow  # forty buyers, and the compiled search where there is one
def test_search_that_fails_gives_way_to_the_plain_rule() -> None:
    if not is_warm():
        pytest.skip("nothing is compiled, so rounds do without the search already")
    # More than the search's numbers hold, and than the plain rule minds.
    huge = market(40, stock=2**70)

    found = services.answer(snapshot=huge, seed=1, by_rule=False, now=NOON)

    assert found is not None
    parameters, decisions = found
    assert (parameters.version, parameters.search_moves) == ("1 rule", 0)
    assert [one.action for one in decisions if one.people > 1]
    assert current_mode() is Mode.RULE

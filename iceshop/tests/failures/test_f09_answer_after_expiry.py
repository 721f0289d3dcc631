"""F09: the seller answers after the ask has ended; a later group is a new ask."""

from __future__ import annotations

import pytest

from whatsapp.tests.town import Town, asked, wanting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("press", ["ask.accept", "ask.refuse"])
def test_late_answer_opens_nothing_and_is_answered_kindly(town: Town, press: str) -> None:
    place = town.shop()
    ask = asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))
    town.jump_to(ask.answer_by)

    answer = place.phone.presses(press)[0]

    assert answer.text.startswith("Bu teklifin süresi dolmuştu.")
    assert town.windows() == ()


def test_next_group_is_asked_about_under_a_new_id(town: Town) -> None:
    place = town.shop()
    first = asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))
    town.jump_to(first.answer_by)

    town.pass_time(minutes=40, step=30, until=town.live_asks)

    (second,) = town.live_asks()
    assert second.id != first.id
    place.phone.presses(f"ask.accept:{second.id}")
    assert [window.ask_id for window in town.windows()] == [second.id]

"""How much a panel reads."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from windows.panel.links import PanelKey
from windows.panel.queries import panel_view
from windows.tests.stories import NOON, buyer, minutes, new_shop, new_window, take_seat

pytestmark = pytest.mark.django_db


def reads(group: int, *, answers: bool, at: int = 0) -> int:
    """Number of queries of one panel among ``group`` people."""
    people = [buyer() for _ in range(group)]
    window = new_window(new_shop(), *people)
    for person in people if answers else people[1:]:
        take_seat(window, person.person_id)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        view = panel_view(PanelKey(window.id, people[0].person_id), now=NOON + minutes(at))
    assert view is not None
    return len(captured)


@pytest.mark.parametrize("answers", [True, False])
def test_a_panel_reads_the_same_for_small_and_large_groups(*, answers: bool) -> None:
    assert reads(1, answers=answers) == reads(6, answers=answers) <= 15

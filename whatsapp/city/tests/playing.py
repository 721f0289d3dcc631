"""Playing a city in a test, and leaving nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from whatsapp.city.play.plan import CityPlan
from whatsapp.city.play.report import Report, play_city

# The demo's shops that never close, and who lives near them, until noon.
SMALL = CityPlan(buyers=12, sellers=4, days=1, seed=5, hours=6)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything at the end, as the test case around does; operations run as in it."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # what Django's test cases do
    with block:
        yield
        transaction.set_rollback(True)


def played(plan: CityPlan) -> Report:
    """Play ``plan`` in the database of the test; it stays there."""
    return play_city(plan, progress=lambda _: None)

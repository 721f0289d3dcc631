"""The clock stands still at noon; places are known; a program has every scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from iceshop.infra import clock
from iceshop.tests.api.calling import NOON, Program, program, put_places


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.use(lambda: NOON):
        yield


@pytest.fixture
def known_places(db: None) -> None:
    put_places()


@pytest.fixture
def api(known_places: None) -> Program:
    return program()

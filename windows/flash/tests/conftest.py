from __future__ import annotations

import pytest

from windows.flash.queries import WindowCard
from windows.flash.services import InvitedPerson
from windows.tests.stories import Shop, buyer, new_shop, new_window


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def person() -> InvitedPerson:
    return buyer(party_size=2)


@pytest.fixture
def window(shop: Shop, person: InvitedPerson) -> WindowCard:
    """Six seats from 60 to 80 minutes after noon."""
    return new_window(shop, person, seats=6)

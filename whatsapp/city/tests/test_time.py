"""When the product of a city is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from whatsapp.city.play.time import DELIVER, due
from whatsapp.simulator.models import SimulatedDelivery

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def test_a_lane_of_webhooks_is_due_when_its_first_is() -> None:
    assert DELIVER not in due(NOON).instants
    for lane, waits in (("a", (30, 0)), ("b", (60, 90))):
        for place, seconds in enumerate(waits):
            SimulatedDelivery.objects.create(
                lane=lane,
                carries="account",
                body="{}",
                planned_at=NOON + timedelta(milliseconds=place),
                due_at=NOON + timedelta(seconds=seconds),
                created_at=NOON,
            )
    assert due(NOON).instants[DELIVER] == NOON + timedelta(seconds=30)

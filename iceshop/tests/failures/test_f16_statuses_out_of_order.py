"""F16: statuses come in reverse; a message's state only moves forward."""

from __future__ import annotations

import pytest

from whatsapp.messaging.models import MessageStatus, OutboundMessage
from whatsapp.simulator import services as simulator
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.tests.town import Town, known

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["reorder", "duplicate"])
def test_statuses_in_reverse_or_twice_end_at_read(town: Town, kind: str) -> None:
    """R08: outbound status only moves forward."""
    simulator.order_fault(order=parse_fault({"kind": kind, "count": 3}), now=town.now)
    known(town)

    town.pass_time(seconds=10, step=1)

    (row,) = OutboundMessage.objects.all()
    assert row.state == "read"
    reported = MessageStatus.objects.filter(message=row).values_list("status", flat=True)
    assert sorted(reported) == ["delivered", "read", "sent"]

"""Ordering faults, and using them up one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F

from iceshop.infra.db import operation, step
from iceshop.infra.prepared import Prepared, given_list
from whatsapp.simulator.domain.faults import FaultKind, FaultOrder
from whatsapp.simulator.models import SimulatedFault
from whatsapp.simulator.queries import FaultFacts


@operation
def order_fault(*, order: FaultOrder, now: datetime) -> FaultFacts:
    """Let the next ``order.count`` events that match go wrong."""
    row = SimulatedFault.objects.create(
        kind=order.kind,
        left=order.count,
        code=order.code,
        seconds=order.seconds,
        address=order.address,
        created_at=now,
    )
    return _facts(row)


@operation
def clear_faults() -> None:
    """Let everything go right again."""
    SimulatedFault.objects.update(left=0)


# Those that meet what the business sends, in the order in which they are used up.
_IN_ORDER = (FaultKind.ERROR, FaultKind.SLOW, FaultKind.LOSE_ANSWER)
SEND_FAULTS = frozenset(_IN_ORDER)


@operation
def take_send_faults(*, addresses: Collection[str]) -> dict[FaultKind, FaultFacts]:
    """Use up one fault of each kind that meets a message sent to ``addresses``."""
    among = faults_for(kinds=_IN_ORDER, addresses=addresses)
    taken = {kind: take_fault(among=among, kind=kind) for kind in _IN_ORDER}
    return {kind: fault for kind, fault in taken.items() if fault}


@step
def take_fault(*, among: Iterable[FaultFacts], kind: FaultKind) -> FaultFacts | None:
    """Use up one event of the first fault of ``kind`` in ``among`` that has any left."""
    for fault in among:
        rows = SimulatedFault.objects.filter(pk=fault.id, left__gt=0)
        if fault.kind == kind and rows.update(left=F("left") - 1):
            return fault
    return None


_OF_KINDS = Prepared(
    lambda: SimulatedFault.objects.filter(kind__in=given_list("kinds", "text")).order_by("id")
)


def faults_for(
    *, kinds: Collection[FaultKind], addresses: Collection[str]
) -> tuple[FaultFacts, ...]:
    """The faults of ``kinds`` for ``addresses``, also used up ones, the oldest first."""
    concerned = {"", *addresses}
    rows = _OF_KINDS(kinds=[kind.value for kind in kinds])
    return tuple(_facts(row) for row in rows if row.address in concerned)


def _facts(row: SimulatedFault) -> FaultFacts:
    return FaultFacts(row.pk, row.kind, row.left, row.code, row.seconds, row.address)

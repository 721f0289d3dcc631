"""Ordering faults, and using them up one by one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Q, QuerySet

from iceshop.infra.db import operation, step
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


@operation
def take_send_faults(*, addresses: Collection[str]) -> dict[FaultKind, FaultFacts]:
    """Use up one fault of each kind that meets a message sent to ``addresses``."""
    kinds = (FaultKind.ERROR, FaultKind.SLOW, FaultKind.LOSE_ANSWER)
    taken = {kind: take_fault(kind=kind, addresses=addresses) for kind in kinds}
    return {kind: fault for kind, fault in taken.items() if fault}


@step
def take_fault(*, kind: FaultKind, addresses: Collection[str]) -> FaultFacts | None:
    """Use up one event of the oldest fault of ``kind`` that concerns ``addresses``."""
    for row in _acting(kind, addresses).order_by("id"):
        if SimulatedFault.objects.filter(pk=row.pk, left__gt=0).update(left=F("left") - 1):
            return _facts(row)
    return None


def has_fault(*, kind: FaultKind, addresses: Collection[str]) -> bool:
    """Whether a fault of ``kind`` concerns ``addresses`` at present."""
    return _acting(kind, addresses).exists()


def _acting(kind: FaultKind, addresses: Collection[str]) -> QuerySet[SimulatedFault]:
    concerned = Q(address="") | Q(address__in=[one for one in addresses if one])
    return SimulatedFault.objects.filter(concerned, kind=kind, left__gt=0)


def _facts(row: SimulatedFault) -> FaultFacts:
    return FaultFacts(row.pk, row.kind, row.left, row.code, row.seconds, row.address)

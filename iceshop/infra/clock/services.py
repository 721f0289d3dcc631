"""Setting the product's clock forward; only where the simulator is on."""

from __future__ import annotations

from django.conf import settings

from iceshop.infra.clock import source
from iceshop.infra.clock.models import ClockShift
from iceshop.infra.db import operation
from iceshop.kernel.errors import Invalid, NotAllowed

RATES = (1, 10, 60)


@operation
def set_forward(*, advance_seconds: int = 0, rate: int | None = None) -> None:
    """Move the clock of every process forward, or let it run faster; never back.

    Other processes follow within half a second.
    Raises: NotAllowed("clock.fixed"), Invalid("clock.backwards"), Invalid("clock.rate").
    """
    if not settings.SIMULATOR_ENABLED:
        raise NotAllowed("clock.fixed")
    if advance_seconds < 0:
        raise Invalid("clock.backwards")
    if rate is not None and rate not in RATES:
        raise Invalid("clock.rate", allowed=RATES)
    real = source.system_now()
    # The row is there before it is locked: two first ones at once must not lose each other's step.
    ClockShift.objects.bulk_create(
        [ClockShift(pk=1, real_at=real, shown_at=real)], ignore_conflicts=True
    )
    row = ClockShift.objects.select_for_update().get(pk=1)
    new = source.advanced(
        source.Shift(row.real_at, row.shown_at, row.rate),
        real=source.system_now(),
        seconds=advance_seconds,
        new_rate=rate or row.rate,
    )
    ClockShift.objects.filter(pk=1).update(
        real_at=new.real_at, shown_at=new.shown_at, rate=new.rate
    )
    source.forget()

"""How far off the twin was of finished windows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from windows.outcomes.queries import results_of
from windows.twin.domain import error_milli
from windows.twin.models import TwinCheck

LOOKED_BACK = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class TwinError:
    """Over ``windows`` finished windows: how many people off on average, how often in range.

    ``bias_milli`` is above zero where more were said than came. ``revenue_off_ppm`` is the mean
    distance of the revenue as a share of the mean revenue.
    """

    windows: int
    people_milli: int
    bias_milli: int
    within: int
    revenue_off_ppm: int

    @property
    def people(self) -> float:
        """People off on average."""
        return self.people_milli / 1000

    @property
    def bias(self) -> float:
        """People more said than came, on average."""
        return self.bias_milli / 1000


def errors_of(
    store_ids: Iterable[UUID] | None, *, now: datetime
) -> tuple[TwinError, dict[UUID, TwinError]]:
    """The error over all windows of these stores (``None``: of all), and of each. Two queries."""
    rows = TwinCheck.objects.filter(made_at__gt=now - LOOKED_BACK).order_by("pk")
    if store_ids is not None:
        rows = rows.filter(window__store_id__in=list(store_ids))
    checks = list(rows.select_related("window").only(*_COLUMNS))
    results = results_of(check.pk for check in checks)
    pairs: dict[UUID, list[_Pair]] = {}
    for check in checks:
        result = results.get(check.pk)
        if result is not None:
            made = _Pair(check, result.came, result.revenue_minor)
            pairs.setdefault(check.window.store_id, []).append(made)
    every = [pair for found in pairs.values() for pair in found]
    return _error(every), {store_id: _error(found) for store_id, found in pairs.items()}


_COLUMNS = ("said_milli", "low", "high", "revenue_minor", "window__store_id")


@dataclass(frozen=True, slots=True)
class _Pair:
    check: TwinCheck
    came: int
    revenue_minor: int


def _error(pairs: list[_Pair]) -> TwinError:
    count = len(pairs)
    said = [(pair.check.said_milli, pair.came) for pair in pairs]
    revenue = sum(pair.revenue_minor for pair in pairs)
    off = sum(abs(pair.check.revenue_minor - pair.revenue_minor) for pair in pairs)
    return TwinError(
        windows=count,
        people_milli=error_milli(said),
        bias_milli=round(sum(s - 1000 * came for s, came in said) / count) if count else 0,
        within=sum(pair.check.low <= pair.came <= pair.check.high for pair in pairs),
        revenue_off_ppm=1_000_000 * off // revenue if revenue else 0,
    )

"""What came of a store's windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from commerce.catalog import queries as catalog
from commerce.places.queries import StoreCard
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange
from windows.board.domain import rounded_people
from windows.flash import queries as flash
from windows.flash.queries import WindowCard
from windows.outcomes import queries as outcomes
from windows.outcomes.queries import ResultCard

PERIODS_WEEKS = (4, 12, 52)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A finished window with its figures."""

    window: WindowCard
    product: str
    result: ResultCard

    @property
    def predicted(self) -> int:
        """How many were predicted when it began."""
        return rounded_people(self.result.predicted.mean_milli)

    @property
    def revenue(self) -> Money:
        """What came in at the till."""
        return Money(self.result.revenue_minor, self.result.currency)

    @property
    def discount(self) -> Money:
        """What was given away."""
        return Money(self.result.discount_minor, self.result.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Results of the last ``weeks``, the latest window first."""

    store: StoreCard
    weeks: int
    lines: tuple[ResultLine, ...]

    @property
    def came(self) -> int:
        """People who came."""
        return sum(line.result.came for line in self.lines)

    @property
    def new_people(self) -> int:
        """People who came for the first time."""
        return sum(line.result.new_people for line in self.lines)

    @property
    def missed(self) -> int:
        """People who did not come."""
        return sum(line.result.missed for line in self.lines)

    @property
    def within_range(self) -> int:
        """Windows in which as many came as were predicted."""
        return sum(
            line.result.predicted.low <= line.result.came <= line.result.predicted.high
            for line in self.lines
        )

    @property
    def most_people(self) -> int:
        """The largest number in any range or result, for drawing all to one scale."""
        return max(
            (max(line.result.came, line.result.predicted.high) for line in self.lines), default=1
        )

    @property
    def revenue(self) -> Money:
        """What came in at the till, in the store's currency."""
        return self._sum("revenue_minor")

    @property
    def discount(self) -> Money:
        """What was given away, in the store's currency."""
        return self._sum("discount_minor")

    @property
    def history(self) -> tuple[int, ...]:
        """People who came, the oldest window first."""
        return tuple(line.result.came for line in reversed(self.lines))

    def _sum(self, column: str) -> Money:
        currency = self.store.currency
        own = (line.result for line in self.lines if line.result.currency == currency)
        return Money(sum(getattr(result, column) for result in own), currency)


def results(store: StoreCard, *, weeks: int, language: str, now: datetime) -> Results:
    """Recorded results of windows that began in the last ``weeks``. Three queries."""
    within = TimeRange(now - timedelta(weeks=weeks), now)
    windows = flash.windows_of_store(store.id, within=within, now=now)
    found = outcomes.results_of(window.id for window in windows)
    products = catalog.offering_cards({window.offering_id for window in windows})
    return Results(
        store=store,
        weeks=weeks,
        lines=tuple(
            ResultLine(
                window=window,
                product=products[window.offering_id].name(language),
                result=found[window.id],
            )
            for window in reversed(windows)
            if window.id in found
        ),
    )

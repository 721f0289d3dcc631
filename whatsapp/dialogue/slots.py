"""What is known of a buyer's wish, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from whatsapp.nlu.reading import Budget, Place, Reading, Wanted

ASK_ORDER = ("product", "time", "place", "pin", "budget")


@dataclass(frozen=True, slots=True)
class Slots:
    """The wish as far as it is known; the names are those of ``Reading``.

    ``group_size`` ``None`` means that nobody said it: one person.
    """

    product: str | None = None
    variant: tuple[str, ...] = ()
    quantity: float | None = None
    unit: str | None = None
    also: tuple[Wanted, ...] = ()
    group_size: int | None = None
    intervals: tuple[TimeRange, ...] = ()
    any_time: bool = False
    place: Place | None = None
    radius_m: int | None = None
    budget: Budget | None = None
    any_budget: bool = False

    @property
    def party(self) -> int:
        """How many people come: one unless said otherwise."""
        return self.group_size or 1

    def merged(self, reading: Reading) -> Slots:
        """Take over what ``reading`` says; what it does not mention stays."""
        slots = self._with_goods(reading)
        if reading.group_size:
            slots = replace(slots, group_size=reading.group_size)
        if reading.intervals or reading.any_time:
            slots = replace(slots, intervals=reading.intervals, any_time=reading.any_time)
        if reading.place is not None:
            slots = replace(slots, place=reading.place)
        if reading.radius_m is not None:
            slots = replace(slots, radius_m=reading.radius_m)
        if reading.budget is not None or reading.any_budget:
            limit = _like(self.budget, reading.budget)
            slots = replace(slots, budget=limit, any_budget=reading.any_budget)
        return slots

    def _with_goods(self, reading: Reading) -> Slots:
        slots = self
        if reading.product and reading.product != self.product:
            slots = replace(
                slots, product=reading.product, variant=(), quantity=None, unit=None, also=()
            )
        if reading.variant:
            slots = replace(slots, variant=reading.variant)
        if reading.quantity is not None:
            slots = replace(slots, quantity=reading.quantity, unit=reading.unit)
        if reading.also:
            slots = replace(slots, also=reading.also)
        return slots

    def at(self, point: Point) -> Slots:
        """The same wish at a shared position."""
        return replace(self, place=Place(special="pin", point=point))

    def fresh(self, now: datetime) -> Slots:
        """Drop times that have passed; a range that has begun starts at ``now``."""
        ahead = tuple(
            TimeRange(max(span.start, now), span.end) for span in self.intervals if span.end > now
        )
        return replace(self, intervals=ahead)

    def missing(self) -> str | None:
        """The first thing to ask for, one of ``ASK_ORDER``, or ``None`` when nothing is."""
        if not self.product:
            return "product"
        if not self.intervals and not self.any_time:
            return "time"
        if self.place is None:
            return "place"
        if self.place.special in ("here", "pin") and self.place.point is None:
            return "pin"
        if self.budget is None and not self.any_budget:
            return "budget"
        return None


def _like(known: Budget | None, said: Budget | None) -> Budget | None:
    """A corrected sum of about the same size is for what the old one was for: a head, a piece."""
    if known is None or said is None or said.per != "total" or said.currency != known.currency:
        return said
    return replace(said, per=known.per) if said.amount_minor <= 2 * known.amount_minor else said


def mentions_wish(reading: Reading) -> bool:
    """Whether ``reading`` fills any of a buyer's slots."""
    return Slots().merged(reading) != Slots()

"""The board of the day: one window in front, the others, asks, what is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.places.queries import StoreCard
from iceshop.kernel.errors import NotFound
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange, day_range, local_day
from windows.board.domain import left_units, rounded_people, slot_minutes
from windows.board.queries.lines import AskLine, PersonLine, people_lines, waiting_asks
from windows.engine.types import Expected
from windows.flash import queries as flash
from windows.flash.domain import LIVE_WINDOWS, SeatState, WindowState
from windows.flash.queries import PeopleCounts, SeatCard, WindowCard
from windows.learning import queries as learning
from windows.outcomes import queries as outcomes
from windows.outcomes.queries import ResultCard

_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """A window in a list; ``result`` once it is recorded."""

    window: WindowCard
    product: str
    counts: PeopleCounts
    result: ResultCard | None
    is_shown: bool

    @property
    def revenue(self) -> Money | None:
        """What came in at the till."""
        return Money(self.result.revenue_minor, self.result.currency) if self.result else None

    @property
    def discount(self) -> Money | None:
        """What was given away."""
        return Money(self.result.discount_minor, self.result.currency) if self.result else None

    @property
    def predicted(self) -> int:
        """How many were predicted when it began."""
        return rounded_people(self.result.predicted.mean_milli) if self.result else 0


@dataclass(frozen=True, slots=True)
class ArrivalSlot:
    """Who came within some minutes; ``current`` is the slot of now."""

    at: datetime
    states: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """Pieces for a window: still to be handed out, promised to somebody, free for others.

    ``short`` people hold a seat for whom nothing is left.
    """

    left: int
    promised: int
    free: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hero:
    """The window in front; ``to_come`` are those who are not there yet, or did not come."""

    window: WindowCard
    product: str
    expected: Expected
    counts: PeopleCounts
    to_come: tuple[PersonLine, ...]
    arrived: tuple[PersonLine, ...]
    arrivals: tuple[ArrivalSlot, ...]
    stock: Stock
    result: ResultCard | None

    @property
    def expected_people(self) -> int:
        """The expected number, as a whole one."""
        return rounded_people(self.expected.mean_milli)

    @property
    def range_ppm(self) -> int:
        """How often the stated range holds."""
        return self.expected.range_permille * 1000

    @property
    def unanswered(self) -> int:
        """Invited people without an answer for whom there would be room."""
        return min(self.counts.unanswered, max(0, self.window.seats_free))

    @property
    def missed(self) -> int:
        """People with a seat who did not come."""
        return sum(line.people for line in self.to_come if line.cube == "no-show")

    @property
    def is_live(self) -> bool:
        """Whether it runs or will run."""
        return self.window.state in LIVE_WINDOWS

    @property
    def is_open(self) -> bool:
        """Whether it runs now."""
        return self.window.state is WindowState.OPEN

    @property
    def is_too_small(self) -> bool:
        """Whether it will be given up unless more people join."""
        if not self.is_live or self.window.decide_at is None:
            return False
        return self.counts.confirmed < self.window.min_people

    @property
    def is_cancelled(self) -> bool:
        """Whether the shop ended it before its time."""
        return self.window.state is WindowState.CANCELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything on the board of a store."""

    store: StoreCard
    hero: Hero | None
    windows: tuple[WindowLine, ...]
    asks: tuple[AskLine, ...]

    @property
    def shown(self) -> WindowLine | None:
        """The line of the window in front."""
        return next((line for line in self.windows if line.is_shown), None)

    @property
    def finished(self) -> tuple[WindowLine, ...]:
        """Windows of the day that are over, the latest first."""
        return tuple(
            line for line in reversed(self.windows) if line.window.state not in LIVE_WINDOWS
        )

    @property
    def coming_up(self) -> tuple[WindowLine, ...]:
        """Windows that run or will run, besides the one in front."""
        return tuple(
            line for line in self.windows if line.window.state in LIVE_WINDOWS and not line.is_shown
        )


def board(
    store: StoreCard, *, window_id: UUID | None = None, language: str, now: datetime
) -> Board:
    """The board with ``window_id`` in front, or with the window that runs, or the next one.

    At most seventeen queries, however many windows, people and asks there are.
    Raises: NotFound("window.unknown").
    """
    windows = _windows(store, window_id, now)
    front = _front(windows, window_id)
    ids = [window.id for window in windows]
    counts = flash.people_counts(ids, now=now)
    results = outcomes.results_of(ids)
    products = catalog.offering_cards({window.offering_id for window in windows})
    lines = tuple(
        WindowLine(
            window=window,
            product=products[window.offering_id].name(language),
            counts=counts[window.id],
            result=results.get(window.id),
            is_shown=window is front,
        )
        for window in windows
    )
    shown = next((line for line in lines if line.is_shown), None)
    return Board(
        store=store,
        hero=_hero(shown, now) if shown else None,
        windows=lines,
        asks=waiting_asks(store.id, language=language, now=now),
    )


def store_window(store: StoreCard, window_id: UUID, *, now: datetime) -> WindowCard:
    """A window of this store. One query. Raises: NotFound("window.unknown")."""
    window = flash.window_card(window_id, now=now)
    if window is None or window.store_id != store.id:
        raise NotFound("window.unknown")
    return window


def day_of(store: StoreCard, now: datetime) -> TimeRange:
    """Today at the store, and the day after for what comes next."""
    today = day_range(local_day(now, store.zone), store.zone)
    return TimeRange(today.start, today.end + _AHEAD)


def _windows(store: StoreCard, window_id: UUID | None, now: datetime) -> tuple[WindowCard, ...]:
    windows = flash.windows_of_store(store.id, within=day_of(store, now), now=now)
    if window_id is None or any(window.id == window_id for window in windows):
        return windows
    return (store_window(store, window_id, now=now), *windows)


def _front(windows: Iterable[WindowCard], window_id: UUID | None) -> WindowCard | None:
    if window_id is not None:
        return next(window for window in windows if window.id == window_id)
    live = [window for window in windows if window.state in LIVE_WINDOWS]
    running = (window for window in live if window.state is WindowState.OPEN)
    return next(running, live[0] if live else None)


def _hero(line: WindowLine, now: datetime) -> Hero:
    window = line.window
    seats = flash.seats_of_window(window.id)
    people = people_lines(seats, {window.id: window})
    here = tuple(person for person in people if person.cube == "arrived")
    return Hero(
        window=window,
        product=line.product,
        expected=learning.expected_people(window, now=now),
        counts=line.counts,
        to_come=tuple(person for person in people if person.cube != "arrived"),
        arrived=here[::-1],
        arrivals=_arrivals(window, here, now),
        stock=_stock(window, line.counts, seats),
        result=line.result,
    )


def _arrivals(
    window: WindowCard, here: tuple[PersonLine, ...], now: datetime
) -> tuple[ArrivalSlot, ...]:
    step = timedelta(minutes=slot_minutes(window.span.seconds // 60))
    slots, at = [], window.starts_at
    while at < window.ends_at:
        came = sum(line.people for line in here if at <= line.at < at + step)
        slots.append(ArrivalSlot(at, ("arrived",) * came, at <= now < at + step))
        at += step
    return tuple(slots)


def _stock(window: WindowCard, counts: PeopleCounts, seats: tuple[SeatCard, ...]) -> Stock:
    stated = flash.stated_left(window.id)
    came_since = sum(
        seat.people_in
        for seat in seats
        if seat.state is SeatState.CHECKED_IN
        and stated is not None
        and seat.checked_in_at is not None
        and seat.checked_in_at > stated.at
    )
    left = left_units(
        seats_max=window.seats_max,
        came=counts.checked_in,
        stated=stated.left if stated else None,
        came_since=came_since,
    )
    promised = counts.held + counts.on_way
    return Stock(left, promised, max(0, window.seats_free), max(0, promised - left))

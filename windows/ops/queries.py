"""Today in all shops, as frozen values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from commerce.catalog import queries as catalog
from commerce.places import queries as places
from commerce.places.queries import StoreCard
from iceshop.infra.outbox.services import depth_and_age
from iceshop.infra.schedule import services as schedule
from iceshop.kernel.time import local_day
from windows.flash import queries as flash
from windows.flash.domain import WindowState
from windows.flash.queries import PeopleCounts, WindowCard
from windows.learning import queries as learning
from windows.learning.queries import Standing
from windows.negotiation.queries import AskCard, live_asks
from windows.ops.domain import Risk, is_silent, window_risk
from windows.rounds.history import ModeView, mode_view

_RISK_ORDER = list(Risk)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """A live window."""

    window: WindowCard
    store: StoreCard
    product: str
    counts: PeopleCounts
    risk: Risk

    @property
    def is_open(self) -> bool:
        """Whether it runs now."""
        return self.window.state is WindowState.OPEN

    @property
    def missing(self) -> int:
        """Confirmations that are missing to what the shop was promised."""
        return max(0, self.window.min_people - self.counts.confirmed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """An ask that waits."""

    ask: AskCard
    store: StoreCard
    product: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Pulse:
    """Signs of life; ages in seconds, ``None`` where there never was one."""

    outbox_depth: int
    outbox_age_seconds: int
    worker_age_seconds: int | None
    beat_age_seconds: int | None

    @property
    def outbox_age_minutes(self) -> int:
        """Whole minutes that the oldest waiting message is late."""
        return self.outbox_age_seconds // 60

    @property
    def is_worker_alive(self) -> bool:
        """Whether the worker gave a sign lately."""
        return _is_fresh(self.worker_age_seconds)

    @property
    def is_beat_alive(self) -> bool:
        """Whether the scheduler gave a sign lately."""
        return _is_fresh(self.beat_age_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Live windows with the risky ones first, waiting asks with the silent shops first."""

    windows: tuple[WindowLine, ...]
    asks: tuple[AskLine, ...]
    finished: int
    cancelled: int
    pulse: Pulse
    mode: ModeView
    forecasts: Standing

    @property
    def open(self) -> int:
        """Windows that run."""
        return sum(line.is_open for line in self.windows)

    @property
    def at_risk(self) -> int:
        """Windows that need an eye."""
        return sum(line.risk is not Risk.NONE for line in self.windows)

    @property
    def silent(self) -> int:
        """Asks whose shop keeps silent."""
        return sum(line.is_silent for line in self.asks)

    @property
    def expected(self) -> int:
        """People with a place in a live window."""
        return sum(line.counts.confirmed for line in self.windows)


def day(*, language: str, now: datetime) -> Day:
    """Everything on the page. Fourteen queries, however many windows and asks there are."""
    windows, asks = flash.live_windows(now=now), live_asks(now=now)
    shown: tuple[WindowCard | AskCard, ...] = (*windows, *asks)
    stores = places.store_cards({card.store_id for card in shown})
    products = catalog.offering_cards({card.offering_id for card in shown})
    counts = flash.people_counts([window.id for window in windows], now=now)
    over = _over_today(now)
    lines = [
        WindowLine(
            window=window,
            store=stores[window.store_id],
            product=products[window.offering_id].name(language),
            counts=counts[window.id],
            risk=_risk(window, counts[window.id], now),
        )
        for window in windows
    ]
    waiting = [
        AskLine(
            ask=ask,
            store=stores[ask.store_id],
            product=products[ask.offering_id].name(language),
            is_silent=is_silent(asked_at=ask.created_at, answer_by=ask.answer_by, now=now),
        )
        for ask in asks
    ]
    return Day(
        windows=tuple(sorted(lines, key=lambda line: _RISK_ORDER.index(line.risk))),
        asks=tuple(sorted(waiting, key=lambda line: not line.is_silent)),
        finished=over[WindowState.CLOSED],
        cancelled=over[WindowState.CANCELLED],
        pulse=_pulse(now),
        mode=mode_view(now=now),
        forecasts=learning.standing(now=now),
    )


def _over_today(now: datetime) -> Counter[WindowState]:
    """States of the windows of today, by the calendar of each shop."""
    return Counter(
        window.state
        for window in flash.recent_windows(now=now)
        if local_day(window.starts_at, window.zone) == local_day(now, window.zone)
    )


def _risk(window: WindowCard, counts: PeopleCounts, now: datetime) -> Risk:
    return window_risk(
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        confirmed=counts.confirmed,
        came=counts.checked_in,
        min_people=window.min_people,
        is_paused=window.joins_paused,
        now=now,
    )


def _pulse(now: datetime) -> Pulse:
    depth, age = depth_and_age(now=now)
    return Pulse(
        depth, age, schedule.age_seconds(schedule.WORKER), schedule.age_seconds(schedule.BEAT)
    )


def _is_fresh(age_seconds: int | None) -> bool:
    return age_seconds is not None and age_seconds < schedule.FRESH_SECONDS

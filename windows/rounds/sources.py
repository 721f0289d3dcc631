"""What a round reads, kept in memory until it changes.

One statement asks the database for a mark of each kind of rows; a kind whose mark is what it was is
not read again. The marks come from where the database keeps the rows and which transaction wrote
them, so no service has to tell that it changed something.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection

from commerce.catalog import queries as catalog
from commerce.catalog.queries import OfferingCard
from commerce.places import queries as places
from commerce.places.queries import StoreCard
from commerce.pricing import queries as pricing
from commerce.pricing.queries import TermsCard
from commerce.stock import queries as stock
from windows.flash import queries as flash
from windows.flash.domain import InviteState
from windows.flash.queries import InviteCard, SeatCard, WindowCard
from windows.intents import queries as intents
from windows.intents.queries import IntentCard
from windows.learning import queries as learning
from windows.learning.domain.parameters import UNLEARNED, Parameters
from windows.negotiation import queries as negotiation
from windows.negotiation.queries import AskCard, LiveAskMember
from windows.rounds.domain import Mode
from windows.rounds.models import EngineMode, RoundSeed

T = TypeVar("T")

# However quiet it is, everything is read again so often.
_KEPT = timedelta(minutes=5)
_LIVE = "w.state IN ('scheduled', 'open')"
_WRITTEN = "count(*) || ':' || coalesce(sum(hashtextextended(t.ctid::text || t.xmin::text, 0)), 0)"
# Rows by the kind that they belong to. Prices are only ever added, and come by the thousand.
_ROWS = {
    "market": (
        "commerce_store t",
        "commerce_store_hours t",
        "accounts_seller_organisation t",
        "commerce_offering t",
        "commerce_product t",
        "commerce_concept t",
        "commerce_offering_terms t",
        "commerce_benefit_tier t",
        "(SELECT ctid, xmin FROM commerce_price_record ORDER BY id DESC LIMIT 1) t",
    ),
    "stock": ("commerce_stock_level t",),
    "asks": (
        "windows_ask t WHERE t.state = 'asked' OR t.answered_at > %(now)s - interval '1 hour'",
        "windows_ask_member t JOIN windows_ask a ON a.id = t.ask_id WHERE a.state = 'asked'",
        # Groups that stayed too small: what they were about rests as after a refusal.
        "windows_window t WHERE t.cancel_reason = 'group.not_reached' "
        "AND t.closed_at > %(now)s - interval '1 hour'",
    ),
    "windows": (
        f"windows_window t WHERE {_LIVE.replace('w.', 't.')}",
        f"windows_invite t JOIN windows_window w ON w.id = t.window_id WHERE {_LIVE}",
        f"windows_seat t JOIN windows_window w ON w.id = t.window_id WHERE {_LIVE}",
        "windows_parameter_set t WHERE t.state = 'champion'",
    ),
    "intents": (
        "windows_intent t WHERE t.state = 'open'",
        "windows_intent_span t JOIN windows_intent i ON i.id = t.intent_id WHERE i.state = 'open'",
    ),
    "mode": ("windows_engine_mode t",),
    "seeds": ("windows_round_seed t",),
}


def _marks() -> str:
    """The statement that asks for all marks."""
    kinds = (
        ", ".join(f"(SELECT {_WRITTEN} FROM {rows})" for rows in kind)  # noqa: S608 - constants
        for kind in _ROWS.values()
    )
    return "SELECT " + ", ".join(f"concat_ws(' ', {kind})" for kind in kinds)


_MARKS = _marks()


@dataclass(frozen=True, slots=True)
class Shops:
    """Shops that take part, what they sell, and what each wanted kind accepts."""

    stores: tuple[StoreCard, ...]
    offerings: tuple[OfferingCard, ...]
    terms: dict[UUID, TermsCard]
    _kinds: dict[str, frozenset[str]] = field(default_factory=dict)

    def kinds(self, keys: Iterable[str]) -> dict[str, frozenset[str]]:
        """What satisfies a wish for each of the keys. One query for those not asked about yet."""
        wanted = set(keys)
        new = wanted - self._kinds.keys()
        if new:
            self._kinds.update(catalog.kinds_of_each(new))
        return {key: self._kinds[key] for key in wanted}


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks that wait, with their people, and the offerings that are left in peace."""

    asks: tuple[AskCard, ...] = ()
    members: tuple[LiveAskMember, ...] = ()
    rests: dict[UUID, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promised:
    """Live windows with their seats, also those given back, and their invites.

    ``force`` says how many of the invited are likely to say yes.
    """

    windows: tuple[WindowCard, ...] = ()
    seats: tuple[SeatCard, ...] = ()
    given_back: tuple[SeatCard, ...] = ()
    invites: tuple[InviteCard, ...] = ()
    force: Parameters = UNLEARNED


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a round reads, as it is at one moment; ``marks`` name its state.

    ``secret`` is what the lots of the day are drawn from, empty until it is stored.
    """

    marks: tuple[str, ...]
    mode: Mode
    secret: str
    shops: Shops
    free: dict[UUID, int]
    asked: Asked
    promised: Promised
    intents: tuple[IntentCard, ...]


@dataclass(slots=True)
class _Kept(Generic[T]):
    mark: str
    at: datetime
    value: T


class Memory:
    """What was read, by kind; for one database, for all threads of a process."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept[Any]] = {}
        self._turn = threading.Lock()

    def read(self, *, now: datetime) -> Sources:
        """Read what has changed.

        One query, and again when their rows changed: up to seven for the shops, five for live
        windows, three for asks, two for wishes, one for stock.
        """
        with self._turn:
            marks = current_marks(now=now)
            of = dict(zip(_ROWS, marks, strict=True))
            shops = self._part("market", of["market"], now, _shops)
            ids = [card.id for card in shops.offerings]
            return Sources(
                marks=marks,
                mode=self._part("mode", of["mode"], now, _mode),
                secret=self._part("seeds", of["seeds"], now, _secrets).get(_day(now), ""),
                shops=shops,
                free=self._part(
                    "stock", of["market"] + of["stock"], now, lambda _: stock.free_stock(ids)
                ),
                asked=_waiting(self._part("asks", of["asks"], now, _asked), now),
                promised=_live(self._part("windows", of["windows"], now, _promised), now),
                intents=tuple(
                    card
                    for card in self._part("intents", of["intents"], now, _intents)
                    if card.ends_at > now
                ),
            )

    def _part(self, name: str, mark: str, now: datetime, read: Callable[[datetime], T]) -> T:
        kept = self._kept.get(name)
        if kept is None or kept.mark != mark or not kept.at <= now < kept.at + _KEPT:
            kept = self._kept[name] = _Kept(mark, now, read(now))
        value: T = kept.value
        return value


_memories: dict[str, Memory] = {}


def memory() -> Memory:
    """The memory of this process for the database in use."""
    return _memories.setdefault(str(connection.settings_dict["NAME"]), Memory())


def current_marks(*, now: datetime) -> tuple[str, ...]:
    """A mark of each kind of rows that rounds read. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"now": now})
        return tuple(cursor.fetchone())


def _mode(now: datetime) -> Mode:
    return current_mode()


def current_mode() -> Mode:
    """How rounds are decided. One query."""
    last = EngineMode.objects.order_by("-at", "-pk").first()
    return Mode(last.mode) if last else Mode.SEARCH


def _secrets(now: datetime) -> dict[date, str]:
    since = _day(now) - timedelta(days=1)
    return dict(RoundSeed.objects.filter(day__gte=since).values_list("day", "secret"))


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _shops(now: datetime) -> Shops:
    stores = places.active_stores()
    offerings = catalog.sellable_offerings(card.id for card in stores)
    return Shops(stores, offerings, pricing.terms_of(card.id for card in offerings))


def _asked(now: datetime) -> Asked:
    asks = negotiation.live_asks(now=now)
    members = negotiation.live_members(now=now) if asks else ()
    rests = negotiation.resting_offerings(now=now) | flash.resting_offerings(now=now)
    return Asked(asks, members, rests)


def _waiting(found: Asked, now: datetime) -> Asked:
    """What of it still holds at ``now``, which is not before it was read."""
    asks = tuple(one for one in found.asks if one.answer_by > now)
    ids = {one.id for one in asks}
    return Asked(
        asks,
        tuple(one for one in found.members if one.ask_id in ids),
        {key: until for key, until in found.rests.items() if until > now},
    )


def _promised(now: datetime) -> Promised:
    windows = flash.live_windows(now=now)
    if not windows:
        return Promised()
    return Promised(
        windows,
        flash.seats_of_live_windows(now=now),
        flash.given_back_in_live_windows(now=now),
        flash.live_invites(now=now),
        learning.in_force(),
    )


def _live(found: Promised, now: datetime) -> Promised:
    """What of it still holds at ``now``, which is not before it was read."""
    windows = tuple(one for one in found.windows if one.ends_at > now)
    ids = {one.id for one in windows}
    return Promised(
        windows,
        tuple(one for one in found.seats if one.window_id in ids),
        tuple(one for one in found.given_back if one.window_id in ids),
        tuple(_invite(one, now) for one in found.invites if one.window_id in ids),
        found.force,
    )


def _invite(card: InviteCard, now: datetime) -> InviteCard:
    if card.state is InviteState.INVITED and card.answer_by <= now:
        return replace(card, state=InviteState.EXPIRED)
    return card


def _intents(now: datetime) -> tuple[IntentCard, ...]:
    return intents.open_intents(now=now)

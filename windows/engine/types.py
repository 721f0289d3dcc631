"""Values that go into and come out of the engine.

Units, everywhere in this package: times are whole minutes since ``Snapshot.t0`` (the moment of the
round; earlier is negative), intervals are half-open ``(from, until)``, money is integer minor units
of ``Snapshot.currency``, probabilities and shares are permille, places are microdegrees (WGS 84),
distances are metres, values of groups are thousandths of a minor unit ("milli").
Keys are opaque strings, unique within their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Self

Interval = tuple[int, int]
"""Half-open minutes ``(from, until)``."""


@dataclass(frozen=True, slots=True)
class Geo:
    """Turn differences in degrees into walking metres.

    ``kx_um`` and ``ky_um`` are micrometres per microdegree of longitude and latitude;
    ``detour_permille`` is street distance over straight distance.
    """

    kx_um: int
    ky_um: int
    detour_permille: int = 1300


@dataclass(frozen=True, slots=True)
class Weights:
    """Say what a buyer's saving and a seller's margin count, in permille of their amount."""

    savings_permille: int = 1000
    margin_permille: int = 600


@dataclass(frozen=True, slots=True)
class Product:
    """One product; savings are measured against its reference price."""

    key: str
    category: str
    reference_price_minor: int


@dataclass(frozen=True, slots=True)
class Store:
    """One store: place, open time and room.

    ``open`` holds absolute minutes already expanded from the opening hours, disjoint and ascending;
    stretches that touch count as one. No window may touch ``blocked``. ``capacity_per_slot`` is the
    most people (see ``Parameters.room_by``) that all windows covering one slot may hold together;
    ``capacity_overrides`` are ``(from, until, capacity)`` on the slot grid, disjoint.
    """

    key: str
    latitude_udeg: int
    longitude_udeg: int
    open: tuple[Interval, ...]
    capacity_per_slot: int
    max_parallel: int
    blocked: tuple[Interval, ...] = ()
    first_window_bonus_minor: int = 0
    capacity_overrides: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of the benefit ladder of an offer.

    ``price_minor`` is the final unit price. A benefit in words keeps the base price, names itself
    in ``benefit_key`` and costs the seller ``cost_minor`` per unit.
    """

    size: int
    price_minor: int
    benefit_key: str = ""
    cost_minor: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """One product in one store with the seller's terms.

    ``stock`` is what is free to promise: units reserved by live windows (all their seats) are
    already taken off, units in live asks are not (the engine takes them off). ``tiers`` ascend
    strictly by size and are not empty; one below ``floor_price_minor`` is never used.
    ``max_group`` is the most people in one window. ``min_lead_min``: no window starts before.
    ``no_show_cost_minor`` is per unit held for somebody who does not come. ``mandate``: a standing
    rule of the seller allows the deal without asking. ``blocked_until``: nothing is proposed for
    this offer before that minute (after a refusal or a silence).
    """

    key: str
    store: str
    product: str
    stock: int
    base_price_minor: int
    unit_cost_minor: int | None
    floor_price_minor: int
    tiers: tuple[Tier, ...]
    max_group: int
    window_slots: int
    min_lead_min: int = 0
    window_cost_minor: int = 0
    no_show_cost_minor: int = 0
    mandate: bool = False
    blocked_until: int | None = None


@dataclass(frozen=True, slots=True)
class Want:
    """An acceptable product; no limit when ``max_unit_price_minor`` is None."""

    product: str
    max_unit_price_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """What one person wants: any one of ``wants``, within one stretch of ``available``.

    ``quantity`` is units and people (the buyer and those who come along). ``aging_minor`` is the
    credit for rounds already waited. ``min_notice_min``: no window starts before this minute.
    ``answer_by_min``: promised time of an answer. ``declined_offers`` are not proposed again.
    """

    key: str
    person: str
    wants: tuple[Want, ...]
    latitude_udeg: int
    longitude_udeg: int
    max_distance_m: int
    available: tuple[Interval, ...]
    quantity: int = 1
    show_permille: int = 1000
    travel_cost_minor_per_km: int = 0
    wait_cost_minor_per_hour: int = 0
    aging_minor: int = 0
    min_notice_min: int = 0
    waiting_since_min: int = 0
    answer_by_min: int | None = None
    declined_offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveWindow:
    """A window already promised; it is never undone.

    Held seats belong to invites without an answer. ``invited``: intents with a seat or a waiting
    invite here; they are not placed again. ``declined``: intents that said no to this window.
    ``persons``: keys of the people whose time this window takes.
    """

    key: str
    offer: str
    start: int
    end: int
    seats_max: int
    seats_taken: int
    price_minor: int
    invited: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    seats_held: int = 0

    @property
    def seats_free(self) -> int:
        """Count the seats nobody has or is being offered."""
        return max(0, self.seats_max - self.seats_taken - self.seats_held)


@dataclass(frozen=True, slots=True)
class LiveAsk:
    """A question to a seller that waits for an answer.

    Its ``intents``, the time of its ``persons`` and the room and stock for ``people`` are taken.
    """

    key: str
    offer: str
    start: int
    end: int
    intents: tuple[str, ...]
    people: int
    answer_by: int
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything one round knows. ``t0`` is an aware UTC instant at a whole minute: the present.

    Window starts lie on minutes whose epoch minute is a multiple of ``slot_min``.
    Raises ``ValueError`` for a ``t0`` that is naive, not UTC or not a whole minute.
    """

    t0: datetime
    currency: str
    slot_min: int
    horizon_min: int
    geo: Geo
    weights: Weights
    products: tuple[Product, ...]
    stores: tuple[Store, ...]
    offers: tuple[Offer, ...]
    intents: tuple[Intent, ...]
    windows: tuple[LiveWindow, ...] = ()
    asks: tuple[LiveAsk, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a moment that other parts of the package could misread."""
        offset = self.t0.utcoffset()
        if offset is None or offset.total_seconds() or self.t0.second or self.t0.microsecond:
            raise ValueError("t0 must be an aware UTC instant at a whole minute")

    @property
    def epoch_min(self) -> int:
        """Return ``t0`` as minutes since 1970-01-01T00:00Z."""
        return int(self.t0.timestamp()) // 60


class CountBy(StrEnum):
    """Ways to count a group: heads with companions, intents, or expected intents."""

    PEOPLE = "people"
    INTENTS = "intents"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Parameters:
    """One version of everything that can be tuned.

    ``tier_by``: what reaches a tier, ``PEOPLE`` (sum of quantity) or ``EXPECTED`` (sum of show
    permille against 1000 times the size). ``room_by``: what fills a slot, ``PEOPLE`` or
    ``INTENTS``. ``overlap_allowed``: windows of one offer may overlap (with different starts).
    ``min_value_milli``: least value of a new window. ``range_permille``: probability of the stated
    range of people. ``ask_answer_seconds``: time a seller gets; a window that needs an answer
    starts no earlier than that plus ``ask_margin_min``. ``max_start_ahead_min``: how far ahead a
    window may start. ``join_min_left_min``: least time a buyer has in a window after arriving.
    ``walk_m_per_min``: pace that decides who arrives before the end; None: travel takes no time.
    ``places_max``: most (offer, start) places searched in one round; more are thinned out.
    ``search_moves``: moves of the search for better groups for each open intent; 0: plain greedy.
    ``search_from``: open intents that the search needs at least; fewer are placed by plain greedy.
    ``search_seconds``: when the search stops at the latest; None leaves it to the moves, so that
    the same snapshot always gives the same decisions.
    """

    version: str = "1"
    tier_by: CountBy = CountBy.PEOPLE
    room_by: CountBy = CountBy.PEOPLE
    overlap_allowed: bool = False
    min_value_milli: int = 1
    range_permille: int = 800
    ask_answer_seconds: int = 120
    ask_margin_min: int = 1
    max_start_ahead_min: int | None = None
    join_min_left_min: int = 5
    walk_m_per_min: int | None = None
    places_max: int = 4000
    search_moves: int = 0
    search_from: int = 0
    search_seconds: float | None = None

    @property
    def ask_answer_min(self) -> int:
        """Return the time a seller gets, rounded up to minutes."""
        return -(-self.ask_answer_seconds // 60)


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code and its figures; wording is looked up elsewhere."""

    code: str
    params: tuple[tuple[str, int | str], ...] = ()

    @classmethod
    def of(cls, code: str, **params: int | str) -> Self:
        """Build a reason; parameters are kept in the order of their names."""
        return cls(code, tuple(sorted(params.items())))

    def facts(self) -> dict[str, int | str]:
        """Return the parameters as a new dictionary."""
        return dict(self.params)


class Action(StrEnum):
    """What a round can do about intents."""

    WAIT_FOR_BUYERS = "WAIT_FOR_BUYERS"
    ASK_SELLER = "ASK_SELLER"
    CREATE_WINDOW = "CREATE_WINDOW"
    NOTIFY_WAITLIST = "NOTIFY_WAITLIST"
    DROP = "DROP"


@dataclass(frozen=True, slots=True)
class Expected:
    """People who will come: mean in thousandths, range that holds with ``range_permille``."""

    mean_milli: int = 0
    low: int = 0
    high: int = 0
    range_permille: int = 800


@dataclass(frozen=True, slots=True)
class Decision:
    """One proposal of a round.

    ``ASK_SELLER`` and ``CREATE_WINDOW`` carry offer, start, end, intents, tier, price; an ask also
    ``answer_by_min``. ``NOTIFY_WAITLIST`` carries the live window's key in ``window`` and the
    intents to invite. ``WAIT_FOR_BUYERS`` and ``DROP`` carry one intent; a wait names the nearest
    group's offer, start, tier and price when there is one, and its reason says what is missing.
    ``people`` is the sum of quantity of the intents named.
    """

    action: Action
    key: str
    intents: tuple[str, ...]
    reasons: tuple[Reason, ...]
    offer: str = ""
    window: str = ""
    start: int | None = None
    end: int | None = None
    tier: int | None = None
    price_minor: int | None = None
    people: int = 0
    answer_by_min: int | None = None
    expected: Expected = field(default_factory=Expected)
    score_permille: int = 0
    value_milli: int = 0

    @property
    def score(self) -> float:
        """Return the score as a number from 0 to 1."""
        return self.score_permille / 1000


def decision_key(action: Action, *parts: object) -> str:
    """Return 32 hexadecimal digits that are the same for the same content, on every machine.

    >>> decision_key(Action.DROP, "i1") == decision_key(Action.DROP, "i1")
    True
    """
    text = "\x1f".join([action.value, *(str(part) for part in parts)])
    return sha256(text.encode()).hexdigest()[:32]

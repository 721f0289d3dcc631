"""Everything a step may know beside the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from iceshop.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntentFacts:
    """The wish that counts now. ``waiting`` people want it, ``needed`` make a window.

    ``reason`` is the code of what stood in its way in the last round.
    """

    key: str
    product: str
    waiting: int = 1
    needed: int = 0
    reason: str = ""
    answer_by: datetime | None = None
    is_paused: bool = False
    radius_m: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveWindowFacts:
    """A live invite, a held seat or a place on the waiting list of this person.

    ``key`` names the invite (``invited``) or the seat (``held``, ``waiting``) and stands in the
    buttons. ``before`` is set only with evidence of that price. ``told_at`` is when the person was
    last written to about it; ``is_coming_asked`` when that message asked "are you coming?". A held
    seat with ``confirm_by`` came free from the list and waits for a yes until then.
    """

    key: str
    status: Literal["invited", "held", "waiting"]
    product: str
    store: str
    starts_at: datetime
    ends_at: datetime
    price: Money
    before: Money | None = None
    party: int = 1
    answer_by: datetime | None = None
    confirm_by: datetime | None = None
    cancel_free_until: datetime | None = None
    panel_link: str = ""
    code: str = ""
    position: int | None = None
    told_at: datetime | None = None
    is_coming_asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """An offer that waits for this seller's answer.

    ``price`` is what a piece costs now, ``asked`` what the group would pay, ``cost`` what a piece
    costs the shop (``None``: not known). ``floor`` is the shop's lowest price: for sellers only.
    ``till_minutes``: work at the till when the group comes.
    """

    key: str
    product: str
    people: int
    most_people: int
    starts_at: datetime
    ends_at: datetime
    price: Money
    asked: Money
    answer_by: datetime
    cost: Money | None = None
    floor: Money | None = None
    told_at: datetime | None = None
    benefit: str = ""
    benefit_cost: Money | None = None
    till_minutes: int = 0

    def left_at(self, unit_price: Money) -> Money | None:
        """What the shop keeps of a piece sold at ``unit_price``."""
        if self.cost is None:
            return None
        return unit_price - self.cost - self._benefit_at(unit_price)

    def given_at(self, unit_price: Money) -> Money:
        """What the deal costs in total when everybody comes."""
        return (self.price - unit_price + self._benefit_at(unit_price)) * self.most_people

    def _benefit_at(self, unit_price: Money) -> Money:
        """What the benefit in words costs for a piece; a counter price goes without it."""
        if self.benefit_cost is None or unit_price != self.asked:
            return Money(0, unit_price.currency)
        return self.benefit_cost


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """The shop for which this person speaks. ``live_product`` is that of a window now open."""

    key: str
    name: str
    products: tuple[str, ...] = ()
    live_product: str = ""
    windows_today: int = 0
    board_link: str = ""


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A place that may be meant; ``name`` tells it from others of its name."""

    name: str
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupFacts:
    """What is known about the product and the place which this message names.

    ``None``: the message names none, or nobody looked. A place of several cities is not known, and
    ``nearest_places`` are those that can be meant.
    """

    is_product_known: bool | None = None
    is_product_restricted: bool = False
    nearest_products: tuple[str, ...] = ()
    is_place_known: bool | None = None
    nearest_places: tuple[NearPlace, ...] = ()


NO_LOOKUP = LookupFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is so at ``now``.

    ``language`` is the profile's, ``taken_over`` means that a person answers.
    """

    now: datetime
    zone: ZoneInfo
    language: str | None = None
    person_name: str = ""
    is_first_contact: bool = False
    consent: Literal["unknown", "accepted", "declined"] = "unknown"
    opted_out: bool = False
    role: Literal["buyer", "seller"] = "buyer"
    taken_over: bool = False
    open_intent: OpenIntentFacts | None = None
    active: ActiveWindowFacts | None = None
    live_ask: AskFacts | None = None
    store: StoreFacts | None = None
    lookup: LookupFacts = NO_LOOKUP

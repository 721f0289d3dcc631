"""What a message was understood to say: one act and the slots it fills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from whatsapp.nlu.gazetteer import PlaceEntry


class Act(StrEnum):
    """What the person does with the message; one a message, the first that fits wins."""

    OPT_OUT = "opt_out"
    DELETE_DATA = "delete_data"
    COMPLAINT = "complaint"
    CANCEL = "cancel"
    CHANGE_TIME = "change_time"
    COUNTER_DISCOUNT = "counter_discount"
    DECLARE = "declare"
    OFFER_STOCK = "offer_stock"
    INFORM = "inform"
    CONFIRM = "confirm"
    DECLINE = "decline"
    ASK_STATUS = "ask_status"
    ASK_HELP = "ask_help"
    OPT_IN = "opt_in"
    GREETING = "greeting"
    ACCEPT_DISCOUNT = "accept_discount"
    REFUSE_DISCOUNT = "refuse_discount"
    SET_HOURS = "set_hours"
    OUT_OF_SCOPE = "out_of_scope"


# Acts with which at most the product comes.
PRODUCT_ONLY = frozenset((Act.CANCEL, Act.ASK_STATUS, Act.COMPLAINT))


@dataclass(frozen=True, slots=True)
class Budget:
    """The most somebody pays; ``per`` is total, each, person, kg, pair or m2."""

    amount_minor: int
    currency: str = "TRY"
    per: str = "total"
    min_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A further product named in the same message."""

    product: str
    quantity: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class StockItem:
    """What a seller has: ``stock`` 0 means sold out, ``None`` means not said."""

    product: str | None = None
    variant: tuple[str, ...] = ()
    stock: float | None = None
    unit: str | None = None
    price: Budget | None = None


@dataclass(frozen=True, slots=True)
class DiscountTier:
    """One step of a seller's terms: exactly one of percent, amount off, unit price, gift.

    ``gift`` is a benefit in words: the product that comes free, as the seller wrote it.
    """

    percent_bp: int | None = None
    amount_off_minor: int | None = None
    unit_price_minor: int | None = None
    min_people: int | None = None
    min_quantity: int | None = None
    gift: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: ISO weekdays, minutes of the day; closed when ``opens`` is ``None``."""

    days: tuple[int, ...]
    opens: int | None = None
    closes: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: names in the nominative as the lexicon spells them, or one of the special places.

    ``names`` is empty for ``special``: ``pin`` (a shared location), ``here`` (near me, no pin),
    ``any``. ``point`` is the pin's, or the lexicon's for a known name, or the middle of several
    near each other. A name that places in several cities have keeps them in ``choices``, likeliest
    first; ``point`` is the first's where that is the best known one by far, else missing.
    """

    names: tuple[str, ...] = ()
    special: str | None = None
    point: Point | None = None
    choices: tuple[PlaceEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything understood from one message; a slot not mentioned is ``None`` or empty.

    ``confidence`` is the calibrated chance that act and every slot are right. ``acts`` are the
    likeliest acts with their probability, best first. ``abuse`` (insult or threat), ``minor`` (a
    child writes) and ``distress`` (danger to the person) are signs for whoever answers. ``floor``
    is the lowest price that a seller ever takes for a piece.
    """

    act: Act
    language: str
    confidence: float
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
    items: tuple[StockItem, ...] = ()
    discounts: tuple[DiscountTier, ...] = ()
    no_discount: bool = False
    floor: Budget | None = None
    hours: tuple[Hours, ...] = ()
    unknown_words: tuple[str, ...] = ()
    acts: tuple[tuple[Act, float], ...] = ()
    abuse: bool = False
    minor: bool = False
    distress: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked just before: its code of the corpus (``ask_time``, ``offer``...) and words."""

    ask: str
    text: str = ""
    language: str = "tr"

"""What a step wants done; the conversation slice carries it out.

A command in ``ANSWERED_BY_OUTCOME`` has no reply in its step: its result code goes through
``outcomes.outcome_reply``, whose reply is sent before the replies of the step.
"""

from __future__ import annotations

from dataclasses import dataclass

from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.slots import Slots
from whatsapp.nlu.reading import Budget, DiscountTier, Hours, StockItem


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Answer this person in ``language`` from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """Marketing consent was given or refused."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class OptOut:
    """Stop every unasked message; open wishes and unanswered invites end, held seats stay."""


@dataclass(frozen=True, slots=True)
class OptIn:
    """Service messages may be sent again; marketing consent is not touched."""


@dataclass(frozen=True, slots=True)
class DeclareIntent:
    """The confirmed wish; ``replaces`` is the key of the open intent which it corrects."""

    slots: Slots
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class CancelIntent:
    """Withdraw the open intent."""

    key: str


@dataclass(frozen=True, slots=True)
class PauseIntent:
    """Keep the wish, invite to nothing until resumed."""

    key: str


@dataclass(frozen=True, slots=True)
class ResumeIntent:
    """Search again for a paused wish."""

    key: str


@dataclass(frozen=True, slots=True)
class WidenIntent:
    """Search within ``radius_m``."""

    key: str
    radius_m: int


@dataclass(frozen=True, slots=True)
class AcceptInvite:
    """Take a seat for ``party`` people; ``None`` leaves the party as invited."""

    key: str
    party: int | None = None


@dataclass(frozen=True, slots=True)
class DeclineInvite:
    """Answer the invite with no."""

    key: str


@dataclass(frozen=True, slots=True)
class AskOtherTime:
    """Answer with no, but the wish goes on at ``intervals`` (empty: at any other time)."""

    key: str
    intervals: tuple[TimeRange, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmSeat:
    """Say yes to a seat that came free for somebody on the waiting list."""

    key: str


@dataclass(frozen=True, slots=True)
class ReleaseSeat:
    """Give the seat, or the place on the waiting list, back."""

    key: str


@dataclass(frozen=True, slots=True)
class ChangeParty:
    """Come with ``party`` people."""

    key: str
    party: int


@dataclass(frozen=True, slots=True)
class SayOnTheWay:
    """The buyer has left for the shop."""

    key: str


@dataclass(frozen=True, slots=True)
class AcceptAsk:
    """The seller agrees to what was asked."""

    key: str


@dataclass(frozen=True, slots=True)
class CounterAsk:
    """The seller offers other terms; ``stock_left`` when the same message named it."""

    key: str
    tiers: tuple[DiscountTier, ...]
    stock_left: float | None = None


@dataclass(frozen=True, slots=True)
class RefuseAsk:
    """The seller gives no discount to this group."""

    key: str


@dataclass(frozen=True, slots=True)
class OfferStock:
    """Stock, price, ladder and lowest price of goods for windows; confirmed by the seller."""

    items: tuple[StockItem, ...]
    discounts: tuple[DiscountTier, ...]
    floor: Budget | None = None


@dataclass(frozen=True, slots=True)
class SetHours:
    """Opening hours of the store; confirmed by the seller."""

    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class MarkStockLeft:
    """So many pieces are left for the window that is open now."""

    count: int


@dataclass(frozen=True, slots=True)
class RequestErasure:
    """Erase this person's data; asked and confirmed."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Let a person answer.

    ``reason`` is complaint, asked, document, wants_to_sell, misunderstood, distress or abuse; after
    abuse the dialogue falls silent until a person has looked.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class LogUnknownWords:
    """Words that no rule knew, for the operator."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkComplaint:
    """Something went wrong with a purchase, a person or the service."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ExplainAbsence:
    """Why the buyer did not come to the seat ``key``: ``late``, ``store`` or ``forgot``."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportPrice:
    """Whether the till took the promised price for the seat ``key``."""

    key: str
    was_as_promised: bool


@dataclass(frozen=True, slots=True)
class FlagTalk:
    """Let a person see the talk without taking it over: abuse."""

    reason: str


Command = (
    SetLanguage
    | RecordConsent
    | OptOut
    | OptIn
    | DeclareIntent
    | CancelIntent
    | PauseIntent
    | ResumeIntent
    | WidenIntent
    | AcceptInvite
    | DeclineInvite
    | AskOtherTime
    | ConfirmSeat
    | ReleaseSeat
    | ChangeParty
    | SayOnTheWay
    | AcceptAsk
    | CounterAsk
    | RefuseAsk
    | OfferStock
    | SetHours
    | MarkStockLeft
    | RequestErasure
    | HandOver
    | FlagTalk
    | LogUnknownWords
    | MarkComplaint
    | ExplainAbsence
    | ReportPrice
)

_SEAT_ENDS = ("seat.unknown", "seat.used", "window.closed", "window.cancelled")
_INVITE_ENDS = (
    *("invite.expired", "invite.unknown", "window.closed"),
    *("window.cancelled", "window.too_small"),
)
_ASK_ENDS = ("ask.expired", "ask.already_answered", "ask.closed", "ask.unknown")

# Result codes that have a wording of their own; every other code gets that of ``failed``.
OUTCOMES: dict[type, tuple[str, ...]] = {
    DeclareIntent: ("intent.open", "intent.limit", "intent.out_of_area", "intent.restricted"),
    CancelIntent: ("intent.cancelled", "intent.unknown"),
    PauseIntent: ("intent.paused", "intent.unknown"),
    ResumeIntent: ("intent.resumed", "intent.unknown"),
    WidenIntent: ("intent.widened", "intent.unknown"),
    AcceptInvite: (
        *("seat.taken", "seat.already", "seat.listed", "seat.overlap"),
        *("window.full", "party.too_large"),
        *_INVITE_ENDS,
    ),
    DeclineInvite: ("invite.declined", "seat.already", *_INVITE_ENDS),
    AskOtherTime: ("invite.other_time", "seat.already", *_INVITE_ENDS),
    ConfirmSeat: ("seat.taken", "seat.lapsed", *_SEAT_ENDS),
    ReleaseSeat: ("seat.released", "list.left", *_SEAT_ENDS),
    ChangeParty: ("seat.party_changed", "window.full", "party.too_large", *_SEAT_ENDS),
    SayOnTheWay: ("seat.on_the_way", *_SEAT_ENDS),
    AcceptAsk: ("ask.accepted", "ask.below_cost", "stock.short", *_ASK_ENDS),
    CounterAsk: (
        *("ask.countered", "ask.below_floor", "ask.below_cost", "ask.not_a_discount"),
        *_ASK_ENDS,
    ),
    RefuseAsk: ("ask.refused", *_ASK_ENDS),
    OfferStock: ("offer.stored", "offer.product_unknown", "offer.below_floor"),
    SetHours: ("hours.stored",),
    MarkStockLeft: ("stock.marked", "stock.no_window"),
    RequestErasure: ("erasure.requested",),
    ExplainAbsence: (
        *("absence.heard", "absence.excused", "absence.noted", "absence.limited"),
        "absence.store",
    ),
}
# What counts for others, for money or for good: a transcript alone never brings it about.
BINDING: frozenset[type] = frozenset(
    {
        RecordConsent,
        OptIn,
        CancelIntent,
        AcceptInvite,
        DeclineInvite,
        AskOtherTime,
        ConfirmSeat,
        ReleaseSeat,
        ChangeParty,
        AcceptAsk,
        CounterAsk,
        RefuseAsk,
        OfferStock,
        SetHours,
        MarkStockLeft,
        RequestErasure,
    }
)
ANSWERED_BY_OUTCOME = frozenset(OUTCOMES)

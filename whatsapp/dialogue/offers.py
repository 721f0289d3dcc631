"""The messages that wait for an answer: an invite to a buyer, an ask to a shop, an honest wait.

Each function's parameters are the interface of the notice of that name.
"""

from __future__ import annotations

from datetime import datetime

from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.replies import Button, Line, Reply


def share_off_bp(before: Money, price: Money) -> int:
    """The discount in basis points, rounded down to a whole percent.

    >>> share_off_bp(Money(14500, "TRY"), Money(11800, "TRY"))
    1800
    """
    return (before.minor - price.minor) * 100 // before.minor * 100


def price_line(price: Money, before: Money | None) -> Line:
    """What a piece costs; the price before and the percentage only with evidence (``before``)."""
    if before is None or before <= price:
        return Line("price.plain", {"price": price})
    share = share_off_bp(before, price)
    if share == 0:
        return Line("price.plain", {"price": price})
    return Line("price.reduced", {"price": price, "before": before, "share": share})


def invite_reply(  # noqa: PLR0913 (what a notice says is its interface)
    *,
    key: str,
    product: str,
    store: str,
    starts_at: datetime,
    ends_at: datetime,
    price: Money,
    answer_by: datetime | None,
    before: Money | None = None,
    benefit: str = "",
    party: int = 1,
    people: int | None = None,
    walk_m: int | None = None,
    map_link: str = "",
    now: datetime | None = None,
) -> Reply:
    """Offer a seat: what, where, when, for how much, why, until when to answer."""
    span = {"starts_at": starts_at, "period": TimeRange(starts_at, ends_at), "now": now}
    lead = [
        Line("invite.where", {"product": product, "store": store, **span}),
        price_line(price, before),
    ]
    if benefit:
        lead.append(Line("invite.benefit", {"benefit": benefit}))
    if people is not None:
        lead.append(Line("invite.people", {"people": people}))
    if walk_m is not None:
        lead.append(Line("invite.walk", {"walk": walk_m}))
    if party > 1:
        lead.append(Line("invite.party", {"party": party}))
    if map_link:
        lead.append(Line("invite.map", {"link": map_link}))
    if answer_by is not None:
        lead.append(Line("invite.answer_by", {"answer_by": answer_by}))
    return Reply("invite.ask", lead=tuple(lead), buttons=invite_buttons(key), asks="invite")


def invite_buttons(key: str) -> tuple[Button, ...]:
    """Yes, no, another time."""
    return (
        Button(f"invite.accept:{key}", "button.yes_coming"),
        Button(f"invite.decline:{key}", "button.no"),
        Button(f"invite.other:{key}", "button.other_time"),
    )


def ask_reply(  # noqa: PLR0913 (what a notice says is its interface)
    *,
    key: str,
    people: int,
    product: str,
    starts_at: datetime,
    ends_at: datetime,
    price: Money,
    asked: Money,
    worst: Money,
    answer_by: datetime,
    left: Money | None = None,
    break_even: int | None = None,
    till_minutes: int = 0,
    larger: tuple[int, int, int] | None = None,
    benefit: str = "",
    now: datetime | None = None,
) -> Reply:
    """Ask a shop for a price; it keeps ``left`` of a piece and gives ``worst`` away at most.

    ``break_even``: new customers who pay for that. ``larger``: basis points that a larger discount
    gives more, people whose wish fits now, and about how many it would reach. ``benefit`` is one in
    words, which leaves the price as it is.
    """
    exact = (price.minor - asked.minor) * 1000 // price.minor * 10
    terms = {"share": exact, "asked": asked, "worst": worst, "left": left}
    terms["benefit"] = benefit
    kind = "benefit" if benefit else "terms"
    period = TimeRange(starts_at, ends_at)
    group = {"people": people, "product": product, "starts_at": starts_at, "period": period}
    lead = [
        Line("ask.group", {**group, "now": now}),
        Line(f"ask.{kind}" if left is not None else f"ask.{kind}_without_cost", terms),
    ]
    if break_even:
        lead.append(Line("ask.break_even", {"units": break_even}))
    if till_minutes:
        lead.append(Line("ask.till", {"minutes": till_minutes}))
    if larger is not None:
        extra, fit, about = larger
        lead.append(Line("ask.larger", {"extra": extra, "people": fit, "about": about}))
    return Reply(
        "ask.answer_by",
        {"answer_by": answer_by},
        lead=tuple(lead),
        buttons=ask_buttons(key),
        asks="ask",
    )


def ask_buttons(key: str) -> tuple[Button, ...]:
    """Accept, counter, refuse."""
    return (
        Button(f"ask.accept:{key}", "button.accept"),
        Button(f"ask.counter:{key}", "button.counter"),
        Button(f"ask.refuse:{key}", "button.no"),
    )


def listed_reply(
    *, key: str, store: str, starts_at: datetime, position: int, until: datetime, now: datetime
) -> Reply:
    """The last place has gone; say the place on the list and until when it counts."""
    values = {"store": store, "starts_at": starts_at, "position": position, "until": until}
    return Reply(
        "list.if_one_frees",
        {**values, "now": now},
        lead=(Line("list.just_full", {**values, "now": now}),),
        buttons=(
            Button(f"seat.wait:{key}", "button.stay_on_list"),
            Button(f"seat.release:{key}", "button.leave_list"),
        ),
    )


def seat_freed_reply(
    *,
    key: str,
    product: str,
    store: str,
    starts_at: datetime,
    ends_at: datetime,
    answer_by: datetime,
    now: datetime | None = None,
) -> Reply:
    """A seat came free for somebody on the list: it is theirs once they say yes."""
    period = TimeRange(starts_at, ends_at)
    values = {"product": product, "store": store, "starts_at": starts_at, "period": period}
    return Reply(
        "list.freed_ask",
        {"answer_by": answer_by, "now": now},
        lead=(Line("list.freed", {**values, "now": now}),),
        buttons=(
            Button(f"seat.confirm:{key}", "button.yes_coming"),
            Button(f"seat.release:{key}", "button.no"),
        ),
        asks="invite",
    )


def coming_buttons(key: str) -> tuple[Button, ...]:
    """On my way, not coming."""
    return (
        Button(f"seat.on_way:{key}", "button.on_way"),
        Button(f"seat.release:{key}", "button.not_coming"),
    )


# What stood in the way of a wish in the last round -> how its buyer is told.
_IN_THE_WAY = {
    "product.not_offered": "wait.not_offered",
    "price.too_high": "wait.price",
    "distance.too_far": "wait.far",
    "store.closed": "wait.closed",
    "lead.too_short": "wait.closed",
    "notice.too_short": "wait.closed",
    "time.no_overlap": "wait.closed",
    "time.unreachable": "wait.closed",
    "stock.short": "wait.full",
    "store.full": "wait.full",
    "offer.blocked": "wait.resting",
}


def wait_reply(
    *,
    key: str,
    product: str,
    waiting: int,
    needed: int,
    reason: str = "",
    answer_by: datetime | None = None,
    now: datetime | None = None,
) -> Reply:
    """Say honestly how many want it, how many are needed and when the buyer hears again.

    Where something else than a lack of people is in the way, that is said (``reason``).
    """
    values = {"product": product, "waiting": waiting, "needed": needed, "now": now}
    count = "wait.count" if 0 < waiting < needed else "wait.searching"
    if waiting == 1 and needed > 1:
        count = "wait.alone"
    count = _IN_THE_WAY.get(reason, count)
    promise = "wait.promise" if answer_by is not None else "wait.promise_open"
    return Reply(
        promise,
        {"answer_by": answer_by, "now": now},
        lead=(Line(count, values),),
        buttons=wait_buttons(key),
    )


def wait_buttons(key: str) -> tuple[Button, ...]:
    """Wider area, pause."""
    return (
        Button(f"intent.widen:{key}", "button.widen"),
        Button(f"intent.pause:{key}", "button.pause"),
    )

"""Messages that nobody asked for at that moment: which sentences and buttons each kind has.

Every builder names its parameters; those with a default may be left out. Values are raw: instants,
``Money``, integers, names. ``now`` lets days be said as today and tomorrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.replies import Button, Line, Reply


def notice_reply(kind: str, params: Mapping[str, Any]) -> Reply:
    """The message of ``kind``. Raises ``KeyError`` for an unknown kind."""
    return NOTICES[kind](**params)


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


def invite_reply(
    *,
    key: str,
    product: str,
    store: str,
    starts_at: datetime,
    ends_at: datetime,
    price: Money,
    answer_by: datetime | None,
    before: Money | None = None,
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


def ask_reply(
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
    now: datetime | None = None,
) -> Reply:
    """Ask a shop for a price; ``left`` is what it keeps of a piece, ``worst`` what it gives away."""
    exact = (price.minor - asked.minor) * 1000 // price.minor * 10
    terms = {"share": exact, "asked": asked, "worst": worst, "left": left}
    period = TimeRange(starts_at, ends_at)
    group = {"people": people, "product": product, "starts_at": starts_at, "period": period}
    return Reply(
        "ask.answer_by",
        {"answer_by": answer_by},
        lead=(
            Line("ask.group", {**group, "now": now}),
            Line("ask.terms" if left is not None else "ask.terms_without_cost", terms),
        ),
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


def coming_buttons(key: str) -> tuple[Button, ...]:
    """On my way, not coming."""
    return (
        Button(f"seat.on_way:{key}", "button.on_way"),
        Button(f"seat.release:{key}", "button.not_coming"),
    )


def wait_buttons(key: str) -> tuple[Button, ...]:
    """Wider area, pause."""
    return (
        Button(f"intent.widen:{key}", "button.widen"),
        Button(f"intent.pause:{key}", "button.pause"),
    )


def _reminder(
    *,
    key: str,
    product: str,
    store: str,
    starts_at: datetime,
    ends_at: datetime,
    code: str,
    panel_link: str,
    now: datetime | None = None,
) -> Reply:
    period = TimeRange(starts_at, ends_at)
    values = {"product": product, "store": store, "starts_at": starts_at, "now": now}
    return Reply(
        "notice.reminder_ask",
        lead=(
            Line("notice.reminder", {**values, "period": period}),
            Line("seat.code", {"code": code}),
        ),
        buttons=coming_buttons(key),
        link=panel_link,
    )


def _last_five_minutes(*, key: str, ends_at: datetime, now: datetime | None = None) -> Reply:
    values = {"ends_at": ends_at, "now": now}
    return Reply("notice.last_five_minutes", values, buttons=coming_buttons(key))


def _window_open(
    *, store: str, ends_at: datetime, code: str, panel_link: str, now: datetime | None = None
) -> Reply:
    return Reply(
        "seat.code",
        {"code": code},
        lead=(Line("notice.window_open", {"store": store, "ends_at": ends_at, "now": now}),),
        link=panel_link,
        link_phrase="link.pass",
    )


def _window_cancelled(
    *, store: str, starts_at: datetime, reason: str = "", now: datetime | None = None
) -> Reply:
    values = {"store": store, "starts_at": starts_at, "reason": reason, "now": now}
    phrase = "notice.window_cancelled_because" if reason else "notice.window_cancelled"
    return Reply("notice.nothing_lost", lead=(Line(phrase, values),))


def wait_reply(
    *,
    key: str,
    product: str,
    waiting: int,
    needed: int,
    answer_by: datetime | None = None,
    now: datetime | None = None,
) -> Reply:
    """Say honestly how many want it, how many are needed and when the buyer hears again."""
    values = {"product": product, "waiting": waiting, "needed": needed, "now": now}
    count = "wait.count" if 0 < waiting < needed else "wait.searching"
    promise = "wait.promise" if answer_by is not None else "wait.promise_open"
    return Reply(
        promise,
        {"answer_by": answer_by, "now": now},
        lead=(Line(count, values),),
        buttons=wait_buttons(key),
    )


def _nothing_found(*, key: str, product: str, now: datetime | None = None) -> Reply:
    return Reply(
        "notice.nothing_found",
        {"product": product, "now": now},
        buttons=(
            Button(f"intent.widen:{key}", "button.widen"),
            Button(f"intent.retime:{key}", "button.other_time"),
            Button(f"intent.cancel:{key}", "button.stop_looking"),
        ),
    )


def _ask_reminder(**params: Any) -> Reply:
    return ask_reply(**params).after(Line("notice.ask_reminder"))


def _ask_expired(*, product: str, people: int, answer_by: datetime) -> Reply:
    return Reply(
        "notice.ask_expired", {"product": product, "people": people, "answer_by": answer_by}
    )


def _ask_closed(*, product: str, starts_at: datetime, now: datetime | None = None) -> Reply:
    return Reply("notice.ask_closed", {"product": product, "starts_at": starts_at, "now": now})


def _seller_agreed(
    *,
    product: str,
    starts_at: datetime,
    ends_at: datetime,
    price: Money,
    people: int,
    board_link: str,
    now: datetime | None = None,
) -> Reply:
    period = TimeRange(starts_at, ends_at)
    values = {"product": product, "starts_at": starts_at, "period": period, "now": now}
    return Reply(
        "notice.seller_agreed",
        {**values, "price": price, "people": people},
        link=board_link,
        link_phrase="link.board",
    )


def _seller_get_ready(
    *,
    product: str,
    starts_at: datetime,
    ends_at: datetime,
    expected: int,
    low: int,
    high: int,
    prepare: int,
    board_link: str,
    first_at: datetime | None = None,
) -> Reply:
    period = TimeRange(starts_at, ends_at)
    values = {"period": period, "expected": expected, "low": low, "high": high}
    first = () if first_at is None else (Line("notice.first_arrivals", {"first_at": first_at}),)
    return Reply(
        "notice.prepare",
        {"prepare": prepare, "product": product},
        lead=(Line("notice.seller_get_ready", values), *first),
        link=board_link,
        link_phrase="link.board",
    )


def _seller_result(
    *,
    product: str,
    starts_at: datetime,
    came: int,
    expected: int,
    board_link: str,
    revenue: Money | None = None,
    now: datetime | None = None,
) -> Reply:
    values = {"product": product, "starts_at": starts_at, "came": came, "expected": expected}
    lead = () if revenue is None else (Line("notice.revenue", {"revenue": revenue}),)
    reply = Reply(
        "notice.seller_result", {**values, "now": now}, link=board_link, link_phrase="link.board"
    )
    return reply.after(*lead)


def _did_not_come(*, key: str, starts_at: datetime, now: datetime | None = None) -> Reply:
    return Reply(
        "notice.did_not_come",
        {"starts_at": starts_at, "now": now},
        buttons=(
            Button(f"absence.late:{key}", "button.was_late"),
            Button(f"absence.store:{key}", "button.store_issue"),
            Button(f"absence.forgot:{key}", "button.forgot"),
        ),
    )


def _after(*, key: str, store: str, saved: Money | None = None) -> Reply:
    """``saved`` only with evidence of the price before."""
    phrase = "notice.after_saved" if saved is not None and saved.minor > 0 else "notice.after"
    return Reply(
        "notice.after_ask",
        lead=(Line(phrase, {"store": store, "saved": saved}),),
        buttons=(
            Button(f"after.right:{key}", "button.price_right"),
            Button(f"after.different:{key}", "button.price_different"),
        ),
    )


def _full(*, store: str, starts_at: datetime, now: datetime | None = None) -> Reply:
    return Reply("notice.full", {"store": store, "starts_at": starts_at, "now": now})


NOTICES: Mapping[str, Callable[..., Reply]] = {
    "invite": invite_reply,
    "reminder": _reminder,
    "last_five_minutes": _last_five_minutes,
    "window_open": _window_open,
    "window_cancelled": _window_cancelled,
    "wait_status": wait_reply,
    "nothing_found": _nothing_found,
    "ask": ask_reply,
    "ask_reminder": _ask_reminder,
    "ask_expired": _ask_expired,
    "ask_closed": _ask_closed,
    "seller_agreed": _seller_agreed,
    "seller_get_ready": _seller_get_ready,
    "seller_result": _seller_result,
    "did_not_come": _did_not_come,
    "after": _after,
    "full": _full,
}

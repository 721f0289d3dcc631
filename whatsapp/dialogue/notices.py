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
from whatsapp.dialogue.offers import (
    ask_reply,
    coming_buttons,
    invite_reply,
    seat_freed_reply,
    wait_reply,
)
from whatsapp.dialogue.replies import Button, Line, Reply


def notice_reply(kind: str, params: Mapping[str, Any]) -> Reply:
    """The message of ``kind``. Raises ``KeyError`` for an unknown kind."""
    return NOTICES[kind](**params)


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


def _place_gone(phrase: str) -> Callable[..., Reply]:
    """The seat, or the hope for one, has gone to somebody else; the wish stays open."""

    def build(*, store: str, starts_at: datetime, now: datetime | None = None) -> Reply:
        return Reply(phrase, {"store": store, "starts_at": starts_at, "now": now})

    return build


def _group_not_reached(
    *, store: str, starts_at: datetime, have: int, need: int, now: datetime | None = None
) -> Reply:
    values = {"store": store, "starts_at": starts_at, "have": have, "need": need, "now": now}
    return Reply("notice.nothing_lost", lead=(Line("notice.group_not_reached", values),))


def _seller_group_not_reached(
    *, product: str, starts_at: datetime, have: int, need: int, now: datetime | None = None
) -> Reply:
    values = {"product": product, "starts_at": starts_at, "have": have, "need": need}
    return Reply("notice.seller_group_not_reached", {**values, "now": now})


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


def _seller_get_ready(  # noqa: PLR0913 (what a notice says is its interface)
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
    "seat_freed": seat_freed_reply,
    "seat_lapsed": _place_gone("notice.seat_lapsed"),
    "list_ended": _place_gone("notice.list_ended"),
    "window_cancelled": _window_cancelled,
    "group_not_reached": _group_not_reached,
    "seller_group_not_reached": _seller_group_not_reached,
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

"""The facts of a notice at the moment it is sent; ``None`` when it is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from commerce.catalog import queries as catalog
from commerce.places import queries as places
from commerce.places.queries import StoreCard
from commerce.pricing import queries as pricing
from iceshop.kernel.geo import walk_m
from iceshop.kernel.money import Money
from windows.flash import queries as flash
from windows.flash.domain import LIVE_SEATS, InviteState, SeatState, WindowState
from windows.flash.queries import SeatCard, WindowCard
from windows.intents import queries as intents
from windows.intents.domain import IntentState
from windows.learning import queries as learning
from windows.negotiation import queries as negotiation
from windows.negotiation.domain import AskState
from windows.negotiation.queries import AskCard
from windows.notices.domain import NoticeKind
from windows.notices.queries import NoticeCard
from windows.outcomes import queries as outcomes
from windows.panel.links import panel_link
from windows.passes.queries import codes_of_seats, show_code
from windows.twin.domain import till_minutes
from windows.twin.queries import larger_discount
from windows.twin.response import acceptance

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Composed:
    """Raw values for the phrase book, and the zone in which times are meant.

    ``is_store_open`` is known of asks; ``window_id`` of what a buyer's panel can show.
    """

    params: Params
    zone: ZoneInfo
    is_store_open: bool = False
    window_id: UUID | None = None


def compose(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    """What ``notice`` says at ``now``, or ``None`` when its moment or its cause has gone."""
    return _COMPOSERS[notice.kind](notice, language, now)


def board_link() -> str:
    """Address of the seller's board."""
    return f"{settings.PUBLIC_URL}/board/"


def product_name(offering_id: UUID, language: str) -> str:
    """How people call what is sold."""
    return catalog.offering_card(offering_id).name(language)


def _ask(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    ask = negotiation.ask_card(notice.subject_id, now=now)
    if ask is None or ask.state is not AskState.ASKED:
        return None
    plan = pricing.terms_card(ask.offering_id).plan
    economics = ask.economics(cost_minor=plan.unit_cost_minor)
    left = economics.left_minor
    params: Params = {
        "key": str(ask.id),
        "people": ask.people,
        "product": product_name(ask.offering_id, language),
        "starts_at": ask.starts_at,
        "ends_at": ask.ends_at,
        "price": Money(ask.base_price_minor, ask.currency),
        "asked": Money(ask.price_minor, ask.currency),
        "worst": Money(economics.worst_case_minor, ask.currency),
        "left": None if left is None else Money(left, ask.currency),
        "break_even": economics.break_even_units,
        "till_minutes": till_minutes(
            ask.people, places.store_card(ask.store_id).people_per_five_minutes
        ),
        "larger": _larger(ask, now),
        "benefit": ask.benefit(language),
        "answer_by": ask.answer_by,
        "now": now,
    }
    return _to_store(params, ask.store_id, now)


def _to_store(params: Params, store_id: UUID, now: datetime) -> Composed:
    store = places.store_card(store_id)
    return Composed(params, store.zone, is_store_open=store.is_open_at(now))


def _larger(ask: AskCard, now: datetime) -> tuple[int, int, int] | None:
    """Basis points more, people who fit now and those who would, where open wishes show it."""
    found = larger_discount(ask, acceptance=acceptance(), now=now)
    if found is None or found.fit_then <= found.fit_now:
        return None
    return found.extra_percent * 100, found.fit_now, found.fit_then


def _ask_expired(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    ask = negotiation.ask_card(notice.subject_id, now=now)
    if ask is None:
        return None
    params: Params = {
        "product": product_name(ask.offering_id, language),
        "people": ask.people,
        "answer_by": ask.answer_by,
    }
    return _to_store(params, ask.store_id, now)


def _invite(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    invite = flash.invite_card(notice.subject_id, now=now)
    if invite is None or invite.state is not InviteState.INVITED:
        return None
    window = flash.window_card(invite.window_id, now=now)
    if window is None or window.seats_free < invite.party_size:
        return None
    store = places.store_card(window.store_id)
    intent = intents.intent_card(invite.intent_id) if invite.intent_id else None
    counts = flash.people_counts([window.id], now=now)[window.id]
    params: Params = {
        **_window(window, store, language, now),
        "key": str(invite.id),
        "price": window.price,
        "before": window.before,
        "benefit": window.benefit(language),
        "answer_by": invite.answer_by,
        "party": invite.party_size,
        "people": counts.unanswered + counts.confirmed,
        "walk_m": walk_m(intent.point, store.point) if intent and intent.point else None,
        "map_link": panel_link(window_id=window.id, person_id=notice.person_id),
    }
    return Composed(params, store.zone)


def _window(window: WindowCard, store: StoreCard, language: str, now: datetime) -> Params:
    return {
        "product": product_name(window.offering_id, language),
        "store": store.name,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "now": now,
    }


def _seat_and_window(notice: NoticeCard, now: datetime) -> tuple[SeatCard, WindowCard] | None:
    seat = flash.seat_card(notice.subject_id)
    window = flash.window_card(seat.window_id, now=now) if seat else None
    return (seat, window) if seat and window else None


def _reminder(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    found = _seat_and_window(notice, now)
    if found is None or found[0].state not in LIVE_SEATS:
        return None
    seat, window = found
    store = places.store_card(window.store_id)
    params = {
        **_window(window, store, language, now),
        "key": str(seat.id),
        "code": show_code(codes_of_seats([seat.id])[seat.id]),
        "panel_link": panel_link(window_id=window.id, person_id=seat.person_id),
    }
    return Composed(params, store.zone, window_id=window.id)


def _last_five_minutes(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    found = _seat_and_window(notice, now)
    if found is None or found[0].state not in LIVE_SEATS:
        return None
    seat, window = found
    params: Params = {"key": str(seat.id), "ends_at": window.ends_at, "now": now}
    return Composed(params, window.zone, window_id=window.id)


def _seat_freed(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    found = _seat_and_window(notice, now)
    if found is None or found[0].state is not SeatState.HELD or found[0].due_at is None:
        return None
    seat, window = found
    store = places.store_card(window.store_id)
    params = {
        **_window(window, store, language, now),
        "key": str(seat.id),
        "answer_by": seat.due_at,
    }
    return Composed(params, store.zone)


def _place_gone(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    found = _seat_and_window(notice, now)
    if found is None or found[0].state is not SeatState.RELEASED:
        return None
    store = places.store_card(found[1].store_id)
    params: Params = {"store": store.name, "starts_at": found[1].starts_at, "now": now}
    return Composed(params, store.zone)


def _window_cancelled(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    window = flash.window_card(notice.subject_id, now=now)
    if window is None or window.state is not WindowState.CANCELLED:
        return None
    params: Params = {
        "store": places.store_card(window.store_id).name,
        "starts_at": window.starts_at,
        "reason": window.cancel_reason,
        "now": now,
    }
    return Composed(params, window.zone, window_id=window.id)


def _group_not_reached(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    window = flash.window_card(notice.subject_id, now=now)
    if window is None or not window.group_was_small:
        return None
    confirmed = flash.confirmed_when_given_up(window.id)
    params: Params = {
        "store": places.store_card(window.store_id).name,
        "starts_at": window.starts_at,
        "have": confirmed,
        "need": window.min_people,
        "now": now,
    }
    if notice.kind is NoticeKind.SELLER_GROUP_NOT_REACHED:
        del params["store"]
        params["product"] = product_name(window.offering_id, language)
    return Composed(params, window.zone)


def _intent(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    intent = intents.intent_card(notice.subject_id)
    if intent is None or intent.state not in (IntentState.OPEN, IntentState.DROPPED):
        return None
    params: Params = {"key": str(intent.id), "product": intent.product_text, "now": now}
    if notice.kind is NoticeKind.WAIT_STATUS:
        params |= {
            "waiting": intent.people_waiting,
            "needed": intent.people_needed,
            "answer_by": intent.answer_by,
        }
    return Composed(params, intent.zone)


def _seller_agreed(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    window = _live_window(notice, now)
    if window is None:
        return None
    counts = flash.people_counts([window.id], now=now)[window.id]
    params: Params = {
        "product": product_name(window.offering_id, language),
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "price": window.price,
        "people": counts.unanswered + counts.confirmed,
        "board_link": board_link(),
        "now": now,
    }
    return Composed(params, window.zone)


def _seller_get_ready(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    window = _live_window(notice, now)
    if window is None:
        return None
    expected = learning.expected_people(window, now=now)
    params: Params = {
        "product": product_name(window.offering_id, language),
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "expected": round(expected.mean_milli / 1000),
        "low": expected.low,
        "high": expected.high,
        "prepare": expected.high,
        "board_link": board_link(),
    }
    return Composed(params, window.zone)


def _seller_result(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    window = flash.window_card(notice.subject_id, now=now)
    result = outcomes.result_of(notice.subject_id)
    if window is None or result is None:
        return None
    params: Params = {
        "product": product_name(window.offering_id, language),
        "starts_at": window.starts_at,
        "came": result.came,
        "expected": round(result.predicted.mean_milli / 1000),
        "revenue": Money(result.revenue_minor, result.currency),
        "board_link": board_link(),
        "now": now,
    }
    return _to_store(params, window.store_id, now)


def _did_not_come(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    found = _seat_and_window(notice, now)
    if found is None:
        return None
    seat, window = found
    params: Params = {"key": str(seat.id), "starts_at": window.starts_at, "now": now}
    return Composed(params, window.zone)


def _after(notice: NoticeCard, language: str, now: datetime) -> Composed | None:
    found = _seat_and_window(notice, now)
    if found is None:
        return None
    seat, window = found
    store = places.store_card(window.store_id)
    saved = None if window.before is None else (window.before - window.price) * seat.party_size
    params: Params = {
        "key": str(seat.id),
        "store": store.name,
        "saved": saved,
    }
    return Composed(params, store.zone, is_store_open=store.is_open_at(now))


def _live_window(notice: NoticeCard, now: datetime) -> WindowCard | None:
    window = flash.window_card(notice.subject_id, now=now)
    if window is None or window.state not in (WindowState.SCHEDULED, WindowState.OPEN):
        return None
    return window


_COMPOSERS: dict[NoticeKind, Callable[[NoticeCard, str, datetime], Composed | None]] = {
    NoticeKind.ASK: _ask,
    NoticeKind.ASK_REMINDER: _ask,
    NoticeKind.ASK_EXPIRED: _ask_expired,
    NoticeKind.INVITE: _invite,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.LAST_FIVE_MINUTES: _last_five_minutes,
    NoticeKind.SEAT_FREED: _seat_freed,
    NoticeKind.SEAT_LAPSED: _place_gone,
    NoticeKind.LIST_ENDED: _place_gone,
    NoticeKind.WINDOW_CANCELLED: _window_cancelled,
    NoticeKind.GROUP_NOT_REACHED: _group_not_reached,
    NoticeKind.SELLER_GROUP_NOT_REACHED: _group_not_reached,
    NoticeKind.WAIT_STATUS: _intent,
    NoticeKind.NOTHING_FOUND: _intent,
    NoticeKind.SELLER_AGREED: _seller_agreed,
    NoticeKind.SELLER_GET_READY: _seller_get_ready,
    NoticeKind.SELLER_RESULT: _seller_result,
    NoticeKind.DID_NOT_COME: _did_not_come,
    NoticeKind.AFTER: _after,
}

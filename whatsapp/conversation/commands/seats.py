"""What buyers do with invites and seats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from commerce.places import queries as places
from iceshop.kernel.errors import NotFound
from whatsapp.conversation.commands.deed import Deed, Outcome, key_of
from whatsapp.conversation.facts import window_facts
from whatsapp.dialogue import commands
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.domain import SeatState
from windows.flash.queries import ActiveWindow
from windows.flash.services import ListPlace
from windows.intents import services as intents
from windows.strikes import services as strikes
from windows.strikes.domain import LIMIT


def accept_invite(command: commands.AcceptInvite, deed: Deed) -> Outcome:
    """Take the seat, or wait for one where none is free."""
    result = windows.accept_or_wait(
        invite_id=key_of(command.key, "invite.unknown"),
        person_id=deed.person.id,
        party_size=command.party,
        by=deed.by,
        now=deed.now,
        said_at=deed.said_at,
    )
    if isinstance(result, ListPlace):
        return Outcome("seat.listed", _list_params(result, deed))
    params = _seat_params(result.seat_id, deed)
    return Outcome("seat.taken" if result.is_new else "seat.already", params)


def confirm_seat(command: commands.ConfirmSeat, deed: Deed) -> Outcome:
    """Say yes to a seat that came free."""
    seat_id = key_of(command.key, "seat.unknown")
    windows.confirm_seat(seat_id=seat_id, person_id=deed.person.id, now=deed.now)
    return Outcome("seat.taken", _seat_params(seat_id, deed))


def _list_params(place: ListPlace, deed: Deed) -> Mapping[str, Any]:
    window = flash.window_card(place.window_id, now=deed.now)
    if window is None:
        raise NotFound("seat.unknown")
    return {
        "key": str(place.seat_id),
        "store": places.store_card(window.store_id).name,
        "starts_at": window.starts_at,
        "position": place.position,
        "until": place.until,
    }


def _seat_params(seat_id: UUID, deed: Deed) -> Mapping[str, Any]:
    seat = flash.seat_card(seat_id)
    window = flash.window_card(seat.window_id, now=deed.now) if seat else None
    if seat is None or window is None:
        raise NotFound("seat.unknown")
    facts = window_facts(ActiveWindow(window, None, seat), deed.person, deed.language, deed.now)
    return {
        "key": facts.key,
        "product": facts.product,
        "store": facts.store,
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "price": facts.price,
        "before": facts.before,
        "party": facts.party,
        "code": facts.code,
        "panel_link": facts.panel_link,
        "cancel_free_until": facts.cancel_free_until,
    }


def decline_invite(command: commands.DeclineInvite, deed: Deed) -> Outcome:
    """Say no to the invite; the wish stays open."""
    windows.decline_invite(
        invite_id=key_of(command.key, "invite.unknown"), person_id=deed.person.id, now=deed.now
    )
    return Outcome("invite.declined")


def other_time(command: commands.AskOtherTime, deed: Deed) -> Outcome:
    """Say no to this time; look at the times that were named."""
    intent_id = windows.decline_invite(
        invite_id=key_of(command.key, "invite.unknown"), person_id=deed.person.id, now=deed.now
    )
    if intent_id is not None and command.intervals:
        intents.retime(intent_id=intent_id, spans=command.intervals, now=deed.now)
    return Outcome("invite.other_time")


def release_seat(command: commands.ReleaseSeat, deed: Deed) -> Outcome:
    """Give the seat back, the wish ends with it; or leave the list, and the wish stays open."""
    seat_id = key_of(command.key, "seat.unknown")
    seat = flash.seat_card(seat_id)
    windows.release_seat(
        seat_id=seat_id, person_id=deed.person.id, keeps_intent=False, by=deed.by, now=deed.now
    )
    waited = seat is not None and seat.state is SeatState.WAITING
    return Outcome("list.left" if waited else "seat.released")


def explain_absence(command: commands.ExplainAbsence, deed: Deed) -> Outcome:
    """Hear why the buyer did not come, and say what that means."""
    try:
        heard = strikes.hear(
            seat_id=key_of(command.key, "strike.unknown"),
            person_id=deed.person.id,
            is_stores_fault=command.reason == "store",
            now=deed.now,
        )
    except NotFound:
        return Outcome("absence.heard")
    if command.reason == "store":
        return Outcome("absence.store")
    if heard.is_accepted:
        return Outcome("absence.excused")
    code = "absence.limited" if heard.live >= LIMIT else "absence.noted"
    return Outcome(code, {"ends_at": heard.ends_at})


def change_party(command: commands.ChangeParty, deed: Deed) -> Outcome:
    """Come with more or fewer."""
    windows.change_party(
        seat_id=key_of(command.key, "seat.unknown"),
        person_id=deed.person.id,
        party_size=command.party,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("seat.party_changed", {"party": command.party})


def on_the_way(command: commands.SayOnTheWay, deed: Deed) -> Outcome:
    """Tell the shop that the buyer has left."""
    windows.say_on_way(
        seat_id=key_of(command.key, "seat.unknown"),
        person_id=deed.person.id,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("seat.on_the_way")

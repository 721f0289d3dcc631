"""What a buyer does on the panel; each function is one whole use-case."""

from __future__ import annotations

from datetime import datetime

from accounts.identity import services as identity
from iceshop.infra.db import operation
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import NotFound
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.domain import LIVE_SEATS
from windows.flash.queries import SeatCard
from windows.notices import services as notices
from windows.panel.links import PanelKey
from windows.panel.queries import subjects_of


@operation
def confirm(*, key: PanelKey, people: int | None, now: datetime) -> None:
    """Take a seat for ``people``, or for the party that was invited; twice is one seat.

    Where no seat is free, the person waits on the list.
    Raises what ``flash.services.accept_or_wait`` raises.
    """
    _accept(key, people, now)


@operation
def come_with(*, key: PanelKey, people: int, now: datetime) -> None:
    """Come as ``people``: change the seat that is held, or take one.

    Raises what ``flash.services.change_party`` and ``accept_invite`` raise.
    """
    seat = flash.seat_of(window_id=key.window_id, person_id=key.person_id)
    if seat is None or seat.state not in LIVE_SEATS:
        _accept(key, people, now)
        return
    windows.change_party(
        seat_id=seat.id,
        person_id=key.person_id,
        party_size=people,
        by=Actor.person(key.person_id),
        now=now,
    )


@operation
def decline(*, key: PanelKey, now: datetime) -> None:
    """Say no to the invite; the wish stays open. Raises what ``decline_invite`` raises."""
    invite = flash.invite_of(window_id=key.window_id, person_id=key.person_id, now=now)
    if invite is None:
        raise NotFound("invite.unknown")
    windows.decline_invite(invite_id=invite.id, person_id=key.person_id, now=now)


@operation
def confirm_seat(*, key: PanelKey, now: datetime) -> None:
    """Say yes to the seat that came free. Raises what ``flash.services.confirm_seat`` raises."""
    windows.confirm_seat(seat_id=_own_seat(key).id, person_id=key.person_id, now=now)


@operation
def set_off(*, key: PanelKey, now: datetime) -> None:
    """Say that one is on the way. Raises NotFound("seat.unknown"), Conflict("seat.used")."""
    windows.say_on_way(
        seat_id=_own_seat(key).id,
        person_id=key.person_id,
        by=Actor.person(key.person_id),
        now=now,
    )


@operation
def give_up(*, key: PanelKey, keeps_wish: bool, now: datetime) -> None:
    """Give the seat, or the place on the list, back; the wish goes on looking, or ends with it.

    Twice changes nothing.

    Raises: NotFound("seat.unknown"), Conflict("seat.used").
    """
    windows.release_seat(
        seat_id=_own_seat(key).id,
        person_id=key.person_id,
        keeps_intent=keeps_wish,
        by=Actor.person(key.person_id),
        now=now,
    )


@operation
def speak(*, key: PanelKey, language: str) -> None:
    """Use ``language`` with the person from now on, here and in messages.

    Raises: Invalid("identity.language").
    """
    identity.set_language(person_id=key.person_id, language=language)


@operation
def see_notices(*, key: PanelKey, now: datetime) -> None:
    """Note that the messages on the panel were read; they are not sent by another channel."""
    window = flash.window_card(key.window_id, now=now)
    if window is None:
        raise NotFound("window.unknown")
    invite = flash.invite_of(window_id=key.window_id, person_id=key.person_id, now=now)
    seat = flash.seat_of(window_id=key.window_id, person_id=key.person_id)
    notices.see_panel(
        person_id=key.person_id, subject_ids=subjects_of(window, invite, seat), now=now
    )


def _accept(key: PanelKey, people: int | None, now: datetime) -> None:
    invite = flash.invite_of(window_id=key.window_id, person_id=key.person_id, now=now)
    if invite is None:
        raise NotFound("invite.unknown")
    windows.accept_or_wait(
        invite_id=invite.id,
        person_id=key.person_id,
        party_size=people,
        by=Actor.person(key.person_id),
        now=now,
    )


def _own_seat(key: PanelKey) -> SeatCard:
    seat = flash.seat_of(window_id=key.window_id, person_id=key.person_id)
    if seat is None:
        raise NotFound("seat.unknown")
    return seat

"""The window's whole life against a tiny model: any deeds in any order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from commerce.stock.queries import StockCard, stock_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import DomainError
from windows.flash import queries, services
from windows.flash.domain import UndoReason
from windows.flash.models import Invite, Seat, Window
from windows.intents.models import Intent
from windows.outcomes import services as outcomes
from windows.outcomes.queries import result_of
from windows.tests.stories import NOON, buyer, minutes, new_shop, new_window, pass_of
from windows.tills import services as tills

SEATS, STOCK = 5, 20
STARTS, ANSWER_BY, ENDS = 10, 25, 30

FREE = ("none", "released")
LIVE = ("held", "on_way")


@dataclass
class Guest:
    """What the model knows of an invited person."""

    person_id: UUID
    intent_id: UUID
    seat: str = "none"
    party: int = 0
    invite: str = "invited"
    intent: str = "open"
    scan: str = ""
    scanned_minute: int = 0


guests = st.integers(0, 3)


class WindowLife(RuleBasedStateMachine):
    """Four guests, five seats, one clock in minutes after noon."""

    def __init__(self) -> None:
        """Give each life tables of its own: what the one before wrote is rolled back."""
        super().__init__()
        self.tables = transaction.atomic()
        # As Django's test case marks its own blocks: services may open theirs inside.
        self.tables._from_testcase = True  # type: ignore[attr-defined]  # not in the stubs
        self.tables.__enter__()

    def teardown(self) -> None:
        """Forget this life."""
        transaction.set_rollback(True)
        self.tables.__exit__(None, None, None)

    @initialize(parties=st.lists(st.integers(1, 2), max_size=2))
    def open_window(self, parties: list[int]) -> None:
        """Some begin at the till: hardly any run would come there with a seat in time."""
        self.shop = new_shop(stock_units=STOCK)
        people = [buyer(f"Kişi {number}") for number in range(4)]
        self.window_id = new_window(
            self.shop, *people, starts_in=STARTS, length=ENDS - STARTS, seats=SEATS
        ).id
        self.guests = [Guest(one.person_id, one.intent_id) for one in people if one.intent_id]
        self.minute = 0
        self.state = "scheduled"
        self.seats_max = SEATS
        self.is_paused = self.is_settled = False
        self.total: int | None = None
        for number, party in enumerate(parties):
            self.say_yes(number, party)
        self.minute = STARTS if parties else 0

    @property
    def now(self) -> Any:
        return NOON + minutes(self.minute)

    @property
    def taken(self) -> int:
        return sum(guest.party for guest in self.guests if guest.seat not in FREE)

    @property
    def came(self) -> int:
        return sum(guest.party for guest in self.guests if guest.seat == "checked_in")

    @property
    def is_over(self) -> bool:
        return self.state in ("closed", "cancelled") or self.minute >= ENDS

    def does(self, deed: Callable[[], Any], refusal: str) -> Any:
        """Do it; it must be refused with ``refusal``, or not at all."""
        result, said = None, ""
        try:
            result = deed()
        except DomainError as error:
            said = error.code
        assert said == refusal
        return result

    def seat_id(self, guest: Guest) -> UUID:
        return Seat.objects.get(window_id=self.window_id, person_id=guest.person_id).id

    def why_not_joined(self, more: int) -> str:
        if self.state == "cancelled":
            return "window.cancelled"
        if self.is_over:
            return "window.closed"
        if self.is_paused:
            return "window.joins_paused"
        return "window.full" if self.taken + more > self.seats_max else ""

    def count_out(self) -> None:
        """After somebody left: what the seller has nothing for is not given again."""
        if self.total is not None:
            self.seats_max = min(self.seats_max, max(self.taken, self.total))

    # Time.

    @rule(step=st.integers(1, 7))
    def time_passes(self, step: int) -> None:
        self.minute += step

    @rule()
    def tick(self) -> None:
        services.move_due(now=self.now)
        if self.state in ("scheduled", "open") and self.minute >= ENDS:
            self.state = "closed"
            for guest in self.guests:
                if guest.seat in LIVE:
                    guest.seat = "missed"
                    guest.intent = "expired" if guest.intent == "seated" else guest.intent
                if guest.invite == "invited":
                    guest.invite = "expired"
        elif self.state == "scheduled" and self.minute >= STARTS:
            self.state = "open"

    @rule()
    def result_is_recorded(self) -> None:
        outcomes.record_due(now=self.now)
        self.is_settled = self.is_settled or self.state in ("closed", "cancelled")

    # Guests.

    @rule(number=guests, party=st.integers(1, 3))
    def say_yes(self, number: int, party: int) -> None:
        guest = self.guests[number]
        invite = Invite.objects.get(window_id=self.window_id, person_id=guest.person_id)
        refusal = ""
        if self.state == "cancelled":
            refusal = "window.cancelled"
        elif guest.seat not in LIVE and self.minute >= ANSWER_BY:
            refusal = "invite.expired"
        elif guest.seat in FREE:
            refusal = self.why_not_joined(party)
        result = self.does(
            lambda: run_operation(
                services.accept_invite,
                invite_id=invite.id,
                person_id=guest.person_id,
                party_size=party,
                by=SYSTEM,
                now=self.now,
            ),
            refusal,
        )
        if not refusal:
            assert result.is_new is (guest.seat in FREE)
            if result.is_new:
                guest.seat, guest.party, guest.invite = "held", party, "accepted"
                guest.intent = "seated" if guest.intent == "open" else guest.intent

    @rule(number=guests)
    def say_no(self, number: int) -> None:
        guest = self.guests[number]
        invite = Invite.objects.get(window_id=self.window_id, person_id=guest.person_id)
        is_late = guest.invite == "invited" and self.minute >= ANSWER_BY
        self.does(
            lambda: run_operation(
                services.decline_invite,
                invite_id=invite.id,
                person_id=guest.person_id,
                now=self.now,
            ),
            "invite.expired" if is_late else "",
        )
        if guest.invite == "invited" and not is_late:
            guest.invite = "declined"

    def why_not_changed(self, guest: Guest) -> str:
        if guest.seat not in LIVE:
            return "seat.used"
        return "window.closed" if self.minute >= ENDS else ""

    @precondition(lambda self: any(guest.seat != "none" for guest in self.guests))
    @rule(data=st.data(), keeps=st.booleans())
    def give_back(self, data: st.DataObject, keeps: bool) -> None:
        guest = self.seated(data)
        refusal = "" if guest.seat == "released" else self.why_not_changed(guest)
        self.does(
            lambda: run_operation(
                services.release_seat,
                seat_id=self.seat_id(guest),
                person_id=guest.person_id,
                keeps_intent=keeps,
                by=SYSTEM,
                now=self.now,
            ),
            refusal,
        )
        if not refusal and guest.seat != "released":
            guest.seat, guest.invite = "released", "declined"
            if guest.intent == "seated":
                guest.intent = "open" if keeps else "cancelled"
            self.count_out()

    @precondition(lambda self: any(guest.seat != "none" for guest in self.guests))
    @rule(data=st.data(), party=st.integers(1, 4))
    def come_as(self, data: st.DataObject, party: int) -> None:
        guest = self.seated(data)
        more = party - guest.party
        refusal = self.why_not_changed(guest)
        if not refusal and more > 0:
            refusal = self.why_not_joined(more)
        self.does(
            lambda: run_operation(
                services.change_party,
                seat_id=self.seat_id(guest),
                person_id=guest.person_id,
                party_size=party,
                by=SYSTEM,
                now=self.now,
            ),
            refusal,
        )
        if not refusal:
            guest.party = party
            if more < 0:
                self.count_out()

    @precondition(lambda self: any(guest.seat != "none" for guest in self.guests))
    @rule(data=st.data())
    def set_off(self, data: st.DataObject) -> None:
        guest = self.seated(data)
        refusal = self.why_not_changed(guest)
        self.does(
            lambda: run_operation(
                services.say_on_way,
                seat_id=self.seat_id(guest),
                person_id=guest.person_id,
                by=SYSTEM,
                now=self.now,
            ),
            refusal,
        )
        if not refusal:
            guest.seat = "on_way"

    @precondition(lambda self: any(guest.seat != "none" for guest in self.guests))
    @rule(data=st.data(), nonce=st.uuids())
    def show_pass(self, data: st.DataObject, nonce: UUID) -> None:
        guest = self.seated(data)
        seat = queries.seat_card(self.seat_id(guest))
        assert seat is not None
        result = services.check_in(
            store_id=self.shop.store_id,
            code=pass_of(seat).code,
            nonce=str(nonce),
            device="till",
            by=SYSTEM,
            now=self.now,
        )
        assert result.code == self.answer_at_the_till(guest)
        if result.is_admitted:
            guest.seat = "checked_in"
            guest.intent = "done" if guest.intent == "seated" else guest.intent
            guest.scan, guest.scanned_minute = str(nonce), self.minute
            if data.draw(st.booleans()):
                self.take_back_of(guest, UndoReason.BY_MISTAKE)

    @precondition(lambda self: any(one.seat == "checked_in" for one in self.guests))
    @rule(data=st.data(), reason=st.sampled_from(UndoReason))
    def take_back(self, data: st.DataObject, reason: UndoReason) -> None:
        here = [one for one in self.guests if one.seat == "checked_in"]
        self.take_back_of(data.draw(st.sampled_from(here)), reason)

    def take_back_of(self, guest: Guest, reason: UndoReason) -> None:
        refusal = "window.cancelled" if self.state == "cancelled" else ""
        if self.minute - guest.scanned_minute > 2:
            refusal = "scan.undo_late"
        self.does(
            lambda: tills.undo(
                store_id=self.shop.store_id,
                device="till",
                nonce=guest.scan,
                reason=reason,
                by=SYSTEM,
                now=self.now,
            ),
            refusal,
        )
        if refusal:
            return
        guest.seat = "missed" if self.is_over else "held"
        if guest.intent == "done":
            guest.intent = "expired" if self.is_over else "seated"

    def answer_at_the_till(self, guest: Guest) -> str:
        if guest.seat == "checked_in":
            return "pass.used"
        if self.state == "cancelled":
            return "pass.cancelled"
        if guest.seat == "released":
            return "pass.released"
        if self.minute < STARTS:
            return "pass.too_early"
        return "pass.admitted" if self.minute < ENDS else "pass.too_late"

    def seated(self, data: st.DataObject) -> Guest:
        return data.draw(st.sampled_from([one for one in self.guests if one.seat != "none"]))

    # The seller.

    @rule(is_paused=st.booleans())
    def pause(self, is_paused: bool) -> None:
        self.does(
            lambda: run_operation(
                services.set_joins_paused,
                window_id=self.window_id,
                is_paused=is_paused,
                by=SYSTEM,
                now=self.now,
            ),
            "window.closed" if self.is_over else "",
        )
        if not self.is_over:
            self.is_paused = is_paused

    @rule(left=st.integers(0, 6))
    def say_what_is_left(self, left: int) -> None:
        surplus = self.does(
            lambda: run_operation(
                services.limit_stock,
                window_id=self.window_id,
                left=left,
                by=SYSTEM,
                now=self.now,
            ),
            "window.closed" if self.is_over else "",
        )
        if not self.is_over:
            self.total = self.came + left
            self.seats_max = min(SEATS, max(self.taken, self.total))
            assert surplus == max(0, self.taken - self.total)

    @precondition(lambda self: self.minute > 12)
    @rule()
    def cancel(self) -> None:
        is_late = self.state != "cancelled" and self.is_over
        self.does(
            lambda: run_operation(
                services.cancel_window,
                window_id=self.window_id,
                reason="x",
                by=SYSTEM,
                now=self.now,
            ),
            "window.closed" if is_late else "",
        )
        if is_late or self.state == "cancelled":
            return
        self.state = "cancelled"
        for guest in self.guests:
            if guest.seat in LIVE:
                guest.seat, guest.invite = "released", "declined"
                guest.intent = "open" if guest.intent == "seated" else guest.intent
                self.count_out()
            if guest.invite == "invited":
                guest.invite = "withdrawn"

    # What holds always.

    @invariant()
    def tables_say_what_the_model_says(self) -> None:
        row = Window.objects.get(pk=self.window_id)
        assert (row.state, row.seats_taken, row.seats_max) == (
            self.state,
            self.taken,
            self.seats_max,
        )
        assert (row.joins_paused, row.is_settled) == (self.is_paused, self.is_settled)
        assert 0 <= row.seats_taken <= row.seats_max <= SEATS
        seats = dict(Seat.objects.filter(window=row).values_list("person_id", "state"))
        assert seats == {one.person_id: one.seat for one in self.guests if one.seat != "none"}
        invites = dict(Invite.objects.filter(window=row).values_list("person_id", "state"))
        assert invites == {one.person_id: one.invite for one in self.guests}
        wishes = Intent.objects.filter(pk__in=[one.intent_id for one in self.guests])
        assert dict(wishes.values_list("pk", "state")) == {
            one.intent_id: one.intent for one in self.guests
        }

    @invariant()
    def stock_is_held_until_it_is_settled(self) -> None:
        is_settled = self.state == "cancelled" or self.is_settled
        expected = StockCard(
            self.shop.offering_id,
            on_hand=STOCK - self.came if is_settled else STOCK,
            reserved=0 if is_settled else SEATS,
        )
        assert stock_card(self.shop.offering_id) == expected

    @invariant()
    def result_stands_once_it_is_recorded(self) -> None:
        result = result_of(self.window_id)
        has_result = self.is_settled and (self.state == "closed" or self.came > 0)
        assert (result is not None) is has_result
        if result is not None:
            assert (result.came, result.confirmed) == (self.came, self.taken)

    @invariant()
    def pages_do_not_wait_for_the_tick(self) -> None:
        card = queries.window_card(self.window_id, now=self.now)
        assert card is not None
        expected = self.state
        if self.state in ("scheduled", "open"):
            expected = "scheduled" if self.minute < STARTS else "open"
            expected = "closed" if self.minute >= ENDS else expected
        assert card.state == expected


@pytest.mark.django_db
def test_window_lives_as_the_model_says() -> None:
    run_state_machine_as_test(
        WindowLife,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Every named constraint of the windows app refuses the row that it is there for."""

from __future__ import annotations

import pytest
from django.db import models

from iceshop.infra.db import CONSTRAINT_CODES, operation, run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict
from iceshop.kernel.ids import new_id
from iceshop.tests.wrong_rows import changed, constraints_of, copied, refusals
from windows.flash import services as flash
from windows.flash.models import Invite, Seat, Window
from windows.intents.models import Intent, IntentSpan
from windows.learning import services as learning
from windows.learning.models import DriftCheck, Offset, ParameterSet, RangeCheck
from windows.negotiation.models import Ask, AskMember
from windows.notices.models import Notice
from windows.outcomes import services as outcomes
from windows.outcomes.models import SeatEstimate, SeatOutcome
from windows.passes import services as passes
from windows.passes.domain import Question
from windows.passes.models import Pass, PassScan, ScanQuestion
from windows.rounds.models import DecisionRecord, EngineMode, Round
from windows.strikes.models import Strike
from windows.tests.stories import (
    NOON,
    accept,
    buyer,
    minutes,
    new_ask,
    new_person,
    new_shop,
    new_window,
    show_pass,
    take_seat,
)
from windows.tills import services as tills
from windows.tills.models import TillDevice
from windows.twin.models import TwinCheck

pytestmark = pytest.mark.django_db


def make_world() -> None:
    """One row at least of every table, and a person with a seat in one of two windows at once."""
    shop = new_shop()
    people = buyer("Elif"), buyer("Mert")
    window = accept(new_ask(shop, *people))
    for person in people:
        seat = take_seat(window, person.person_id)
    learning.estimate_due(now=window.starts_at)
    show_pass(shop, seat, now=window.starts_at)
    scan = PassScan.objects.get()
    run_operation(
        passes.ask,
        kind=Question.PRICE,
        store_id=scan.store_id,
        scan_id=scan.id,
        other_id=None,
        now=window.starts_at,
    )
    tills.add_till(store_id=shop.store_id, name="Kasa", pin="7391", by=SYSTEM, now=NOON)
    PassScan.objects.create(
        store_id=scan.store_id,
        device="till-1",
        nonce="undo",
        is_admitted=False,
        code="pass.undone",
        at=window.starts_at,
        actor_kind="staff",
        undoes=scan,
    )
    flash.move_due(now=window.ends_at)
    outcomes.record_due(now=window.ends_at)
    learning.learn_due(now=window.ends_at)
    learning.check_drift(now=window.ends_at)
    learning.refit(now=window.ends_at)
    ParameterSet.objects.update(state="champion")
    held = new_window(new_shop(name="Bahariye"), people[0], starts_in=300)
    take_seat(held, people[0].person_id)
    new_window(new_shop(name="Kuzguncuk"), starts_in=310, seats=7)
    new_ask(new_shop(name="Yeldeğirmeni"), buyer("Ali", party_size=2))
    kept = Round.objects.create(
        at=NOON, seed=1, parameters_version="1", intents=1, offers=1, milliseconds=1
    )
    DecisionRecord.objects.create(
        round=kept,
        decision_key="k",
        action="DROP",
        people=1,
        score_permille=0,
        intents=[],
        reasons=[],
        result="applied",
    )
    EngineMode.objects.create(mode="rule", at=NOON, actor_kind="system", reason="test")
    TwinCheck.objects.create(
        window=Window.objects.all()[0],
        said_milli=1000,
        low=0,
        high=2,
        revenue_minor=1,
        answers=0,
        made_at=NOON,
    )


ASKED, ACCEPTED = {"state": "asked"}, {"state": "accepted"}
SHOW, OF_REGION = {"model": "show"}, {"person": None}
HELD, SCHEDULED = {"state": "held"}, {"state": "scheduled"}

WRONG = [
    copied(Notice, "notice_once"),
    changed(Notice, "notice_kind", kind="advert"),
    changed(Notice, "notice_class", notice_class="spam"),
    changed(Notice, "notice_useful_after_start", useful_until=models.F("not_before")),
    changed(Notice, "notice_outcome", outcome="say"),
    changed(Notice, "notice_channel", channel="fax"),
    changed(TwinCheck, "twin_check_range", low=9),
    copied(Intent, "intent_source_once"),
    changed(Intent, "intent_state", state="lost"),
    changed(Intent, "intent_party_size", party_size=0),
    changed(Intent, "intent_party_size", party_size=21),
    changed(Intent, "intent_point", latitude=None),
    changed(Intent, "intent_point", longitude=None),
    changed(Intent, "intent_point", latitude=90.1),
    changed(Intent, "intent_point", longitude=-180.1),
    changed(Intent, "intent_ended_when_over", {"state": "open"}, ended_at=NOON),
    changed(Intent, "intent_ended_when_over", {"state": "open"}, state="expired"),
    changed(IntentSpan, "intent_span_not_empty", ends_at=models.F("starts_at")),
    copied(Ask, "ask_once_per_decision", ASKED, starts_at=NOON, ends_at=NOON + minutes(1)),
    changed(Ask, "ask_state", ASKED, state="lost"),
    changed(Ask, "ask_not_empty", ends_at=models.F("starts_at")),
    changed(Ask, "ask_people", min_people=0),
    changed(Ask, "ask_people", max_people=1),
    changed(Ask, "ask_price", price_minor=0),
    changed(Ask, "ask_price", price_minor=14_501),
    changed(Ask, "ask_agreed_when_accepted", ACCEPTED, agreed_price_minor=None),
    changed(Ask, "ask_agreed_when_accepted", ASKED, agreed_price_minor=12_000),
    copied(Ask, "ask_offering_once_at_a_time", ASKED, decision_key="other"),
    copied(AskMember, "ask_member_once", {"is_live": False}),
    copied(
        AskMember,
        "ask_member_live_once",
        {"is_live": True},
        ask=lambda: Ask.objects.get(state="accepted"),
    ),
    copied(Window, "window_source_once", SCHEDULED, state="closed", closed_at=NOON),
    changed(Window, "window_state", SCHEDULED, state="lost", closed_at=NOON),
    changed(Window, "window_not_empty", {"state": "closed"}, ends_at=models.F("starts_at")),
    changed(Window, "window_seats_within_cap", seats_taken=models.F("seats_max") + 1),
    changed(Window, "window_closed_when_over", SCHEDULED, closed_at=NOON),
    changed(Window, "window_closed_when_over", SCHEDULED, state="cancelled"),
    copied(Window, "window_offering_no_overlap", SCHEDULED, source_key="other", ask=None),
    copied(Invite, "invite_once_per_person"),
    changed(Invite, "invite_state", state="lost"),
    changed(Invite, "invite_party_size", party_size=0),
    copied(Seat, "seat_once_per_person", {"state": "missed"}),
    changed(Seat, "seat_state", {"state": "missed"}, state="lost"),
    changed(Seat, "seat_party_size", party_size=0),
    changed(Seat, "seat_checked_in_at", HELD, checked_in_at=NOON),
    changed(Seat, "seat_checked_in_at", HELD, state="checked_in", people_in=1),
    changed(Seat, "seat_released_at", HELD, released_at=NOON),
    changed(Seat, "seat_released_at", HELD, state="released"),
    changed(Seat, "seat_waits_until", HELD, state="waiting"),
    changed(Seat, "seat_waits_until", HELD, state="waiting", due_at=NOON),
    copied(Seat, "seat_person_no_overlap", HELD, window=lambda: Window.objects.get(seats_max=7)),
    changed(Pass, "pass_code_once", code="AAAAAA"),
    changed(Seat, "seat_people_in", {"state": "checked_in"}, people_in=0),
    changed(Seat, "seat_people_in", {"state": "checked_in"}, people_in=2),
    changed(Seat, "seat_people_in", HELD, people_in=1),
    copied(PassScan, "pass_scan_once"),
    changed(Strike, "strike_lasts_a_while", ends_at=models.F("missed_at")),
    changed(Strike, "strike_forgiven_because", forgiven_at=NOON),
    changed(Strike, "strike_forgiven_because", forgiven_because="visit"),
    changed(Strike, "strike_forgiven_because", forgiven_at=NOON, forgiven_because="mood"),
    copied(PassScan, "pass_scan_undone_once", {"nonce": "undo"}, nonce="undo-2"),
    changed(PassScan, "pass_scan_people", {"is_admitted": True}, people=0),
    changed(PassScan, "pass_scan_people", {"is_admitted": False}, people=1),
    changed(PassScan, "pass_scan_means", means="fax"),
    copied(TillDevice, "till_device_key_once", number=9),
    copied(TillDevice, "till_device_number_once", key="other"),
    changed(TillDevice, "till_device_pin", pin_hash=""),
    changed(TillDevice, "till_device_pin", is_linked=False),
    copied(ScanQuestion, "scan_question_once"),
    changed(ScanQuestion, "scan_question_kind", kind="lost"),
    changed(ScanQuestion, "scan_question_answer", answer="shop_pays"),
    changed(ScanQuestion, "scan_question_answer", answered_at=NOON),
    changed(ScanQuestion, "scan_question_answer", answer="lost", answered_at=NOON),
    changed(SeatOutcome, "seat_outcome_kind", {"kind": "no_show"}, kind="lost"),
    changed(SeatOutcome, "seat_outcome_paid_when_redeemed", {"kind": "no_show"}, paid_minor=1),
    changed(SeatEstimate, "seat_estimate_permille", permille=1000),
    changed(SeatEstimate, "seat_estimate_permille", permille=0),
    copied(ParameterSet, "parameter_set_version", SHOW, state="retired", trained_through=NOON),
    copied(ParameterSet, "parameter_set_once_a_moment", SHOW, state="retired", version=9),
    copied(ParameterSet, "parameter_set_one_champion", SHOW, trained_through=NOON, version=9),
    changed(ParameterSet, "parameter_set_words", SHOW, kind="guess"),
    changed(ParameterSet, "parameter_set_words", SHOW, reason="mood"),
    changed(Offset, "offset_of_person_or_region", OF_REGION, region=""),
    changed(Offset, "offset_of_person_or_region", {"region": ""}, region="841e2cfffffffff"),
    copied(Offset, "offset_once_per_region", OF_REGION),
    changed(Offset, "offset_precision", precision=0),
    changed(RangeCheck, "range_check_place", up_to_ppm=1_000_001),
    changed(RangeCheck, "range_check_place", below_ppm=models.F("up_to_ppm") + 1),
    changed(DriftCheck, "drift_check_word", drift="soon"),
    changed(DriftCheck, "drift_check_held", held_90=models.F("windows") + 1),
    copied(DecisionRecord, "decision_once_a_round"),
    changed(DecisionRecord, "decision_score", score_permille=1001),
    changed(EngineMode, "engine_mode_known", mode="luck"),
]


def test_every_wrong_row_is_refused_by_its_constraint() -> None:
    make_world()

    assert refusals(WRONG) == [wrong.constraint for wrong in WRONG]


def test_every_constraint_of_the_app_is_here() -> None:
    assert constraints_of("windows") == {wrong.constraint for wrong in WRONG}


CODES = {
    "ask_offering_once_at_a_time": "ask.already_asked",
    "ask_member_live_once": "intent.in_other_ask",
    "window_offering_no_overlap": "window.overlaps",
    "window_seats_within_cap": "window.full",
    "seat_person_no_overlap": "seat.overlap",
    "seat_once_per_person": "seat.already",
}


def test_violation_becomes_the_refusal_it_means() -> None:
    make_world()

    said = {}
    for wrong in WRONG:
        if wrong.constraint in CODES:
            with pytest.raises(Conflict) as caught:
                operation(wrong.store)()
            said[wrong.constraint] = caught.value.code
    assert said == CODES
    assert CODES.items() <= CONSTRAINT_CODES.items()


def test_stranger_may_hold_the_same_time() -> None:
    make_world()
    seat = Seat.objects.get(state="held")
    seat.pk, seat.person_id, seat._state.adding = new_id(), new_person(), True
    seat.save(force_insert=True)

    assert Seat.objects.filter(state="held").count() == 2

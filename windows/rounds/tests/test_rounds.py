from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan, Tier
from iceshop.infra.db import TransactionMisuse, run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.witness import nothing_written
from windows.engine.decide import decide
from windows.flash import services as flash
from windows.flash.models import Invite, Seat, Window
from windows.flash.queries import WindowCard
from windows.flash.services import InvitedPerson
from windows.intents.models import Intent
from windows.negotiation import services as negotiation
from windows.negotiation.models import Ask, AskMember
from windows.rounds import services, snapshot
from windows.rounds.models import DecisionRecord, Round
from windows.rounds.services import RoundReport
from windows.rounds.tests.deeds import ANSWER, decisions, refuse, row_of, run, shop_with_ladder
from windows.tests.stories import (
    NOON,
    buyer,
    minutes,
    new_person,
    new_shop,
    new_window,
    take_seat,
    wish,
)
from windows.tests.traces import Planned, due_kinds, intent_moves, planned

pytestmark = pytest.mark.django_db


def test_nobody_wants_anything() -> None:
    shop_with_ladder()
    with nothing_written():
        assert run() == RoundReport(0, 0)


def test_one_buyer_waits_and_the_reason_is_stored_once() -> None:
    shop_with_ladder(people=3)
    person = buyer(party_size=2)

    assert run() == RoundReport(intents=1, decided=1)

    row = row_of(person)
    assert (row.people_waiting, row.people_needed, row.wait_reason) == (2, 3, "group.too_small")
    assert decisions() == [("WAIT_FOR_BUYERS", "waiting", ["group.too_small"])]
    with nothing_written():
        assert run(NOON + timedelta(seconds=10)) == RoundReport(intents=1, decided=0)


def test_another_buyer_near_is_news_for_those_who_wait() -> None:
    shop_with_ladder(people=5)
    person = buyer(party_size=2)
    run()
    buyer("Mert")

    assert run(NOON + timedelta(seconds=10)).decided == 2
    assert row_of(person).people_waiting == 3


def test_group_that_is_reached_is_asked_about() -> None:
    shop = shop_with_ladder()
    people = buyer("Elif"), buyer("Mert")

    assert run() == RoundReport(intents=2, decided=1)

    ask = Ask.objects.get()
    assert (ask.store_id, ask.offering_id, ask.state) == (
        shop.store_id,
        shop.offering_id,
        "asked",
    )
    assert (ask.people, ask.min_people, ask.max_people) == (2, 2, 20)
    assert (ask.price_minor, ask.base_price_minor, ask.currency) == (12_000, 14_500, "TRY")
    assert ask.answer_by == NOON + ANSWER
    assert ask.ends_at - ask.starts_at == minutes(10)
    assert ask.starts_at >= ask.answer_by + minutes(1)
    members = set(AskMember.objects.values_list("person_id", "budget_minor"))
    assert members == {(one.person_id, 13_000) for one in people}
    assert due_kinds(ask.id) == ["ask", "ask_reminder"]


def test_decision_is_kept_with_its_reasons() -> None:
    shop = shop_with_ladder()
    people = buyer("Elif"), buyer("Mert")
    run(NOON + timedelta(seconds=20))

    kept = Round.objects.get()
    assert kept.at == NOON + timedelta(seconds=20)
    assert kept.part_key == f"store:{shop.store_id}"
    assert (kept.intents, kept.offers, kept.parameters_version) == (2, 1, "1")
    decision = DecisionRecord.objects.get()
    assert (decision.action, decision.result) == ("ASK_SELLER", "applied")
    assert decision.offering_id == shop.offering_id
    assert decision.starts_at == Ask.objects.get().starts_at
    assert (decision.price_minor, decision.people) == (12_000, 2)
    assert set(decision.intents) == {str(one.intent_id) for one in people}
    assert decision.reasons == [
        {"code": "group.reached", "have": 2, "need": 2},
        {"code": "mandate.missing", "offer": str(shop.offering_id)},
    ]
    assert Ask.objects.get().decision_key.startswith(decision.decision_key)


def test_asked_group_is_not_asked_about_again() -> None:
    shop_with_ladder()
    buyer("Elif")
    buyer("Mert")
    run()
    run()  # looks once more: there is an ask now

    for seconds in (0, 10, 60, 119):
        with nothing_written():
            assert run(NOON + timedelta(seconds=seconds)).decided == 0


def test_shop_that_said_no_rests_for_an_hour() -> None:
    shop_with_ladder()
    for name in ("Elif", "Mert"):
        buyer(name)
    run()
    refuse(NOON)

    run(NOON + minutes(1))
    assert Ask.objects.count() == 1
    assert set(Intent.objects.values_list("wait_reason", flat=True)) == {"offer.blocked"}

    run(NOON + minutes(59))
    assert Ask.objects.count() == 1
    run(NOON + minutes(60))
    assert Ask.objects.count() == 2


def test_shop_that_kept_silent_rests_shorter_and_the_next_is_asked() -> None:
    first = shop_with_ladder()
    buyer("Elif")
    buyer("Mert")
    run()
    negotiation.expire_due(now=NOON + ANSWER)
    second = shop_with_ladder(name="Bahariye")

    run(NOON + ANSWER)

    assert Ask.objects.latest("created_at").store_id == second.store_id
    refuse(NOON + ANSWER)
    run(NOON + ANSWER + minutes(15))
    assert Ask.objects.latest("created_at").store_id == first.store_id


def test_standing_rule_opens_the_window_without_asking() -> None:
    shop = shop_with_ladder(by_rule=True)
    people = buyer("Elif"), buyer("Mert")

    assert run() == RoundReport(intents=2, decided=1)

    window = Window.objects.get()
    assert (window.offering_id, window.state, window.price_minor) == (
        shop.offering_id,
        "scheduled",
        12_000,
    )
    assert Ask.objects.values_list("state", "by_rule").get() == ("accepted", True)
    assert set(Invite.objects.values_list("person_id", flat=True)) == {
        one.person_id for one in people
    }
    assert due_kinds(window.id) == ["seller_agreed", "seller_get_ready"]
    assert decisions() == [("CREATE_WINDOW", "applied", ["group.reached", "mandate.given"])]
    run()
    with nothing_written():
        assert run(NOON + timedelta(seconds=10)).decided == 0


def test_new_wish_is_invited_to_a_window_with_free_seats_once() -> None:
    shop = shop_with_ladder()
    window = new_window(shop, starts_in=20)
    person = buyer()

    assert run().decided == 1

    invite = Invite.objects.get()
    assert (invite.window_id, invite.person_id, invite.intent_id) == (
        window.id,
        person.person_id,
        person.intent_id,
    )
    assert due_kinds(invite.id) == ["invite"]
    assert decisions() == [("NOTIFY_WAITLIST", "applied", ["seats.free"])]
    run()
    with nothing_written():
        assert run(NOON + timedelta(seconds=10)).decided == 0


def cancel_window(window: WindowCard) -> None:
    run_operation(flash.cancel_window, window_id=window.id, reason="x", by=SYSTEM, now=NOON)


def pause_window(window: WindowCard) -> None:
    run_operation(flash.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON)


@pytest.mark.parametrize("deed", [cancel_window, pause_window])
def test_nobody_is_invited_where_nobody_is_taken_in(deed: Callable[[WindowCard], None]) -> None:
    window = new_window(shop_with_ladder(), starts_in=20)
    buyer()
    deed(window)

    run()

    assert not Invite.objects.exists()


def test_window_with_too_few_seats_for_the_party_is_not_offered() -> None:
    new_window(shop_with_ladder(), starts_in=20, seats=2)
    buyer(party_size=3)
    small = buyer(party_size=2)

    run()

    assert [one.person_id for one in Invite.objects.all()] == [small.person_id]


def say_no(window: WindowCard, person: InvitedPerson) -> None:
    invite = Invite.objects.get(window_id=window.id, person_id=person.person_id)
    run_operation(flash.decline_invite, invite_id=invite.id, person_id=person.person_id, now=NOON)


def give_back(window: WindowCard, person: InvitedPerson) -> None:
    seat = take_seat(window, person.person_id)
    run_operation(
        flash.release_seat,
        seat_id=seat.id,
        person_id=person.person_id,
        keeps_intent=True,
        by=SYSTEM,
        now=NOON,
    )


@pytest.mark.parametrize("deed", [say_no, give_back])
def test_refused_window_is_not_offered_again_to_the_same_person(
    deed: Callable[[WindowCard, InvitedPerson], None],
) -> None:
    window = new_window(shop_with_ladder(), starts_in=20)
    person = buyer()
    run()
    deed(window, person)
    other = buyer("Mert")

    run(NOON + minutes(1))

    waiting = Invite.objects.filter(state="invited").values_list("person_id", flat=True)
    assert list(waiting) == [other.person_id]
    assert Invite.objects.count() == 2


def test_seat_that_was_taken_without_an_invite_and_given_back_is_not_offered() -> None:
    window = new_window(shop_with_ladder(), starts_in=20)
    person = buyer()
    seat = run_operation(
        flash.join,
        window_id=window.id,
        person_id=person.person_id,
        party_size=1,
        intent_id=person.intent_id,
        by=SYSTEM,
        now=NOON,
    )
    run_operation(
        flash.release_seat,
        seat_id=seat.seat_id,
        person_id=person.person_id,
        keeps_intent=True,
        by=SYSTEM,
        now=NOON,
    )

    run()

    assert not Invite.objects.exists()
    assert Seat.objects.get().state == "released"


def test_freed_seat_goes_to_the_next_in_the_next_round() -> None:
    window = new_window(shop_with_ladder(), starts_in=20, seats=1)
    first, second = buyer("Elif"), buyer("Mert")
    run()
    invited = Invite.objects.get()
    (taker, waiter) = (first, second) if invited.person_id == first.person_id else (second, first)
    seat = take_seat(window, taker.person_id)
    assert run(NOON + timedelta(seconds=10)).decided <= 1
    assert Invite.objects.count() == 1

    run_operation(
        flash.release_seat,
        seat_id=seat.id,
        person_id=taker.person_id,
        keeps_intent=False,
        by=SYSTEM,
        now=NOON + minutes(1),
    )
    run(NOON + minutes(1))

    assert Invite.objects.filter(state="invited").get().person_id == waiter.person_id


# The promise to write either way, and the end of a wish.


def test_promise_is_kept_once_at_its_time() -> None:
    shop_with_ladder(people=5)
    person = buyer()
    row = row_of(person)
    run(row.answer_by - timedelta(seconds=1))
    assert planned(row.id) == []

    run(row.answer_by)
    run(row.answer_by + timedelta(seconds=10))

    word = Planned("nothing_found", person.person_id, row.answer_by, row.ends_at, "due", "")
    assert planned(row.id) == [word]
    row.refresh_from_db()
    assert (row.state, row.promised_told_at) == ("open", row.answer_by)


def test_late_round_keeps_the_promise_late() -> None:
    shop_with_ladder(people=5)
    person = buyer()
    row = row_of(person)

    late = row.answer_by + minutes(20)
    run(late)

    assert planned(row.id)[0].not_before == late


def test_wish_without_a_minute_left_is_dropped_with_a_word() -> None:
    shop_with_ladder(people=5)
    person = new_person()
    card = wish(person, hours=1, now=NOON + timedelta(seconds=30))
    last = card.ends_at - timedelta(seconds=20)

    assert run(last) == RoundReport(intents=1, decided=1)

    assert intent_moves(card.id)[-1] == ("drop", "dropped", "time.passed")
    word = Planned("nothing_found", person, last, last + minutes(30), "due", "")
    assert planned(card.id) == [word]
    assert decisions() == [("DROP", "applied", ["time.passed"])]
    with nothing_written():
        assert run(last) == RoundReport(0, 0)


def test_somebody_who_was_told_is_not_told_again_at_the_end() -> None:
    shop_with_ladder(people=5)
    card = wish(new_person(), hours=2, now=NOON + timedelta(seconds=30))
    run(card.answer_by)
    run(card.ends_at - timedelta(seconds=20))

    assert [one.kind for one in planned(card.id)] == ["nothing_found"]
    assert Intent.objects.get().state == "dropped"


# Robust.


def test_decision_that_fails_leaves_the_rest() -> None:
    blocked = shop_with_ladder()
    free = new_shop(name="Çaycı", concept="tea")
    run_operation(
        pricing.set_ladder,
        offering_id=free.offering_id,
        tiers=[Tier.fixed(2, 12_000)],
        by=SYSTEM,
        now=NOON,
    )
    for concept in ("coffee", "tea"):
        for _ in range(2):
            wish(new_person(), concept=concept)
    taken = snapshot.take(now=NOON)
    # Meanwhile the price of the first shop fell under what it allows.
    run_operation(
        pricing.set_deal,
        offering_id=blocked.offering_id,
        terms=TermsPlan(floor_price_minor=13_000),
        tiers=[],
        by=SYSTEM,
        now=NOON,
    )

    results = _apply_all(taken)

    assert results == {"ask.below_floor", "applied"}
    assert Ask.objects.get().offering_id == free.offering_id


def _apply_all(taken: snapshot.Taken) -> set[str]:
    decided = decide(taken.snapshot, snapshot.parameters(), 0)
    return {services.apply(decision=decision, taken=taken, now=NOON) for decision in decided}


def test_same_snapshot_applied_twice_changes_nothing() -> None:
    shop_with_ladder()
    buyer("Elif")
    buyer("Mert")
    taken = snapshot.take(now=NOON)
    assert _apply_all(taken) == {"applied"}

    with nothing_written():
        _apply_all(taken)


def test_round_does_not_run_inside_a_transaction() -> None:
    with pytest.raises(TransactionMisuse):
        run_operation(services.run, now=NOON)

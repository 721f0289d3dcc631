from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole
from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import DomainError
from iceshop.tests.witness import nothing_written
from windows.flash.services import InvitedPerson
from windows.negotiation import services
from windows.negotiation.domain import AskState
from windows.negotiation.models import Ask, AskMember
from windows.negotiation.queries import AskCard, ask_card
from windows.negotiation.services import Agreement, Proposal, ProposedMember
from windows.tests.stories import NOON, Shop, buyer, minutes, new_ask, new_person, new_shop
from windows.tests.traces import Planned, ask_moves, due_kinds, planned, refused

pytestmark = pytest.mark.django_db

STAFF = Actor.staff(7)
TEN_PAST = NOON + minutes(10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def people() -> tuple[InvitedPerson, ...]:
    return buyer("Elif"), buyer("Mert", party_size=2)


@pytest.fixture
def ask(shop: Shop, people: tuple[InvitedPerson, ...]) -> AskCard:
    """Three people, 120 TL instead of 145, floor 100; to be answered by ten past."""
    return new_ask(shop, *people)


def proposal(shop: Shop, *, key: str = "decision:1", price_minor: int = 12_000) -> Proposal:
    return Proposal(
        decision_key=key,
        store_id=shop.store_id,
        offering_id=shop.offering_id,
        starts_at=NOON + minutes(30),
        ends_at=NOON + minutes(50),
        people=3,
        min_people=2,
        max_people=10,
        price_minor=price_minor,
        base_price_minor=14_500,
        currency="TRY",
        benefit_tr="çay bizden",
        benefit_en="tea is on us",
        answer_by=TEN_PAST,
    )


def members(*people: InvitedPerson, budget: int | None = 13_000) -> tuple[ProposedMember, ...]:
    return tuple(
        ProposedMember(one.intent_id, one.person_id, one.party_size, budget)
        for one in people
        if one.intent_id is not None
    )


def put(asked: Proposal, of: tuple[ProposedMember, ...], *, now: datetime = NOON) -> AskCard:
    return run_operation(services.ask, proposal=asked, members=of, by=Actor.rule("engine"), now=now)


def accept(ask_id: UUID, *, is_confirmed: bool = False, now: datetime = NOON) -> Agreement:
    return run_operation(
        services.accept, ask_id=ask_id, is_confirmed=is_confirmed, by=STAFF, now=now
    )


def counter(ask_id: UUID, price_minor: int, *, now: datetime = NOON) -> Agreement:
    return run_operation(
        services.counter,
        ask_id=ask_id,
        price_minor=price_minor,
        is_confirmed=False,
        by=STAFF,
        now=now,
    )


def refuse(ask_id: UUID, *, now: datetime = NOON) -> None:
    run_operation(services.refuse, ask_id=ask_id, by=STAFF, now=now)


def leave(person: InvitedPerson) -> None:
    assert person.intent_id is not None
    run_operation(services.leave, intent_id=person.intent_id, now=NOON)


def state_of(ask_id: UUID) -> tuple[str, int | None, datetime | None]:
    row = Ask.objects.get(pk=ask_id)
    return row.state, row.agreed_price_minor, row.answered_at


def test_question_is_stored_and_put_to_those_who_decide_for_the_store(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    colleague = new_person("Ortak")
    for role, person_id in ((MemberRole.MANAGER, colleague), (MemberRole.STAFF, new_person())):
        run_operation(
            orgs.add_member,
            organisation_id=shop.organisation_id,
            role=role,
            person_id=person_id,
            by=SYSTEM,
            now=NOON,
        )
    card = put(proposal(shop), members(*people))

    assert card == ask_card(card.id, now=NOON)
    assert (card.state, card.people, card.price_minor) == (AskState.ASKED, 3, 12_000)
    assert (card.benefit_tr, card.benefit_en) == ("çay bizden", "tea is on us")
    assert (card.agreed_price_minor, card.answered_at, card.by_rule) == (None, None, False)
    assert ask_moves(card.id) == [("ask", "rule", {"price_minor": 12_000})]
    assert set(planned(card.id)) == {
        Planned(kind, person, starts, TEN_PAST, "due", "")
        for person in (shop.seller_id, colleague)
        for kind, starts in (("ask", NOON), ("ask_reminder", NOON + minutes(5)))
    }
    rows = AskMember.objects.order_by("pk").values_list("person_id", "people", "budget_minor")
    assert list(rows) == [(one.person_id, one.party_size, 13_000) for one in people]


def test_same_decision_again_returns_the_stored_ask(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    card = put(proposal(shop), members(*people))

    with nothing_written():
        assert put(proposal(shop, price_minor=11_000), members(*people)) == card


def test_price_below_the_floor_is_never_asked(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    with refused("ask.below_floor"):
        put(proposal(shop, price_minor=9_999), members(*people))

    assert put(proposal(shop, price_minor=10_000), members(*people)).price_minor == 10_000


def test_offering_is_asked_about_a_time_once(shop: Shop, ask: AskCard) -> None:
    third = buyer("Ali", party_size=2)
    with refused("ask.already_asked"):
        put(proposal(shop), members(third))

    after = replace(proposal(shop), starts_at=NOON + minutes(50), ends_at=NOON + minutes(60))
    assert put(after, members(third)).state is AskState.ASKED


def test_answered_ask_leaves_its_time_free(shop: Shop, ask: AskCard) -> None:
    refuse(ask.id)

    assert put(proposal(shop), members(buyer("Ali", party_size=2))).state is AskState.ASKED


def test_wish_is_in_one_live_ask(people: tuple[InvitedPerson, ...], ask: AskCard) -> None:
    elsewhere = new_shop(name="Bahariye")
    with refused("intent.in_other_ask"):
        put(proposal(elsewhere), members(people[0]))

    refuse(ask.id)
    assert put(proposal(elsewhere), members(people[0])).people == 3


def test_yes_agrees_on_the_asked_price_for_all(
    shop: Shop, people: tuple[InvitedPerson, ...], ask: AskCard
) -> None:
    agreement = accept(ask.id, now=NOON + minutes(2))

    assert agreement.price_minor == 12_000
    assert agreement.intent_ids == tuple(one.intent_id for one in people)
    assert agreement.ask == ask_card(ask.id, now=NOON + minutes(2))
    assert state_of(ask.id) == ("accepted", 12_000, NOON + minutes(2))
    assert ask_moves(ask.id)[1:] == [("accept", "staff", {"price_minor": 12_000, "people": 2})]
    assert due_kinds(ask.id) == []
    assert not AskMember.objects.filter(is_live=True).exists()


def test_second_yes_returns_the_first_agreement(ask: AskCard) -> None:
    first = accept(ask.id)

    with nothing_written():
        again = accept(ask.id, now=TEN_PAST + minutes(60))
    assert (again.price_minor, again.intent_ids) == (first.price_minor, first.intent_ids)


@pytest.mark.parametrize(
    "answer", [accept, refuse, lambda ask_id, now: counter(ask_id, 12_500, now=now)]
)
def test_answer_comes_in_time_or_never(ask: AskCard, answer: object) -> None:
    assert callable(answer)
    with refused("ask.expired") as caught:
        answer(ask.id, now=TEN_PAST)
    assert caught.value.params == {"at": TEN_PAST}

    answer(ask.id, now=TEN_PAST - SECOND)
    assert state_of(ask.id)[0] in ("accepted", "refused")


@pytest.mark.parametrize("answer", [accept, refuse, lambda ask_id: counter(ask_id, 12_500)])
def test_unknown_ask_is_not_found(answer: object) -> None:
    assert callable(answer)
    with refused("ask.unknown"):
        answer(uuid4())


def test_yes_after_no_and_no_after_yes_are_refused(shop: Shop, ask: AskCard) -> None:
    accept(ask.id)
    with refused("ask.already_answered") as caught:
        refuse(ask.id)
    assert caught.value.params == {"state": "accepted"}

    other = put(proposal(shop), members(buyer("Ali", party_size=2)))
    refuse(other.id)
    with refused("ask.already_answered") as caught:
        accept(other.id)
    assert caught.value.params == {"state": "refused"}


def test_no_ends_the_ask_once(ask: AskCard) -> None:
    refuse(ask.id, now=NOON + minutes(1))

    assert state_of(ask.id) == ("refused", None, NOON + minutes(1))
    assert ask_moves(ask.id)[1:] == [("refuse", "staff", {})]
    assert due_kinds(ask.id) == []
    assert not AskMember.objects.filter(is_live=True).exists()
    with nothing_written():
        refuse(ask.id, now=NOON + minutes(2))


def test_counter_binds_for_those_who_can_pay(shop: Shop) -> None:
    rich, poor = buyer("Elif", party_size=2), buyer("Mert")
    pair = members(rich, budget=13_000) + members(poor, budget=12_000)
    ask = put(proposal(shop), pair)

    agreement = counter(ask.id, 12_500)

    assert agreement.price_minor == 12_500
    assert agreement.intent_ids == (rich.intent_id,)
    assert state_of(ask.id) == ("accepted", 12_500, NOON)
    assert ask_moves(ask.id)[1:] == [
        ("counter", "staff", {"price_minor": 12_500}),
        ("accept", "staff", {"price_minor": 12_500, "people": 1}),
    ]


def test_agreed_counter_again_returns_the_agreement(ask: AskCard) -> None:
    first = counter(ask.id, 12_500)

    with nothing_written():
        again = counter(ask.id, 12_500)
        assert accept(ask.id).price_minor == 12_500
    assert again.intent_ids == first.intent_ids
    with refused("ask.already_answered"):
        counter(ask.id, 12_600)


@pytest.mark.parametrize(
    ("price", "code"),
    [
        (9_999, "ask.below_floor"),
        (13_001, "ask.too_few"),
        (14_501, "ask.not_a_discount"),
        (0, "ask.not_a_discount"),
    ],
)
def test_counter_that_does_not_bind_leaves_the_ask_waiting(
    ask: AskCard, price: int, code: str
) -> None:
    with refused(code):
        counter(ask.id, price)

    assert counter(ask.id, 10_000).price_minor == 10_000


def test_silent_ask_expires_with_its_planned_moment_and_a_word(shop: Shop, ask: AskCard) -> None:
    with nothing_written():
        assert services.expire_due(now=TEN_PAST - SECOND) == 0
    late = TEN_PAST + minutes(3)
    assert services.expire_due(now=late) == 1
    with nothing_written():
        assert services.expire_due(now=late) == 0

    assert state_of(ask.id) == ("expired", None, TEN_PAST)
    assert ask_moves(ask.id)[1:] == [("expire", "system", {})]
    ended = Planned("ask_expired", shop.seller_id, late, TEN_PAST + minutes(30), "due", "")
    assert [one for one in planned(ask.id) if one.state == "due"] == [ended]
    assert not AskMember.objects.filter(is_live=True).exists()


def test_expiry_hours_late_says_nothing_any_more(ask: AskCard) -> None:
    assert services.expire_due(now=TEN_PAST + timedelta(hours=5)) == 1

    assert state_of(ask.id)[2] == TEN_PAST
    assert due_kinds(ask.id) == []


def test_answered_asks_do_not_expire(ask: AskCard) -> None:
    accept(ask.id)

    with nothing_written():
        assert services.expire_due(now=TEN_PAST + minutes(1)) == 0


def test_ask_waits_without_the_one_who_left_and_ends_when_too_few_are_left(
    people: tuple[InvitedPerson, ...], ask: AskCard
) -> None:
    leave(people[0])
    assert state_of(ask.id)[0] == "asked"
    assert accept_would_reach(ask) == (people[1].intent_id,)
    with nothing_written():
        leave(people[0])

    leave(people[1])
    assert state_of(ask.id) == ("withdrawn", None, NOON)
    assert ask_moves(ask.id)[1:] == [("withdraw", "system", {})]
    assert due_kinds(ask.id) == []
    with refused("ask.already_answered") as caught:
        accept(ask.id)
    assert caught.value.params == {"state": "withdrawn"}


def accept_would_reach(ask: AskCard) -> tuple[UUID, ...]:
    live = AskMember.objects.filter(ask_id=ask.id, is_live=True).order_by("pk")
    return tuple(live.values_list("intent_id", flat=True))


def test_leaving_where_nothing_was_asked_changes_nothing() -> None:
    person = buyer()
    with nothing_written():
        leave(person)


def test_leaving_after_the_yes_changes_nothing(
    people: tuple[InvitedPerson, ...], ask: AskCard
) -> None:
    accept(ask.id)
    with nothing_written():
        leave(people[0])


def test_standing_rule_agrees_without_asking_once(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    def agree() -> Agreement:
        return run_operation(
            services.agree_by_rule,
            proposal=proposal(shop),
            members=members(*people),
            by=Actor.rule("engine"),
            now=NOON,
        )

    agreement = agree()

    assert agreement.ask.by_rule
    assert agreement.ask.state is AskState.ACCEPTED
    assert agreement.price_minor == 12_000
    assert agreement.intent_ids == tuple(one.intent_id for one in people)
    assert planned(agreement.ask.id) == []
    with nothing_written():
        assert agree() == agreement


def test_standing_rule_is_bound_by_the_floor_too(
    shop: Shop, people: tuple[InvitedPerson, ...]
) -> None:
    with pytest.raises(DomainError, match=r"^ask\.below_floor$"), nothing_written():
        run_operation(
            services.agree_by_rule,
            proposal=proposal(shop, price_minor=9_000),
            members=members(*people),
            by=Actor.rule("engine"),
            now=NOON,
        )


def test_ask_belongs_to_its_store(shop: Shop, ask: AskCard) -> None:
    assert services.is_of_store(ask_id=ask.id, store_id=shop.store_id)
    assert not services.is_of_store(ask_id=ask.id, store_id=new_shop(name="Başka").store_id)
    assert not services.is_of_store(ask_id=uuid4(), store_id=shop.store_id)


def costs(shop: Shop, unit_cost_minor: int) -> None:
    run_operation(
        pricing.put_terms,
        offering_id=shop.offering_id,
        terms=TermsPlan(floor_price_minor=10_000, unit_cost_minor=unit_cost_minor),
        by=SYSTEM,
        now=NOON,
    )


def test_deal_below_cost_waits_for_the_password(shop: Shop, ask: AskCard) -> None:
    costs(shop, 12_001)
    with refused("ask.below_cost"), nothing_written():
        accept(ask.id)
    with refused("ask.below_cost"), nothing_written():
        counter(ask.id, 11_000)
    assert counter(ask.id, 12_500).price_minor == 12_500


def test_confirmed_deal_below_cost_is_made(shop: Shop, ask: AskCard) -> None:
    costs(shop, 12_001)
    assert accept(ask.id, is_confirmed=True).price_minor == 12_000


def test_rule_never_agrees_below_cost(shop: Shop, people: tuple[InvitedPerson, ...]) -> None:
    costs(shop, 12_001)
    with refused("ask.below_cost"), nothing_written():
        run_operation(
            services.agree_by_rule,
            proposal=proposal(shop),
            members=members(*people),
            by=Actor.rule("engine"),
            now=NOON,
        )

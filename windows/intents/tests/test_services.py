from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import LimitReached
from iceshop.kernel.time import TimeRange
from iceshop.tests.witness import nothing_written
from windows.intents import services
from windows.intents.domain import IntentMove, IntentState, Wish
from windows.intents.models import Intent, IntentEvent
from windows.intents.queries import IntentCard, intent_card
from windows.tests.stories import ISTANBUL, NEARBY, NOON, minutes, new_person, wish
from windows.tests.traces import intent_moves, refused

pytestmark = pytest.mark.django_db

HOUR = TimeRange(NOON, NOON + timedelta(hours=1))
COFFEE = Wish(
    product_text="filtre kahve",
    concept_key="coffee",
    spans=(HOUR,),
    point=NEARBY,
    place_name="Caferağa",
    timezone=ISTANBUL,
    budget_minor=13_000,
    party_size=2,
    variant=("sütlü",),
)


@pytest.fixture
def person() -> UUID:
    return new_person()


def declare(
    person: UUID, asked: Wish = COFFEE, *, key: str = "message:1", replaces: UUID | None = None
) -> tuple[IntentCard, bool]:
    return run_operation(
        services.declare_intent,
        person_id=person,
        source_key=key,
        wish=asked,
        by=Actor.person(person),
        now=NOON,
        replaces=replaces,
    )


def move(intent_id: UUID, name: str, *, now: datetime = NOON) -> bool:
    return run_operation(
        services.move, intent_id=intent_id, move=IntentMove(name), by=SYSTEM, now=now, reason="why"
    )


def state_of(intent_id: UUID) -> tuple[str, datetime | None]:
    row = Intent.objects.get(pk=intent_id)
    return row.state, row.ended_at


def test_declared_wish_is_stored_as_said(person: UUID) -> None:
    card, is_new = declare(person)

    assert is_new
    assert card == IntentCard(
        id=card.id,
        person_id=person,
        state=IntentState.OPEN,
        product_text="filtre kahve",
        concept_key="coffee",
        party_size=2,
        budget_minor=13_000,
        currency="TRY",
        point=NEARBY,
        place_name="Caferağa",
        radius_m=1_500,
        timezone=ISTANBUL,
        spans=(HOUR,),
        ends_at=HOUR.end,
        answer_by=NOON + minutes(50),
        people_waiting=2,
        people_needed=0,
        wait_reason="",
        promised_told_at=None,
        created_at=NOON,
    )
    assert intent_card(card.id) == card
    assert Intent.objects.get().variant == ["sütlü"]
    assert intent_moves(card.id) == [("declare", "open", "")]
    assert IntentEvent.objects.values_list("actor_kind", "actor_key").get() == (
        "person",
        str(person),
    )


def test_same_message_again_returns_the_stored_wish(person: UUID) -> None:
    card, _ = declare(person)

    with nothing_written():
        assert declare(person, replace(COFFEE, party_size=5)) == (card, False)


def test_wish_for_any_place_has_no_point(person: UUID) -> None:
    card, _ = declare(person, replace(COFFEE, point=None))

    assert card.point is None


def test_impossible_wish_is_refused(person: UUID) -> None:
    past = replace(COFFEE, spans=(TimeRange(NOON - minutes(5), NOON),))

    with refused("intent.no_time_left"):
        declare(person, past)


def test_correction_ends_the_wish_that_it_replaces(person: UUID) -> None:
    first, _ = declare(person)

    second, is_new = declare(person, key="message:2", replaces=first.id)

    assert is_new
    assert state_of(first.id) == ("cancelled", NOON)
    assert intent_moves(first.id)[1:] == [("cancel", "cancelled", "corrected")]
    assert second.state is IntentState.OPEN


def test_refused_correction_leaves_the_old_wish(person: UUID) -> None:
    first, _ = declare(person)

    with refused("intent.party"):
        declare(person, replace(COFFEE, party_size=0), key="message:2", replaces=first.id)


def test_sixth_live_wish_is_refused_until_one_ends(person: UUID) -> None:
    cards = [declare(person, key=f"message:{number}")[0] for number in range(5)]

    with refused("intent.limit") as caught:
        declare(person, key="message:5")
    assert isinstance(caught.value, LimitReached)
    assert caught.value.params == {"retry_after_seconds": 3600, "most": 5}

    move(cards[0].id, "cancel")
    assert declare(person, key="message:5")[1]
    assert declare(new_person(), key="message:6")[1]


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (["pause"], "paused"),
        (["pause", "resume"], "open"),
        (["seat"], "seated"),
        (["pause", "seat"], "seated"),
        (["seat", "unseat"], "open"),
        (["seat", "unseat", "seat", "fulfil"], "done"),
        (["seat", "expire"], "expired"),
        (["drop"], "dropped"),
        (["pause", "cancel"], "cancelled"),
    ],
)
def test_moves_are_stored_with_events(path: list[str], state: str) -> None:
    intent_id = wish(new_person()).id

    assert [move(intent_id, name) for name in path] == [True] * len(path)

    is_over = state not in ("open", "paused", "seated")
    assert state_of(intent_id) == (state, NOON if is_over else None)
    assert [event[0] for event in intent_moves(intent_id)] == ["declare", *path]
    assert intent_moves(intent_id)[-1] == (path[-1], state, "why")


@pytest.mark.parametrize(
    ("path", "impossible"),
    [
        ([], "resume"),
        ([], "fulfil"),
        ([], "unseat"),
        (["pause"], "pause"),
        (["pause"], "drop"),
        (["seat"], "pause"),
        (["seat"], "seat"),
        (["cancel"], "seat"),
        (["expire"], "resume"),
        (["seat", "fulfil"], "cancel"),
    ],
)
def test_impossible_move_changes_nothing(path: list[str], impossible: str) -> None:
    intent_id = wish(new_person()).id
    for name in path:
        move(intent_id, name)

    with nothing_written():
        assert not move(intent_id, impossible)


def test_unknown_wish_does_not_move() -> None:
    with nothing_written():
        assert not move(uuid4(), "cancel")


@pytest.mark.parametrize(("asked", "kept"), [(3_000, 3_000), (1, 100), (60_000, 50_000)])
def test_search_is_widened_within_bounds(asked: int, kept: int) -> None:
    intent_id = wish(new_person()).id

    run_operation(services.widen, intent_id=intent_id, radius_m=asked, now=NOON)

    assert Intent.objects.get().radius_m == kept


def test_ended_wish_is_neither_widened_nor_moved_in_time() -> None:
    intent_id = wish(new_person()).id
    move(intent_id, "cancel")

    with refused("intent.unknown"):
        run_operation(services.widen, intent_id=intent_id, radius_m=3_000, now=NOON)
    with refused("intent.unknown"):
        run_operation(services.retime, intent_id=intent_id, spans=(HOUR,), now=NOON)


def test_other_times_replace_the_old_ones_and_the_promise() -> None:
    intent_id = wish(new_person()).id
    Intent.objects.update(promised_told_at=NOON)
    later = TimeRange(NOON + timedelta(hours=5), NOON + timedelta(hours=6))
    past = TimeRange(NOON - timedelta(hours=2), NOON - timedelta(hours=1))

    run_operation(services.retime, intent_id=intent_id, spans=(later, past), now=NOON)

    card = intent_card(intent_id)
    assert card is not None
    assert (card.spans, card.ends_at) == ((later,), later.end)
    assert card.answer_by == NOON + timedelta(hours=1)
    assert Intent.objects.get().promised_told_at is None


def test_other_times_that_are_past_are_refused() -> None:
    intent_id = wish(new_person()).id

    with refused("intent.no_time_left"):
        run_operation(
            services.retime,
            intent_id=intent_id,
            spans=(TimeRange(NOON - minutes(9), NOON),),
            now=NOON,
        )


def test_reason_to_wait_is_news_once() -> None:
    intent_id = wish(new_person()).id

    def note(waiting: int = 2, reason: str = "group.too_small") -> bool:
        return run_operation(
            services.note_wait, intent_id=intent_id, waiting=waiting, needed=3, reason=reason
        )

    assert note()
    with nothing_written():
        assert not note()
    assert note(waiting=1)
    assert note(waiting=1, reason="time.no_overlap")

    card = intent_card(intent_id)
    assert card is not None
    assert (card.people_waiting, card.people_needed, card.wait_reason) == (1, 3, "time.no_overlap")


def test_paused_wish_gets_no_reason_to_wait() -> None:
    intent_id = wish(new_person()).id
    move(intent_id, "pause")

    with nothing_written():
        assert not run_operation(
            services.note_wait, intent_id=intent_id, waiting=2, needed=3, reason="x"
        )


def test_promise_can_be_kept_once_and_not_before_its_time() -> None:
    card = wish(new_person(), hours=3)

    def claim(now: datetime) -> bool:
        return run_operation(services.claim_promise, intent_id=card.id, now=now)

    with nothing_written():
        assert not claim(card.answer_by - timedelta(seconds=1))
    assert claim(card.answer_by)
    with nothing_written():
        assert not claim(card.answer_by + minutes(1))
    assert Intent.objects.get().promised_told_at == card.answer_by


def test_wishes_whose_last_moment_passed_end_and_seats_keep_theirs() -> None:
    people = [new_person() for _ in range(4)]
    over, paused, seated = (wish(person, hours=1) for person in people[:3])
    longer = wish(people[3], hours=2)
    move(paused.id, "pause")
    move(seated.id, "seat")
    end = NOON + timedelta(hours=1)

    with nothing_written():
        assert services.expire_due(now=end - timedelta(seconds=1)) == 0
    late = end + minutes(7)
    assert services.expire_due(now=late) == 2
    with nothing_written():
        assert services.expire_due(now=late) == 0

    assert state_of(over.id) == ("expired", late)
    assert state_of(paused.id) == ("expired", late)
    assert state_of(seated.id) == ("seated", None)
    assert state_of(longer.id) == ("open", None)
    assert intent_moves(over.id)[-1] == ("expire", "expired", "time.passed")

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from accounts.identity import services
from accounts.identity.models import Person, PersonIdentifier
from accounts.identity.queries import PersonCard, people, person_by_identifier, person_card
from accounts.identity.tests.factories import NOON, PersonFactory, PersonIdentifierFactory
from iceshop.infra.db import TransactionMisuse, operation
from iceshop.kernel.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


def meet(
    *, phone: str | None = None, user_id: str | None = None, name: str = "Ayşe", language: str = ""
) -> PersonCard:
    return operation(services.find_or_create_person)(
        phone=phone, user_id=user_id, display_name=name, language=language, now=NOON
    )


def test_person_at_first_contact_is_made_with_both_identifiers() -> None:
    card = meet(phone="+90 532 000 00 01", user_id="TR.1", language="tr_TR")
    assert card == PersonCard(
        id=card.id,
        display_name="Ayşe",
        language="tr",
        phone="905320000001",
        user_id="TR.1",
        last_inbound_at=None,
    )


def test_person_at_second_contact_is_the_same() -> None:
    first = meet(phone="905320000001", user_id="TR.1")
    assert meet(phone="905320000001", user_id="TR.1") == first
    assert (Person.objects.count(), PersonIdentifier.objects.count()) == (1, 2)


def test_person_known_by_phone_gets_the_user_id() -> None:
    first = meet(phone="905320000001")
    assert meet(phone="905320000001", user_id="TR.1").id == first.id
    assert person_card(first.id).user_id == "TR.1"


def test_person_known_by_user_id_gets_the_new_phone_and_keeps_the_old_as_history() -> None:
    first = meet(phone="905320000001", user_id="TR.1")
    assert meet(phone="905320000002", user_id="TR.1").id == first.id
    assert person_card(first.id).phone == "905320000002"
    old = PersonIdentifier.objects.get(value="905320000001")
    assert (old.person_id, old.replaced_at) == (first.id, NOON)


def test_identifiers_of_two_persons_are_refused_and_nothing_changes() -> None:
    meet(phone="905320000001", user_id="TR.1")
    meet(phone="905320000002", user_id="TR.2")
    before = list(PersonIdentifier.objects.order_by("id").values())
    with pytest.raises(Conflict, match=r"identity\.disagrees"):
        meet(phone="905320000001", user_id="TR.2")
    assert list(PersonIdentifier.objects.order_by("id").values()) == before


def test_phone_that_passed_to_a_new_account_makes_a_new_person() -> None:
    first = meet(phone="905320000001", user_id="TR.1")
    second = meet(phone="905320000001", user_id="TR.9", name="Can")
    assert second.id != first.id
    assert person_card(first.id).phone is None
    assert second.phone == "905320000001"


def test_message_without_any_identifier_is_refused() -> None:
    with pytest.raises(Invalid, match=r"identity\.empty"):
        meet()


def test_step_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionMisuse):
        services.set_language(person_id=PersonFactory.create().pk, language="tr")


def test_external_person_is_made_once() -> None:
    make = operation(services.find_or_create_external)
    first = make(external_id="B123", now=NOON)
    assert make(external_id="B123", now=LATER) == first
    assert person_by_identifier("external", "B123") == first


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-5, 0), (0, 0), (5, 5), (600, 60)],
    ids=["late news", "same", "newer", "beyond now"],
)
def test_inbound_moves_forward_only_and_never_beyond_now(minutes: int, expected: int) -> None:
    person = PersonFactory.create(last_inbound_at=NOON)
    operation(services.note_inbound)(
        person_id=person.pk, at=NOON + timedelta(minutes=minutes), now=LATER
    )
    person.refresh_from_db()
    assert person.last_inbound_at == NOON + timedelta(minutes=expected)


def test_inbound_with_a_name_renames_the_person() -> None:
    person = PersonFactory.create()
    operation(services.note_inbound)(
        person_id=person.pk, at=NOON, now=NOON, display_name=" Zeynep\u202e "
    )
    person.refresh_from_db()
    assert (person.display_name, person.last_inbound_at) == ("Zeynep", NOON)


def test_language_that_is_not_spoken_is_refused() -> None:
    person = PersonFactory.create()
    with pytest.raises(Invalid, match=r"identity\.language"):
        operation(services.set_language)(person_id=person.pk, language="de")
    operation(services.set_language)(person_id=person.pk, language="en")
    person.refresh_from_db()
    assert person.language == "en"


def move(old: str, new: str) -> UUID | None:
    return operation(services.move_identifier)(old_user_id=old, new_user_id=new, now=LATER)


def test_moved_user_id_finds_the_person_by_old_and_new() -> None:
    person = meet(phone="905320000001", user_id="TR.1")
    assert [move("TR.1", "TR.2"), move("TR.1", "TR.2")] == [person.id, person.id]
    assert person_card(person.id).user_id == "TR.2"
    assert meet(user_id="TR.1").id == person.id
    assert person_card(person.id).user_id == "TR.2"


def test_old_news_of_a_user_id_does_not_bring_it_back() -> None:
    person = meet(user_id="TR.1")
    move("TR.1", "TR.2")
    move("TR.2", "TR.3")
    assert move("TR.1", "TR.2") == person.id
    assert person_card(person.id).user_id == "TR.3"


def test_unknown_user_id_moves_nobody() -> None:
    assert move("TR.1", "TR.2") is None


def test_user_id_moved_onto_another_person_is_refused() -> None:
    meet(user_id="TR.1")
    meet(user_id="TR.2")
    with pytest.raises(Conflict, match=r"identity\.disagrees"):
        move("TR.1", "TR.2")


def test_moved_phone_is_kept_as_history_and_may_pass_on() -> None:
    person = meet(phone="905320000001", user_id="TR.1")
    change = operation(services.move_phone)
    moved = [
        change(old_phone="905320000001", new_phone="905320000002", now=LATER) for _ in range(2)
    ]
    assert moved == [person.id, person.id]
    assert person_card(person.id).phone == "905320000002"
    assert meet(phone="905320000001").id != person.id


def test_attached_phone_of_somebody_else_is_refused() -> None:
    first, second = meet(phone="905320000001"), meet(user_id="TR.2")
    attach = operation(services.attach_phone)
    with pytest.raises(Conflict, match=r"identity\.disagrees"):
        attach(person_id=second.id, phone="905320000001", now=NOON)
    attach(person_id=second.id, phone="905320000003", now=NOON)
    assert (person_card(first.id).phone, person_card(second.id).phone) == (
        "905320000001",
        "905320000003",
    )


def test_unknown_person_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"person\.unknown"):
        person_card(UUID(int=1))


@pytest.mark.parametrize("count", [1, 3])
def test_people_take_two_queries(count: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    wanted = [PersonIdentifierFactory.create().person_id for _ in range(count)]
    with django_assert_num_queries(2):
        found = people([*wanted, UUID(int=1)])
    assert set(found) == set(wanted)


@pytest.mark.django_db(transaction=True)
def test_first_messages_at_the_same_moment_make_one_person() -> None:
    barrier, found = threading.Barrier(6), []

    def write() -> None:
        try:
            barrier.wait(10)
            found.append(meet(phone="905320000001", user_id="TR.1").id)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert (Person.objects.count(), PersonIdentifier.objects.count()) == (1, 2)

"""F48: erasure is asked for while a seat is held; personal fields go, totals and journal stay."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from accounts.consent.models import ConsentEvent
from accounts.identity.models import Person
from accounts.privacy import services as privacy
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.text import clean
from whatsapp.messaging.models import OutboundMessage
from whatsapp.tests.town import Phone, Town, agreed, check_in, seated, staff_client, wanting
from windows.flash import queries as flash
from windows.flash.models import Seat
from windows.outcomes import queries as outcomes
from windows.passes.queries import codes_of_seats
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_NAME = "Zerrin Öztürkoğlu"
_APPS = ("infra", "accounts", "commerce", "windows", "whatsapp")


def _dumps() -> dict[str, str]:
    """Every row of the product as text; the stand-ins for the outside are none of it."""
    models: list[type[Model]] = [
        model
        for app in _APPS
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Simulated")
    ]
    return {model.__name__: _text(list(model._default_manager.values())) for model in models}


def _text(rows: list[dict[str, object]]) -> str:
    def plain(value: object) -> object:
        return bytes(value).decode("utf-8", "replace") if isinstance(value, memoryview) else value

    shown = [{key: plain(value) for key, value in row.items()} for row in rows]
    return json.dumps(shown, default=str, ensure_ascii=False)


def _asks_to_be_erased(phone: Phone) -> str:
    phone.writes("bütün verilerimi silin")
    (answer,) = phone.writes("evet")
    return answer.text


def test_erasure_waits_for_the_held_seat_and_keeps_the_totals(town: Town) -> None:
    place = town.shop()
    zerrin, mert = wanting(town, _NAME), wanting(town, "Mert")
    window = agreed(town, place, zerrin, mert)
    seat_id = seated(town, zerrin)
    seated(town, mert)
    person_id = zerrin.person().id

    told = _asks_to_be_erased(zerrin)
    assert told.startswith("Silme isteğinizi aldım. Bilgileriniz en geç 18 Aralık")
    assert privacy.erase_due(now=town.now) == 0

    town.jump_to(window.starts_at)
    check_in(staff_client(place, now=town.now), place, _code(seat_id))
    town.jump_to(window.ends_at + minutes(1))
    before = outcomes.result_of(window.id)
    assert privacy.erase_due(now=town.now) == 1

    assert outcomes.result_of(window.id) == before
    assert before is not None
    assert before.came == 1
    assert Seat.objects.get(pk=seat_id).state == "checked_in"
    person = Person.objects.get(pk=person_id)
    assert (person.display_name, person.erased_at) == ("", town.now)
    assert OutboundMessage.objects.filter(person_id=person_id).exists()
    assert ConsentEvent.objects.filter(person_id=person_id, change="withdrawn").exists()
    _nothing_names(zerrin)


def _code(seat_id: UUID) -> str:
    return codes_of_seats([seat_id])[seat_id]


def _nothing_names(phone: Phone) -> None:
    """R46: neither the name nor the number stands in any row that is not evidence of consent."""
    found = {
        name: word
        for name, text in _dumps().items()
        for word in (_NAME, clean(_NAME), phone.number, phone.user_id, "Zerrin")
        if word in text
    }
    assert found == {}


def test_erasing_at_once_gives_the_seat_back_first(town: Town) -> None:
    place = town.shop()
    zerrin, mert = wanting(town, _NAME), wanting(town, "Mert")
    window = agreed(town, place, zerrin, mert)
    seated(town, zerrin)
    _asks_to_be_erased(zerrin)

    privacy.erase_person(person_id=zerrin.person().id, by=SYSTEM, now=town.now)

    assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 0
    _nothing_names(zerrin)


def test_somebody_who_writes_again_is_a_new_person(town: Town) -> None:
    zerrin = wanting(town, _NAME)
    old = zerrin.person().id
    _asks_to_be_erased(zerrin)
    assert privacy.erase_due(now=town.now) == 1

    zerrin.writes("merhaba")

    assert zerrin.person().id != old
    assert Person.objects.get(pk=old).display_name == ""


def test_words_are_forgotten_after_their_days_and_numbers_stay(town: Town) -> None:
    """R46: retention removes words and bodies, never the rows that are counted."""
    phone = wanting(town, _NAME)
    sent = OutboundMessage.objects.count()

    later = town.now + timedelta(days=settings.KEEP_WORDS_DAYS + 1)
    assert privacy.forget_old(keep_days=settings.KEEP_WORDS_DAYS, now=town.now) == 0
    assert privacy.forget_old(keep_days=settings.KEEP_WORDS_DAYS, now=later) > 0

    assert OutboundMessage.objects.count() == sent
    assert not OutboundMessage.objects.exclude(body={}).exists()
    assert phone.person().display_name == _NAME

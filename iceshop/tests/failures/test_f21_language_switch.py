"""F21: a language switch holds for the next message and the panel at once."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.identity.models import Person
from whatsapp.tests.town import Town, agreed, wanting
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_switch_on_the_panel_holds_for_the_next_message(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    (taken,) = elif_.presses("invite.accept")
    mert.presses("invite.accept")
    path = "/" + taken.links[0].split("/", 3)[3]
    browser = Client()
    assert '<html lang="tr"' in browser.get(path).content.decode()

    browser.post(f"{path}/language", {"language": "en"})

    assert '<html lang="en"' in browser.get(path).content.decode()
    town.jump_to(window.ends_at - minutes(5))
    assert elif_.said() == "Your place ends at 13:23. Are you coming?"


def test_switch_in_the_talk_holds_for_the_panel_and_keeps_the_seat(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    agreed(town, place, elif_, mert)
    (taken,) = elif_.presses("invite.accept")
    path = "/" + taken.links[0].split("/", 3)[3]

    (answer,) = elif_.writes("where is the store, how do I get there")

    assert "You hold a place" in answer.text
    page = Client().get(path).content.decode()
    assert '<html lang="en"' in page
    assert "data-pass=" in page


def test_template_of_the_other_language_is_used_after_the_switch(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    (taken,) = elif_.presses("invite.accept")
    mert.presses("invite.accept")
    path = "/" + taken.links[0].split("/", 3)[3]
    Client().post(f"{path}/language", {"language": "en"})
    Person.objects.filter(pk=elif_.person().id).update(last_inbound_at=None)

    town.jump_to(window.ends_at - minutes(5))

    (notice,) = elif_.news()
    assert notice.kind == "template"
    assert notice.text.startswith("Your place ends at 13:23")

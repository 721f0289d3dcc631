"""The page, used as a browser without scripts does, and the feed that its script asks."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from iceshop.infra import clock
from whatsapp.simulator import queries, services
from whatsapp.simulator.tests.conftest import (
    AYSE,
    Inbox,
    Platform,
    StandingClock,
    buttons_to,
    text_to,
)
from whatsapp.simulator.tests.test_phones import LOCATION_REQUEST, OGG, drain

USER = "TR.10000000000000000101"


@pytest.fixture
def cast(db: None, ticking: StandingClock) -> dict[str, str]:
    """Three buyers and two sellers, by name."""
    people = [
        ("905550000101", "Elif K.", "buyer", "tr", ""),
        ("905550000102", "Mert K.", "buyer", "en", ""),
        ("905550000103", "Okan Y.", "buyer", "tr", ""),
        ("905550000201", "Selin A.", "seller", "tr", "Moda Fırını"),
        ("905550000202", "Ali V.", "seller", "tr", "Rıhtım Kahvecisi"),
    ]
    return {
        name: services.add_person(
            phone=phone, name=name, role=role, language=language, store=store, now=ticking.now
        )
        for phone, name, role, language, store in people
    }


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def shown_slots(response: Any) -> list[str]:
    return re.findall(r'data-slot="([^"]+)"', text_of(response))


def feed(client: Client, show: str, *have: str) -> Any:
    return client.get("/sim/feed", {"show": show, "have": list(have)}).json()


def stamp(slot: str, user_id: str) -> str:
    return f"{slot}~{user_id}~{queries.person(user_id).version}"


def test_page_shows_three_buyers_with_a_first_message_and_a_seller(
    cast: dict[str, str], client: Client
) -> None:
    response = client.get("/sim/")
    assert response.status_code == 200
    assert shown_slots(response) == [
        cast["Elif K."],
        cast["Mert K."],
        cast["Okan Y."],
        "seller",
    ]
    html = text_of(response)
    assert 'value="bir saat içinde Kadıköy\'de kahve, en fazla 200 TL"' in html
    assert 'value="I want a coffee in Kadıköy within an hour, up to 200 TL"' in html
    assert html.count("data-sim-form") >= 4
    assert "style=" not in html
    assert "<script>" not in html


def test_page_speaks_english_too(cast: dict[str, str], client: Client) -> None:
    client.cookies["django_language"] = "en"
    html = text_of(client.get("/sim/"))
    assert "Show webhook" in html
    assert "Webhook'u gör" not in html


def test_page_without_anybody_says_what_to_do(db: None, client: Client) -> None:
    assert "Henüz kimse yok." in text_of(client.get("/sim/"))


def test_text_is_sent_by_a_plain_form_and_comes_back_to_the_same_phones(
    ayse: str, client: Client
) -> None:
    form = {"person": USER, "text": "kahve", "back": f"show={USER},seller&wire=1"}
    response = client.post("/sim/write", form)
    assert (response.status_code, response["Location"]) == (302, f"/sim/?show={USER},seller&wire=1")
    assert queries.messages(user_id=USER)[-1].text == "kahve"
    assert ">kahve<" in text_of(client.get(response["Location"]))


def test_button_place_and_voice_note_are_sent_by_plain_forms(
    ayse: str, platform: Platform, client: Client
) -> None:
    platform.send(buttons_to(AYSE, "consent.accept:1"))
    platform.send(LOCATION_REQUEST)
    html = text_of(client.get(f"/sim/?show={USER}"))
    assert 'name="button" value="consent.accept:1"' in html
    assert html.count('name="place" value="40.9917,29.0229"') == 1
    client.post("/sim/write", {"person": USER, "button": "consent.accept:1"})
    client.post("/sim/write", {"person": USER, "place": "40.9917,29.0229"})
    client.post(
        "/sim/write", {"person": USER, "place": "", "latitude": "41,04", "longitude": "29,0"}
    )
    client.post("/sim/write", {"person": USER, "audio": SimpleUploadedFile("not.ogg", OGG)})
    sent = [row for row in queries.messages(user_id=USER) if row.direction == "in"][1:]
    assert [(row.kind, row.text) for row in sent] == [
        ("text", "Seçenek 0"),
        ("location", "40.9917, 29.0229"),
        ("location", "41.04, 29.0"),
        ("audio", ""),
    ]
    assert "button-choice is-chosen" in text_of(client.get(f"/sim/?show={USER}"))


@pytest.mark.parametrize(
    "form",
    [{"text": " "}, {"button": "never.shown:1"}, {"place": "", "latitude": "41"}, {"place": "a,b"}],
)
def test_what_cannot_be_sent_is_told_on_the_page(
    ayse: str, client: Client, form: dict[str, str]
) -> None:
    before = queries.messages(user_id=USER)
    told = client.post("/sim/write", {"person": USER} | form, follow=True)
    assert "Bu gönderilemedi." in text_of(told)
    scripted = client.post(
        "/sim/write", {"person": USER} | form, headers={"X-Requested-With": "fetch"}
    )
    assert scripted.status_code == 422
    assert queries.messages(user_id=USER) == before


def test_links_open_apart_and_a_failed_message_says_why(
    ayse: str, platform: Platform, ticking: StandingClock, client: Client
) -> None:
    platform.send(text_to(AYSE, "Kartınız: https://ice.example/w/1"))
    ticking.now += timedelta(days=2)
    platform.send(text_to(AYSE, "geç kaldı"))
    html = text_of(client.get(f"/sim/?show={USER}"))
    assert '<a href="https://ice.example/w/1" target="_blank" rel="noopener">' in html
    assert "Ulaşmadı, kod 131047" in html


def test_markup_in_a_message_stays_text(ayse: str, client: Client) -> None:
    client.post("/sim/write", {"person": USER, "text": "<b>x</b>"})
    assert b"<b>x</b>" not in client.get(f"/sim/?show={USER}").content


def test_new_buyer_gets_a_phone_in_front(cast: dict[str, str], client: Client) -> None:
    form = {"name": "Jane C.", "language": "en", "back": f"show={cast['Elif K.']},seller"}
    response = client.post("/sim/phones", form, follow=True)
    jane = queries.people()[-1]
    assert (jane.name, jane.language, jane.role) == ("Jane C.", "en", "buyer")
    assert shown_slots(response) == [jane.user_id, cast["Elif K."], "seller"]
    assert "coffee in Kadıköy within an hour, at most 200 TL" in text_of(response)


def test_another_person_takes_the_place_of_a_phone(cast: dict[str, str], client: Client) -> None:
    form = {
        "person": cast["Ali V."],
        "replaces": "seller",
        "back": f"show={cast['Elif K.']},seller,{cast['Okan Y.']}",
    }
    response = client.post("/sim/phones", form, follow=True)
    assert shown_slots(response) == [cast["Elif K."], cast["Ali V."], cast["Okan Y."]]


def test_feed_brings_only_phones_that_changed(
    cast: dict[str, str], platform: Platform, client: Client
) -> None:
    elif_, mert = cast["Elif K."], cast["Mert K."]
    show = f"{elif_},{mert}"
    have = [stamp(elif_, elif_), stamp(mert, mert)]
    assert feed(client, show, *have)["phones"] == []
    client.post("/sim/write", {"person": mert, "text": "coffee"})
    news = feed(client, show, *have)
    assert [phone["slot"] for phone in news["phones"]] == [mert]
    assert "coffee" in news["phones"][0]["html"]
    assert "Mert K. yazdı: coffee" in unescape(news["strip"])
    assert (news["rate"], news["now"]) == (1, "2026-11-20T10:30:00+00:00")


def test_seller_slot_follows_the_shop_that_was_written_to_last(
    cast: dict[str, str], platform: Platform, client: Client
) -> None:
    selin, ali = cast["Selin A."], cast["Ali V."]
    have = stamp("seller", selin)
    assert feed(client, "seller", have)["phones"] == []
    client.post("/sim/write", {"person": ali, "text": "Merhaba"})
    platform.send(text_to("905550000202", "Kahve isteyen 3 kişi var."))
    (phone,) = feed(client, "seller", have)["phones"]
    assert f'data-user="{ali}"' in phone["html"]


def test_wire_shows_both_directions_when_it_is_open(
    ayse: str, platform: Platform, ticking: StandingClock, inbox: Inbox, client: Client
) -> None:
    platform.send(text_to(AYSE, "şeker"))
    drain(ticking, inbox)
    assert "data-sim-wire" not in text_of(client.get(f"/sim/?show={USER}"))
    html = text_of(client.get(f"/sim/?show={USER}&wire=1"))
    assert "· sent · 200 ·" in html
    assert "X-Hub-Signature-256: sha256=" in html
    assert '"body": "şeker"' in html
    assert "şeker" in client.get("/sim/feed", {"show": USER, "wire": "1"}).json()["wire"]


def test_clock_is_set_from_the_page(own_clock: None, client: Client) -> None:
    before = clock.now()
    assert client.post("/sim/clock", {"ahead": "1"}).status_code == 302
    assert clock.now() - before >= timedelta(seconds=300)
    client.post("/sim/clock", {"rate": "60"})
    assert clock.rate() == 60
    refused = client.post("/sim/clock", {"rate": "7"}, headers={"X-Requested-With": "fetch"})
    assert refused.status_code == 422
    assert clock.rate() == 60


@pytest.mark.parametrize("buyers", [1, 3])
def test_page_asks_the_database_equally_often_for_each_phone(
    cast: dict[str, str], client: Client, django_assert_num_queries: Any, buyers: int
) -> None:
    names = ("Elif K.", "Mert K.", "Okan Y.")[:buyers]
    show = ",".join(cast[name] for name in names)
    client.get(f"/sim/?show={show}")
    with django_assert_num_queries(5 + buyers):
        client.get(f"/sim/?show={show}")


@pytest.mark.parametrize("path", ["/sim/", "/sim/feed"])
def test_page_does_not_exist_without_the_setting(
    db: None, client: Client, settings: Any, path: str
) -> None:
    settings.SIMULATOR_ENABLED = False
    assert client.get(path).status_code == 404

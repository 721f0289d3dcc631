"""The main job from message to result, in both languages, at any hour, through the public doors."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from commerce.stock import queries as stock
from whatsapp.tests.town import (
    Phone,
    Town,
    TownShop,
    agreed,
    check_in,
    open_town,
    staff_client,
    wanting,
)
from windows.flash import queries as flash
from windows.flash.domain import SeatState, WindowState
from windows.flash.queries import WindowCard
from windows.outcomes import queries as outcomes
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_ISTANBUL = ZoneInfo("Europe/Istanbul")
_MOMENTS = [("tr", 3, 10), ("en", 3, 10), ("tr", 23, 50), ("en", 13, 0)]
_CODE = re.compile(r"(?:Kodunuz|Your code): ([2-9A-Z ]+)\.")
_TAKEN = {"tr": "Yeriniz ayrıldı: Filtre kahve", "en": "Your place is held: Filter coffee"}
_LAST_CALL = {"tr": "sona eriyor. Geliyor musunuz?", "en": "Are you coming?"}
_THANKS = {"tr": "Fiyat söz verildiği gibi miydi?", "en": "Was the price as promised?"}


def _at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 18, hour, minute, tzinfo=_ISTANBUL).astimezone(UTC)


@pytest.mark.parametrize(("language", "hour", "minute"), _MOMENTS)
def test_main_job_from_message_to_result(language: str, hour: int, minute: int) -> None:
    with open_town(_at(hour, minute)) as town:
        place = town.shop()
        stock_before = stock.free_stock([place.shop.offering_id])[place.shop.offering_id]
        buyers = [wanting(town, name, language=language) for name in ("Elif", "Mert", "Can")]
        wished_at = town.now

        window = agreed(town, place, *buyers)
        assert town.now - wished_at <= timedelta(seconds=60)
        assert window.starts_at - wished_at <= minutes(4)
        assert (window.price_minor, window.before_price_minor) == (13_050, 14_500)

        codes = [_take_seat(buyer, language) for buyer in buyers[:2]]
        _panel_shows_the_pass(buyers[0], codes[0], language)
        _decline(buyers[2])
        assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 2

        place.phone.news()
        town.jump_to(window.starts_at - minutes(1))
        assert "Filtre kahve" in place.phone.said()

        town.jump_to(window.starts_at)
        assert flash.window_card(window.id, now=town.now).state is WindowState.OPEN  # type: ignore[union-attr]  # it exists
        till = staff_client(place, now=town.now)
        check_in(till, place, codes[0])
        check_in(till, place, codes[0])
        _seats_are(window, [SeatState.CHECKED_IN, SeatState.HELD])

        for buyer in buyers:
            buyer.news()
        town.jump_to(window.ends_at - minutes(5))
        assert [_LAST_CALL[language] in buyer.said() for buyer in buyers] == [False, True, False]

        town.jump_to(window.ends_at)
        town.jump_to(window.ends_at + timedelta(seconds=10))
        _result_is_known(town, place, window, stock_before)
        assert _THANKS[language] in buyers[0].said()
        assert [buyer.news() for buyer in buyers[1:]] == [[], []]


def _take_seat(buyer: Phone, language: str) -> str:
    (taken,) = buyer.presses("invite.accept")
    assert taken.text.startswith(_TAKEN[language])
    assert len(taken.links) == 1
    found = _CODE.search(taken.text)
    assert found is not None
    return found[1]


def _decline(buyer: Phone) -> None:
    (answer,) = buyer.presses("invite.decline")
    assert not answer.links


def _panel_shows_the_pass(buyer: Phone, code: str, language: str) -> None:
    (link,) = [message for message in buyer.shown() if message.links][-1].links
    path = "/" + link.split("/", 3)[3]
    page = Client().get(path).content.decode()
    assert f'data-pass="{code.replace(" ", "")}"' in page
    assert f'<html lang="{language}"' in page


def _seats_are(window: WindowCard, states: list[SeatState]) -> None:
    assert sorted(seat.state for seat in flash.seats_of_window(window.id)) == sorted(states)


def _result_is_known(town: Town, place: TownShop, window: WindowCard, stock_before: int) -> None:
    result = outcomes.result_of(window.id)
    assert result is not None
    assert (result.came, result.revenue_minor) == (1, 13_050)
    _seats_are(window, [SeatState.CHECKED_IN, SeatState.MISSED])
    free = stock.free_stock([place.shop.offering_id])[place.shop.offering_id]
    assert free == stock_before - 1
    assert "130,50" in place.phone.said()


@pytest.mark.parametrize("language", ["tr", "en"])
def test_reminder_comes_before_a_window_that_is_far_off(town: Town, language: str) -> None:
    """Words at four for seven in the evening: the seat is reminded of, in time and once."""
    place = town.shop()
    wish = {
        "tr": "bugün 19:00 ile 20:00 arası Kadıköy'de kahve, en fazla 200 TL",
        "en": "coffee in Kadıköy today between 19:00 and 20:00, at most 200 TL",
    }
    buyers = [wanting(town, name, language=language, text=wish[language]) for name in "AB"]
    window = agreed(town, place, *buyers)
    assert window.starts_at >= _at(19, 0)
    for buyer in buyers:
        buyer.presses("invite.accept")

    town.pass_time(minutes=6 * 60, step=300, until=lambda: town.now >= window.starts_at)

    reminder = {"tr": "Hatırlatma: ", "en": "A reminder: "}[language]
    assert [buyer.said().count(reminder) for buyer in buyers] == [1, 1]


def test_nobody_who_did_not_come_is_asked_before_the_next_morning(town: Town) -> None:
    place = town.shop()
    buyers = [wanting(town, name) for name in ("Elif", "Mert")]
    window = agreed(town, place, *buyers)
    buyers[0].presses("invite.accept")
    town.jump_to(window.ends_at)
    town.jump_to(window.ends_at + minutes(1))
    buyers[0].news()

    town.pass_time(minutes=13 * 60, step=1800)
    assert buyers[0].news() == []
    town.pass_time(minutes=8 * 60, step=1800)

    assert buyers[0].said().count("sizi göremedik. Ne oldu?") == 1
    (thanks,) = buyers[0].presses("absence.late")
    assert thanks.text

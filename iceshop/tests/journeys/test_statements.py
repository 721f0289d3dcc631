"""How many statements the commonest deeds take; more than these bounds is a change to look at.

Begin and end of each transaction are counted, as they are ways to the server too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iceshop.infra.outbox import services as outbox
from whatsapp.conversation import services as conversation
from whatsapp.tests.town import (
    WISH,
    Phone,
    Town,
    TownShop,
    agreed,
    check_in,
    known,
    seated,
    staff_client,
    wanting,
)
from windows.passes.queries import codes_of_seats
from windows.rounds import services as rounds

pytestmark = pytest.mark.django_db


@contextmanager
def at_most(bound: int) -> Iterator[None]:
    """Fail when the block sends more than ``bound`` statements, and show them."""
    with CaptureQueriesContext(connection) as sent:
        yield
    texts = [query["sql"] for query in sent.captured_queries]
    assert len(texts) <= bound, "\n".join(f"{n} {text[:160]}" for n, text in enumerate(texts, 1))


def arrived(town: Town, phone: Phone, act: Callable[[], None]) -> None:
    """Let ``phone`` do something and its webhook arrive, and no more."""
    phone.news()
    act()
    town.settle_deliveries()


def test_wish_of_somebody_known(town: Town) -> None:
    phone = known(town)
    phone.writes("merhaba")
    arrived(town, phone, lambda: phone.sends(WISH["tr"]))

    # Lane, person, what is known of them (6), the kind of goods (2), the answer (4), the end (3).
    with at_most(21):
        conversation.drain(now=town.now)
    town.settle()
    assert "Şöyle anladım" in phone.said()


def test_answer_that_is_sent(town: Town) -> None:
    phone = known(town)
    arrived(town, phone, lambda: phone.sends("merhaba"))
    conversation.drain(now=town.now)

    # Claim, message, person, stops; seven of the simulated platform; two results; a last look.
    with at_most(14):
        outbox.drain(now=town.now)
    assert phone.said()


def test_round_in_which_nothing_changes(town: Town) -> None:
    town.shop()
    wanting(town)
    rounds.run(now=town.now)

    # The market's mark, the day's seed, wishes with their times, what was decided; no shop.
    with at_most(5):
        report = rounds.run(now=town.now)
    assert report is not None
    assert (report.intents, report.decided) == (1, 0)


def test_round_without_wishes(town: Town) -> None:
    town.shop()
    rounds.run(now=town.now)

    with at_most(5):
        rounds.run(now=town.now)


def invited(town: Town) -> tuple[TownShop, Phone]:
    """A shop, and one of two people who are invited to its window."""
    place = town.shop()
    phones = wanting(town), wanting(town, "Can Er")
    agreed(town, place, *phones)
    return place, phones[0]


def test_invite_that_is_accepted(town: Town) -> None:
    _, phone = invited(town)
    button = phone.button("invite.accept")
    arrived(town, phone, lambda: phone.taps(button))

    # The wish's 17 without goods, the window as shown before (4), seat, pass, notice, as shown now.
    with at_most(59):
        conversation.drain(now=town.now)
    town.settle()
    assert phone.news()


def test_pass_that_is_shown(town: Town) -> None:
    place, phone = invited(town)
    seat_id = seated(town, phone)
    (window,) = town.windows()
    town.jump_to(window.starts_at)
    browser = staff_client(place, now=town.now)

    # Two requests, each with session, account, store and right (9); the scan; the page of results.
    with at_most(49):
        check_in(browser, place, codes_of_seats([seat_id])[seat_id])

"""The operator's page of calibration, and its sign on the page of the day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from iceshop.infra import clock
from windows.learning import services as learning
from windows.learning.models import ParameterSet
from windows.learning.tests.worlds import crowd, past_windows
from windows.ops.drawing import HEIGHT, bars
from windows.tests.stories import NOON, new_shop

PAGE, DAY = "/ops/calibration", "/ops/"


@pytest.fixture
def browser(db: None) -> Iterator[Client]:
    card = create_staff_user(
        username="operator-1", password="kiraz-ağacı-42", role=StaffRole.OPERATOR, now=NOON
    )
    found = Client()
    found.cookies["django_language"] = "en"
    found.force_login(StaffUser.objects.get(pk=card.id))
    with clock.use(lambda: NOON):
        yield found


def text_of(browser: Client, page: str) -> str:
    response = browser.get(page)
    assert response.status_code == 200
    return response.content.decode()


def test_page_before_anything_happened(browser: Client) -> None:
    text = text_of(browser, PAGE)
    assert "Too few windows to judge." in text
    assert "No window yet" in text
    assert "built-in belief" in text
    assert "Forecasts" not in text_of(browser, DAY)


def test_windows_far_from_what_was_said_raise_the_sign(browser: Client) -> None:
    past_windows(new_shop(), windows=40, people=crowd(10), comes=0.4)
    learning.learn_due(now=NOON)
    learning.check_drift(now=NOON)
    learning.refit(now=NOON)

    text = text_of(browser, PAGE)

    assert "Fewer people come than was said." in text
    assert "of 40 windows" in text
    assert text.count("<rect") == 10
    assert "Taken: says later outcomes better." in text
    assert "Learned from 400 outcomes." in text
    assert "Forecasts do not hold." in text_of(browser, DAY)
    browser.cookies["django_language"] = "tr"
    assert "Söylenenden az kişi geliyor." in text_of(browser, PAGE)
    assert "Tahminler tutmuyor." in text_of(browser, DAY)


def test_version_that_cannot_be_read_is_said(browser: Client) -> None:
    past_windows(new_shop(), windows=40, people=crowd(10), comes=0.4)
    learning.refit(now=NOON)
    ParameterSet.objects.filter(model="show").update(payload={})

    assert "Rule mode: the chosen version cannot be used." in text_of(browser, PAGE)
    assert "Forecasts run in rule mode." in text_of(browser, DAY)


def test_sellers_may_not_see_it(db: None, client: Client) -> None:
    card = create_staff_user(
        username="seller-1", password="kiraz-ağacı-42", role=StaffRole.SELLER, now=NOON
    )
    client.force_login(StaffUser.objects.get(pk=card.id))
    assert client.get(PAGE).status_code == 403


def test_equal_bars_reach_the_line() -> None:
    assert {bar.height for bar in bars([3.0] * 10)} == {HEIGHT / 2}
    assert {bar.height for bar in bars([0.0] * 10)} == {0.0}
    tall = bars([10.0, 0.0])
    assert [bar.height for bar in tall] == [HEIGHT, 0.0]
    assert tall[0].x + tall[0].width < tall[1].x

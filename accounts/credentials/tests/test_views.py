from __future__ import annotations

import pytest
from django.test import Client

from accounts.credentials.models import FailedLogin
from accounts.credentials.tests.factories import PASSWORD, StaffUserFactory

pytestmark = pytest.mark.django_db

URL = "/accounts/log-in"


@pytest.fixture
def browser() -> Client:
    StaffUserFactory.create(username="selin")
    return Client(headers={"accept-language": "tr"})


def test_page_is_in_the_readers_language(browser: Client) -> None:
    assert "Dükkânınıza girin" in browser.get(URL).content.decode()
    english = Client(headers={"accept-language": "en"}).get(URL).content.decode()
    assert "User name" in english
    assert '<html lang="en"' in english


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/board/products?x=1", "/board/products?x=1"),
        ("", "/board/"),
        ("https://evil.example/", "/board/"),
        ("//evil.example/", "/board/"),
        ("javascript:alert(1)", "/board/"),
    ],
)
def test_right_password_leads_on_within_the_site_only(
    browser: Client, wanted: str, target: str
) -> None:
    data = {"username": "selin", "password": PASSWORD, "next": wanted}
    response = browser.post(URL, data)
    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert "_auth_user_id" in browser.session
    assert not FailedLogin.objects.exists()


@pytest.mark.parametrize(
    ("username", "password", "sentence"),
    [
        ("selin", "wrong", "Kullanıcı adı ya da parola yanlış."),
        ("nobody", PASSWORD, "Kullanıcı adı ya da parola yanlış."),
        ("", "", "Kullanıcı adını ve parolayı yazın."),
    ],
)
def test_wrong_password_is_refused_without_telling_which_part(
    browser: Client, username: str, password: str, sentence: str
) -> None:
    response = browser.post(URL, {"username": username, "password": password})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert PASSWORD not in response.content.decode()
    assert "_auth_user_id" not in browser.session


def test_eleventh_try_must_wait_even_with_the_right_password(browser: Client) -> None:
    for _ in range(10):
        browser.post(URL, {"username": "selin", "password": "wrong"})
    response = browser.post(URL, {"username": "selin", "password": PASSWORD})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= 600
    assert "10 dakika sonra yeniden deneyin" in response.content.decode()
    assert "_auth_user_id" not in browser.session


def test_who_is_logged_in_is_led_on_at_once(browser: Client) -> None:
    browser.post(URL, {"username": "selin", "password": PASSWORD})
    assert browser.get(f"{URL}?next=/board/products").headers["Location"] == "/board/products"


def test_log_out_ends_the_session_and_needs_a_post(browser: Client) -> None:
    browser.post(URL, {"username": "selin", "password": PASSWORD})
    assert browser.get("/accounts/log-out").status_code == 405
    assert browser.post("/accounts/log-out").headers["Location"] == "/"
    assert "_auth_user_id" not in browser.session


def test_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(URL, {"username": "selin", "password": PASSWORD}).status_code == 403

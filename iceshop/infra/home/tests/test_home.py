"""The start page."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


def load(client: Client, language: str) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get("/")
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


@pytest.mark.parametrize(
    ("language", "words"),
    [("tr", "Bir pencerenin hikâyesi"), ("en", "The story of a window")],
)
def test_it_speaks_both_languages(client: Client, language: str, words: str) -> None:
    text = load(client, language)
    assert words in text
    assert f'<html lang="{language}"' in text


def test_it_leads_to_every_part_of_the_installation(client: Client) -> None:
    links = set(re.findall(r'<a class="row" href="([^"]+)"', load(client, "en")))
    assert links == {"/sim/", "/board/", "/ops/", "/admin/", "/docs", "/health/ready"}


def test_with_the_simulator_nobody_is_sent_to_a_real_chat(client: Client) -> None:
    text = load(client, "en")
    assert "Try it in the simulator" in text
    assert "wa.me" not in text


@override_settings(SIMULATOR_ENABLED=False)
def test_without_the_simulator_the_chat_is_the_door(client: Client) -> None:
    text = load(client, "en")
    assert f'href="https://wa.me/{settings.WHATSAPP["NUMBER"]}"' in text
    assert "It runs with the WhatsApp simulator" not in text

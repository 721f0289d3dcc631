"""Every sentence in both languages, within the platform's limits and the product's tone."""

import re
import unicodedata

import pytest

from whatsapp.dialogue.commands import OUTCOMES
from whatsapp.dialogue.outcomes import has_wording
from whatsapp.dialogue.phrasebook import BUTTON_TITLE, LANGUAGES, phrases, placeholders

BUTTONS_WITH_NAMES = {"button.name"}


def test_phrases_are_the_same_in_every_language() -> None:
    assert set(phrases("tr")) == set(phrases("en"))


@pytest.mark.parametrize("phrase", sorted(phrases("en")))
def test_phrase_needs_the_same_values_in_every_language(phrase: str) -> None:
    assert placeholders(phrase, "tr") == placeholders(phrase, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_their_buttons(language: str) -> None:
    titles = {
        key: text
        for key, text in phrases(language).items()
        if key.startswith(("button.", "link.")) and key not in BUTTONS_WITH_NAMES
    }
    assert {key: text for key, text in titles.items() if len(text) > BUTTON_TITLE} == {}
    assert all(text == unicodedata.normalize("NFC", text) for text in titles.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_keep_the_tone(language: str) -> None:
    for key, text in phrases(language).items():
        assert "!" not in text, key
        assert not any(unicodedata.category(sign) == "So" for sign in text), key
        assert "  " not in text, key
        assert text.strip() == text, key


def test_turkish_speaks_formally() -> None:
    informal = re.compile(r"\b(sen|sana|seni|senin|ister misin|yaz)\b")
    found = [key for key, text in phrases("tr").items() if informal.search(text)]
    assert found == []


def test_every_outcome_has_a_wording() -> None:
    codes = {code for listed in OUTCOMES.values() for code in listed}
    assert [code for code in sorted(codes) if not has_wording(code)] == []

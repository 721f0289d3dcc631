"""Rotating codes and spoken words, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.ids import CODE_ALPHABET, new_id
from iceshop.kernel.text import fold
from windows.passes import domain, words
from windows.passes.domain import Keys

NOON = datetime(2025, 11, 19, 11, 0, tzinfo=UTC)
KEYS = Keys.of([b"new" * 11, b"old" * 11])
codes = st.text(CODE_ALPHABET, min_size=6, max_size=6)


@pytest.mark.parametrize(
    ("age_seconds", "is_fresh"),
    [(-16, False), (-15, True), (0, True), (59, True), (74, True), (75, False), (600, False)],
)
def test_code_counts_in_its_step_the_next_one_and_the_skew(
    age_seconds: int, is_fresh: bool
) -> None:
    step = domain.step_of(NOON)
    assert domain.is_fresh(step, NOON + timedelta(seconds=age_seconds)) is is_fresh


def test_code_changes_with_the_half_minute_and_the_window() -> None:
    window, other = new_id(), new_id()
    texts = {
        domain.qr_text(code, of, KEYS, NOON + timedelta(seconds=seconds))
        for code, of, seconds in (
            ("7F3K92", window, 0),
            ("7F3K92", window, 29),
            ("7F3K92", window, 30),
            ("7F3K92", other, 0),
            ("7F3K93", window, 0),
        )
    }
    assert len(texts) == 4
    assert all(set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:.") for text in texts)


def test_secret_of_a_window_proves_its_codes_only() -> None:
    window, other = new_id(), new_id()
    read = domain.rotating_code(domain.qr_text("7F3K92", window, KEYS, NOON))
    assert read is not None
    assert read.is_genuine(window, KEYS)
    assert not read.is_genuine(other, KEYS)
    assert not read.is_genuine(window, Keys.of([b"other" * 8]))


@pytest.mark.parametrize("text", ["", "7F3K92", "ICESHOP:7F3K92", "a.b.c.d", "A.²..", "1.2.3"])
def test_what_is_no_rotating_code_is_none(text: str) -> None:
    assert domain.rotating_code(text) is None


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_words_are_easily_told_apart(language: str) -> None:
    known = [fold(word) for word in words._words(language)]
    assert len(known) == 256
    assert all(word.isascii() and word.isalpha() and 4 <= len(word) <= 9 for word in known)
    assert len({word[:3] for word in known}) == 256
    assert min(_distance(a, b) for a, b in combinations(known, 2)) >= 3


@given(codes, st.sampled_from(words.LANGUAGES))
def test_words_lead_back_to_the_code(code: str, language: str) -> None:
    assert words.code_of_words(words.words_of(code, language)) == code


@given(codes, st.integers(0, 3), st.sampled_from("xq"))
def test_one_wrong_letter_in_a_word_does_no_harm(code: str, place: int, letter: str) -> None:
    said = words.words_of(code, "tr").split()
    said[place] = said[place][:-1] + letter
    assert words.code_of_words(", ".join(said).upper()) == code


def test_most_wrong_words_are_noticed() -> None:
    said = words.words_of("7F3K92", "en").split()
    others = [word for word in words._words("en") if word != said[2]]
    found = [words.code_of_words(" ".join([*said[:2], word, said[3]])) for word in others]
    assert sum(code is None for code in found) > 200
    assert "7F3K92" not in found


@pytest.mark.parametrize("text", ["", "camel umbrella trolley", "camel umbrella trolley yakut"])
def test_three_words_or_two_languages_are_no_code(text: str) -> None:
    assert words.code_of_words(text) is None


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]

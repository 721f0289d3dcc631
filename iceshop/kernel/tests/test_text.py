"""Text from people: what is kept of it, and what counts as the same."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iceshop.kernel.text import clean, fold, tr_lower

SAMPLES = Path(__file__).resolve().parents[3] / "whatsapp/webhook/tests/payloads/malformed"
FAMILY = "👩\u200d👧\u200d👦"
LETTER_WITH_MARKS = "Z\u0335\u0321\u0322\u0327\u0328"

any_text = st.text(st.characters(), max_size=60)
nasty = st.text(
    st.sampled_from(
        "aıİ é\u0301\u0335\u034f\u200b\u200d\ufe0f\u202e\x00\r\n\t\u2028👩🏽🇹🇷\ud83d\u3164"
    ),
    max_size=40,
)


def message(name: str) -> dict[str, Any]:
    payload = json.loads((SAMPLES / f"unicode_{name}.json").read_text())
    value: dict[str, Any] = payload["entry"][0]["changes"][0]["value"]
    return value


def body(name: str) -> str:
    return str(message(name)["messages"][0]["text"]["body"])


def profile(name: str) -> str:
    return str(message(name)["contacts"][0]["profile"]["name"])


# --- clean -------------------------------------------------------------------------------------

KEPT = {
    "arabic_indic_digits": "bütçem ٣٥٠٠ TL, saat １４：００",
    "control_characters": "satır1\nsatır2[31mkırmızı[0m",
    "decomposed_letters": "Kadıköy’de şapka, bütçem 500 TL",
    "direction_override": "Fiyat 005 LT olsun",
    "emoji_sequences": f"{FAMILY} 🏳️\u200d🌈 🇹🇷 👍🏽 1️⃣4️⃣:0️⃣0️⃣",
    "lone_surrogate": "Yarım emoji  burada",
    "mixed_script_lookalikes": "Кadıköу mağazası",
    "nul_character": "Merhaba dünya",
    "profile_name_only_emoji": "selam",
    "turkish_dotted_and_dotless_i": "İSTANBUL ISPARTA ılık ince IŞIK İğne KADIKÖY kadıköy",
    "zero_width_and_nbsp": "bütçe: 3 500 ₺",
}


@pytest.mark.parametrize(("name", "expected"), KEPT.items())
def test_sample_is_kept_without_what_is_not_seen(name: str, expected: str) -> None:
    assert clean(body(name)) == expected


def test_flood_of_marks_is_cut_to_four_a_letter() -> None:
    flooded = body("combining_flood")
    cleaned = clean(flooded)
    assert len(cleaned) < len(flooded) / 4
    assert longest_run_of_marks(cleaned) == 4


def test_every_sample_is_looked_at() -> None:
    found = {path.stem.removeprefix("unicode_") for path in SAMPLES.glob("unicode_*.json")}
    assert found == KEPT.keys() | {"combining_flood"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("direction_override", "eşyA"),
        ("nul_character", "Ayşe"),
        ("profile_name_only_emoji", "🦊"),
    ],
)
def test_profile_name_of_a_sample_is_shown_safely(name: str, expected: str) -> None:
    assert clean(profile(name)) == expected


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        " \n\t",
        "\x00\u200b\ufeff",
        "\u200d",
        "\u200d\u200d ",
        "\u3164\u3164",
        "\u2800",
        "\u202e",
    ],
)
def test_what_shows_nothing_is_empty(nothing: str) -> None:
    assert clean(nothing) == ""


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("a\tb", "a\tb"),
        ("ka\u200ddı\u00adköy", "kadıköy"),
        ("e\u200b\u0301", "é"),
        ("\u0130", "İ"),
        ("I\u0307", "İ"),
    ],
)
def test_line_ends_joiners_and_marks_are_brought_in_order(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


def longest_run_of_marks(text: str) -> int:
    longest = run = 0
    for sign in text:
        run = run + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        longest = max(longest, run)
    return longest


@given(any_text | nasty)
@example("e\u200b\u0301")
@example("👍\u200d\x00🏽")
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text | nasty)
def test_clean_text_can_be_stored_and_shown(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode() == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert longest_run_of_marks(cleaned) <= 4
    forbidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    hidden = [sign for sign in cleaned if unicodedata.category(sign) in forbidden]
    assert set(hidden) <= set("\n\t\u200d")


@given(st.text(st.characters(), max_size=40), st.integers(1, 20))
def test_clean_text_is_never_longer_than_its_cap(text: str, cap: int) -> None:
    assert len(clean(text, cap)) <= cap


@pytest.mark.parametrize(
    ("text", "cap", "expected"),
    [
        ("abcdef", 3, "abc"),
        (f"a{FAMILY}", 3, "a"),
        (f"a{FAMILY}", 6, f"a{FAMILY}"),
        ("a👍🏽", 2, "a"),
        ("🇹🇷🇹🇷", 3, "🇹🇷"),
        ("🇹🇷🇹🇷", 2, "🇹🇷"),
        ("a🇹🇷", 2, "a"),
        (f"a{LETTER_WITH_MARKS}", 3, "a"),
        ("ab cd", 3, "ab"),
    ],
)
def test_cap_parts_nothing_that_is_drawn_as_one(text: str, cap: int, expected: str) -> None:
    assert clean(text, cap) == expected


@pytest.mark.parametrize("flood", ["🇹🇷" * 3000, "👍" + "🏽" * 5000, "👩\u200d" * 3000])
def test_endless_sequence_does_not_empty_the_text(flood: str) -> None:
    assert 4000 < len(clean(flood)) <= 4096


# --- fold --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (("Kadıköy", "KADIKÖY", "kadikoy", "KADIKOY", "Kadiköy", "ＫＡＤＩＫÖＹ"), "kadikoy"),
        (("İPTAL", "iptal", "IPTAL", "I\u0307ptal", "ıptal"), "iptal"),
        (("Şişli", "SISLI", "ŞİŞLİ", "s\u0327is\u0327li"), "sisli"),
        (("ÇAĞLAYAN", "Çağlayan", "caglayan"), "caglayan"),
        (("Üsküdar", "USKUDAR", "u\u0308sku\u0308dar"), "uskudar"),
        (("Hakkâri", "HAKKÂRİ", "hakkari"), "hakkari"),
        (("Straße", "STRASSE", "STRAẞE"), "strasse"),
        (("𝐊𝐀𝐃𝐈𝐊Ö𝐘",), "kadikoy"),
        (("ﬁyat", "FİYAT"), "fiyat"),
        (("1️⃣4️⃣", "1\u20e34\u20e3"), "1\u20e34\u20e3"),
    ],
)
def test_spellings_of_one_word_have_one_key(spellings: tuple[str, ...], key: str) -> None:
    assert {fold(spelling) for spelling in spellings} == {key}


def test_cyrillic_lookalike_stays_another_word() -> None:
    lookalike = clean(body("mixed_script_lookalikes")).split()[0]
    assert fold(lookalike) == "кadikoу"
    assert fold(lookalike) != fold("Kadıköy")


def test_words_that_differ_by_more_than_marks_keep_their_keys_apart() -> None:
    assert len({fold(word) for word in ("kasa", "masa", "kasap", "kaşe")}) == 4


@given(any_text)
def test_key_of_a_key_is_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("abcçdefgğhıijklmnoöprsştuüvyz ", max_size=30))
def test_key_of_a_turkish_text_is_plain_and_knows_no_case(text: str) -> None:
    upper = text.translate({ord("i"): "İ", ord("ı"): "I"}).upper()
    assert fold(text).isascii()
    assert fold(upper) == fold(text)
    assert tr_lower(upper) == text


@pytest.mark.parametrize(
    ("upper", "lower"), [("IĞDIR", "ığdır"), ("İZMİR", "izmir"), ("ÇİĞ KÖFTE", "çiğ köfte")]
)
def test_small_letters_are_turkish(upper: str, lower: str) -> None:
    assert tr_lower(upper) == lower

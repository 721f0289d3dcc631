"""How many parts a text takes: exact, since each is charged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp.channels.domain import Encoding, SmsSize, measure, plain


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("", Encoding.GSM, 1),
        ("a" * 160, Encoding.GSM, 1),
        ("a" * 161, Encoding.GSM, 2),
        ("a" * 306, Encoding.GSM, 2),
        ("a" * 307, Encoding.GSM, 3),
        # An extended letter takes two places and is not cut by a part's end.
        ("a" * 158 + "€", Encoding.GSM, 1),
        ("a" * 159 + "€", Encoding.GSM, 2),
        ("a" * 152 + "€" + "a" * 151, Encoding.GSM, 2),
        ("a" * 152 + "€" + "a" * 152, Encoding.GSM, 3),
        ("ş" * 70, Encoding.UCS2, 1),
        ("ş" * 71, Encoding.UCS2, 2),
        ("ş" * 134, Encoding.UCS2, 2),
        ("ş" * 135, Encoding.UCS2, 3),
        # A letter outside the first plane takes two places.
        ("\N{HOT BEVERAGE}" * 70, Encoding.UCS2, 1),
        ("\N{SLICE OF PIZZA}" * 35, Encoding.UCS2, 1),
        ("\N{SLICE OF PIZZA}" * 36, Encoding.UCS2, 2),
    ],
)
def test_text_takes_its_parts(text: str, encoding: Encoding, parts: int) -> None:
    assert measure(text) == SmsSize(encoding, parts)


def test_typographic_signs_do_not_double_the_price() -> None:
    quote = "\N{RIGHT SINGLE QUOTATION MARK}"
    text = plain(f"14:00\N{EN DASH}14:20, \N{TURKISH LIRA SIGN}118, don{quote}t")

    assert text == "14:00-14:20, TL118, don't"
    assert measure(text).encoding is Encoding.GSM


@given(st.text(max_size=400))
def test_parts_hold_the_whole_text_and_no_more_than_needed(text: str) -> None:
    size = measure(text)
    units = len(text.encode("utf-16-le")) // 2
    least = 153 if size.encoding is Encoding.GSM else 67

    assert size.parts >= 1
    if size.encoding is Encoding.UCS2:
        assert (size.parts == 1) == (units <= 70)
    assert size.parts <= 1 + 2 * units // (least - 1)
    assert measure(text + "a").parts >= size.parts

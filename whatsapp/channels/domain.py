"""What an SMS holds: encodings, parts, and the letters that make it cheaper. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# GSM 03.38: the letters of the 7-bit alphabet, and those that take two places of it.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_GSM_ALONE, _GSM_JOINED = 160, 153
_UCS2_ALONE, _UCS2_JOINED = 70, 67
# One such letter would more than double the price of the whole message.
_PLAIN = str.maketrans(
    {
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{NO-BREAK SPACE}": " ",
        "\N{TURKISH LIRA SIGN}": "TL",
    }
)


class Encoding(StrEnum):
    """How the text goes over the air."""

    GSM = "gsm"
    UCS2 = "ucs2"


class SmsState(StrEnum):
    """``planned`` has not left; ``accepted`` is on its way; the rest are ends."""

    PLANNED = "planned"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SmsSize:
    """What a text takes: each part is charged."""

    encoding: Encoding
    parts: int


def plain(text: str) -> str:
    """The text with typographic signs written as everybody's phone has them."""
    return text.translate(_PLAIN)


def measure(text: str) -> SmsSize:
    """Encoding and number of parts of ``text``; no letter is cut in two by a part's end.

    >>> measure("a" * 160).parts, measure("a" * 161).parts, measure("ş" * 71).parts
    (1, 2, 2)
    """
    if all(letter in _BASIC or letter in _EXTENDED for letter in text):
        sizes = [2 if letter in _EXTENDED else 1 for letter in text]
        return SmsSize(Encoding.GSM, _parts(sizes, _GSM_ALONE, _GSM_JOINED))
    sizes = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
    return SmsSize(Encoding.UCS2, _parts(sizes, _UCS2_ALONE, _UCS2_JOINED))


def _parts(sizes: Sequence[int], alone: int, joined: int) -> int:
    if sum(sizes) <= alone:
        return 1
    parts, filled = 1, 0
    for size in sizes:
        if filled + size > joined:
            parts, filled = parts + 1, 0
        filled += size
    return parts

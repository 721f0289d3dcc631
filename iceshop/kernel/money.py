"""Money as integer minor units with an ISO 4217 code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from iceshop.kernel.errors import Invalid

# ISO 4217 exponents of the currencies without two decimals that shops here may meet.
_EXPONENTS = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "TND": 3}
_SYMBOLS = {"TRY": "₺", "EUR": "€", "USD": "$", "GBP": "£"}
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# Thousands stand in groups of three after one kind of separator; a fraction has the other kind,
# or stands alone. Twelve digits are more than any shop asks.
_AMOUNT = re.compile(
    r"(?P<whole>[1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3}){0,2}|\d{1,12})(?:[.,](?P<rest>\d{1,3}))?"
)


def exponent(currency: str) -> int:
    """Decimals of ``currency``: 2 for most, by ISO 4217."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: ``minor`` units (kuruş, cents) of ``currency``.

    >>> Money(1000, "TRY") + Money(50, "TRY")
    Money(minor=1050, currency='TRY')
    """

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def scaled_ppm(self, ppm: int) -> Money:
        """``ppm`` parts per million of this amount, rounded half to even.

        >>> Money(14500, "TRY").scaled_ppm(850_000).minor
        12325
        """
        exact = Decimal(self.minor) * ppm / 1_000_000
        return Money(int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)), self.currency)

    def split(self, parts: int) -> tuple[Money, ...]:
        """Divide into ``parts`` amounts that differ by at most one minor unit.

        The first parts get the remainder, so the sum is exactly ``self``.

        >>> [part.minor for part in Money(1000, "TRY").split(3)]
        [334, 333, 333]
        """
        quotient, remainder = divmod(self.minor, parts)
        return tuple(Money(quotient + (i < remainder), self.currency) for i in range(parts))

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise Invalid("money.other_currency", expected=self.currency, got=other.currency)
        return other


def show(money: Money, language: str) -> str:
    """Write ``money`` for people: ``118 ₺`` in Turkish, ``₺118`` in English.

    Decimals are shown only when the amount is not whole. The space before the sign is unbroken.

    >>> show(Money(11800, "TRY"), "en"), show(Money(11850, "TRY"), "en")
    ('₺118', '₺118.50')
    >>> show(Money(123456700, "TRY"), "en")
    '₺1,234,567'
    """
    decimals = exponent(money.currency)
    whole, fraction = divmod(abs(money.minor), 10**decimals)
    digits = f"{whole:,}"
    if fraction:
        digits += f".{fraction:0{decimals}d}"
    sign = "\N{MINUS SIGN}" if money.minor < 0 else ""
    symbol = _SYMBOLS.get(money.currency, money.currency)
    if language == "tr":
        digits = digits.translate(str.maketrans(",.", ".,"))
        return f"{sign}{digits}{_NO_BREAK_SPACE}{symbol}"
    gap = _NO_BREAK_SPACE if symbol == money.currency else ""
    return f"{sign}{symbol}{gap}{digits}"


def parse_amount(text: str, currency: str = "TRY") -> int:
    """Read an amount in either notation into minor units of ``currency``.

    Groups of three after one separator are thousands; anything else behind the last separator is
    the fraction. Raises ``Invalid("money.unreadable")``, also for more decimals than the currency
    has.

    >>> [parse_amount(text) for text in ("1.250,00", "1,250.00", "118", "118,5")]
    [125000, 125000, 11800, 11850]
    """
    amount = _AMOUNT.fullmatch(text.strip())
    if amount is None:
        raise Invalid("money.unreadable")
    whole = re.sub("[.,]", "", amount["whole"])
    exact = Decimal(f"{whole}.{amount['rest'] or 0}").scaleb(exponent(currency))
    if exact != int(exact):
        raise Invalid("money.unreadable")
    return int(exact)

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.errors import Invalid
from iceshop.kernel.money import Money, exponent, parse_amount, show

GAP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"

minors = st.integers(min_value=-(10**15), max_value=10**15)
currencies = st.sampled_from(["TRY", "EUR", "JPY", "KWD", "CHF"])


@given(minors, st.integers(min_value=1, max_value=500))
def test_split_sums_exactly(minor: int, parts: int) -> None:
    shares = Money(minor, "TRY").split(parts)
    assert len(shares) == parts
    assert sum(share.minor for share in shares) == minor


@given(minors, st.integers(min_value=1, max_value=500))
def test_split_parts_differ_by_one_unit_at_most(minor: int, parts: int) -> None:
    shares = [share.minor for share in Money(minor, "TRY").split(parts)]
    assert shares[0] - shares[-1] in (0, 1)
    assert shares == sorted(shares, reverse=True)


def test_split_of_a_debt_gives_the_smaller_debts_first() -> None:
    assert [part.minor for part in Money(-1000, "TRY").split(3)] == [-333, -333, -334]


@given(minors, minors)
def test_sum_and_difference_undo_each_other(one: int, other: int) -> None:
    first, second = Money(one, "TRY"), Money(other, "TRY")
    assert first + second - second == first


def test_order_goes_by_the_amount() -> None:
    assert Money(99, "TRY") < Money(100, "TRY") <= Money(100, "TRY")
    assert Money(250, "TRY") * 3 == Money(750, "TRY")


@pytest.mark.parametrize("operate", ["__add__", "__sub__", "__lt__", "__le__"])
def test_two_currencies_do_not_mix(operate: str) -> None:
    with pytest.raises(Invalid) as refusal:
        getattr(Money(1, "TRY"), operate)(Money(1, "EUR"))
    assert refusal.value.code == "money.other_currency"
    assert refusal.value.params == {"expected": "TRY", "got": "EUR"}


@pytest.mark.parametrize(
    ("minor", "ppm", "expected"),
    [
        (14500, 850_000, 12325),
        (5, 500_000, 2),  # 2.5, half to even
        (15, 500_000, 8),  # 7.5, half to even
        (-5, 500_000, -2),
        (100, 0, 0),
        (1, 1_000_000, 1),
    ],
)
def test_share_is_rounded_half_to_even(minor: int, ppm: int, expected: int) -> None:
    assert Money(minor, "TRY").scaled_ppm(ppm) == Money(expected, "TRY")


@given(minors, st.integers(min_value=0, max_value=1_000_000))
def test_share_and_rest_are_the_whole_within_one_unit(minor: int, ppm: int) -> None:
    whole = Money(minor, "TRY")
    rest = whole - whole.scaled_ppm(ppm) - whole.scaled_ppm(1_000_000 - ppm)
    assert abs(rest.minor) <= 1


@pytest.mark.parametrize(
    ("minor", "currency", "turkish", "english"),
    [
        (11800, "TRY", f"118{GAP}₺", "₺118"),
        (11850, "TRY", f"118,50{GAP}₺", "₺118.50"),
        (5, "TRY", f"0,05{GAP}₺", "₺0.05"),
        (0, "TRY", f"0{GAP}₺", "₺0"),
        (125000, "TRY", f"1.250{GAP}₺", "₺1,250"),
        (123456789, "TRY", f"1.234.567,89{GAP}₺", "₺1,234,567.89"),
        (-11800, "TRY", f"{MINUS}118{GAP}₺", f"{MINUS}₺118"),
        (-5, "EUR", f"{MINUS}0,05{GAP}€", f"{MINUS}€0.05"),
        (99900, "USD", f"999{GAP}$", "$999"),
        (500, "JPY", f"500{GAP}JPY", f"JPY{GAP}500"),
        (1250, "KWD", f"1,250{GAP}KWD", f"KWD{GAP}1.250"),
    ],
)
def test_amount_is_written_as_each_language_does(
    minor: int, currency: str, turkish: str, english: str
) -> None:
    money = Money(minor, currency)
    assert (show(money, "tr"), show(money, "en")) == (turkish, english)


@pytest.mark.parametrize(("currency", "decimals"), [("TRY", 2), ("JPY", 0), ("KWD", 3), ("XXX", 2)])
def test_decimals_are_those_of_the_currency(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("118", 11800),
        (" 118 ", 11800),
        ("118,5", 11850),
        ("118.5", 11850),
        ("118,50", 11850),
        ("0,05", 5),
        ("0.500", 50),
        ("1250", 125000),
        ("1.250", 125000),
        ("1,250", 125000),
        ("1.250,00", 125000),
        ("1,250.75", 125075),
        ("1.250.000", 125000000),
        ("12,345,678.90", 1234567890),
        ("1250.50", 125050),
        ("1.250,500", 125050),
        ("1250.500", 125050),
        ("٣٥٠", 35000),
    ],
)
def test_amount_is_read_in_both_notations(written: str, minor: int) -> None:
    assert parse_amount(written) == minor


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "x", "118 ₺", "-5", "+5", ".5", "5.", "1e3", "1_000", "1.2345", "1.25.000",
        "12.34.56", "1 250", "NaN", "Infinity", "½", "0.505", "1250.505", "9" * 13, "9" * 400,
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_amount(written)
    assert refusal.value.code == "money.unreadable"


def test_decimals_that_the_currency_lacks_are_refused() -> None:
    assert parse_amount("118", "JPY") == 118
    assert parse_amount("0.345", "KWD") == 345
    with pytest.raises(Invalid):
        parse_amount("118,5", "JPY")


@given(st.text("0123456789.,-+eE _٣½x", max_size=16))
def test_any_text_is_an_amount_or_refused(written: str) -> None:
    with suppress(Invalid):
        assert parse_amount(written) >= 0


@given(st.integers(min_value=0, max_value=10**10), st.sampled_from(["TRY", "EUR"]))
def test_what_is_shown_can_be_read_again(minor: int, currency: str) -> None:
    for language in ("tr", "en"):
        shown = show(Money(minor, currency), language).strip(f"₺€{GAP}")
        assert parse_amount(shown, currency) == minor


@given(minors, currencies)
def test_both_languages_show_the_same_digits(minor: int, currency: str) -> None:
    digits = [
        [sign for sign in show(Money(minor, currency), language) if sign.isdigit()]
        for language in ("tr", "en")
    ]
    assert digits[0] == digits[1]

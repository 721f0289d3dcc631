from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import translation

from iceshop.infra.templatetags import drawings, words
from iceshop.kernel.money import Money

AT = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
ISTANBUL = "Europe/Istanbul"
GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("tr", [f"118{GAP}₺", "%10", "%7,5", "14.00", f"1,1{GAP}km", "14.00'te"]),
        ("en", ["₺118", "10%", "7.5%", "14:00", f"1.1{GAP}km", "14.00"]),
    ],
)
def test_filters_write_for_the_language(language: str, expected: list[str]) -> None:
    with translation.override(language):
        assert [
            words.money(Money(11800, "TRY")),
            words.percent(100_000),
            words.percent(75_000),
            words.clock(AT, ISTANBUL),
            words.distance(1_130),
            words.locative("14.00"),
        ] == expected


def test_money_takes_minor_units() -> None:
    with translation.override("tr"):
        assert words.money(11850, "TRY") == f"118,50{GAP}₺"
        assert words.money(None) == ""


def test_distance_below_a_kilometre_is_in_metres() -> None:
    assert words.distance(999) == f"999{GAP}m"


@pytest.mark.parametrize(
    ("code", "shown"), [("7F3K92", f"7F3{GAP}K92"), ("AB23", "AB23"), ("ABCDE", f"ABC{GAP}DE")]
)
def test_code_is_read_out_in_two_halves(code: str, shown: str) -> None:
    assert words.spaced_code(code) == shown


def test_minutes_until_are_rounded_up() -> None:
    assert words.minutes_until(AT, AT.replace(hour=10, minute=35, second=30)) == 25
    assert words.minutes_until(AT, AT.replace(hour=12)) == 0


def test_initials_know_the_turkish_i() -> None:
    with translation.override("tr"):
        assert words.initials("irem duman kaya") == "İD"


def test_awning_stays_the_same_for_a_shop() -> None:
    shop = UUID("018f0000-0000-7000-8000-000000000001")
    assert drawings.awning(shop) == drawings.awning(str(shop))
    assert drawings.awning(shop) in drawings.AWNINGS


def test_label_of_an_icon_is_escaped() -> None:
    assert "&lt;b&gt;" in drawings.icon("clock", "", "<b>")


def test_state_of_a_cube_is_escaped() -> None:
    assert "<b>" not in drawings.cubes(['"><b>'])


def test_many_cubes_are_small() -> None:
    assert drawings.cubes_size(["taken"] * 41, "26") == "10"
    assert drawings.cubes_size(["taken"] * 40, "26") == "26"


def test_number_for_svg_never_has_a_comma() -> None:
    with translation.override("tr"):
        assert drawings.svg(12.5) == "12.5"

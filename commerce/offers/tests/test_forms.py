from __future__ import annotations

import pytest
from django import forms
from django.utils import translation

from commerce.offers.forms import (
    OfferForm,
    amount_text,
    currency_sign,
    read_amount,
    read_share,
    share_text,
)
from commerce.offers.services import OfferChange
from commerce.pricing.domain import TermsPlan, Tier

SENT = {
    "form_key": "0192f0c4-7e1a-7000-8000-000000000001",
    "name_tr": "Tereyağlı kruvasan",
    "name_en": "Butter croissant",
    "price": "80",
    "on_hand": "40",
    "floor_price": "55,50",
    "unit_cost": "",
    "min_people": "3",
    "max_people": "20",
    "lead_minutes": "",
    "window_minutes": "15",
    "answers_by_rule": "on",
    "is_active": "1",
    "step-TOTAL_FORMS": "4",
    "step-INITIAL_FORMS": "0",
    "step-0-people": "5",
    "step-0-kind": "percent",
    "step-0-value": "%12,5",
    "step-1-people": "8",
    "step-1-kind": "amount",
    "step-1-value": "15 ₺",
    "step-2-people": "12",
    "step-2-kind": "fixed",
    "step-2-value": "60",
    "step-3-people": "",
    "step-3-kind": "words",
}


def test_page_becomes_a_change() -> None:
    form = OfferForm.sent(SENT)
    assert form.is_valid()
    assert form.change() == OfferChange(
        name_tr="Tereyağlı kruvasan",
        name_en="Butter croissant",
        price_minor=8_000,
        on_hand=40,
        terms=TermsPlan(
            min_people=3,
            max_people=20,
            floor_price_minor=5_550,
            window_minutes=15,
            answers_by_rule=True,
        ),
        tiers=(Tier.percent(5, 1_250), Tier.amount(8, 1_500), Tier.fixed(12, 6_000)),
        is_active=True,
    )
    assert form.source_key == f"page:{SENT['form_key']}"


def test_step_in_words_may_cost_nothing_and_be_said_in_one_language() -> None:
    form = OfferForm.sent(
        SENT | {"step-3-people": "15", "step-3-words_tr": "çay bizden", "step-3-value": ""}
    )
    assert form.is_valid()
    assert form.change().tiers[3] == Tier.words(15, "çay bizden", "çay bizden", 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_tr": " "}, "name_tr"),
        ({"price": ""}, "price"),
        ({"price": "on lira"}, "price"),
        ({"on_hand": "-1"}, "on_hand"),
        ({"floor_price": "1.2.3"}, "floor_price"),
        ({"min_people": "0"}, "min_people"),
        ({"max_people": "501"}, "max_people"),
        ({"window_minutes": "4"}, "window_minutes"),
        ({"lead_minutes": "1441"}, "lead_minutes"),
        ({"form_key": "x"}, "form_key"),
    ],
)
def test_field_that_cannot_be_read_is_marked(change: dict[str, str], field: str) -> None:
    form = OfferForm.sent(SENT | change)
    assert not form.is_valid()
    assert set(form.errors) == {field}


@pytest.mark.parametrize(
    "change",
    [
        {"step-0-value": "120"},
        {"step-0-value": ""},
        {"step-1-value": "çok"},
        {"step-2-value": ""},
    ],
)
def test_step_that_cannot_be_read_is_marked(change: dict[str, str]) -> None:
    form = OfferForm.sent(SENT | change)
    assert not form.is_valid()
    number = int(next(iter(change)).split("-")[1])
    assert set(form.ladder.forms[number].errors) == {"value"}
    assert form.ladder.total_error_count() == 1


def test_more_steps_than_a_page_has_are_refused() -> None:
    many = SENT | {"step-TOTAL_FORMS": "1000"}
    form = OfferForm.sent(many)
    assert not form.is_valid()
    assert len(form.ladder.forms) == 5


@pytest.mark.parametrize(
    ("language", "amount", "share"), [("tr", "118,50", "12,5"), ("en", "118.50", "12.5")]
)
def test_figures_are_written_as_the_reader_types_them(
    language: str, amount: str, share: str
) -> None:
    with translation.override(language):
        assert (amount_text(11_850, "TRY"), share_text(1_250)) == (amount, share)
        assert (amount_text(11_800, "TRY"), amount_text(None, "TRY"), share_text(1_500)) == (
            "118",
            "",
            "15",
        )
        assert (read_amount(amount), read_share(share)) == (11_850, 1_250)


def test_share_of_a_hundred_or_more_is_refused() -> None:
    with pytest.raises(forms.ValidationError):
        read_share("100")


def test_sign_of_a_currency() -> None:
    assert [currency_sign(code) for code in ("TRY", "EUR", "CHF")] == ["₺", "€", "CHF"]

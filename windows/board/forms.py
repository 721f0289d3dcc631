"""What the board accepts."""

from __future__ import annotations

from typing import Any

from django import forms

from iceshop.kernel.errors import Invalid
from iceshop.kernel.money import parse_amount
from iceshop.kernel.text import clean
from windows.board.queries.results import PERIODS_WEEKS

REASON_LENGTH = 120
# Shifts and lengths that the page of other terms offers.
LATER_MINUTES = (-120, -60, -30, -15, 0, 15, 30, 60, 120)
LENGTH_MINUTES = (10, 15, 20, 30, 45, 60, 90)


class StockForm(forms.Form):
    """How many pieces are left."""

    left = forms.IntegerField(min_value=0, max_value=10_000)


class CancelForm(forms.Form):
    """Why a window is cancelled; the sentence goes to everybody who had a place."""

    reason = forms.CharField(max_length=REASON_LENGTH)

    def clean_reason(self) -> str:
        """One clean line without a full stop, which the message adds."""
        reason = clean(self.cleaned_data["reason"], REASON_LENGTH).rstrip(" .")
        if not reason:
            raise forms.ValidationError("empty")
        return " ".join(reason.split())


class PriceForm(forms.Form):
    """A counter: a unit price, or a discount in whole percent."""

    price = forms.CharField(max_length=20, required=False)
    percent = forms.IntegerField(min_value=0, max_value=99, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_price(self) -> int | None:
        """Minor units, or nothing."""
        text = self.cleaned_data["price"].strip().removesuffix("₺").strip()
        if not text:
            return None
        try:
            return parse_amount(text, self.currency)
        except Invalid as error:
            raise forms.ValidationError(error.code) from error


class TermsForm(forms.Form):
    """Other terms of a window: a discount in whole percent, a shift of the start, a length."""

    percent = forms.IntegerField(min_value=0, max_value=90, required=False)
    later = forms.IntegerField(min_value=-360, max_value=360, required=False)
    length = forms.IntegerField(min_value=5, max_value=240, required=False)


class ScanForm(forms.Form):
    """A scanned, typed or tapped code; ``nonce`` is the form's own."""

    code = forms.CharField(max_length=60)
    nonce = forms.RegexField(r"^[\w-]{16,40}$")


class PeriodForm(forms.Form):
    """How far back the results go."""

    weeks = forms.TypedChoiceField(
        coerce=int, choices=[(weeks, str(weeks)) for weeks in PERIODS_WEEKS]
    )

"""What the board accepts."""

from __future__ import annotations

from typing import Any

from django import forms

from iceshop.kernel.errors import Invalid
from iceshop.kernel.money import parse_amount
from iceshop.kernel.text import clean
from windows.board.queries.results import PERIODS_WEEKS
from windows.flash.domain import UndoReason
from windows.flash.services import Told
from windows.intents.domain import MAX_PARTY
from windows.passes.domain import Answer
from windows.tills.domain import NAME_LENGTH

REASON_LENGTH = 120
# Shifts and lengths that the page of other terms offers.
LATER_MINUTES = (-120, -60, -30, -15, 0, 15, 30, 60, 120)
LENGTH_MINUTES = (10, 15, 20, 30, 45, 60, 90)


def _amount(given: str, currency: str) -> int | None:
    text = given.strip().removesuffix("₺").removeprefix("₺").strip()
    if not text:
        return None
    try:
        return parse_amount(text, currency)
    except Invalid as error:
        raise forms.ValidationError(error.code) from error


class StockForm(forms.Form):
    """How many pieces are left."""

    left = forms.IntegerField(min_value=0, max_value=10_000)


class DemandForm(forms.Form):
    """Of which product the demand is asked."""

    offering = forms.UUIDField(required=False)


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
        return _amount(self.cleaned_data["price"], self.currency)


class TermsForm(forms.Form):
    """Other terms of a window: a discount in whole percent, a shift of the start, a length."""

    percent = forms.IntegerField(min_value=0, max_value=90, required=False)
    later = forms.IntegerField(min_value=-360, max_value=360, required=False)
    length = forms.IntegerField(min_value=5, max_value=240, required=False)


class ScanForm(forms.Form):
    """A scanned, typed or tapped code; ``nonce`` is the form's own."""

    code = forms.CharField(max_length=80)
    nonce = forms.RegexField(r"^[\w-]{16,40}$")
    people = forms.IntegerField(min_value=1, max_value=MAX_PARTY, required=False)
    rest = forms.BooleanField(required=False)
    paid = forms.CharField(max_length=20, required=False)
    by_name = forms.BooleanField(required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_paid(self) -> int | None:
        """Minor units, or nothing."""
        return _amount(self.cleaned_data["paid"], self.currency)

    def told(self) -> Told:
        """What the till says beside the code."""
        given = self.cleaned_data
        return Told(
            people=given["people"],
            rest_comes=given["rest"],
            paid_minor=given["paid"],
            by_name=given["by_name"],
        )


class UndoForm(forms.Form):
    """Which admission is taken back, and why."""

    nonce = forms.CharField(max_length=60)
    reason = forms.ChoiceField(choices=[(reason.value, reason.value) for reason in UndoReason])


class DisputeForm(forms.Form):
    """Which refusal is disputed."""

    nonce = forms.CharField(max_length=60)


class TillForm(forms.Form):
    """A phone that is let in; with ``pin`` alone, another PIN."""

    name = forms.CharField(max_length=NAME_LENGTH, required=False)
    pin = forms.CharField(max_length=8, strip=True)


class AnswerForm(forms.Form):
    """How a question was decided."""

    answer = forms.ChoiceField(choices=[(answer.value, answer.value) for answer in Answer])


class PeriodForm(forms.Form):
    """How far back the results go."""

    weeks = forms.TypedChoiceField(
        coerce=int, choices=[(weeks, str(weeks)) for weeks in PERIODS_WEEKS]
    )

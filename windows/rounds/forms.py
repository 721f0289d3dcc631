"""What the operator's pages about rounds accept."""

from __future__ import annotations

from django import forms

from iceshop.kernel.text import clean
from windows.engine.types import Action
from windows.rounds.domain import Mode

_REASON_LENGTH = 160


class FilterForm(forms.Form):
    """Which rounds to list; what cannot be read does not filter."""

    action = forms.TypedChoiceField(
        choices=[(action.value, action.value) for action in Action],
        coerce=Action,
        required=False,
        empty_value=None,
    )
    day = forms.DateField(required=False)
    wish = forms.UUIDField(required=False)
    before = forms.UUIDField(required=False)


class ModeForm(forms.Form):
    """How rounds are to be decided, and why."""

    mode = forms.TypedChoiceField(choices=[(mode.value, mode.value) for mode in Mode], coerce=Mode)
    reason = forms.CharField(max_length=_REASON_LENGTH)

    def clean_reason(self) -> str:
        """One line of words."""
        reason = " ".join(clean(self.cleaned_data["reason"], _REASON_LENGTH).split())
        if not reason:
            raise forms.ValidationError("empty")
        return reason

"""What the panel's forms send."""

from __future__ import annotations

from django import forms

from windows.intents.domain import MAX_PARTY


class PartyForm(forms.Form):
    """How many people come; empty means as many as were invited."""

    people = forms.IntegerField(min_value=1, max_value=MAX_PARTY, required=False)


class GiveUpForm(forms.Form):
    """What becomes of the wish when its seat is given back."""

    wish = forms.ChoiceField(choices=[("keep", "keep"), ("close", "close")])

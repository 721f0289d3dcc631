"""What the log-in page accepts."""

from __future__ import annotations

from django import forms


class LogInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(max_length=150)
    password = forms.CharField(max_length=200, strip=False)

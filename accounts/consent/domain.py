"""Purposes, changes and the state that they lead to."""

from __future__ import annotations

from enum import StrEnum

# Channels that a change of consent may come by.
WHATSAPP_CHANNEL = "whatsapp"
SMS_CHANNEL = "sms"
VOICE_CHANNEL = "voice"


class Purpose(StrEnum):
    """What consent is given for."""

    MARKETING = "marketing"
    CALLS = "calls"


class ConsentChange(StrEnum):
    """What a person did: said yes, said no, opted out of everything unasked, came back."""

    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


class MarketingState(StrEnum):
    """The last answer about marketing."""

    UNKNOWN = "unknown"
    GRANTED = "granted"
    DECLINED = "declined"

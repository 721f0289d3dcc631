"""SMS and voice calls: both are off until an address or a key is named."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from iceshop.settings import env

# The backup of notices that WhatsApp does not deliver.
SMS: dict[str, Any] = {
    "URL": env.text(
        "SMS_URL",
        group="sms",
        effect="Address of an SMS gateway up to /messages; empty: no SMS.",
        default="",
    ).rstrip("/"),
    "KEY": env.text("SMS_KEY", group="sms", effect="Its bearer key.", default=""),
    "SENDER": env.text(
        "SMS_SENDER", group="sms", effect="Sender's name or number.", default="ICESHOP"
    ),
    "SECRETS": env.words(
        "SMS_SECRET",
        group="sms",
        effect="Secrets that sign the gateway's reports, current first; without one none counts.",
    ),
}

# Telephone calls by Vapi.
VOICE: dict[str, Any] = {
    "URL": env.text(
        "VOICE_URL", group="voice", effect="Address of Vapi.", default="https://api.vapi.ai"
    ).rstrip("/"),
    "KEY": env.text(
        "VOICE_KEY", group="voice", effect="Private key of Vapi; empty: no calls.", default=""
    ),
    "NUMBER_ID": env.text(
        "VOICE_NUMBER_ID",
        group="voice",
        effect="Id of the telephone number that calls go out from.",
        default="",
    ),
    "SECRETS": env.words(
        "VOICE_SECRET",
        group="voice",
        effect="Secrets of Vapi's messages to us (HMAC or X-Vapi-Secret); without one none counts.",
    ),
    "MODEL": env.text(
        "VOICE_MODEL",
        group="voice",
        effect="Language model of the assistant, provider:name.",
        default="openai:gpt-4o-mini",
    ),
    "TRANSCRIBER": env.text(
        "VOICE_TRANSCRIBER",
        group="voice",
        effect="Speech to text of calls, provider:model.",
        default="deepgram:nova-2",
    ),
    "SPEAKER": env.text(
        "VOICE_SPEAKER",
        group="voice",
        effect="Voice of the assistant, provider:voice.",
        default="azure:tr-TR-EmelNeural",
    ),
}


def check(sms: dict[str, Any], voice: dict[str, Any]) -> None:
    """Refuse values with which nothing could be sent or reported, by the variable's name."""
    for name, wanted in (("SMS", sms), ("VOICE", voice)):
        address = urlsplit(wanted["URL"])
        if wanted["URL"] and (address.scheme not in ("http", "https") or not address.hostname):
            raise ImproperlyConfigured(f"{name}_URL is no address.")
    if sms["URL"] and not sms["SECRETS"]:
        raise ImproperlyConfigured("SMS_SECRET is not set.")
    if voice["KEY"] and not voice["SECRETS"]:
        raise ImproperlyConfigured("VOICE_SECRET is not set.")
    for name in ("MODEL", "TRANSCRIBER", "SPEAKER"):
        if not all(voice[name].partition(":")):
            raise ImproperlyConfigured(f"VOICE_{name} must be provider:name.")


check(SMS, VOICE)

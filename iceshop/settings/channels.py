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


def check(sms: dict[str, Any]) -> None:
    """Refuse values with which nothing could be sent or reported, by the variable's name."""
    address = urlsplit(sms["URL"])
    if sms["URL"] and (address.scheme not in ("http", "https") or not address.hostname):
        raise ImproperlyConfigured("SMS_URL is no address.")
    if sms["URL"] and not sms["SECRETS"]:
        raise ImproperlyConfigured("SMS_SECRET is not set.")


check(SMS)

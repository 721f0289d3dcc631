"""How product and simulator find each other: addresses, ids and secrets from the settings."""

from __future__ import annotations

from django.conf import settings

from whatsapp.simulator.domain.wire import Number


def number() -> Number:
    """The business number that is played here."""
    return Number(
        phone_number_id=settings.WHATSAPP["PHONE_NUMBER_ID"],
        display_phone_number=settings.WHATSAPP["NUMBER"],
        account_id=settings.WHATSAPP["ACCOUNT_ID"],
    )


def graph_url() -> str:
    """What stands here for ``https://graph.facebook.com``."""
    return f"{settings.PUBLIC_URL}/sim/graph"


def webhook_url() -> str:
    """Where the product receives webhooks."""
    return f"{settings.PUBLIC_URL}/webhooks/whatsapp"


def access_token() -> str:
    """The bearer token that requests must carry."""
    return str(settings.WHATSAPP["ACCESS_TOKEN"])


def app_secret() -> str:
    """The secret that signs webhooks, the current one where two are valid."""
    return str(next(iter(settings.WHATSAPP["APP_SECRETS"]), ""))


def verify_token() -> str:
    """The token of the webhook's handshake."""
    return str(settings.WHATSAPP["VERIFY_TOKEN"])

"""The client as the settings describe it."""

from __future__ import annotations

import httpx
from django.conf import settings

from whatsapp.gateway.client import CloudApi


def cloud_api(transport: httpx.BaseTransport | None = None) -> CloudApi:
    """Return a client for the configured number; close it, or use it in a ``with`` block."""
    wanted = settings.WHATSAPP
    return CloudApi(
        base_url=wanted["GRAPH_URL"],
        version=wanted["API_VERSION"],
        phone_number_id=wanted["PHONE_NUMBER_ID"],
        token=wanted["ACCESS_TOKEN"],
        media_hosts=wanted["MEDIA_HOSTS"],
        transport=transport,
    )

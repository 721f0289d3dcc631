"""The client as the settings describe it."""

from __future__ import annotations

from typing import Any

from whatsapp.gateway.connection import cloud_api


def test_client_follows_the_settings(settings: Any) -> None:
    settings.WHATSAPP = {
        **settings.WHATSAPP,
        "GRAPH_URL": "https://graph.facebook.com",
        "API_VERSION": "v25.0",
        "PHONE_NUMBER_ID": "1",
        "ACCESS_TOKEN": "t",
    }
    with cloud_api() as api:
        assert (api.root, api.phone_number_id) == ("https://graph.facebook.com/v25.0", "1")
        assert api.media_hosts == {"lookaside.fbsbx.com"}
        assert api.http.headers["Authorization"] == "Bearer t"

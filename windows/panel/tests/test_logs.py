"""The link opens the panel, so no log may hold it."""

from __future__ import annotations

from uuid import uuid4

from iceshop.infra.logging import drop_personal
from windows.panel.links import panel_token


def test_a_logged_address_holds_no_token() -> None:
    token = panel_token(window_id=uuid4(), person_id=uuid4())

    event = drop_personal(None, "", {"event": f"Not Found: /w/{token}/party"})

    assert event == {"event": "Not Found: /w/[link]/party"}

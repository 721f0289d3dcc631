"""Signed links to the panel of one person in one window."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing

# Long enough for a window two days ahead and a look back the day after.
MAX_AGE_SECONDS = 4 * 24 * 3600
_SALT = "iceshop.panel"


@dataclass(frozen=True, slots=True)
class PanelKey:
    """What a link opens."""

    window_id: UUID
    person_id: UUID


def panel_token(*, window_id: UUID, person_id: UUID) -> str:
    """The signed part of the link."""
    return signing.dumps([window_id.hex, person_id.hex], salt=_SALT, compress=True)


def panel_link(*, window_id: UUID, person_id: UUID) -> str:
    """The absolute address of the panel."""
    token = panel_token(window_id=window_id, person_id=person_id)
    return f"{settings.PUBLIC_URL}/w/{token}"


def read_token(token: str) -> PanelKey | None:
    """What ``token`` opens; ``None`` when it is forged or too old."""
    try:
        window, person = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
        return PanelKey(UUID(window), UUID(person))
    except (signing.BadSignature, ValueError, TypeError):
        return None

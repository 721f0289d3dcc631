"""Signed links to the panel of one person in one window."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
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
    """The signed part of the link: some 95 signs that chat programs leave in one piece."""
    key = urlsafe_b64encode(window_id.bytes + person_id.bytes).decode().rstrip("=")
    return _signer().sign(key)


def panel_link(*, window_id: UUID, person_id: UUID) -> str:
    """The absolute address of the panel."""
    token = panel_token(window_id=window_id, person_id=person_id)
    return f"{settings.PUBLIC_URL}/w/{token}"


def read_token(token: str) -> PanelKey | None:
    """What ``token`` opens; ``None`` when it is forged or too old."""
    try:
        key = _signer().unsign(token, max_age=MAX_AGE_SECONDS)
        window_and_person = urlsafe_b64decode(f"{key}=")
        return PanelKey(UUID(bytes=window_and_person[:16]), UUID(bytes=window_and_person[16:]))
    except (signing.BadSignature, ValueError):
        return None


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_SALT, sep="~")

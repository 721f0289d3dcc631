"""What lets a phone work as a till: a signed link to begin with, a signed cookie for a shift."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from windows.tills.queries import TillCard, till_card

# A shift; then the PIN is asked for again.
SHIFT_SECONDS = 16 * 3600
_LINK = "iceshop.till.link"
_SHIFT = "iceshop.till.shift"


def till_link(till: TillCard) -> str:
    """The absolute address under which the till asks for its PIN."""
    return settings.PUBLIC_URL + reverse("board:till", args=[link_token(till)])


def link_token(till: TillCard) -> str:
    """The signed part of the link."""
    return signing.Signer(salt=_LINK, sep="~").sign(till.id.hex)


def till_of_link(token: str) -> TillCard | None:
    """The till of a link that the owner has not ended."""
    try:
        till = till_card(UUID(signing.Signer(salt=_LINK, sep="~").unsign(token)))
    except (signing.BadSignature, ValueError):
        return None
    return till if till and not till.is_revoked else None


def shift_token(till: TillCard) -> str:
    """What the phone keeps after the right PIN."""
    return signing.dumps([till.id.hex, till.pin_version], salt=_SHIFT)


def till_of_shift(token: str) -> TillCard | None:
    """The till whose PIN was given; a revoked one too, so that it can be told.

    ``None`` when the shift is over or the PIN has been changed since.
    """
    try:
        key, pin_version = signing.loads(token, salt=_SHIFT, max_age=SHIFT_SECONDS)
        till = till_card(UUID(key))
    except (signing.BadSignature, ValueError):
        return None
    return till if till and till.pin_version == pin_version else None

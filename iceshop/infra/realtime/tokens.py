"""Signed, short-lived tokens that say which topics a page may hear."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing

MAX_AGE_SECONDS = 600
_SALT = "iceshop.live"


def issue(topics: Sequence[str]) -> str:
    """Return a token for ``topics``, to be put into the page that was allowed to show them."""
    return signing.dumps(list(topics), salt=_SALT, compress=True)


def topics_of(token: str) -> list[str] | None:
    """Topics of a valid ``token``; ``None`` when it is forged or too old."""
    try:
        loaded = signing.loads(token, salt=_SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    return [str(topic) for topic in loaded]

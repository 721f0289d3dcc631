"""The signature of a webhook body: HMAC-SHA256 over the raw bytes, keyed with the app secret.

The platform signs its own escaped form of the text, so only the bytes as they came can be verified,
never a body that was parsed and written again.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from enum import StrEnum

HEADER = "X-Hub-Signature-256"
_SHAPE = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)


class Verdict(StrEnum):
    """Result of a check; everything but ``VALID`` is answered with 403."""

    VALID = "valid"
    NO_SECRET = "no_secret"
    MISSING = "signature_missing"
    MALFORMED = "signature_malformed"
    WRONG = "signature_wrong"


def sign(body: bytes, secret: str) -> str:
    """Return the header value for ``body``."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def check(body: bytes, header: str | None, secrets: Sequence[str]) -> Verdict:
    """Say whether ``header`` signs ``body`` with one of ``secrets`` (several while they rotate).

    Without a secret nothing is valid. Every secret is tried, in constant time each.
    """
    usable = [secret for secret in secrets if secret]
    if not usable:
        return Verdict.NO_SECRET
    if not header:
        return Verdict.MISSING
    if _SHAPE.fullmatch(header) is None:
        return Verdict.MALFORMED
    matches = [hmac.compare_digest(sign(body, secret), header) for secret in usable]
    return Verdict.VALID if any(matches) else Verdict.WRONG


def same_token(given: str | None, expected: str) -> bool:
    """Compare the token of the handshake in constant time; an unset token matches nothing."""
    if not given or not expected:
        return False
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())

"""The server's secrets of the rotating codes, made of the installation's secret keys."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings

from windows.passes.domain import Keys

_PURPOSE = b"iceshop.pass.rotating"


def keys() -> Keys:
    """Secrets of the current key and of the former ones whose codes still count."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return Keys.of([hmac.digest(secret.encode(), _PURPOSE, sha256) for secret in secrets])

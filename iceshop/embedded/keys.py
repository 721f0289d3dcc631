"""The secrets of one installation: made at random on the first run, kept in its data directory."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from pathlib import Path

from iceshop.embedded.directory import DataDirectory

_RANDOM_BYTES = 32
_NAMES = ("ICESHOP_SECRET_KEY", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN")


def keys_of(data: DataDirectory) -> dict[str, str]:
    """Return the secrets by the names of their environment variables; make them if there are none.

    Two first runs at once get the same ones.
    """
    if not data.secrets.exists():
        _make(data.secrets)
    kept: dict[str, str] = json.loads(data.secrets.read_text())
    return kept


def _make(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({name: secrets.token_hex(_RANDOM_BYTES) for name in _NAMES}, file, indent=2)
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()

"""The browser of the browser tests: the system's own, never downloaded."""

from __future__ import annotations

import os
import shutil

HOW_TO_GET_IT = (
    "no Chromium on this machine. Debian: apt-get install chromium. Elsewhere install Chromium or "
    "Chrome, or name the program in CHROMIUM."
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the program that CHROMIUM names, else the first one on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)

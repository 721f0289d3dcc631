"""Rules of a talk that need no table."""

from __future__ import annotations

from datetime import timedelta

# Long enough to settle something, short enough that nobody is left without an answer for a day.
TAKEN_OVER_FOR = timedelta(hours=2)

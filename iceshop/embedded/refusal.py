"""What stops a start before it begins: one sentence and exit status 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

REFUSED = 2


class Refused(Exception):
    """Say in one sentence why nothing was started and what would help."""


@contextmanager
def refusals_on_stderr() -> Iterator[None]:
    """Turn a refusal into its sentence on standard error and exit status 2."""
    try:
        yield
    except Refused as refusal:
        sys.stderr.write(f"{' '.join(str(refusal).split())}\n")
        raise SystemExit(REFUSED) from None

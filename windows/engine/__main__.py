"""Solve benchmark instances: ``python -m windows.engine solve FILE``; see ``docs/engine.md``."""

from __future__ import annotations

import sys
from time import monotonic

_BEGAN = monotonic()

if __name__ == "__main__":
    from windows.engine.command import main

    sys.exit(main(sys.argv[1:], _BEGAN))

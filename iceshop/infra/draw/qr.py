"""QR codes as one SVG path."""

from __future__ import annotations

from dataclasses import dataclass

import segno

# The white frame that readers need, in modules (ISO/IEC 18004 asks for four).
QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class QrPath:
    """``side`` of the square in modules, quiet zone included, and the path of the dark ones."""

    side: int
    path: str


def qr_path(payload: str) -> QrPath:
    """Encode ``payload`` with error correction M; dark modules become horizontal runs."""
    code = segno.make(payload, error="m", micro=False)
    runs: list[str] = []
    side = 0
    for y, row in enumerate(code.matrix):
        side = len(row)
        x = 0
        while x < side:
            start = x
            while x < side and row[x]:
                x += 1
            if x > start:
                left = start + QUIET_MODULES
                runs.append(f"M{left} {y + QUIET_MODULES}h{x - start}v1H{left}z")
            x += 1
    return QrPath(side + 2 * QUIET_MODULES, "".join(runs))

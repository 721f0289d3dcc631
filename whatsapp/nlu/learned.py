"""Linear classifiers as arrays of small numbers: read from a file, scored without any library."""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of ``classes`` weights for each bucket; a sign's name is hashed to its bucket."""

    classes: tuple[str, ...]
    buckets: int
    scales: tuple[float, ...]
    rows: Sequence[int]

    def probabilities(self, signs: Mapping[str, float]) -> dict[str, float]:
        """The probability of each class; they add up to 1."""
        width = len(self.classes)
        scores = [0.0] * width
        for name, weight in signs.items():
            start = bucket(name, self.buckets) * width
            row = self.rows[start : start + width]
            scores = [score + weight * value for score, value in zip(scores, row, strict=True)]
        scores = [score * scale for score, scale in zip(scores, self.scales, strict=True)]
        highest = max(scores)
        raised = [math.exp(score - highest) for score in scores]
        total = sum(raised)
        return {name: value / total for name, value in zip(self.classes, raised, strict=True)}

    def to_bytes(self) -> bytes:
        """The file: a line of JSON, then the rows as signed bytes."""
        head = {
            "format": FORMAT,
            "classes": self.classes,
            "buckets": self.buckets,
            "scales": self.scales,
        }
        return json.dumps(head).encode() + b"\n" + array("b", self.rows).tobytes()


def bucket(name: str, buckets: int) -> int:
    """Where a sign's weights stand; ``buckets`` is a power of two."""
    return zlib.crc32(name.encode()) & (buckets - 1)


def read_weights(content: bytes) -> Weights:
    """Read what ``to_bytes`` wrote; raises ``ValueError`` for another format."""
    head, _, body = content.partition(b"\n")
    described = json.loads(head)
    if described["format"] != FORMAT:
        raise ValueError(f"weights of format {described['format']}, not {FORMAT}")
    rows = array("b")
    rows.frombytes(body)
    classes = tuple(described["classes"])
    if len(rows) != described["buckets"] * len(classes):
        raise ValueError("weights cut short")
    return Weights(classes, described["buckets"], tuple(described["scales"]), rows)


def _read(name: str) -> Weights:
    path = resources.files("whatsapp.nlu") / "data" / "learned" / name
    return read_weights(path.read_bytes())


@dataclass(frozen=True, slots=True)
class Trained:
    """Both classifiers: of acts and of the language."""

    acts: Weights
    language: Weights


@cache
def trained() -> Trained:
    """The classifiers that come with Iceshop; read once."""
    return Trained(_read("acts.weights"), _read("language.weights"))

"""Boosted trees: learnt by scikit-learn in a process of its own, kept and scored as flat arrays.

Histogram gradient boosting (Ke et al. 2017, LightGBM; scikit-learn's `HistGradientBoosting*`). The
sum over the trees is on the scale of the link: log for counts, logit for chances, none otherwise.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Kind = Literal["poisson", "log_loss", "squared"]
Floats = npt.NDArray[np.float64]
_LEARN = Path(__file__).with_name("learn_trees.py")
# Rows times trees that are walked at once: what stays in the cache of a processor.
_AT_ONCE = 1 << 17


class CannotLearn(Exception):
    """The child process that learns ended without trees; the text is its last line."""


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Boosted trees as arrays over nodes; siblings are neighbours.

    A row at node i goes to ``child[i]`` when ``features[feature[i]] <= threshold[i]``, else to
    ``child[i] + 1``. A leaf is its own child. ``table[i] >= 0`` names the line of ``goes_left`` of
    a split by category. Missing values and categories never seen go where ``missing_right`` says.
    """

    kind: Kind
    base: float
    depth: int
    roots: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    threshold: Floats
    child: npt.NDArray[np.int32]
    value: Floats
    missing_right: npt.NDArray[np.bool_]
    table: npt.NDArray[np.int32]
    goes_left: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]

    def score(self, features: npt.ArrayLike) -> Floats:
        """Return the forecast of each row: a mean, a chance, or a value, by ``kind``."""
        raw = self.raw(features)
        if self.kind == "poisson":
            return np.exp(raw)
        return 1 / (1 + np.exp(-raw)) if self.kind == "log_loss" else raw

    def raw(self, features: npt.ArrayLike) -> Floats:
        """Return the sum of each row on the scale of the link. ``features``: rows by columns."""
        rows = np.ascontiguousarray(np.atleast_2d(np.asarray(features, dtype=np.float64)))
        found = np.empty(len(rows))
        step = max(1, _AT_ONCE // max(1, len(self.roots)))
        for begin in range(0, len(rows), step):
            found[begin : begin + step] = self._walked(rows[begin : begin + step])
        return found

    def _walked(self, rows: Floats) -> Floats:
        count, width = rows.shape
        missing = bool(np.isnan(rows).any())
        flat, offset = rows.ravel(), (np.arange(count) * width)[:, None]
        at = np.broadcast_to(self.roots, (count, len(self.roots))).copy()
        for _ in range(self.depth):
            seen = flat[offset + self.feature[at]]
            right = seen > self.threshold[at]
            if len(self.goes_left):
                right = np.where(self.table[at] >= 0, ~self._left(at, seen), right)
            if missing:
                right |= np.isnan(seen) & self.missing_right[at]
            at = self.child[at] + right
        found: Floats = self.base + self.value[at].sum(axis=1)
        return found

    def _left(self, at: npt.NDArray[np.int32], seen: Floats) -> npt.NDArray[np.bool_]:
        inside = (seen >= 0) & (seen < self.known.shape[1])
        code = np.where(inside, seen, 0).astype(np.int64)
        known = inside & self.known[self.feature[at], code]
        return np.where(known, self.goes_left[self.table[at], code], ~self.missing_right[at])

    def to_bytes(self) -> bytes:
        """Return the forest as a compressed archive of arrays."""
        arrays: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        arrays |= {"value": self.value, "goes_left": np.packbits(self.goes_left, axis=1)}
        held = io.BytesIO()
        np.savez_compressed(held, **arrays)
        return held.getvalue()

    @classmethod
    def from_bytes(cls, held: bytes) -> Forest:
        """Return the forest that `to_bytes` wrote. Nothing in it is run."""
        with np.load(io.BytesIO(held), allow_pickle=False) as stored:
            arrays = dict(stored)
        arrays["goes_left"] = np.unpackbits(arrays["goes_left"], axis=1).astype(bool)
        return _made(arrays)


def train(  # noqa: PLR0913 - each is a setting of the learner
    kind: Kind,
    features: npt.ArrayLike,
    targets: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    monotone: Sequence[int] | None = None,
    categorical: Sequence[int] | None = None,
    rounds: int = 300,
    leaves: int = 31,
    min_leaf: int = 200,
    learning_rate: float = 0.05,
    shrink: float = 0.0,
    share_of_features: float = 1.0,
    seed: int = 0,
) -> Forest:
    """Learn trees from rows by columns in a fresh process with one thread.

    ``monotone``: per column 1 (never falls), -1 (never rises) or 0. ``categorical``: columns that
    hold whole numbers 0..254 without order. ``shrink``: L2 penalty of the leaves. Missing values
    are NaN. The same rows, settings and seed give the same trees. Raises: CannotLearn.
    """
    rows = np.atleast_2d(np.asarray(features))
    settings = {
        "kind": kind,
        "columns": rows.shape[1],
        "monotone": None if monotone is None else list(monotone),
        "categorical": sorted(categorical or ()),
        "rounds": rounds,
        "leaves": leaves,
        "min_leaf": min_leaf,
        "learning_rate": learning_rate,
        "shrink": shrink,
        "share_of_features": share_of_features,
        "seed": seed,
    }
    given: dict[str, Any] = {"features": rows, "targets": np.asarray(targets, dtype=np.float64)}
    if weights is not None:
        given["weights"] = np.asarray(weights, dtype=np.float64)
    return _made(_apart(given, json.dumps(settings)) | {"kind": np.array(kind)})


def _apart(given: dict[str, Any], settings: str) -> dict[str, npt.NDArray[Any]]:
    """Let a child process learn; what it is given and gives back are files of arrays."""
    one_thread = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory(prefix="iceshop-trees-") as scratch:
        asked, answer = Path(scratch) / "asked.npz", Path(scratch) / "answer.npz"
        np.savez(asked, settings=np.array(settings), **given)
        command = [sys.executable, "-P", str(_LEARN), str(asked), str(answer)]
        run = subprocess.run(command, env=one_thread, capture_output=True, text=True, check=False)
        if run.returncode:
            raise CannotLearn((run.stderr.strip().splitlines() or ["it was ended"])[-1])
        with np.load(answer, allow_pickle=False) as stored:
            return dict(stored)


def _made(arrays: dict[str, npt.NDArray[Any]]) -> Forest:
    kind: Any = str(arrays.pop("kind"))
    base, depth = float(arrays.pop("base")), int(arrays.pop("depth"))
    return Forest(kind=kind, base=base, depth=depth, **arrays)

"""Logistic regression over hashed signs: full batches in the dual form, so nothing is random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from whatsapp.nlu.learned import Weights, bucket

Matrix = NDArray[np.float64]
_HIGHEST = 127


def matrix(signs: Sequence[Mapping[str, float]], buckets: int) -> Matrix:
    """One row a message; names that share a bucket add up, as they do when scored."""
    made = np.zeros((len(signs), buckets))
    for at, named in enumerate(signs):
        for name, weight in named.items():
            made[at, bucket(name, buckets)] += weight
    return made


def kernel(features: Matrix) -> Matrix:
    """How alike each two messages are."""
    return features @ features.T


def fit(
    alike: Matrix,
    labels: NDArray[np.int64],
    weights: Matrix,
    classes: int,
    *,
    ridge: float,
    steps: int = 250,
) -> Matrix:
    """Coefficients of the messages; ``weights`` is what each one counts.

    Nesterov's accelerated gradient of the penalised cross entropy, in the space of functions.
    """
    target = np.zeros((len(labels), classes))
    target[np.arange(len(labels)), labels] = 1.0
    count = weights[:, None]
    rate = 1.0 / (0.5 * _steepest(alike, weights) + ridge)
    now = np.zeros_like(target)
    before = now
    for step in range(steps):
        ahead = now + (step / (step + 3)) * (now - before)
        wrong = count * (softmax(alike @ ahead) - target)
        before, now = now, ahead - rate * (wrong + ridge * ahead)
    return now


def _steepest(alike: Matrix, weights: Matrix) -> float:
    """An upper estimate of the largest eigenvalue, by powers."""
    vector = np.ones(len(weights))
    length = 0.0
    for _ in range(30):
        vector = alike @ (weights * vector)
        length = float(np.linalg.norm(vector))
        vector /= length
    return 1.05 * length


def softmax(scores: Matrix) -> Matrix:
    """Probabilities of each row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def pack(features: Matrix, coefficients: Matrix, classes: tuple[str, ...]) -> Weights:
    """The weights as signed bytes, one scale a class."""
    full = features.T @ coefficients
    scales = np.abs(full).max(axis=0) / _HIGHEST
    scales[scales == 0] = 1.0
    rows = np.rint(full / scales).astype(np.int8)
    return Weights(
        classes,
        features.shape[1],
        tuple(float(f"{scale:.6g}") for scale in scales),
        [int(value) for value in rows.reshape(-1)],
    )

"""Train the act classifier, whole or with a part of the lines held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatsapp.nlu.learned import Trained, Weights
from whatsapp.nlu.reading import Act
from whatsapp.nlu.training import linear
from whatsapp.nlu.training.examples import Example

BUCKETS = 1 << 14
RIDGE = 0.5
# Rules were written with the development lines in sight, so these say too much good of them.
COUNTS = {"dev": 0.5, "practice": 2.0, "lines": 1.0}
CLASSES = tuple(act.value for act in Act)
# Any act weights serve to find the signs: these do not depend on what is chosen.
BLANK = Weights(CLASSES, 1, (1.0,) * len(CLASSES), [0] * len(CLASSES))


@dataclass(frozen=True)
class Lesson:
    """All examples with their signs, ready to be learned with any part left out."""

    examples: tuple[Example, ...]
    features: linear.Matrix
    alike: linear.Matrix
    labels: NDArray[np.int64]
    counts: linear.Matrix

    def learn(self, held_out: Sequence[int] = ()) -> Weights:
        """Weights learned from all examples but those of the numbers ``held_out``."""
        kept = np.setdiff1d(np.arange(len(self.examples)), np.array(held_out, dtype=np.int64))
        coefficients = linear.fit(
            self.alike[np.ix_(kept, kept)],
            self.labels[kept],
            self.counts[kept],
            len(CLASSES),
            ridge=RIDGE,
        )
        return linear.pack(self.features[kept], coefficients, CLASSES)


def prepare(examples: Sequence[Example], language: Weights) -> Lesson:
    """Read every example once for its signs, its language told by ``language``."""
    blank = Trained(BLANK, language)
    features = linear.matrix(
        [example.explained(blank).choice.signs for example in examples], BUCKETS
    )
    return Lesson(
        tuple(examples),
        features,
        linear.kernel(features),
        np.array([CLASSES.index(example.act) for example in examples]),
        np.array([COUNTS[example.source] for example in examples]),
    )


def folds(examples: Sequence[Example], count: int) -> list[list[int]]:
    """The corpora's examples cut into ``count`` parts, each act spread over all of them."""
    numbers = [at for at, example in enumerate(examples) if example.has_slots]
    numbers.sort(key=lambda at: (examples[at].source, examples[at].act, at))
    return [numbers[part::count] for part in range(count)]

"""Train the act classifier, whole or with a part of the lines held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whatsapp.nlu.learned import Weights
from whatsapp.nlu.reading import Act
from whatsapp.nlu.training import linear
from whatsapp.nlu.training.examples import Example

BUCKETS = 1 << 14
RIDGE = 1.0
# Rules were written with the development lines in sight, so these say too much good of them.
COUNTS = {"dev": 0.5, "practice": 2.0, "lines": 1.0}
CLASSES = tuple(act.value for act in Act)
# Any weights serve to find the signs: these do not depend on what is chosen.
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


def prepare(examples: Sequence[Example], counts: Mapping[str, float] = COUNTS) -> Lesson:
    """Read every example once for its signs."""
    features = linear.matrix(
        [example.explained(BLANK).choice.signs for example in examples], BUCKETS
    )
    return Lesson(
        tuple(examples),
        features,
        linear.kernel(features),
        np.array([CLASSES.index(example.act) for example in examples]),
        np.array([counts[example.source] for example in examples]),
    )


def folds(lesson: Lesson, count: int) -> list[list[int]]:
    """The corpora's examples cut into ``count`` parts, each act spread over all of them."""
    numbers = [at for at, example in enumerate(lesson.examples) if example.has_slots]
    numbers.sort(key=lambda at: (lesson.examples[at].source, lesson.examples[at].act, at))
    return [numbers[part::count] for part in range(count)]

"""Train the language classifier, on lines with and without their Turkish letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iceshop.kernel.text import fold
from whatsapp.nlu.language import language_signs
from whatsapp.nlu.learned import Weights
from whatsapp.nlu.training import linear
from whatsapp.nlu.training.examples import Example

BUCKETS = 1 << 13
RIDGE = 1.0
STEPS = 120
CLASSES = ("en", "tr")


@dataclass(frozen=True)
class Lesson:
    """Texts with their signs; ``owners`` are the numbers of their examples, -1 for none."""

    features: linear.Matrix
    alike: linear.Matrix
    labels: NDArray[np.int64]
    owners: NDArray[np.int64]

    def learn(self, held_out: Collection[int] = ()) -> Weights:
        """Weights learned from the texts of all examples but those ``held_out``."""
        kept = np.flatnonzero(~np.isin(self.owners, list(held_out)))
        coefficients = linear.fit(
            self.alike[np.ix_(kept, kept)],
            self.labels[kept],
            np.ones(len(kept)),
            len(CLASSES),
            ridge=RIDGE,
            steps=STEPS,
        )
        return linear.pack(self.features[kept], coefficients, CLASSES)


def prepare(examples: Sequence[Example], more: Sequence[tuple[str, str]] = ()) -> Lesson:
    """The texts of the ``examples`` with words of their own, and ``more`` texts."""
    said = [
        (str(example.row["text"]), example.language, at)
        for at, example in enumerate(examples)
        if example.has_language
    ]
    said += [(text, language, -1) for text, language in more]
    signs, labels, owners = [], [], []
    for text, language, owner in said:
        seen = language_signs(text)
        bare = language_signs(fold(text))
        for shown in [seen] if seen == bare else [seen, bare]:
            if shown:
                signs.append(shown)
                labels.append(CLASSES.index(language))
                owners.append(owner)
    features = linear.matrix(signs, BUCKETS)
    return Lesson(features, linear.kernel(features), np.array(labels), np.array(owners))

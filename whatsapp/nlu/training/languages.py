"""Train the language classifier on every line, with and without its Turkish letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from iceshop.kernel.text import fold
from whatsapp.nlu.language import language_signs
from whatsapp.nlu.learned import Weights
from whatsapp.nlu.training import linear
from whatsapp.nlu.training.examples import Example

BUCKETS = 1 << 13
RIDGE = 1.0
CLASSES = ("en", "tr")


def learn(examples: Sequence[Example], more: Sequence[tuple[str, str]] = ()) -> Weights:
    """Weights learned from the ``examples`` with words of their own and ``more`` texts."""
    said = [(str(each.row["text"]), each.language) for each in examples if each.has_language]
    texts = [
        (text, language)
        for whole, language in (*said, *more)
        for text in dict.fromkeys((whole, fold(whole)))
        if language_signs(text)
    ]
    features = linear.matrix([language_signs(text) for text, _ in texts], BUCKETS)
    labels = np.array([CLASSES.index(language) for _, language in texts])
    coefficients = linear.fit(
        linear.kernel(features), labels, np.ones(len(texts)), len(CLASSES), ridge=RIDGE, steps=120
    )
    return linear.pack(features, coefficients, CLASSES)

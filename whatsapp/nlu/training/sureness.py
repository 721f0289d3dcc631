"""Fit the confidence on readings of lines that the act classifier had not seen."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from whatsapp.nlu import corpus
from whatsapp.nlu.learned import Trained
from whatsapp.nlu.parse import Explained
from whatsapp.nlu.sureness import Sureness
from whatsapp.nlu.training import acts, languages
from whatsapp.nlu.training.examples import Example

FOLDS = 5
RIDGE = 3.0
# The development lines were in sight when the rules were written: they look surer than they are.
COUNTS = {"dev": 0.3, "practice": 1.0}
# Above the threshold about this share of readings is wholly right.
RIGHT_ABOVE = 0.9
_SCORER = Path(__file__).parents[3] / "bench" / "nlu_score.py"
Read = tuple[Example, Explained]


@cache
def scorer() -> ModuleType:
    """The scorer of the corpora."""
    spec = importlib.util.spec_from_file_location("nlu_score", _SCORER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(_SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def out_of_fold(
    lesson: acts.Lesson, languages_lesson: languages.Lesson, count: int = FOLDS
) -> list[Read]:
    """Each corpus line read by classifiers that were learned without its fold."""
    read: list[Read] = []
    for held_out in acts.folds(lesson.examples, count):
        weights = Trained(lesson.learn(held_out), languages_lesson.learn(held_out))
        read += [(lesson.examples[at], lesson.examples[at].explained(weights)) for at in held_out]
    return read


def is_right(example: Example, said: Mapping[str, Any]) -> bool:
    """Whether the act and every slot of a reading are as expected."""
    tally = scorer().Tally()
    act, wrong = tally.add(example.row["expect"], said, example.language)
    return bool(act) and not wrong


def learn(read: Sequence[Read]) -> Sureness:
    """A logistic model of the marks, by Newton's steps, and the threshold on the same lines."""
    names = sorted({name for _, explained in read for name in explained.marks})
    marks = np.array(
        [[explained.marks.get(name, 0.0) for name in names] + [1.0] for _, explained in read]
    )
    right = np.array(
        [float(is_right(example, corpus.expect(explained.reading))) for example, explained in read]
    )
    counts = np.array([COUNTS[example.source] for example, _ in read])
    ridge = np.diag([RIDGE] * len(names) + [0.01])
    solution = np.zeros(len(names) + 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-marks @ solution))
        slope = marks.T @ (counts * (chance - right)) + ridge @ solution
        bend = (marks * (counts * chance * (1 - chance))[:, None]).T @ marks + ridge
        solution = solution - np.linalg.solve(bend, slope)
    weights = {name: round(float(w), 4) for name, w in zip(names, solution, strict=False)}
    model = Sureness(round(float(solution[-1]), 4), weights, 0.0)
    unseen = [each for each in zip(read, right, strict=True) if each[0][0].source == "practice"]
    chances = [(model.chance(explained.marks), fine) for (_, explained), fine in unseen]
    return Sureness(model.bias, weights, _threshold(chances))


def _threshold(chances: Sequence[tuple[float, float]]) -> float:
    """The lowest confidence from which on the share of right readings is high enough."""
    best, right = 1.0, 0.0
    for count, (chance, fine) in enumerate(sorted(chances, reverse=True), start=1):
        right += fine
        if right / count >= RIGHT_ABOVE:
            best = chance
    return round(best, 3)


def cross_fitted(read: Sequence[Read], count: int = FOLDS) -> list[float]:
    """The confidence of each reading by a model that was fitted without it."""
    chances = [0.0] * len(read)
    for part in range(count):
        model = learn([each for at, each in enumerate(read) if at % count != part])
        for at in range(part, len(read), count):
            chances[at] = model.chance(read[at][1].marks)
    return chances

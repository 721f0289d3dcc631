"""Read lines that the classifiers had not seen; fit the confidence on such readings."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from whatsapp.nlu.learned import Trained
from whatsapp.nlu.parse import Explained
from whatsapp.nlu.sureness import Sureness
from whatsapp.nlu.training import acts, languages
from whatsapp.nlu.training.examples import HERE, Example, rows

FOLDS = 5
RIDGE = 3.0
# Above the threshold about this share of readings is wholly right.
RIGHT_ABOVE = 0.9
_SCORER = Path(__file__).parents[3] / "bench" / "nlu_score.py"
Read = tuple[Example, Explained]


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What spoke for and against the reading of a line, and whether it was ``right`` (0 or 1)."""

    line: str
    marks: Mapping[str, float]
    right: float


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


def first_readings() -> list[FirstReading]:
    """The practice lines as they were read before any rule was changed for them.

    Rules are written with the practice lines in sight, so what is read of them now is surer than
    what is read of a new message. These rows keep the marks of the readings when the lines were
    new to rules and weights alike, and whether each reading was right.
    """
    return [
        FirstReading(row["id"], row["marks"], float(row["right"]))
        for row in rows(HERE / "first_readings.jsonl")
    ]


def learn(read: Sequence[FirstReading]) -> Sureness:
    """A logistic model of the marks, by Newton's steps, and the threshold on the same lines."""
    names = sorted({name for each in read for name in each.marks})
    marks = np.array([[each.marks.get(name, 0.0) for name in names] + [1.0] for each in read])
    right = np.array([each.right for each in read])
    ridge = np.diag([RIDGE] * len(names) + [0.01])
    solution = np.zeros(len(names) + 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-marks @ solution))
        slope = marks.T @ (chance - right) + ridge @ solution
        bend = (marks * (chance * (1 - chance))[:, None]).T @ marks + ridge
        solution = solution - np.linalg.solve(bend, slope)
    weights = {name: round(float(w), 4) for name, w in zip(names, solution, strict=False)}
    model = Sureness(round(float(solution[-1]), 4), weights, 0.0)
    chances = [(model.chance(each.marks), each.right) for each in read]
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
    """The confidence of each reading by a model that was fitted without its line."""
    known = first_readings()
    models = [
        learn([each for at, each in enumerate(known) if at % count != part])
        for part in range(count)
    ]
    parts = {each.line: at % count for at, each in enumerate(known)}
    return [
        models[parts.get(str(example.row["id"]), 0)].chance(explained.marks)
        for example, explained in read
    ]

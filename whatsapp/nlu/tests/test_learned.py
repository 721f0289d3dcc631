"""The trained files, and how well the whole reading does on the bundled corpora."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from whatsapp.nlu import corpus
from whatsapp.nlu.__main__ import read_line
from whatsapp.nlu.learned import Trained, Weights, bucket, read_weights, trained
from whatsapp.nlu.reading import Act
from whatsapp.nlu.sureness import threshold
from whatsapp.nlu.tests.said import NOW, asking, read
from whatsapp.nlu.training import acts, examples, languages
from whatsapp.nlu.training.sureness import scorer

# Just under what is reached; `bench/nlu` prints the goals and the cross-validated figures.
FLOORS = {
    "dev": {
        "act": 0.98,
        "act.macro_f1": 0.96,
        "act.opt_out.r": 1.0,
        "act.opt_out.p": 0.98,
        "act.delete_data.r": 1.0,
        "act.delete_data.p": 0.98,
        "lang": 0.99,
        "intervals.f1": 0.98,
        "joint": 0.96,
        "surest": 0.98,
    },
    "practice": {
        "act": 0.98,
        "act.macro_f1": 0.95,
        "act.opt_out.r": 1.0,
        "act.opt_out.p": 0.95,
        "act.delete_data.r": 1.0,
        "act.delete_data.p": 0.95,
        "lang": 0.985,
        "intervals.f1": 0.97,
        "joint": 0.93,
        "surest": 0.96,
    },
}


@cache
def figures(name: str) -> dict[str, float]:
    rows = examples.rows(examples.CORPUS / f"{name}.jsonl")
    total = scorer().Tally()
    sure: list[tuple[float, bool]] = []
    for row in rows:
        reading = read_line(row, NOW)
        act, wrong = total.add(row["expect"], corpus.expect(reading), row["lang"])
        sure.append((reading.confidence, bool(act and not wrong)))
    sure.sort(key=lambda each: -each[0])
    best = sure[: round(len(sure) * 0.7)]
    measured: dict[str, Any] = total.metrics()
    return {**measured, "surest": sum(right for _, right in best) / len(best)}


@pytest.mark.parametrize(
    ("name", "figure"), [(name, figure) for name, floor in FLOORS.items() for figure in floor]
)
def test_reading_stays_above_its_floor(name: str, figure: str) -> None:
    assert figures(name)[figure] >= FLOORS[name][figure]


def test_weights_survive_their_file() -> None:
    weights = Weights(("a", "b"), 4, (0.5, 0.25), [1, -2, 3, -4, 5, -6, 127, -128])

    again = read_weights(weights.to_bytes())

    assert (again.classes, again.buckets, again.scales) == (("a", "b"), 4, (0.5, 0.25))
    assert list(again.rows) == list(weights.rows)


@pytest.mark.parametrize(
    "content",
    [
        b'{"format": 2, "classes": ["a"], "buckets": 2, "scales": [1]}\n\x00\x00',
        b'{"format": 1, "classes": ["a"], "buckets": 2, "scales": [1]}\n\x00',
    ],
    ids=["other format", "cut short"],
)
def test_foreign_weights_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="weights"):
        read_weights(content)


def test_probabilities_follow_the_weights() -> None:
    rows = [0] * 8
    rows[bucket("yes", 4) * 2] = 100
    chances = Weights(("a", "b"), 4, (0.05, 0.05), rows).probabilities({"yes": 1.0})

    assert chances["a"] == pytest.approx(0.9933, abs=1e-4)
    assert sum(chances.values()) == pytest.approx(1.0)


def test_bundled_files_are_small() -> None:
    sizes = {file.name: file.stat().st_size for file in (acts_directory()).iterdir()}

    assert set(sizes) == {"acts.weights", "language.weights", "sureness.json"}
    assert sum(sizes.values()) < 400_000


def acts_directory() -> Any:
    return examples.HERE.parent / "data" / "learned"


def test_same_lines_give_the_same_files() -> None:
    some = [*examples.corpora()[::17], *examples.written()[::23]]

    made = []
    for _ in range(2):
        language = languages.prepare(some).learn()
        made.append((language.to_bytes(), acts.prepare(some, language).learn().to_bytes()))

    assert made[0] == made[1]


def test_training_leaves_held_out_lines_unseen() -> None:
    some = examples.written()[:60]
    language = trained().language
    lesson = acts.prepare(some, language)
    held_out = [at for at, example in enumerate(some) if at % 3 == 0]

    without = lesson.learn(held_out)
    alone = acts.prepare([e for at, e in enumerate(some) if at % 3], language).learn()

    assert without.to_bytes() == alone.to_bytes()


def test_lines_written_for_training_are_plenty_and_cover_every_act() -> None:
    lines = examples.written()

    assert len(lines) >= 1800
    assert {example.act for example in lines} == {act.value for act in Act}
    assert {example.language for example in lines} == {"tr", "en"}


def test_blank_weights_leave_safety_and_bare_answers_as_they_are() -> None:
    blank = Trained(acts.BLANK, trained().language)
    said = {"STOP": Act.OPT_OUT, "verilerimi silin": Act.DELETE_DATA, "evet": Act.CONFIRM}

    for text, act in said.items():
        row = {"text": text, "now": NOW.isoformat(), "role": "buyer", "lang": "tr"}
        context = {"ask": "confirm_intent", "text": "Doğru mu?", "lang": "tr"}
        example = examples.Example("lines", row | {"context": context}, has_slots=False)
        assert example.explained(blank).reading.act is act


def test_plain_answers_are_surer_than_riddles() -> None:
    plain = read("evet", question=asking("confirm_intent"))
    riddle = read("şöyle bi şey vardı hani geçen gün konuştuğumuz mor olan")

    assert plain.confidence > threshold() > riddle.confidence
    assert plain.acts[0] == (Act.CONFIRM, 1.0)
    assert 0.3 < threshold() < 0.95

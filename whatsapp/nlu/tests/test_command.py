"""The command line, the development messages and the bare interpreter."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whatsapp.nlu import __main__ as command

ROOT = Path(__file__).parents[3]
CORPORA = ROOT.parent / "shared" / "nlu"
PRESENT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# Floors for the development messages, below what the rules reach.
FLOORS = (
    "act=0.95", "act.macro_f1=0.9", "lang=0.98", "place.f1=0.93", "budget.f1=0.95",
    "group_size.f1=0.95", "intervals.f1=0.95", "product.f1=0.93", "discounts.f1=0.9", "joint=0.9",
)  # fmt: skip

corpora = pytest.mark.skipif(
    not (CORPORA / "dev.jsonl").exists(),
    reason=f"the message corpora are not beside the repository: {CORPORA}",
)


def run(*lines: str) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    status = command.run(lines, out, PRESENT)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_line_with_defaults_gives_a_prediction() -> None:
    status, (prediction,) = run('{"id": "a", "text": "kadıköyde kahve", "more": 1}')

    assert status == 0
    assert prediction["id"] == "a"
    assert prediction["expect"] == {
        "lang": "tr",
        "act": "declare",
        "product": "kahve",
        "place": "Kadıköy",
    }
    assert prediction["intervals"] == []
    assert set(prediction) == {"id", "expect", "intervals", "confidence", "ms"}


def test_now_without_offset_is_istanbul_time() -> None:
    _, (prediction,) = run(
        '{"id": "a", "text": "bir saat içinde kahve", "now": "2025-03-12T23:30:00"}'
    )

    assert prediction["intervals"] == [
        {"start": "2025-03-12T23:30:00+03:00", "end": "2025-03-13T00:30:00+03:00"}
    ]


@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"id": "x", "text": "a", "now": "soon"}', '{"pin": {"lat": 99, "lon": 1}}']
)
def test_bad_line_is_an_error_and_the_rest_is_read(bad: str) -> None:
    status, (first, second) = run(bad, '{"id": "b", "text": "selam"}')

    assert status == 1
    assert set(first) == {"id", "error"}
    assert second["id"] == "b"


def test_explain_names_slots_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--explain", "2 kişilik pizza"]) == 0

    shown = capsys.readouterr().out
    assert "group_size\t[0:10] '2 kişilik'".replace("0:10", "0:9") in shown
    assert '"product": "pizza"' in shown


@corpora
@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("dev", FLOORS),
        ("recognizers_tr", ("all=0.5",)),
        ("recognizers_en", ("all=0.45",)),
        ("snips_book_en", ("group_size.f1=0.9", "time_found.f1=0.7")),
    ],
)
def test_development_messages_stay_above_the_floors(
    name: str, floors: tuple[str, ...], tmp_path: Path
) -> None:
    gold, predicted = CORPORA / f"{name}.jsonl", tmp_path / "predicted.jsonl"
    with gold.open(encoding="utf-8") as lines, predicted.open("w", encoding="utf-8") as out:
        assert command.run(lines, out, PRESENT) == 0
    required = [part for floor in floors for part in ("--require", floor)]

    scored = subprocess.run(
        [sys.executable, CORPORA / "score.py", gold, predicted, *required],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert scored.returncode == 0, scored.stderr + scored.stdout


def test_package_needs_no_framework() -> None:
    code = (
        "import sys; sys.modules['django'] = None\n"
        "from whatsapp.nlu.parse import parse; from whatsapp.nlu.lexicon import"
        " bundled; bundled()\n"
        "outside = {m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(m for m in outside if not m.startswith('_') and m not in "
        "('django', 'sitecustomize')))"
    )

    shown = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert shown.stdout.strip() == "['iceshop', 'whatsapp']"

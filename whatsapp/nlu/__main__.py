"""``python -m whatsapp.nlu < messages.jsonl > predictions.jsonl``, or ``--explain TEXT``.

With ``--dialogues`` each line is a conversation. The slice above plays them; only this door of the
command knows of it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TextIO

from iceshop.kernel.errors import DomainError
from whatsapp.nlu import corpus
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import Explained, explain, parse
from whatsapp.nlu.reading import Reading
from whatsapp.nlu.time import times_in


def read_line(row: Mapping[str, Any], present: datetime) -> Reading:
    """Read one line of a corpus; missing fields have defaults, unknown ones are ignored."""
    question = corpus.question_of(row.get("context"))
    return parse(
        str(row.get("text", "")),
        now=corpus.instant_of(str(row["now"])) if row.get("now") else present,
        zone=corpus.ZONE,
        language=question.language if question is not None else "",
        lexicon=bundled(),
        role=str(row.get("role") or "buyer"),
        question=question,
        pin=corpus.pin_of(row.get("pin")),
    )


def predict(line: str, present: datetime) -> dict[str, Any]:
    """The prediction for one JSON line, or ``{"id", "error"}`` when it cannot be read."""
    number: Any = None
    try:
        row = json.loads(line)
        number = row.get("id")
        begun = time.perf_counter()
        reading = read_line(row, present)
        spent = (time.perf_counter() - begun) * 1000
    except (ValueError, KeyError, TypeError, AttributeError, DomainError) as error:
        return {"id": number, "error": f"{type(error).__name__}: {error}"}
    return {
        "id": number,
        "expect": corpus.expect(reading),
        "intervals": corpus.intervals(_with_times(reading, row, present)),
        "confidence": round(reading.confidence, 3),
        "ms": round(spent, 3),
    }


def _with_times(reading: Reading, row: Mapping[str, Any], present: datetime) -> Reading:
    """The reading with the times that the words name, also where the act has no use for them."""
    now = corpus.instant_of(str(row["now"])) if row.get("now") else present
    times = times_in(str(row.get("text", "")), now=now, zone=corpus.ZONE, language=reading.language)
    return replace(reading, intervals=reading.intervals or times)


def run(lines: Iterable[str], out: TextIO, present: datetime) -> int:
    """Write one prediction a line; 1 when some line was bad, else 0."""
    status = 0
    bundled()
    for line in lines:
        if not line.strip():
            continue
        prediction = predict(line, present)
        status = status or int("error" in prediction)
        out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    return status


def show(explained: Explained) -> str:
    """What each slot was read from, for people."""
    reading = explained.reading
    rows = [
        (
            f"act\t{reading.act.value}\tconfidence {reading.confidence:.2f}\tlanguage"
            f" {reading.language}"
        )
    ]
    for find in sorted(explained.finds, key=lambda find: find.start):
        words = explained.source[find.start : find.end]
        rows.append(
            f"{find.slot}\t[{find.start}:{find.end}] {words!r}\trule {find.rule}\tconfidence"
            f" {reading.confidence:.2f}"
        )
    rows.append(f"left\t{' '.join(reading.unknown_words) or '-'}")
    rows.append(json.dumps(corpus.expect(reading), ensure_ascii=False))
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """Entry point of the command."""
    parser = argparse.ArgumentParser(prog="python -m whatsapp.nlu", description="read messages")
    parser.add_argument("--dialogues", action="store_true", help="play whole conversations")
    parser.add_argument("--explain", metavar="TEXT", help="print how one message is read")
    options = parser.parse_args(arguments)
    present = datetime.fromtimestamp(time.time(), UTC)
    if options.explain is not None:
        explained = explain(
            options.explain, now=present, zone=corpus.ZONE, language="tr", lexicon=bundled()
        )
        sys.stdout.write(show(explained) + "\n")
        return 0
    if options.dialogues:
        from whatsapp.dialogue import play

        return play.run(sys.stdin, sys.stdout, bundled())
    return run(sys.stdin, sys.stdout, present)


if __name__ == "__main__":
    sys.exit(main())

"""``python -m whatsapp.nlu.training``: learn again and write the files under `data/learned`."""

from __future__ import annotations

import json
import sys

from whatsapp.nlu.sureness import Sureness
from whatsapp.nlu.training import acts, examples, languages, sureness

LEARNED = examples.HERE.parent / "data" / "learned"


def sureness_text(model: Sureness) -> str:
    """The confidence model as its file."""
    described = {"bias": model.bias, "threshold": model.threshold, "weights": dict(model.weights)}
    return json.dumps(described, indent=1) + "\n"


def main() -> int:
    """Learn from the committed lines; the same lines and rules give the same files."""
    LEARNED.mkdir(exist_ok=True)
    known = examples.corpora() + examples.written()
    spoken = languages.prepare(known, examples.spoken())
    language = spoken.learn()
    (LEARNED / "language.weights").write_bytes(language.to_bytes())
    lesson = acts.prepare(known, language)
    (LEARNED / "acts.weights").write_bytes(lesson.learn().to_bytes())
    model = sureness.learn(sureness.first_readings())
    (LEARNED / "sureness.json").write_text(sureness_text(model), encoding="utf-8")
    sys.stdout.write(f"learned from {len(known)} lines; threshold {model.threshold}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

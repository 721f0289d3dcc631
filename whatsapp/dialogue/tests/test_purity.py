"""The dialogue is pure, and what was stored by it can be read again."""

import subprocess
import sys
from dataclasses import fields
from datetime import UTC, datetime

from iceshop.kernel.geo import Point
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.states import DialogueState, Draft, from_json, to_json
from whatsapp.nlu.reading import Budget, DiscountTier, Hours, Place, StockItem

FORBIDDEN = ("django", "celery", "rest_framework", "channels", "redis", "httpx")


def test_import_needs_the_standard_library_only() -> None:
    program = (
        "import sys, whatsapp.dialogue.step, whatsapp.dialogue.outcomes\n"
        f"print([name for name in {FORBIDDEN!r} if name in sys.modules])\n"
        "print(sorted(name for name in sys.modules if name.startswith(('whatsapp.', 'iceshop.'))"
        " and not name.startswith(('whatsapp.dialogue', 'whatsapp.nlu', 'iceshop.kernel'))))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n[]\n"


def test_full_state_survives_storage() -> None:
    state = DialogueState(
        asked="counter_confirm",
        asked_at=datetime(2026, 3, 11, 10, 20, tzinfo=UTC),
        stage="collecting",
        slots=Slots(
            product="kahve",
            place=Place(("Moda", "Kadıköy"), None, Point(40.98, 29.02)),
            budget=Budget(20000, per="person"),
        ),
        draft=Draft(
            "counter",
            "a1",
            (StockItem("kruvasan", ("tereyağlı",), 20.0, None, Budget(5500)),),
            (DiscountTier(percent_bp=1500, min_people=10),),
            (Hours((1, 2), 540, 1200),),
        ),
        turn=3,
        language="en",
        welcomed=True,
        buys=True,
        party=2,
        party_key="w1",
    )
    stored = to_json(state)
    assert stored["schema"] == 1
    assert from_json(stored) == state
    assert set(stored) <= {"schema", *(field.name for field in fields(DialogueState))}


def test_state_of_another_schema_starts_afresh() -> None:
    assert from_json({"schema": 99, "asked": "time"}) == DialogueState()
    assert from_json({}) == DialogueState()

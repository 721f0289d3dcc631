"""How likely a whole reading is right: a calibrated figure for act and slots together."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from whatsapp.nlu.act_choice import Choice
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.reading import Act, Reading

_SLOTTED = frozenset(
    (Act.DECLARE, Act.INFORM, Act.OFFER_STOCK, Act.COUNTER_DISCOUNT, Act.SET_HOURS)
)
_MOST_WORDS = 6
_CLOSEST = 1e-3


@dataclass(frozen=True, slots=True)
class Sureness:
    """A logistic model of few marks; ``threshold`` parts what may be acted on from the rest."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def chance(self, marks: Mapping[str, float]) -> float:
        """The chance that act and every slot are right."""
        score = self.bias + sum(self.weights.get(name, 0.0) * mark for name, mark in marks.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def sureness() -> Sureness:
    """The model that comes with Iceshop; read once."""
    path = resources.files("whatsapp.nlu") / "data" / "learned" / "sureness.json"
    read = json.loads(path.read_text(encoding="utf-8"))
    return Sureness(read["bias"], read["weights"], read["threshold"])


def threshold() -> float:
    """The confidence under which a second opinion or a question is worth its price."""
    return sureness().threshold


def marks(reading: Reading, choice: Choice, lexicon: Lexicon, left: int) -> dict[str, float]:
    """What speaks for and against the reading; ``left`` is how many words nothing explains."""
    seen = choice.seen
    chance = min(max(choice.probability, _CLOSEST), 1 - _CLOSEST)
    slotted = reading.act in _SLOTTED
    filled = _filled(reading) if slotted else {}
    words = min(left, _MOST_WORDS) if slotted else 0
    found = {
        "act": math.log(chance / (1 - chance)),
        "margin": choice.margin,
        "rule": float(seen.rule is choice.act),
        "rule_confidence": seen.rule_confidence,
        "slotted": float(slotted),
        "left": float(words),
        "any_left": float(words > 0),
        "much_left": float(words > 2),
        "asked": float(bool(seen.asked)),
        "asked_slotted": float(slotted and bool(seen.asked)),
        "seller": float(seen.role == "seller"),
        "slots": float(len(filled)),
        "many_slots": float(len(filled) > 3),
        "nothing": float(slotted and not filled),
        "declare_without_product": float(reading.act is Act.DECLARE and reading.product is None),
    }
    found |= {f"slot:{name}": 1.0 for name in filled}
    if slotted:
        found["unknown_product"] = float(_has_unknown_product(reading, lexicon))
        found["unknown_place"] = float(
            reading.place is not None and bool(reading.place.names) and reading.place.point is None
        )
        found["spans"] = float(min(len(reading.intervals), 3))
        found["items"] = float(min(len(reading.items), 3))
    return found


def _filled(reading: Reading) -> dict[str, bool]:
    slots = {
        "product": reading.product is not None,
        "variant": bool(reading.variant),
        "quantity": reading.quantity is not None,
        "also": bool(reading.also),
        "group_size": reading.group_size is not None,
        "time": bool(reading.intervals) or reading.any_time,
        "place": reading.place is not None,
        "radius": reading.radius_m is not None,
        "budget": reading.budget is not None or reading.any_budget,
        "items": bool(reading.items),
        "discounts": bool(reading.discounts),
        "hours": bool(reading.hours),
    }
    return {name: True for name, is_filled in slots.items() if is_filled}


def _has_unknown_product(reading: Reading, lexicon: Lexicon) -> bool:
    names = (reading.product, *(item.product for item in reading.items))
    return any(name is not None and lexicon.product(name) is None for name in names)

"""The answers to commands whose result is known only afterwards."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from whatsapp.dialogue.commands import (
    OUTCOMES,
    AcceptInvite,
    Command,
    CounterAsk,
    DeclareIntent,
    OfferStock,
    SetHours,
)
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.outcomes import after_outcome, outcome_reply
from whatsapp.dialogue.phrasebook import phrases, render
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.tests.compact import NOW, ZONE, clock, facts
from whatsapp.nlu.reading import DiscountTier, Hours, StockItem

ARGUMENTS: dict[str, object] = {
    "slots": Slots(product="kahve"),
    "key": "k1",
    "party": 2,
    "radius_m": 2000,
    "tiers": (DiscountTier(percent_bp=1200),),
    "items": (StockItem("kruvasan", stock=20),),
    "discounts": (DiscountTier(amount_off_minor=3000, min_people=15),),
    "hours": (Hours((1, 2), 540, 1200),),
    "count": 3,
    "reason": "late",
}
PARAMS = {"waiting": 4, "needed": 6, "done_by": clock("+5 12:00")}
PARAMS |= {"ends_at": clock("+1 12:00")}
PARAMS |= {"position": 2, "until": clock("13:50")}


def made(kind: Callable[..., Command]) -> Command:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in ARGUMENTS.items() if name in names})


def known(role: str) -> Facts:
    if role == "seller":
        return facts({"role": "seller", "ask": {"floor": 70}, "store": {}}, NOW)
    return facts({"window": {"before": 145}, "intent": {"answer_by": "13:00"}}, NOW)


SELLERS = (CounterAsk, OfferStock, SetHours)
CODES = [(kind, code) for kind, codes in OUTCOMES.items() for code in codes]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(("kind", "code"), CODES)
def test_outcome_has_its_own_sentence(kind: type, code: str, language: str) -> None:
    is_sellers = kind in SELLERS or code.startswith(("ask.", "stock.", "offer."))
    known_facts = known("seller" if is_sellers else "buyer")
    reply = outcome_reply(made(kind), code, PARAMS, DialogueState(), known_facts)
    said = render(reply, language, ZONE)
    assert said.text != phrases(language)["outcome.failed"]
    assert len(said.text) <= 1024


def test_seat_taken_gives_pass_and_panel() -> None:
    reply = outcome_reply(
        AcceptInvite("w1", 2),
        "seat.taken",
        {"code": "ABC234", "panel_link": "https://iceshop.example/w/new"},
        DialogueState(),
        known("buyer"),
    )
    said = render(reply, "en", ZONE)
    assert said.kind == "link"
    assert said.url == "https://iceshop.example/w/new"
    assert said.text.splitlines()[-1] == "Your code: ABC234."
    assert "2 people" in said.text


def test_unknown_code_gets_the_plain_sentence() -> None:
    reply = outcome_reply(AcceptInvite("w1"), "moon.full", {}, DialogueState(), known("buyer"))
    assert reply.phrase == "outcome.failed"


def test_missing_value_gets_the_plain_sentence() -> None:
    bare = replace(known("buyer"), active=None)
    reply = outcome_reply(AcceptInvite("w1"), "seat.taken", {}, DialogueState(), bare)
    assert reply.phrase == "outcome.failed"


def test_intent_without_answer_time_promises_no_time() -> None:
    bare = replace(known("buyer"), active=None, open_intent=None)
    command = DeclareIntent(Slots(product="kahve"))
    reply = outcome_reply(command, "intent.open", {"key": "i1"}, DialogueState(), bare)
    assert reply.phrase == "wait.promise_open"


def test_below_floor_asks_for_another_discount() -> None:
    command = CounterAsk("a1", (DiscountTier(percent_bp=5000),))
    reply = outcome_reply(command, "ask.below_floor", {}, DialogueState(), known("seller"))
    state = after_outcome(DialogueState(), reply, known("seller"))
    assert state.asked == "counter"
    assert render(reply, "en", ZONE).text.startswith(
        "That is below the lowest price you have set (₺70)."
    )

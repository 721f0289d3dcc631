"""Whatever happens: no exception, one question at most, a state that can be stored."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.commands import ANSWERED_BY_OUTCOME, OptOut
from whatsapp.dialogue.context import context_question
from whatsapp.dialogue.events import Attached, Event, Pressed, Said, Shared, Unreadable
from whatsapp.dialogue.facts import Facts, LookupFacts
from whatsapp.dialogue.phrasebook import render
from whatsapp.dialogue.replies import Step
from whatsapp.dialogue.states import DialogueState, from_json, to_json
from whatsapp.dialogue.step import step
from whatsapp.dialogue.tests.compact import NOW, ZONE, facts
from whatsapp.nlu.reading import (
    Act,
    Budget,
    DiscountTier,
    Hours,
    Place,
    Reading,
    StockItem,
    Wanted,
)

T = TypeVar("T")
NAMES = st.sampled_from(["kahve", "pizza", "çilekli " * 12, "{x}", "I"])
SPANS = st.builds(
    lambda start, length: TimeRange(
        NOW + timedelta(minutes=start), NOW + timedelta(minutes=start + length)
    ),
    st.integers(-600, 9000),
    st.integers(1, 4000),
)
BUDGETS = st.builds(
    Budget,
    st.integers(1, 10**7),
    st.sampled_from(["TRY", "USD", "JPY"]),
    st.sampled_from(["total", "each", "person", "kg", "dozen"]),
    st.none() | st.integers(1, 100),
)
PLACES = st.one_of(
    st.builds(Place, st.lists(NAMES, min_size=1, max_size=3).map(tuple)),
    st.sampled_from([Place(special="here"), Place(special="any"), Place(special="pin")]),
)
TIERS = st.one_of(
    st.builds(lambda share: DiscountTier(percent_bp=share), st.integers(-100, 20000)),
    st.builds(lambda off: DiscountTier(amount_off_minor=off, min_people=3), st.integers(0, 20000)),
    st.builds(lambda price: DiscountTier(unit_price_minor=price), st.integers(0, 20000)),
)
QUANTITIES = st.none() | st.floats(0, 5000)
ITEMS = st.builds(
    StockItem,
    st.none() | NAMES,
    st.just(()),
    QUANTITIES,
    st.none() | st.just("kg"),
    st.none() | BUDGETS,
)


def few(kind: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(kind, max_size=5).map(tuple)


HOURS = st.builds(
    Hours,
    st.lists(st.integers(1, 7), min_size=1).map(tuple),
    st.none() | st.integers(0, 1439),
    st.none() | st.integers(1, 1800),
)
READINGS = st.builds(
    Reading,
    act=st.sampled_from(list(Act)),
    language=st.sampled_from(["tr", "en", "de"]),
    confidence=st.floats(0, 1),
    product=st.none() | NAMES,
    variant=few(NAMES),
    quantity=QUANTITIES,
    unit=st.none() | st.sampled_from(["kg", "box", "m2"]),
    also=few(st.builds(Wanted, NAMES)),
    group_size=st.none() | st.integers(1, 40),
    intervals=few(SPANS),
    any_time=st.booleans(),
    place=st.none() | PLACES,
    radius_m=st.none() | st.integers(1, 9000),
    budget=st.none() | BUDGETS,
    any_budget=st.booleans(),
    items=few(ITEMS),
    discounts=few(TIERS),
    no_discount=st.booleans(),
    hours=few(HOURS),
    unknown_words=few(NAMES),
)
TEXTS = st.sampled_from(["", "geliyorum", "pause", "teşekkürler", "real person", "a" * 4000])
TOPICS = ["consent", "reading", "invite", "ask", "seat", "intent", "stop", "start", "erase"]
TOPICS += ["time", "budget", "product", "place", "side", "stock", "human", "absence", "after", "x"]
ACTS = ["accept", "decline", "other", "confirm", "change", "cancel", "counter", "refuse", "on_way"]
ACTS += ["release", "keep", "widen", "pause", "resume", "retime", "all", "again", "range", "any"]
ACTS += ["pick", "anyway", "buyer", "seller", "product", "left", "late", "store", "right", ""]
OPAQUE = ["w1", "i1", "a1", "r0", "r1", "r2", "now", "1773219600-1773223200", "9-1", "7", ""]
PRESSES = st.builds(
    lambda topic, act, opaque: Pressed(f"{topic}.{act}:{opaque}"),
    st.sampled_from(TOPICS),
    st.sampled_from(ACTS),
    st.sampled_from(OPAQUE),
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Said, READINGS, st.booleans(), TEXTS),
    PRESSES,
    st.builds(Shared, st.just(Point(41.0, 29.0))),
    st.builds(Attached, st.sampled_from(["photo", "sticker", "document", "poll"])),
    st.builds(Unreadable, st.sampled_from(["silent", "failed", "?"])),
)
WINDOWS = st.sampled_from(
    [
        {},
        {"key": "w1"},
        {"key": "w1", "told_at": "10:25", "before": 145},
        {"key": "w1", "status": "held", "is_coming_asked": True, "told_at": "10:15"},
        {"key": "w1", "status": "held"},
        {"key": "w1", "status": "waiting", "position": 2},
    ]
)
FACTS = st.builds(
    lambda given, lookup: replace(facts(given, NOW), lookup=lookup),
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["buyer", "seller"]),
            "consent": st.sampled_from(["unknown", "accepted", "declined"]),
            "opted_out": st.booleans(),
            "taken_over": st.sampled_from([False, False, False, True]),
            "is_first_contact": st.booleans(),
            "language": st.sampled_from([None, "tr", "en"]),
            "window": WINDOWS,
            "intent": st.sampled_from([{}, {"key": "i1"}, {"key": "i1", "is_paused": True}]),
            "ask": st.sampled_from([{}, {"key": "a1"}, {"key": "a1", "floor": 70, "cost": 52}]),
            "store": st.sampled_from([{}, {"products": ["a", "b"]}, {"live_product": "kahve"}]),
        }
    ),
    st.sampled_from(
        [
            LookupFacts(),
            LookupFacts(is_product_known=False, nearest_products=("çay", "su", "süt")),
            LookupFacts(is_place_known=False),
            LookupFacts(is_product_restricted=True),
        ]
    ),
)
TALKS = st.lists(st.tuples(EVENTS, FACTS), min_size=1, max_size=12)


def played(talk: list[tuple[Event, Facts]]) -> list[tuple[DialogueState, Event, Facts, Step]]:
    state, steps = DialogueState(), []
    for number, (event, known) in enumerate(talk):
        now = replace(known, now=NOW + timedelta(minutes=3 * number))
        result = step(state, event, now)
        steps.append((state, event, now, result))
        state = result.state
    return steps


@settings(deadline=None, max_examples=150)
@given(TALKS)
def test_talk_asks_one_question_and_can_be_stored(talk: list[tuple[Event, Facts]]) -> None:
    for _, _, known, result in played(talk):
        asking = [reply.asks for reply in result.replies if reply.asks not in (None, "consent")]
        assert len(asking) <= 1
        assert len(result.replies) <= 2
        assert from_json(json.loads(json.dumps(to_json(result.state)))) == result.state
        context_question(result.state, known)
        for reply in result.replies:
            said = render(reply, result.state.language or "tr", ZONE)
            assert 0 < len(said.text) <= (4096 if said.kind == "text" else 1024)
            assert len(said.buttons) <= 3
            assert len(said.rows) <= 10
            assert all(0 < len(title) <= 20 for _, title in said.buttons)
            assert all(0 < len(title) <= 24 for _, title in said.rows)
            assert all(len(id_) <= 200 for id_, _ in (*said.buttons, *said.rows))


@settings(deadline=None, max_examples=80)
@given(TALKS)
def test_every_message_is_answered(talk: list[tuple[Event, Facts]]) -> None:
    for _, event, known, result in played(talk):
        silent = isinstance(event, Attached) and event.kind == "sticker"
        by_outcome = any(type(command) in ANSWERED_BY_OUTCOME for command in result.commands)
        assert result.replies or by_outcome or silent or known.taken_over


@settings(deadline=None, max_examples=80)
@given(TALKS, FACTS, st.booleans())
def test_stop_acts_at_once_whatever_went_before(
    talk: list[tuple[Event, Facts]], known: Facts, is_spoken: bool
) -> None:
    state = played(talk)[-1][-1].state
    result = step(state, Said(Reading(Act.OPT_OUT, "tr", 1.0), is_spoken, "dur"), known)
    assert OptOut() in result.commands
    assert len(result.replies) == 1

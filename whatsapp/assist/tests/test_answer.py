"""What of a model's answer counts: the form, and only what the message holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp.assist.answer import suggestion
from whatsapp.assist.domain import SUGGESTED_ACTS, Query, may_ask
from whatsapp.assist.prompt import masked, schema, user_turn
from whatsapp.assist.tests.conftest import NOTHING
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.reading import Act, Budget, Question, Reading

_ZONE = ZoneInfo("Europe/Istanbul")
# A Wednesday, 13.00.
_NOON = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
_UNSURE = Reading(Act.OUT_OF_SCOPE, "tr", 0.3)


def _query(text: str, ask: str = "", role: str = "buyer") -> Query:
    return Query(
        text=text,
        now=_NOON,
        zone=_ZONE,
        language="tr",
        role=role,
        question=Question(ask) if ask else None,
        lexicon=bundled(),
    )


def _suggested(text: str, **filled: Any) -> Reading:
    found = suggestion(NOTHING | {"act": "declare"} | filled, _query(text), _UNSURE)
    assert found is not None
    return found


def _span(start: str, end: str) -> dict[str, str]:
    return {"start": f"2026-11-{start}:00+03:00", "end": f"2026-11-{end}:00+03:00"}


def _clocks(reading: Reading) -> list[str]:
    return [
        f"{span.start.astimezone(_ZONE):%d %H:%M}-{span.end.astimezone(_ZONE):%d %H:%M}"
        for span in reading.intervals
    ]


def test_schema_names_exactly_the_acts_that_may_be_suggested() -> None:
    assert set(schema()["properties"]["act"]["enum"]) == set(SUGGESTED_ACTS)
    assert set(schema()["required"]) == set(schema()["properties"]) == set(NOTHING)


def test_what_the_message_holds_is_taken() -> None:
    found = _suggested(
        "canım şöyle iki simit çekti moda taraflarında, elli lirayı geçmesin, dörtte",
        product="simit",
        quantity=2,
        place=["Moda"],
        budget={"amount": 50, "min": None, "currency": "TRY", "per": "total"},
        intervals=[_span("18T16:00", "18T16:30")],
    )

    assert (found.act, found.product, found.quantity) == (Act.DECLARE, "simit", 2)
    assert found.place is not None
    assert found.place.names == ("Moda",)
    assert found.place.point is not None
    assert found.budget == Budget(5_000)
    assert _clocks(found) == ["18 16:00-18 16:30"]


@pytest.mark.parametrize(
    ("text", "filled", "slot"),
    [
        ("simit lazım", {"quantity": 3}, "quantity"),
        ("simit lazım", {"group_size": 4}, "group_size"),
        ("simit lazım 2 kişi", {"radius_m": 500}, "radius_m"),
        ("simit lazım", {"product": "telefon"}, "product"),
        ("simit lazım", {"variant": ["susamlı"]}, "variant"),
        ("simit lazım", {"place": ["Beşiktaş"]}, "place"),
        ("simit lazım", {"also": [{"product": "çay", "quantity": 1, "unit": None}]}, "also"),
        (
            "simit lazım",
            {"budget": {"amount": 500, "min": None, "currency": "TRY", "per": "total"}},
            "budget",
        ),
        (
            "simit 50 olsun",
            {"budget": {"amount": 50, "min": None, "currency": "USD", "per": "total"}},
            "budget",
        ),
    ],
)
def test_what_the_message_does_not_hold_is_dropped(
    text: str, filled: dict[str, Any], slot: str
) -> None:
    assert not getattr(_suggested(text, **filled), slot)


@pytest.mark.parametrize(
    ("text", "span", "clocks"),
    [
        ("simit lazım", _span("18T16:00", "18T16:30"), []),
        ("simit lazım", _span("18T13:00", "19T00:00"), []),
        ("simit lazım 7 gibi", _span("18T18:30", "18T19:30"), ["18 18:30-18 19:30"]),
        ("simit yarın akşam", _span("19T18:00", "19T23:00"), ["19 18:00-19 23:00"]),
        ("simit ayın yirmi beşinde", _span("25T00:00", "26T00:00"), ["25 00:00-26 00:00"]),
    ],
)
def test_only_hours_and_days_that_follow_from_the_message_count(
    text: str, span: dict[str, str], clocks: list[str]
) -> None:
    assert _clocks(_suggested(text, intervals=[span])) == clocks


def test_hour_that_was_not_said_gives_way_to_the_rules() -> None:
    found = _suggested("simit yarın akşam", intervals=[_span("20T09:15", "20T10:45")])

    assert _clocks(found) == ["19 18:00-19 23:00"]


def test_past_and_endless_times_are_dropped() -> None:
    spans = [
        _span("18T09:00", "18T09:30"),
        {"start": "2026-11-18T16:00+03:00", "end": "2029-01-01T00:00+03:00"},
    ]

    assert _clocks(_suggested("simit", intervals=spans)) == []


@pytest.mark.parametrize(
    "act",
    [*sorted(set(Act) - SUGGESTED_ACTS), "buy", "", None, 7, ["declare"]],
)
def test_act_that_binds_or_ends_is_no_suggestion(act: Any) -> None:
    assert suggestion(NOTHING | {"act": act}, _query("simit"), _UNSURE) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"product": 7},
        {"quantity": "2"},
        {"quantity": -1},
        {"quantity": True},
        {"group_size": 10**9},
        {"variant": "büyük"},
        {"variant": [1]},
        {"also": ["çay"]},
        {"intervals": [{"start": "soon", "end": "later"}]},
        {"intervals": "any"},
        {"budget": 50},
        {"budget": {"amount": 50, "currency": "XAU", "per": "total"}},
        {"budget": {"currency": "TRY", "per": "total"}},
        {"place": {"name": "Moda"}},
    ],
)
def test_answer_out_of_form_is_no_suggestion(wrong: dict[str, Any]) -> None:
    query = _query("2 simit 50 moda büyük çay")

    assert suggestion(NOTHING | {"act": "declare"} | wrong, query, _UNSURE) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
_FILLED = st.fixed_dictionaries(
    {}, optional={name: _JSON for name in NOTHING if name != "act"}
).map(lambda values: NOTHING | {"act": "declare"} | values)


@given(_JSON | _FILLED)
def test_no_answer_breaks_anything(answer: Any) -> None:
    found = suggestion(answer, _query("2 simit 50 lira moda 4 gibi"), _UNSURE)

    assert found is None or found.act in SUGGESTED_ACTS


@pytest.mark.parametrize(
    "act",
    [
        Act.OPT_OUT,
        Act.DELETE_DATA,
        Act.CANCEL,
        Act.CONFIRM,
        Act.ACCEPT_DISCOUNT,
        Act.COUNTER_DISCOUNT,
        Act.OFFER_STOCK,
    ],
)
def test_what_binds_or_ends_is_never_asked_about(act: Act) -> None:
    assert not may_ask(_query("x"), replace(_UNSURE, act=act), below_percent=100)


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        (_query("simit", role="seller"), _UNSURE),
        (_query("simit", ask="offer"), _UNSURE),
        (_query("simit", ask="ask_delete"), _UNSURE),
        (_query("simit"), replace(_UNSURE, confidence=0.6)),
        (_query("simit"), replace(_UNSURE, distress=True)),
        (_query(" "), _UNSURE),
        (_query("x" * 1001), _UNSURE),
    ],
)
def test_model_is_not_asked(query: Query, reading: Reading) -> None:
    assert may_ask(_query("simit"), _UNSURE, below_percent=60)
    assert not may_ask(query, reading, below_percent=60)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("05321234567 ara", "<number> ara"),
        ("TR33 0006 1005 1978 6457 8413 26 hesabım", "<iban> hesabım"),
        ("elif@example.com ve https://x.example/a?b", "<email> ve <link>"),
        ("2 kahve, 1.250,00 TL, 18.11.2026", "2 kahve, 1.250,00 TL, 18.11.2026"),
    ],
)
def test_numbers_and_addresses_of_people_stay_here(text: str, seen: str) -> None:
    assert masked(text) == seen
    assert f'"message": "{seen}"' in user_turn(_query(text))

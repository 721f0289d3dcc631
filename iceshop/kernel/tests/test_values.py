"""Errors, states, actors, and the examples in the docstrings of all modules."""

import doctest
import importlib
import pkgutil
from enum import StrEnum

import pytest

import iceshop.kernel
from iceshop.kernel import errors
from iceshop.kernel.actors import SYSTEM, Actor, ActorKind
from iceshop.kernel.states import Machine

MODULES = sorted(
    one.name
    for one in pkgutil.iter_modules(iceshop.kernel.__path__, "iceshop.kernel.")
    if not one.ispkg
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


# --- errors ------------------------------------------------------------------------------------

KINDS = [
    errors.Invalid,
    errors.NotAllowed,
    errors.NotFound,
    errors.Conflict,
    errors.Expired,
    errors.Unavailable,
]


def test_there_are_seven_kinds_of_errors() -> None:
    assert set(errors.DomainError.__subclasses__()) == {*KINDS, errors.LimitReached}


@pytest.mark.parametrize("kind", KINDS)
def test_error_carries_its_code_and_parameters(kind: type[errors.DomainError]) -> None:
    error = kind("window.full", seats=20, number=2)
    assert (error.code, error.params) == ("window.full", {"seats": 20, "number": 2})
    assert str(error) == "window.full (number=2, seats=20)"
    assert str(kind("window.full")) == "window.full"


def test_limit_says_when_it_is_possible_again() -> None:
    error = errors.LimitReached("ask.too_many", retry_after_seconds=30, store="s1")
    assert error.retry_after_seconds == 30
    assert error.params == {"retry_after_seconds": 30, "store": "s1"}


# --- states ------------------------------------------------------------------------------------


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    OUT = "out"


class Move(StrEnum):
    GO = "go"
    BREAK = "break"


LIGHT = Machine[Light, Move](
    {
        Move.GO: (frozenset({Light.RED}), Light.GREEN),
        Move.BREAK: (frozenset({Light.RED, Light.GREEN}), Light.OUT),
    }
)


def test_machine_knows_where_events_lead() -> None:
    assert LIGHT.sources(Move.BREAK) == {Light.RED, Light.GREEN}
    assert LIGHT.target(Move.GO) == Light.GREEN


def test_machine_allows_exactly_the_sources() -> None:
    allowed = {(state, event) for state in Light for event in Move if LIGHT.can(state, event)}
    assert allowed == {
        (Light.RED, Move.GO),
        (Light.RED, Move.BREAK),
        (Light.GREEN, Move.BREAK),
    }


def test_machine_refuses_an_event_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        Machine[Light, Move]({}).can(Light.RED, Move.GO)


# --- actors ------------------------------------------------------------------------------------


def test_actors_are_named_by_kind_and_key() -> None:
    assert Actor.person(7) == Actor(ActorKind.PERSON, "7")
    assert Actor.staff(7) == Actor(ActorKind.STAFF, "7")
    assert Actor.rule("decide") == Actor(ActorKind.RULE, "decide")
    assert Actor.client(7) == Actor(ActorKind.CLIENT, "7")
    assert Actor(ActorKind.SYSTEM, "") == SYSTEM

"""Each story file is one conversation: what is said, what is done, what is answered."""

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from whatsapp.dialogue.commands import ANSWERED_BY_OUTCOME, Command, SetLanguage
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.outcomes import after_outcome, outcome_reply
from whatsapp.dialogue.phrasebook import render
from whatsapp.dialogue.replies import RenderedReply
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.states import DialogueState, from_json, to_json
from whatsapp.dialogue.step import step
from whatsapp.dialogue.tests.compact import NOW, ZONE, clock, event, facts, lira

STORIES = sorted((Path(__file__).parent / "stories").glob("*.toml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    story = tomllib.loads(path.read_text(encoding="utf-8"))
    given: dict[str, Any] = dict(story.get("facts", {}))
    state, now = DialogueState(), NOW
    for number, turn in enumerate(story["turn"], 1):
        now = clock(turn["now"]) if "now" in turn else now + timedelta(seconds=20)
        given |= turn.get("facts", {})
        state = _play(state, turn, story["language"], given, now, f"turn {number}")
        given["is_first_contact"] = False


def _play(
    state: DialogueState,
    turn: dict[str, Any],
    language: str,
    given: dict[str, Any],
    now: datetime,
    where: str,
) -> DialogueState:
    known = facts(given, now)
    result = step(state, event(turn, language, now), known)
    state = from_json(json.loads(json.dumps(to_json(result.state))))
    assert state == result.state, where
    sent = []
    for command in result.commands:
        if type(command) in ANSWERED_BY_OUTCOME:
            reply, state = _outcome(command, turn, state, known)
            sent.append(reply)
    sent += [render(reply, state.language or "tr", ZONE) for reply in result.replies]
    for command in result.commands:
        if isinstance(command, SetLanguage):
            given["language"] = command.language
    _check(turn, result.commands, sent, state, where)
    return state


def _outcome(
    command: Command, turn: dict[str, Any], state: DialogueState, known: Facts
) -> tuple[RenderedReply, DialogueState]:
    said = dict(turn["outcome"])
    code = said.pop("code")
    values: dict[str, Any] = {
        name: clock(value) if name.endswith(("_at", "_by", "_until")) else value
        for name, value in said.items()
    }
    if "price" in values:
        values["price"] = lira(values["price"])
    reply = outcome_reply(command, code, values, state, known)
    state = after_outcome(state, reply, known)
    return render(reply, state.language or "tr", ZONE), state


def _check(
    turn: dict[str, Any],
    commands: tuple[Command, ...],
    sent: list[RenderedReply],
    state: DialogueState,
    where: str,
) -> None:
    names = [_shown(command) for command in commands if not isinstance(command, SetLanguage)]
    assert names == turn.get("does", []), where
    texts = [reply.text.replace("\N{NO-BREAK SPACE}", " ") for reply in sent]
    assert texts == turn.get("answers", []), where
    if "buttons" in turn:
        assert [id_ for id_, _ in (sent[-1].buttons or sent[-1].rows)] == turn["buttons"], where
    if "kind" in turn:
        assert sent[-1].kind == turn["kind"], where
    if "link" in turn:
        assert sent[-1].url == turn["link"], where
    if "asked" in turn:
        assert (state.asked or "") == turn["asked"], where


def _shown(command: Command) -> str:
    values = [
        "..." if isinstance(value := getattr(command, name), Slots) else value
        for name in command.__dataclass_fields__
    ]
    shown = [value if isinstance(value, str) else repr(value) for value in values]
    return f"{type(command).__name__}({', '.join(shown)})"

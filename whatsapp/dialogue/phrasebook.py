"""Sentences by key and language, and messages made of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from whatsapp.dialogue import summaries
from whatsapp.dialogue.notices import notice_reply
from whatsapp.dialogue.replies import Button, Kind, Line, RenderedReply, Reply
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.wording import Voice, either, fill
from whatsapp.nlu.reading import DiscountTier, Hours, StockItem

LANGUAGES = ("tr", "en")
# Limits of the platform, in characters as people count them (all titles here are composed).
BUTTON_TITLE = 20
ROW_TITLE = 24
BODY = 1024
TEXT_BODY = 4096
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Every phrase of ``language`` by its dotted key."""
    source = resources.files(__package__).joinpath("phrases", f"{language}.toml")
    return dict(_flat(tomllib.loads(source.read_text(encoding="utf-8")), ""))


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        found += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, value)]
    return found


def placeholders(phrase: str, language: str) -> frozenset[str]:
    """The values that ``phrase`` needs."""
    parts = Formatter().parse(phrases(language)[phrase])
    return frozenset(name for _, name, _, _ in parts if name)


def render(reply: Reply, language: str, zone: ZoneInfo) -> RenderedReply:
    """Give ``reply`` its words in ``language`` and in the wall time of ``zone``.

    Raises ``KeyError`` for an unknown phrase or a missing value.
    """
    lines = [_line(line, language, zone) for line in reply.as_lines()]
    text = "\n".join(lines)
    label = ""
    if reply.link and not (reply.buttons or reply.rows or reply.location_request):
        label = _titled(Button("", reply.link_phrase, reply.params), language, zone, BUTTON_TITLE)
    elif reply.link:
        text += f"\n{reply.link}"
    kind = _kind(reply)
    return RenderedReply(
        kind=kind,
        text=_cut(text, TEXT_BODY if kind == "text" else BODY),
        buttons=_choices(reply.buttons, language, zone, BUTTON_TITLE),
        rows=_choices(reply.rows, language, zone, ROW_TITLE),
        list_label=phrases(language)["button.choose"] if reply.rows else "",
        link_label=label,
        url=reply.link if label else "",
    )


def notice(kind: str, params: Mapping[str, Any], language: str, zone: ZoneInfo) -> RenderedReply:
    """The message of the notice ``kind`` (see ``notices.NOTICES``) with its buttons.

    Raises ``KeyError`` for an unknown kind or a missing parameter.
    """
    return render(notice_reply(kind, params), language, zone)


def sentence(phrase: str, params: Mapping[str, Any], language: str, zone: ZoneInfo) -> str:
    """One filled phrase."""
    return _line(Line(phrase, params), language, zone)


def _cut(text: str, cap: int) -> str:
    return text if len(text) <= cap else text[: cap - 1].rstrip() + _ELLIPSIS


def _kind(reply: Reply) -> Kind:
    if reply.buttons:
        return "buttons"
    if reply.rows:
        return "list"
    if reply.location_request:
        return "location_request"
    return "link" if reply.link else "text"


def _line(line: Line, language: str, zone: ZoneInfo) -> str:
    book = phrases(language)
    voice = Voice(language, zone, line.params.get("now"), book.__getitem__)
    values = {name: _summed_up(value, voice) for name, value in line.params.items()}
    text = fill(book[line.phrase], values, voice)
    first = "İ" if language == "tr" and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


def _summed_up(value: Any, voice: Voice) -> Any:
    if isinstance(value, Slots):
        return summaries.wish(value, voice)
    if isinstance(value, tuple) and value:
        if isinstance(value[0], DiscountTier):
            return summaries.ladder(value, voice)
        if isinstance(value[0], StockItem):
            return summaries.stock(value, voice)
        if isinstance(value[0], Hours):
            return summaries.opening(value, voice)
        if isinstance(value[0], str):
            return either(value, voice)
    return value


def _choices(
    choices: tuple[Button, ...], language: str, zone: ZoneInfo, cap: int
) -> tuple[tuple[str, str], ...]:
    return tuple((choice.id, _titled(choice, language, zone, cap)) for choice in choices)


def _titled(choice: Button, language: str, zone: ZoneInfo, cap: int) -> str:
    return _cut(_line(Line(choice.phrase, choice.params), language, zone), cap)

"""Our templates: as they are submitted, and filled for one person. Pure but for its files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from iceshop.kernel.time import TimeRange
from whatsapp.dialogue import wording
from whatsapp.dialogue.phrasebook import LANGUAGES, phrases
from whatsapp.gateway.messages import Parameter, QuickReply, TemplateBody

_SPACES = re.compile(r"\s+")
# Values that show a template's reader, at the platform, what will stand there.
_EXAMPLES = {
    "people": "12", "day": "bugün", "period": "14.00–14.20", "product": "kahve", "asked": "118 ₺",
    "worst": "120 ₺", "answer_by": "13.10", "price": "118 ₺", "expected": "14", "range": "11–16",
    "prepare": "16", "store": "Moda Fırını", "code": "7F3 K92", "ends_at": "14.20",
    "starts_at": "14.00", "benefit": "çay bizden",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuickReplyText:
    """A quick reply of a template: its title, and its payload with placeholders."""

    payload: str
    title: str


@dataclass(frozen=True, slots=True)
class TemplateText:
    """One template in one language."""

    name: str
    language: str
    category: str
    ttl_seconds: int
    text: str
    buttons: tuple[QuickReplyText, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of its placeholders, in the order in which they stand."""
        names = [name for _, name, _, _ in Formatter().parse(self.text) if name]
        return tuple(dict.fromkeys(names))

    def definition(self) -> dict[str, Any]:
        """The JSON with which it is submitted."""
        body = self.text
        for name in self.parameters:
            body = body.replace("{" + name + "}", "{{" + name + "}}")
        examples = [{"param_name": name, "example": _EXAMPLES[name]} for name in self.parameters]
        components: list[dict[str, Any]] = [
            {
                "type": "BODY",
                "text": body,
                "example": {"body_text_named_params": examples},
            }
        ]
        if self.buttons:
            replies = [{"type": "QUICK_REPLY", "text": button.title} for button in self.buttons]
            components.append({"type": "BUTTONS", "buttons": replies})
        return {
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "parameter_format": "NAMED",
            "message_send_ttl_seconds": self.ttl_seconds,
            "components": components,
        }


@cache
def templates() -> dict[tuple[str, str], TemplateText]:
    """All our templates by name and language."""
    found = {}
    for language in LANGUAGES:
        path = Path(__file__).with_name("templates") / f"{language}.toml"
        with path.open("rb") as file:
            for name, entry in tomllib.load(file).items():
                buttons = tuple(
                    QuickReplyText(button["reply"], button["title"]) for button in entry["buttons"]
                )
                found[name, language] = TemplateText(
                    name, language, entry["category"], entry["ttl_seconds"], entry["text"], buttons
                )
    return found


def template_name(kind: str, params: Mapping[str, Any]) -> str:
    """Name of the template for a notice of ``kind``; an ask for a benefit has words of its own."""
    return "ask_benefit" if kind.startswith("ask") and params.get("benefit") else kind


def fill_template(
    template: TemplateText, params: Mapping[str, Any], zone: ZoneInfo
) -> TemplateBody:
    """Fill ``template`` with the raw ``params`` of a notice.

    Raises ``KeyError`` when a value is missing.
    """
    book = phrases(template.language)
    voice = wording.Voice(template.language, zone, params.get("now"), book.__getitem__)
    values = {**params, **_derived(params, voice)}
    return TemplateBody(
        name=template.name,
        language=template.language,
        parameters=tuple(
            Parameter(name=name, text=_SPACES.sub(" ", wording.plain(values[name], voice)))
            for name in template.parameters
        ),
        quick_replies=tuple(
            QuickReply(index=index, payload=button.payload.format(key=params["key"]))
            for index, button in enumerate(template.buttons)
        ),
    )


def _derived(params: Mapping[str, Any], voice: wording.Voice) -> dict[str, Any]:
    """Values that templates name and notices hold in another shape."""
    derived: dict[str, Any] = {}
    if "starts_at" in params:
        derived["day"] = wording.day(params["starts_at"], voice)
        if "ends_at" in params:
            derived["period"] = TimeRange(params["starts_at"], params["ends_at"])
    if "low" in params:
        derived["range"] = f"{params['low']}\N{EN DASH}{params['high']}"
    return derived

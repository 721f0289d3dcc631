"""Message templates: what may be created, and how one is filled in.

Rules: the platform's pages on templates and error codes, September 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatsapp.simulator.domain import fields
from whatsapp.simulator.domain.codes import Json, Refusal
from whatsapp.simulator.domain.pieces import Button, Kind, Piece

BODY_LENGTH = 1024
EDGE_LENGTH = 60
BUTTON_LENGTH = 25
BUTTON_COUNT = 10
LINK_LENGTH = 2000
PAYLOAD_LENGTH = 256
NAME = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?")
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")
# Category -> shortest and longest time-to-live in seconds.
LIVES = {
    "UTILITY": (30, 43_200),
    "AUTHENTICATION": (30, 900),
    "MARKETING": (43_200, 2_592_000),
}
_UNFIT = re.compile(r"[\n\t]| {5,}")


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """A button of a template: ``quick_reply`` or ``url`` with at most one variable at its end."""

    kind: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """An approved template in one language."""

    name: str
    language: str
    category: str
    body: str
    header: str = ""
    footer: str = ""
    buttons: tuple[TemplateButton, ...] = ()
    life_seconds: int | None = None


def parse_template(given: Json) -> Template:
    """Check the body of ``POST /<account>/message_templates``. Raises ``Refusal``."""
    name = fields.text(given, "name", most=512)
    if NAME.fullmatch(name) is None:
        raise Refusal(100, "Template name can only have lower-case letters, digits, underscores.")
    language = fields.text(given, "language", most=10)
    if LANGUAGE.fullmatch(language) is None:
        raise Refusal(100, f"Language {language} is not supported.")
    category = fields.text(given, "category", most=20).upper()
    if category not in LIVES:
        raise Refusal(100, f"Category must be one of {', '.join(LIVES)}.")
    parts = {
        fields.text(part, "type", most=20).upper(): part
        for part in fields.rows(given, "components")
    }
    if "BODY" not in parts:
        raise Refusal(100, "Component BODY is required.")
    return Template(
        name=name,
        language=language,
        category=category,
        body=_template_text(parts["BODY"], most=BODY_LENGTH),
        header=_header(parts["HEADER"]) if "HEADER" in parts else "",
        footer=fields.text(parts["FOOTER"], "text", most=EDGE_LENGTH) if "FOOTER" in parts else "",
        buttons=_template_buttons(parts["BUTTONS"]) if "BUTTONS" in parts else (),
        life_seconds=_life(given, category),
    )


def _header(part: Json) -> str:
    if str(part.get("format", "TEXT")).upper() != "TEXT":
        raise Refusal(100, "Only text headers are supported here.")
    return _template_text(part, most=EDGE_LENGTH)


def _template_text(part: Json, *, most: int) -> str:
    text = fields.text(part, "text", most=most)
    variables = VARIABLE.findall(text)
    if not variables:
        return text
    if VARIABLE.match(text.strip()) or re.search(VARIABLE.pattern + r"\s*$", text):
        raise Refusal(
            100, "Variables cannot be at the start or the end of the template.", subcode=2388299
        )
    if "}}{{" in text:
        raise Refusal(100, "Variables cannot touch each other.", subcode=2388299)
    numbered = [name for name in variables if name.isdigit()]
    if numbered and len(numbered) != len(variables):
        raise Refusal(100, "Use either named or numbered variables.")
    if numbered and sorted(set(numbered), key=int) != [
        str(place) for place in range(1, len(set(numbered)) + 1)
    ]:
        raise Refusal(100, "Numbered variables must run from 1 without gaps.")
    # The platform publishes no figure; providers report 2x + 1 words for x variables.
    if len(VARIABLE.sub(" ", text).split()) < 2 * len(set(variables)) + 1:
        raise Refusal(100, "Too many variables for the length of the text.", subcode=2388293)
    return text


def _template_buttons(part: Json) -> tuple[TemplateButton, ...]:
    given = fields.rows(part, "buttons")
    if not 1 <= len(given) <= BUTTON_COUNT:
        raise Refusal(100, f"A template has 1 to {BUTTON_COUNT} buttons.")
    found = []
    for item in given:
        kind = fields.text(item, "type", most=30).lower()
        title = fields.text(item, "text", most=BUTTON_LENGTH, label="Button text")
        if kind not in ("quick_reply", "url"):
            raise Refusal(100, f"Button type {kind.upper()} is not supported here.")
        found.append(TemplateButton(kind, title, _button_url(item) if kind == "url" else ""))
    fields.distinct([button.title for button in found], what="button texts")
    return tuple(found)


def _button_url(item: Json) -> str:
    url = fields.text(item, "url", most=LINK_LENGTH, label="URL")
    variables = VARIABLE.findall(url)
    if len(variables) > 1 or (variables and not url.endswith("}}")):
        raise Refusal(100, "A URL has at most one variable, at its end.")
    fields.web_address(VARIABLE.sub("x", url), what="URL")
    return url


def _life(given: Json, category: str) -> int | None:
    value = given.get("message_send_ttl_seconds")
    if value is None:
        return None
    shortest, longest = LIVES[category]
    if not isinstance(value, int) or isinstance(value, bool) or not shortest <= value <= longest:
        raise Refusal(
            100, f"message_send_ttl_seconds of {category} lies between {shortest} and {longest}."
        )
    return value


def fill(template: Template, components: list[Json]) -> Piece:
    """Return what a phone shows of ``template`` with the parameters given. Raises ``Refusal``."""
    by_place = {_place(part): fields.rows(part, "parameters") for part in components}
    texts = [
        _filled(part, template_text, by_place.get(part, []))
        for part, template_text in (("header", template.header), ("body", template.body))
        if template_text or by_place.get(part)
    ]
    if template.footer:
        texts.append(template.footer)
    if len(texts[1 if template.header else 0]) > BODY_LENGTH:
        raise Refusal(132005)
    replies, links = [], []
    for index, button in enumerate(template.buttons):
        given = by_place.pop(f"button {index} {button.kind}", [])
        if button.kind == "url":
            links.append((button.title, _filled_url(button, given, index)))
        else:
            replies.append(Button(id=_payload(given, button.title), title=button.title))
    odd = [place for place in by_place if place not in ("header", "body")]
    if odd:
        raise Refusal(131009, f"The template has no such component: {odd[0]}")
    shown = "\n".join(texts)
    return Piece(
        Kind.TEMPLATE,
        text=shown,
        buttons=tuple(replies),
        links=(*fields.links_in(shown), *(url for _, url in links)),
        link_title=links[0][0] if links else "",
        category=template.category.lower(),
        life_seconds=template.life_seconds,
    )


def _place(part: Json) -> str:
    kind = fields.text(part, "type", most=20, path="component").lower()
    if kind != "button":
        return kind
    index = part.get("index")
    sub_type = fields.text(part, "sub_type", most=30, path="component").lower()
    return f"button {index} {sub_type}"


def _filled(place: str, text: str, parameters: list[Json]) -> str:
    expected = list(dict.fromkeys(VARIABLE.findall(text)))
    if len(parameters) != len(expected):
        raise Refusal(
            132000,
            f"{place}: number of localizable_params ({len(parameters)}) does not match the "
            f"expected number of params ({len(expected)})",
        )
    named = bool(expected) and not expected[0].isdigit()
    values: dict[str, str] = {}
    for position, parameter in enumerate(parameters, start=1):
        if parameter.get("type") != "text":
            raise Refusal(132012, f"{place}: parameter {position} must be of type text")
        name = str(parameter.get("parameter_name", "")) if named else str(position)
        values[name] = _value(parameter, place)
    if set(values) != set(expected):
        raise Refusal(132012, f"{place}: parameter names do not match {', '.join(expected)}")
    return VARIABLE.sub(lambda found: values[found.group(1)], text)


def _value(parameter: Json, place: str) -> str:
    value = fields.text(parameter, "text", most=BODY_LENGTH, path=place)
    if _UNFIT.search(value):
        raise Refusal(
            132018,
            "Param text cannot have new-line/tab characters or more than 4 consecutive spaces",
        )
    return value


def _filled_url(button: TemplateButton, given: list[Json], index: int) -> str:
    if not VARIABLE.search(button.url):
        if given:
            raise Refusal(132000, f"Button at index {index} of type Url takes no parameter")
        return button.url
    if len(given) != 1:
        raise Refusal(131008, f"Button at index {index} of type Url requires a parameter")
    end = fields.text(given[0], "text", most=LINK_LENGTH, path="button")
    return VARIABLE.sub(lambda _: end, button.url)


def _payload(given: list[Json], title: str) -> str:
    if not given:
        return title
    if given[0].get("type") != "payload":
        raise Refusal(132012, "A quick reply takes a parameter of type payload")
    return fields.text(given[0], "payload", most=PAYLOAD_LENGTH, label="Payload")

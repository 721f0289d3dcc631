"""Interactive messages: reply buttons, lists, link buttons, the request for a place.

Limits: v23 of the platform's own API description, and its pages of September 2026.
"""

from __future__ import annotations

from whatsapp.simulator.domain import fields
from whatsapp.simulator.domain.codes import Json, Refusal
from whatsapp.simulator.domain.pieces import Button, Kind, Piece

BODY_LENGTH = 1024
LIST_BODY_LENGTH = 4096
EDGE_LENGTH = 60  # header and footer
BUTTON_COUNT = 3
BUTTON_TITLE_LENGTH = 20
BUTTON_ID_LENGTH = 256
LINK_TITLE_LENGTH = 20
LINK_LENGTH = 2000
SECTION_COUNT = 10
ROW_COUNT = 10
ROW_ID_LENGTH = 200
ROW_TITLE_LENGTH = 24
ROW_DESCRIPTION_LENGTH = 72


def parse(inner: Json) -> Piece:
    """Check the object under ``interactive`` and return what a phone shows. Raises ``Refusal``."""
    kind = fields.text(inner, "type", most=60, path="interactive")
    action = fields.group(inner, "action", path="interactive")
    shown = _shown_text(inner, body_length=LIST_BODY_LENGTH if kind == "list" else BODY_LENGTH)
    links = fields.links_in(shown)
    match kind:
        case "button":
            return Piece(Kind.BUTTONS, text=shown, buttons=_buttons(action), links=links)
        case "list":
            fields.text(action, "button", most=BUTTON_TITLE_LENGTH, label="Button text")
            return Piece(Kind.LIST, text=shown, buttons=_rows(action), links=links)
        case "cta_url":
            title, address = _link(action)
            return Piece(Kind.LINK, text=shown, links=(*links, address), link_title=title)
        case "location_request_message":
            if action.get("name") != "send_location":
                raise fields.wrong("Action name must be 'send_location'.")
            return Piece(Kind.LOCATION_REQUEST, text=shown, links=links)
    raise Refusal(131009, f"Interactive type '{kind}' is not supported here.")


def _shown_text(inner: Json, *, body_length: int) -> str:
    body = fields.group(inner, "body", path="interactive")
    parts = [fields.text(body, "text", most=body_length, label="Body text")]
    if "header" in inner:
        header = fields.group(inner, "header", path="interactive")
        if header.get("type") == "text":
            parts.insert(0, fields.text(header, "text", most=EDGE_LENGTH, label="Header text"))
    if "footer" in inner:
        footer = fields.group(inner, "footer", path="interactive")
        parts.append(fields.text(footer, "text", most=EDGE_LENGTH, label="Footer text"))
    return "\n".join(parts)


def _buttons(action: Json) -> tuple[Button, ...]:
    given = fields.rows(action, "buttons", path="interactive['action']")
    if not 1 <= len(given) <= BUTTON_COUNT:
        raise fields.wrong(f"Invalid buttons count. Min allowed buttons: 1, Max: {BUTTON_COUNT}")
    buttons = []
    for item in given:
        if item.get("type") != "reply":
            raise fields.wrong("Button type must be 'reply'.")
        reply = fields.group(item, "reply", path="button")
        buttons.append(
            Button(
                id=fields.text(reply, "id", most=BUTTON_ID_LENGTH, label="Button id"),
                title=fields.text(reply, "title", most=BUTTON_TITLE_LENGTH, label="Button title"),
            )
        )
    fields.distinct([button.id for button in buttons], what="button ids")
    fields.distinct([button.title for button in buttons], what="button titles")
    return tuple(buttons)


def _rows(action: Json) -> tuple[Button, ...]:
    sections = fields.rows(action, "sections", path="interactive['action']")
    if not 1 <= len(sections) <= SECTION_COUNT:
        raise fields.wrong(f"Invalid sections count. Min: 1, Max: {SECTION_COUNT}")
    found: list[Button] = []
    for section in sections:
        if len(sections) > 1:
            fields.text(section, "title", most=ROW_TITLE_LENGTH, label="Section title")
        else:
            fields.optional_text(section, "title", most=ROW_TITLE_LENGTH, label="Section title")
        found.extend(_row(item) for item in fields.rows(section, "rows", path="section"))
    if not 1 <= len(found) <= ROW_COUNT:
        raise fields.wrong(f"Total row count exceed max allowed count: {ROW_COUNT}")
    fields.distinct([row.id for row in found], what="row ids")
    return tuple(found)


def _row(item: Json) -> Button:
    return Button(
        id=fields.text(item, "id", most=ROW_ID_LENGTH, label="Row id"),
        title=fields.text(item, "title", most=ROW_TITLE_LENGTH, label="Row title"),
        description=fields.optional_text(
            item, "description", most=ROW_DESCRIPTION_LENGTH, label="Row description"
        ),
    )


def _link(action: Json) -> tuple[str, str]:
    if action.get("name") != "cta_url":
        raise fields.wrong("Action name must be 'cta_url'.")
    given = fields.group(action, "parameters", path="interactive['action']")
    title = fields.text(given, "display_text", most=LINK_TITLE_LENGTH, label="Display text")
    address = fields.text(given, "url", most=LINK_LENGTH, label="URL")
    return title, fields.web_address(address, what="URL")

"""Rendered replies as bodies of the gateway. Pure."""

from __future__ import annotations

from whatsapp.dialogue.replies import RenderedReply
from whatsapp.gateway.messages import (
    Button,
    ButtonsBody,
    LinkBody,
    ListBody,
    LocationRequestBody,
    OutboundBody,
    Row,
    Section,
    TemplateBody,
    TextBody,
)


def body_of(reply: RenderedReply) -> OutboundBody:
    """The body that carries ``reply``. Raises ``Invalid`` where it breaks a limit."""
    match reply.kind:
        case "buttons":
            buttons = tuple(Button(id=key, title=title) for key, title in reply.buttons)
            return ButtonsBody(text=reply.text, buttons=buttons)
        case "list":
            rows = tuple(Row(id=key, title=title) for key, title in reply.rows)
            return ListBody(
                text=reply.text, button=reply.list_label, sections=(Section(rows=rows),)
            )
        case "location_request":
            return LocationRequestBody(text=reply.text)
        case "link":
            return LinkBody(text=reply.text, label=reply.link_label, url=reply.url)
    return TextBody(text=reply.text)


def choices_of(body: OutboundBody) -> tuple[str, ...]:
    """Ids that the person can send back by pressing something in ``body``."""
    match body:
        case ButtonsBody():
            return tuple(button.id for button in body.buttons)
        case ListBody():
            return tuple(row.id for section in body.sections for row in section.rows)
        case TemplateBody():
            return tuple(reply.payload for reply in body.quick_replies)
    return ()

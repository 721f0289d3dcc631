"""Outgoing messages as the platform's JSON."""

from __future__ import annotations

from dataclasses import dataclass

from iceshop.kernel.errors import Invalid
from whatsapp.gateway.messages import (
    AudioBody,
    ButtonsBody,
    LinkBody,
    ListBody,
    LocationRequestBody,
    OutboundBody,
    Section,
    TemplateBody,
    TextBody,
    must_fit,
)

OPAQUE_LIMIT = 512

Wire = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a message goes to: digits of the phone with country code, or the business-scoped id.

    The phone is used when both are known. Raises ``Invalid("message.empty")`` without either.
    """

    phone: str = ""
    user_id: str = ""

    def __post_init__(self) -> None:
        if not self.phone and not self.user_id:
            raise Invalid("message.empty", field="recipient")


def request_of(body: OutboundBody, *, to: Recipient, opaque: str, reply_to: str = "") -> Wire:
    """Return the JSON of the request; ``opaque`` comes back in every status of the message."""
    must_fit("opaque", opaque, OPAQUE_LIMIT)
    # Without the plus sign the platform puts its own number's country code in front.
    address = {"to": f"+{to.phone}"} if to.phone else {"recipient": to.user_id}
    context = {"context": {"message_id": reply_to}} if reply_to else {}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        **context,
        **content_of(body),
        "biz_opaque_callback_data": opaque,
    }


def content_of(body: OutboundBody) -> Wire:
    """Return the part of the request that depends on the kind of body."""
    match body:
        case TextBody():
            words = {"body": body.text, "preview_url": body.has_preview}
            return {"type": "text", "text": words}
        case AudioBody():
            return {"type": "audio", "audio": {"id": body.media_id}}
        case TemplateBody():
            return {"type": "template", "template": _template(body)}
        case ButtonsBody():
            replies = [
                {"type": "reply", "reply": {"id": button.id, "title": button.title}}
                for button in body.buttons
            ]
            return _interactive(body, "button", {"buttons": replies})
        case ListBody():
            sections = [_section(section) for section in body.sections]
            return _interactive(body, "list", {"button": body.button, "sections": sections})
        case LinkBody():
            parameters = {"display_text": body.label, "url": body.url}
            action: Wire = {"name": "cta_url", "parameters": parameters}
            return _interactive(body, "cta_url", action)
        case LocationRequestBody():
            return _interactive(body, "location_request_message", {"name": "send_location"})


def _interactive(
    body: ButtonsBody | ListBody | LinkBody | LocationRequestBody, kind: str, action: Wire
) -> Wire:
    interactive: Wire = {"type": kind, "body": {"text": body.text}, "action": action}
    if not isinstance(body, LocationRequestBody):
        if body.header:
            interactive["header"] = {"type": "text", "text": body.header}
        if body.footer:
            interactive["footer"] = {"text": body.footer}
    return {"type": "interactive", "interactive": interactive}


def _section(section: Section) -> Wire:
    rows = [
        {"id": row.id, "title": row.title}
        | ({"description": row.description} if row.description else {})
        for row in section.rows
    ]
    return ({"title": section.title} if section.title else {}) | {"rows": rows}


def _template(body: TemplateBody) -> Wire:
    components: list[Wire] = []
    if body.parameters:
        values = [
            {"type": "text", "parameter_name": parameter.name, "text": parameter.text}
            for parameter in body.parameters
        ]
        components.append({"type": "body", "parameters": values})
    components += [
        _template_button("url", button.index, {"type": "text", "text": button.suffix})
        for button in body.url_buttons
    ]
    components += [
        _template_button("quick_reply", reply.index, {"type": "payload", "payload": reply.payload})
        for reply in body.quick_replies
    ]
    template: Wire = {"name": body.name, "language": {"code": body.language}}
    return template | ({"components": components} if components else {})


def _template_button(kind: str, index: int, parameter: Wire) -> Wire:
    return {"type": "button", "sub_type": kind, "index": str(index), "parameters": [parameter]}

"""Outgoing bodies: their wire form, and what is refused before it leaves."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from iceshop.kernel.errors import Invalid
from whatsapp.gateway.codec import decode_body, encode
from whatsapp.gateway.messages import (
    Button,
    ButtonsBody,
    LinkBody,
    ListBody,
    LocationRequestBody,
    OutboundBody,
    Parameter,
    QuickReply,
    Row,
    Section,
    TemplateBody,
    TextBody,
    UrlButton,
)
from whatsapp.gateway.requests import Recipient, request_of

TO = Recipient(phone="905550000101")
BUTTONS = ButtonsBody(
    text="Geliyor musunuz?",
    buttons=(
        Button(id="invite.accept:7f", title="Geliyorum"),
        Button(id="invite.decline:7f", title="Bu sefer olmaz"),
    ),
    footer="Iceshop",
)
LIST = ListBody(
    text="Hangi semt?",
    button="Seçin",
    sections=(Section(rows=(Row(id="d:1", title="Kadıköy", description="Moda"),)),),
)
LINK = LinkBody(text="Yeriniz ayrıldı.", label="Paneli aç", url="https://example.com/w/abc")
TEMPLATE = TemplateBody(
    name="window_last_call",
    language="tr",
    parameters=(Parameter(name="store_name", text="Moda Spor"),),
    url_buttons=(UrlButton(index=0, suffix="abc"),),
    quick_replies=(QuickReply(index=1, payload="ask.accept:91b2"),),
)
ALL: list[OutboundBody] = [
    TextBody(text="Merhaba"),
    BUTTONS,
    LIST,
    LINK,
    LocationRequestBody(text="Neredesiniz?"),
    TEMPLATE,
]


def test_text_to_a_phone_carries_plus_and_opaque_key() -> None:
    assert request_of(TextBody(text="Merhaba"), to=TO, opaque="out_1", reply_to="wamid.1") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+905550000101",
        "context": {"message_id": "wamid.1"},
        "type": "text",
        "text": {"body": "Merhaba", "preview_url": False},
        "biz_opaque_callback_data": "out_1",
    }


def test_person_without_phone_is_addressed_by_id() -> None:
    request = request_of(TextBody(text="x"), to=Recipient(user_id="TR.1"), opaque="o")
    assert request["recipient"] == "TR.1"
    assert "to" not in request


def test_recipient_needs_a_phone_or_an_id() -> None:
    with pytest.raises(Invalid, match=r"message\.empty"):
        Recipient()


def test_buttons_list_link_and_location_have_the_published_shapes() -> None:
    assert request_of(BUTTONS, to=TO, opaque="o")["interactive"] == {
        "type": "button",
        "body": {"text": "Geliyor musunuz?"},
        "footer": {"text": "Iceshop"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "invite.accept:7f", "title": "Geliyorum"}},
                {"type": "reply", "reply": {"id": "invite.decline:7f", "title": "Bu sefer olmaz"}},
            ]
        },
    }
    assert request_of(LIST, to=TO, opaque="o")["interactive"] == {
        "type": "list",
        "body": {"text": "Hangi semt?"},
        "action": {
            "button": "Seçin",
            "sections": [{"rows": [{"id": "d:1", "title": "Kadıköy", "description": "Moda"}]}],
        },
    }
    assert request_of(LINK, to=TO, opaque="o")["interactive"] == {
        "type": "cta_url",
        "body": {"text": "Yeriniz ayrıldı."},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Paneli aç", "url": "https://example.com/w/abc"},
        },
    }
    assert request_of(LocationRequestBody(text="Neredesiniz?"), to=TO, opaque="o") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+905550000101",
        "type": "interactive",
        "interactive": {
            "type": "location_request_message",
            "body": {"text": "Neredesiniz?"},
            "action": {"name": "send_location"},
        },
        "biz_opaque_callback_data": "o",
    }


def test_template_has_the_published_shape() -> None:
    assert request_of(TEMPLATE, to=TO, opaque="o")["template"] == {
        "name": "window_last_call",
        "language": {"code": "tr"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "parameter_name": "store_name", "text": "Moda Spor"}
                ],
            },
            {
                "type": "button",
                "sub_type": "url",
                "index": "0",
                "parameters": [{"type": "text", "text": "abc"}],
            },
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "1",
                "parameters": [{"type": "payload", "payload": "ask.accept:91b2"}],
            },
        ],
    }


@pytest.mark.parametrize("body", ALL, ids=lambda body: type(body).__name__)
def test_body_is_stored_as_json_and_read_back(body: OutboundBody) -> None:
    assert decode_body(json.loads(json.dumps(encode(body)))) == body


def _buttons(*titles: str) -> ButtonsBody:
    buttons = (Button(id=f"b:{index}", title=title) for index, title in enumerate(titles))
    return ButtonsBody(text="x", buttons=tuple(buttons))


def _rows(count: int) -> tuple[Row, ...]:
    return tuple(Row(id=f"r:{index}", title="x") for index in range(count))


AT_THE_LIMIT: list[Callable[[], object]] = [
    lambda: TextBody(text="x" * 4096),
    lambda: _buttons("x" * 20, "b", "c"),
    lambda: Button(id="x" * 256, title="Evet"),
    lambda: ButtonsBody(text="x" * 1024, buttons=BUTTONS.buttons, header="h" * 60),
    lambda: ListBody(text="x" * 4096, button="x" * 20, sections=(Section(rows=_rows(10)),)),
    lambda: Row(id="x" * 200, title="x" * 24, description="x" * 72),
    lambda: LinkBody(text="x" * 1024, label="x" * 20, url="http://127.0.0.1:8000/w/x"),
]


@pytest.mark.parametrize("make", AT_THE_LIMIT)
def test_content_at_the_limit_is_taken(make: Callable[[], object]) -> None:
    assert make() is not None


REFUSED: list[tuple[str, str, Callable[[], object]]] = [
    ("message.empty", "text", lambda: TextBody(text=" \n")),
    ("message.too_long", "text", lambda: TextBody(text="x" * 4097)),
    ("message.too_long", "text", lambda: ButtonsBody(text="x" * 1025, buttons=BUTTONS.buttons)),
    ("message.too_long", "button.title", lambda: _buttons("x" * 21)),
    # An emoji counts twice on the safe side.
    ("message.too_long", "button.title", lambda: _buttons("x" * 19 + "🙂")),
    ("message.too_long", "button.id", lambda: Button(id="x" * 257, title="Evet")),
    ("message.too_many", "buttons", lambda: _buttons("a", "b", "c", "d")),
    ("message.empty", "buttons", _buttons),
    ("message.repeated", "button.title", lambda: _buttons("a", "a")),
    ("message.empty", "rows", lambda: ListBody(text="x", button="x", sections=())),
    (
        "message.too_many",
        "rows",
        lambda: ListBody(
            text="x",
            button="x",
            sections=(Section(rows=_rows(6), title="a"), Section(rows=_rows(5), title="b")),
        ),
    ),
    (
        "message.repeated",
        "row.id",
        lambda: ListBody(text="x", button="x", sections=(Section(rows=_rows(1) * 2),)),
    ),
    (
        "message.empty",
        "section.title",
        lambda: ListBody(
            text="x",
            button="x",
            sections=(Section(rows=_rows(1)), Section(rows=(Row(id="z", title="z"),))),
        ),
    ),
    ("message.too_long", "row.title", lambda: Row(id="r", title="x" * 25)),
    ("message.too_long", "label", lambda: LinkBody(text="x", label="x" * 21, url="https://a.b")),
    ("message.unfit", "url", lambda: LinkBody(text="x", label="x", url="javascript:alert(1)")),
    ("message.unfit", "url", lambda: LinkBody(text="x", label="x", url="/w/abc")),
    ("message.unfit", "name", lambda: TemplateBody(name="Last Call", language="tr")),
    ("message.unfit", "language", lambda: TemplateBody(name="a", language="Türkçe")),
    ("message.unfit", "place", lambda: Parameter(name="place", text="a\nb")),
    ("message.unfit", "place", lambda: Parameter(name="place", text="a    b")),
    ("message.empty", "place", lambda: Parameter(name="place", text="")),
    (
        "message.repeated",
        "button.index",
        lambda: TemplateBody(
            name="a",
            language="tr",
            url_buttons=(UrlButton(index=0, suffix="x"),),
            quick_replies=(QuickReply(index=0, payload="x"),),
        ),
    ),
    ("message.too_long", "opaque", lambda: request_of(ALL[0], to=TO, opaque="x" * 513)),
]


@pytest.mark.parametrize(("code", "field", "make"), REFUSED)
def test_unfit_content_is_refused_before_sending(
    code: str, field: str, make: Callable[[], object]
) -> None:
    with pytest.raises(Invalid) as refused:
        make()
    assert (refused.value.code, refused.value.params["field"]) == (code, field)

"""The product's own client and parser against the simulator, over HTTP messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.test import Client

from iceshop.kernel.geo import Point
from whatsapp.gateway.client import Accepted, CloudApi, Done, Refused, UnknownOutcome
from whatsapp.gateway.connection import cloud_api
from whatsapp.gateway.content import Choice, Location, Media, Text
from whatsapp.gateway.errors import Handling
from whatsapp.gateway.items import Item, Message, Status, TemplateEvent
from whatsapp.gateway.media import MediaFile, MediaProblem, download
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
from whatsapp.gateway.requests import Recipient
from whatsapp.gateway.signature import HEADER, Verdict, check
from whatsapp.gateway.templates import Listed, create_template, list_templates
from whatsapp.gateway.wire import parse
from whatsapp.messaging.templating import templates
from whatsapp.simulator import queries, services
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.domain.pieces import Kind
from whatsapp.simulator.tests.conftest import AYSE, Inbox, Platform, StandingClock
from whatsapp.simulator.tests.test_phones import OGG, drain, write

USER_ID = "TR.10000000000000000101"
TO_AYSE = Recipient(phone=AYSE, user_id=USER_ID)
ASK: dict[str, Any] = {
    "name": "seller_ask",
    "language": "tr",
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "message_send_ttl_seconds": 600,
    "components": [
        {"type": "BODY", "text": "Bugün {{interval}} için {{people}} kişi var. Uygun mu?"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Kabul"},
                {"type": "URL", "text": "Panoyu aç", "url": "https://ice.example/b/{{1}}"},
            ],
        },
    ],
}
BODIES: dict[Kind, OutboundBody] = {
    Kind.TEXT: TextBody(text="Merhaba https://ice.example/w/1"),
    Kind.BUTTONS: ButtonsBody(
        text="Doğru mu?", buttons=(Button(id="reading.confirm:1", title="Evet"),), footer="Iceshop"
    ),
    Kind.LIST: ListBody(
        text="Hangisi?",
        button="Seçin",
        sections=(Section(rows=(Row(id="d:1", title="Kadıköy", description="Moda"),)),),
    ),
    Kind.LINK: LinkBody(text="Kartınız", label="Kartımı aç", url="https://ice.example/w/1"),
    Kind.LOCATION_REQUEST: LocationRequestBody(text="Neredesiniz?"),
    Kind.TEMPLATE: TemplateBody(
        name="seller_ask",
        language="tr",
        parameters=(
            Parameter(name="interval", text="14.00–14.20"),
            Parameter(name="people", text="16"),
        ),
        url_buttons=(UrlButton(index=1, suffix="tok"),),
        quick_replies=(QuickReply(index=0, payload="ask.accept:1"),),
    ),
}


class HandedOver(httpx.BaseTransport):
    """Hands the bytes of a request to the request handler of this process, and its answer back."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.client.generic(
            request.method,
            request.url.raw_path.decode(),
            data=request.read(),
            content_type=request.headers.get("Content-Type", ""),
            headers=dict(request.headers),
        )
        return httpx.Response(
            answer.status_code, headers=list(answer.headers.items()), content=answer.content
        )


@pytest.fixture
def api(settings: Any, ayse: str, platform: Platform) -> Iterator[CloudApi]:
    """The product's client, its requests handed to the request handler of this process."""
    settings.WHATSAPP = settings.WHATSAPP | {"GRAPH_URL": f"{settings.PUBLIC_URL}/sim/graph"}
    assert platform.make_template(ASK).status_code == 200
    with cloud_api(HandedOver(platform.client)) as client:
        yield client


def items(inbox: Inbox, settings: Any, ticking: StandingClock) -> list[Item]:
    """What the product's parser makes of everything posted, signatures checked."""
    found: list[Item] = []
    for body, headers in inbox.taken:
        verdict = check(body, headers[HEADER], settings.WHATSAPP["APP_SECRETS"])
        assert verdict is Verdict.VALID
        found += parse(
            body,
            account_ids=[settings.WHATSAPP["ACCOUNT_ID"]],
            phone_number_ids=[settings.WHATSAPP["PHONE_NUMBER_ID"]],
            received_at=ticking.now,
        )
    return found


@pytest.mark.parametrize("kind", BODIES)
def test_every_kind_of_body_is_accepted_and_shown(api: CloudApi, kind: Kind) -> None:
    accepted = api.send(BODIES[kind], to=TO_AYSE, opaque="out_1")
    assert isinstance(accepted, Accepted)
    shown = queries.messages(user_id=USER_ID)[-1]
    assert (shown.kind, shown.wamid) == (kind, accepted.message_id)


def test_statuses_are_read_with_both_names_and_our_key(
    api: CloudApi, inbox: Inbox, settings: Any, ticking: StandingClock
) -> None:
    accepted = api.send(BODIES[Kind.TEXT], to=Recipient(user_id=USER_ID), opaque="out_7")
    assert isinstance(accepted, Accepted)
    drain(ticking, inbox, seconds=5)
    found = [item.content for item in items(inbox, settings, ticking)]
    statuses = [value for value in found if isinstance(value, Status)]
    assert [value.status for value in statuses] == ["sent", "delivered", "read"]
    names = {(value.message_id, value.phone, value.user_id, value.opaque) for value in statuses}
    assert names == {(accepted.message_id, AYSE, USER_ID, "out_7")}
    (event,) = [value for value in found if isinstance(value, TemplateEvent)]
    assert (event.name, event.event) == ("seller_ask", "APPROVED")


def test_what_people_send_is_read_without_a_flag(
    api: CloudApi, inbox: Inbox, settings: Any, ticking: StandingClock
) -> None:
    for kind in (Kind.BUTTONS, Kind.LIST, Kind.TEMPLATE):
        api.send(BODIES[kind], to=TO_AYSE, opaque=f"out_{kind}")
    drain(ticking, inbox, seconds=5)
    inbox.taken.clear()
    write(Written(text="Kadıköy'de kahve"), ticking)
    write(Written(button="reading.confirm:1"), ticking)
    write(Written(button="d:1"), ticking)
    write(Written(button="ask.accept:1"), ticking)
    write(Written(audio=OGG), ticking)
    drain(ticking, inbox, seconds=1)
    found = items(inbox, settings, ticking)
    assert [item.flags for item in found] == [()] * 5
    bodies = [item.content.body for item in found if isinstance(item.content, Message)]
    assert [type(body) for body in bodies] == [Text, Choice, Choice, Choice, Media]


@pytest.mark.parametrize(
    ("code", "handling"),
    [
        (131056, Handling.RETRY_PAIR),
        (130429, Handling.RETRY),
        (190, Handling.HOLD),
        (132001, Handling.FINAL),
    ],
)
def test_refusals_are_understood(
    api: CloudApi, ticking: StandingClock, code: int, handling: Handling
) -> None:
    order = parse_fault({"kind": "error", "code": code})
    services.order_fault(order=order, now=ticking.now)
    refused = api.send(BODIES[Kind.TEXT], to=TO_AYSE, opaque="out_1")
    assert isinstance(refused, Refused)
    assert (refused.code, refused.rule.handling) == (code, handling)
    assert refused.trace_id


def test_lost_answer_is_an_unknown_outcome(api: CloudApi, ticking: StandingClock) -> None:
    services.order_fault(order=parse_fault({"kind": "lose_answer"}), now=ticking.now)
    assert isinstance(api.send(BODIES[Kind.TEXT], to=TO_AYSE, opaque="out_1"), UnknownOutcome)


def test_read_mark_and_upload_are_done(api: CloudApi) -> None:
    (first,) = queries.messages(user_id=USER_ID)
    assert api.mark_read(first.wamid, is_typing=True) == Done()
    uploaded = api.upload(OGG, mime_type="audio/ogg", filename="note.ogg")
    assert isinstance(uploaded, Done)
    assert queries.has_media(uploaded.reference)


def test_voice_note_is_downloaded_and_its_digest_holds(
    api: CloudApi, inbox: Inbox, settings: Any, ticking: StandingClock
) -> None:
    write(Written(audio=OGG), ticking)
    drain(ticking, inbox)
    found = [item.content for item in items(inbox, settings, ticking)]
    (media,) = [
        value.body
        for value in found
        if isinstance(value, Message) and isinstance(value.body, Media)
    ]
    fetched = download(api, media.media_id, sha256=media.sha256)
    assert fetched == MediaFile(content=OGG, mime_type="audio/ogg")
    assert download(api, "1000000000000009") is MediaProblem.NOT_FOUND


def test_pin_is_read(api: CloudApi, inbox: Inbox, settings: Any, ticking: StandingClock) -> None:
    api.send(BODIES[Kind.LOCATION_REQUEST], to=TO_AYSE, opaque="out_1")
    write(Written(place=Point(40.990311, 29.027469)), ticking)
    drain(ticking, inbox)
    found = [item.content for item in items(inbox, settings, ticking)]
    (pin,) = [
        value.body
        for value in found
        if isinstance(value, Message) and isinstance(value.body, Location)
    ]
    assert (pin.latitude, pin.longitude) == (40.990311, 29.027469)


def test_all_our_templates_are_approved_listed_and_sendable(api: CloudApi, settings: Any) -> None:
    account_id = settings.WHATSAPP["ACCOUNT_ID"]
    for key, template in templates().items():
        made = create_template(api, account_id=account_id, definition=template.definition())
        assert made == Listed("APPROVED", template.category), key
    listed = list_templates(api, account_id=account_id)
    assert listed is not None
    assert set(listed) == {*templates(), ("seller_ask", "tr")}
    assert {one.state for one in listed.values()} == {"APPROVED"}
    for template in templates().values():
        body = TemplateBody(
            name=template.name,
            language=template.language,
            parameters=tuple(Parameter(name=name, text="12") for name in template.parameters),
            quick_replies=tuple(
                QuickReply(index=index, payload=f"{template.name}:{index}")
                for index, _ in enumerate(template.buttons)
            ),
        )
        assert isinstance(api.send(body, to=TO_AYSE, opaque="out_1"), Accepted)
        shown = queries.messages(user_id=USER_ID)[-1]
        assert [button["title"] for button in shown.buttons] == [
            button.title for button in template.buttons
        ]

"""One contract for the SMS gateway: a small server of the documented wire, and the simulator."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from whatsapp.channels.gateway import HttpSmsGateway, Lost, NotTaken, SmsGateway, Taken
from whatsapp.gateway.tests.graph_server import Answer, GraphServer, Request
from whatsapp.simulator import queries as simulator
from whatsapp.tests.town import GraphTransport

pytestmark = pytest.mark.django_db

NUMBER = "905551234567"
Made = Callable[[str], SmsGateway]


def _served(request: Request) -> Answer:
    """What the documented gateway answers."""
    body = request.json()
    known = request.headers.get("Authorization") == "Bearer simulator"
    if request.method != "POST" or request.path != "/messages" or not known:
        return 401, b'{"error": {"code": "unauthorized"}}'
    if set(body) != {"from", "to", "text", "reference", "callback"}:
        return 422, b'{"error": {"code": "field_missing"}}'
    if not str(body["to"])[1:].isdigit():
        return 422, b'{"error": {"code": "bad_number"}}'
    return 202, json.dumps({"id": f"sms-{body['reference']}"}).encode()


@pytest.fixture(params=["server", "simulator"])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    if request.param == "simulator":
        yield lambda key: _client("http://testserver/sim/sms", key, GraphTransport())
        return
    with GraphServer(answer=_served) as server:
        yield lambda key: _client(server.url, key)


def _client(root: str, key: str, transport: httpx.BaseTransport | None = None) -> HttpSmsGateway:
    return HttpSmsGateway(
        root=root,
        key=key,
        sender="ICESHOP",
        callback="http://testserver/webhooks/sms",
        transport=transport,
    )


def test_sms_is_taken_under_an_id(made: Made) -> None:
    answer = made("simulator").send(to=NUMBER, text="Yeriniz hazır", reference="r1")

    assert isinstance(answer, Taken)
    assert answer.message_id.startswith("sms-")


def test_two_sms_have_two_ids(made: Made) -> None:
    client = made("simulator")

    assert client.send(to=NUMBER, text="a", reference="r1") != client.send(
        to=NUMBER, text="b", reference="r2"
    )


def test_number_that_is_none_is_refused_for_good(made: Made) -> None:
    answer = made("simulator").send(to="kahve", text="a", reference="r1")

    assert answer == NotTaken("bad_number")


def test_wrong_key_is_refused(made: Made) -> None:
    assert made("other").send(to=NUMBER, text="a", reference="r1") == NotTaken("unauthorized")


def test_simulated_phone_shows_the_text() -> None:
    client = _client("http://testserver/sim/sms", "simulator", GraphTransport())
    client.send(to=NUMBER, text="Yeriniz hazır", reference="r1")

    assert simulator.sms_texts(phone=NUMBER) == ("Yeriniz hazır",)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (429, b"", NotTaken("http_429", is_passing=True)),
        (500, b"", Lost("http_500")),
        (202, b"{}", Lost("answer_without_id")),
        (202, b"no json", Lost("answer_without_id")),
        (403, b"[]", NotTaken("http_403")),
    ],
)
def test_answer_outside_the_contract_is_told_apart(
    status: int, body: bytes, expected: object
) -> None:
    with GraphServer(answer=lambda request: (status, body)) as server:
        assert _client(server.url, "k").send(to=NUMBER, text="a", reference="r") == expected


def test_lost_answer_is_not_taken_for_a_refusal() -> None:
    with GraphServer(answer=lambda request: None) as server:
        answer = _client(server.url, "k").send(to=NUMBER, text="a", reference="r")

    assert isinstance(answer, Lost)


def test_server_that_is_not_there_may_be_tried_again() -> None:
    answer = _client("http://127.0.0.1:9", "k").send(to=NUMBER, text="a", reference="r")

    assert answer == NotTaken("not_reached", is_passing=True)

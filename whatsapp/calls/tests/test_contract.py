"""One contract for placing calls: a small server of Vapi's wire, and the simulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from whatsapp.calls.client import Lost, NotPlaced, Placed, Vapi, VoiceCaller
from whatsapp.gateway.tests.graph_server import Answer, GraphServer, Request
from whatsapp.tests.town import GraphTransport

pytestmark = pytest.mark.django_db

ASSISTANT = {"firstMessage": "Merhaba"}
Made = Callable[[str], VoiceCaller]


def _served(request: Request) -> Answer:
    """What Vapi's page on ``POST /call`` says."""
    body = request.json()
    customer = body.get("customer")
    if request.headers.get("Authorization") != "Bearer simulator":
        return 401, b'{"statusCode": 401, "message": "Invalid Key"}'
    is_number = isinstance(customer, dict) and str(customer["number"])[1:].isdigit()
    if request.path != "/call" or not is_number or not body.get("phoneNumberId"):
        return 400, b'{"statusCode": 400, "message": ["customer.number is wrong"]}'
    return 201, b'{"id": "call-1", "type": "outboundPhoneCall", "status": "queued"}'


@pytest.fixture(params=["server", "simulator"])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    if request.param == "simulator":
        yield lambda key: _client("http://testserver/sim/voice", key, GraphTransport())
        return
    with GraphServer(answer=_served) as server:
        yield lambda key: _client(server.url, key)


def _client(root: str, key: str, transport: httpx.BaseTransport | None = None) -> Vapi:
    return Vapi(root=root, key=key, number_id="n1", transport=transport)


def test_call_is_placed_under_an_id(made: Made) -> None:
    answer = made("simulator").place(to="905551234567", reference="r", assistant=ASSISTANT)

    assert isinstance(answer, Placed)
    assert answer.call_id.startswith("call-")


def test_number_that_is_none_is_refused(made: Made) -> None:
    answer = made("simulator").place(to="kahve", reference="r", assistant=ASSISTANT)

    assert answer == NotPlaced("http_400")


def test_wrong_key_is_refused(made: Made) -> None:
    answer = made("other").place(to="905551234567", reference="r", assistant=ASSISTANT)

    assert answer == NotPlaced("http_401")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (429, b"", NotPlaced("http_429", is_passing=True)),
        (502, b"", Lost("http_502")),
        (201, b"{}", Lost("answer_without_id")),
        (201, b"[]", Lost("answer_without_id")),
    ],
)
def test_answer_outside_the_contract_is_told_apart(
    status: int, body: bytes, expected: object
) -> None:
    with GraphServer(answer=lambda request: (status, body)) as server:
        client = _client(server.url, "k")
        assert client.place(to="905551234567", reference="r", assistant=ASSISTANT) == expected

"""The client against a real HTTP server, and every way in which an answer can be missing."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
from collections.abc import Iterator

import httpx
import pytest

from whatsapp.gateway.client import Accepted, CloudApi, Done, Refused, UnknownOutcome
from whatsapp.gateway.errors import Handling, rule_for
from whatsapp.gateway.media import MediaFile, MediaProblem, download
from whatsapp.gateway.messages import TextBody
from whatsapp.gateway.requests import Recipient
from whatsapp.gateway.tests.graph_server import Answer, GraphServer, Request

TO = Recipient(phone="905550000101")
OPUS = b"OggS" + bytes(range(256)) * 8
MEDIA_ID = "1403383421380001"


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with GraphServer() as running:
        yield running


@pytest.fixture
def api(server: GraphServer) -> Iterator[CloudApi]:
    with client(server.url) as made:
        yield made


def client(url: str, transport: httpx.BaseTransport | None = None) -> CloudApi:
    return CloudApi(
        base_url=url,
        version="v25.0",
        phone_number_id="210987654321098",
        token="secret-token",
        media_hosts={"lookaside.fbsbx.com"},
        transport=transport,
    )


def send(api: CloudApi) -> Accepted | Refused | UnknownOutcome:
    return api.send(TextBody(text="Merhaba"), to=TO, opaque="out_1")


def test_send_posts_to_the_number_with_token_and_key(server: GraphServer, api: CloudApi) -> None:
    server.answers(200, {"messages": [{"id": "wamid.1", "message_status": "accepted"}]})
    assert send(api) == Accepted(message_id="wamid.1")
    (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v25.0/210987654321098/messages")
    assert request.headers["Authorization"] == "Bearer secret-token"
    assert request.json()["to"] == "+905550000101"
    assert request.json()["biz_opaque_callback_data"] == "out_1"


def test_paced_template_is_told_apart(server: GraphServer, api: CloudApi) -> None:
    held = {"id": "wamid.1", "message_status": "held_for_quality_assessment"}
    server.answers(200, {"messages": [held]})
    assert send(api) == Accepted(message_id="wamid.1", is_held=True)


def test_refusal_carries_code_rule_details_and_trace(server: GraphServer, api: CloudApi) -> None:
    error = {
        "message": "(#131047) Re-engagement message",
        "code": 131047,
        "error_data": {"details": "More than 24 hours have passed"},
        "fbtrace_id": "Atrace",
    }
    server.answers(400, {"error": error})
    assert send(api) == Refused(
        code=131047,
        rule=rule_for(131047),
        details="More than 24 hours have passed",
        trace_id="Atrace",
    )


@pytest.mark.parametrize(
    ("status", "code", "handling"),
    [
        (401, 190, Handling.HOLD),
        (429, 131056, Handling.RETRY_PAIR),
        (500, 131000, Handling.RETRY),
        (400, 424242, Handling.FINAL),
    ],
)
def test_code_decides_whatever_the_http_status_is(
    server: GraphServer, api: CloudApi, status: int, code: int, handling: Handling
) -> None:
    server.answers(status, {"error": {"code": code}})
    outcome = send(api)
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.rule.handling) == (code, handling)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"messages": []}'),
        (200, b'{"messages": [{"id": "with space"}]}'),
        (200, b'{"error": {"code": 1}}'),
        (500, b""),
        (502, b"<html>bad gateway</html>"),
        (504, b"{}"),
    ],
)
def test_answer_without_a_fact_is_an_unknown_outcome(
    server: GraphServer, api: CloudApi, status: int, body: bytes
) -> None:
    server.answer = lambda request: (status, body)
    outcome = send(api)
    assert isinstance(outcome, UnknownOutcome)
    assert outcome.rule.handling is Handling.WAIT_FOR_STATUS


def test_answer_lost_on_the_way_is_an_unknown_outcome(server: GraphServer, api: CloudApi) -> None:
    server.answer = lambda request: None
    assert isinstance(send(api), UnknownOutcome)
    assert len(server.requests) == 1


def test_time_out_after_the_request_left_is_an_unknown_outcome() -> None:
    def late(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("late", request=request)

    with client("https://graph.example.com", httpx.MockTransport(late)) as api:
        assert send(api) == UnknownOutcome(cause="ReadTimeout")


def test_no_connection_means_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with client(f"http://127.0.0.1:{port}") as api:
        outcome = send(api)
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.rule.handling) == (None, Handling.RETRY)


@pytest.mark.parametrize(("status", "handling"), [(404, Handling.FINAL), (429, Handling.RETRY)])
def test_refusal_without_a_reason(
    server: GraphServer, api: CloudApi, status: int, handling: Handling
) -> None:
    server.answer = lambda request: (status, b"")
    outcome = send(api)
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.rule.handling) == (None, handling)


def test_time_limits_are_set(api: CloudApi) -> None:
    assert api.http.timeout == httpx.Timeout(10.0, connect=3.0)


def test_mark_read_shows_typing(server: GraphServer, api: CloudApi) -> None:
    server.answers(200, {"success": True})
    assert api.mark_read("wamid.1", is_typing=True) == Done()
    assert server.requests[0].json() == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.1",
        "typing_indicator": {"type": "text"},
    }
    api.mark_read("wamid.1")
    assert "typing_indicator" not in server.requests[1].json()


def test_upload_sends_the_file_and_returns_its_id(server: GraphServer, api: CloudApi) -> None:
    server.answers(200, {"id": MEDIA_ID})
    done = api.upload(OPUS, mime_type="audio/ogg", filename="note.ogg")
    assert done == Done(reference=MEDIA_ID)
    (request,) = server.requests
    assert request.path == "/v25.0/210987654321098/media"
    assert OPUS in request.body
    assert b'name="messaging_product"' in request.body


def test_logs_hold_no_phone_no_words_and_no_token(
    server: GraphServer, api: CloudApi, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers(400, {"error": {"code": 131026, "message": "+905550000101 Merhaba"}})
    send(api)
    server.answer = lambda request: None
    send(api)
    written = "".join(record.getMessage() for record in caplog.records)
    assert "cloud_api.refused" in written
    assert "cloud_api.answer_lost" in written
    for secret in ("905550000101", "Merhaba", "secret-token"):
        assert secret not in written


def serve_media(server: GraphServer, content: bytes = OPUS, **described: object) -> None:
    """Let the server describe one file and hand it out under its own address."""
    description = {
        "url": f"{server.url}/files/1",
        "mime_type": "audio/ogg; codecs=opus",
        "sha256": hashlib.sha256(content).hexdigest(),
        "file_size": len(content),
        "id": MEDIA_ID,
    } | described

    def answer(request: Request) -> Answer:
        if request.path == "/files/1":
            return 200, content
        return 200, json.dumps(description).encode()

    server.answer = answer


def test_media_is_fetched_by_id_with_token_and_checked(server: GraphServer, api: CloudApi) -> None:
    serve_media(server)
    named = base64.b64encode(hashlib.sha256(OPUS).digest()).decode()
    assert download(api, MEDIA_ID, sha256=named) == MediaFile(content=OPUS, mime_type="audio/ogg")
    described, fetched = server.requests
    assert described.path == f"/v25.0/{MEDIA_ID}?phone_number_id=210987654321098"
    assert fetched.headers["Authorization"] == "Bearer secret-token"


def test_media_with_another_digest_is_refused(server: GraphServer, api: CloudApi) -> None:
    serve_media(server)
    other = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    assert download(api, MEDIA_ID, sha256=other) is MediaProblem.DIGEST_WRONG
    serve_media(server, sha256="0" * 64)
    assert download(api, MEDIA_ID) is MediaProblem.DIGEST_WRONG


def test_media_over_the_cap_is_refused(server: GraphServer, api: CloudApi) -> None:
    serve_media(server)
    assert download(api, MEDIA_ID, most_bytes=100) is MediaProblem.TOO_LARGE
    assert len(server.requests) == 1
    serve_media(server, file_size=1)
    assert download(api, MEDIA_ID, most_bytes=100) is MediaProblem.TOO_LARGE


@pytest.mark.parametrize("media_id", ["../../etc/passwd", "", "1?x=2", "１２"])
def test_media_id_with_other_characters_is_never_asked_for(
    server: GraphServer, api: CloudApi, media_id: str
) -> None:
    assert download(api, media_id) is MediaProblem.ID_UNFIT
    assert server.requests == []


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://evil.example.com/lookaside.fbsbx.com",
        "https://lookaside.fbsbx.com@evil.example.com/",
        "https://lookaside.fbsbx.com.evil.example.com/",
        "https://lookaside.fbsbx.com:8443/",
        "http://lookaside.fbsbx.com/",
        "file:///etc/passwd",
        "https://[::1",
        7,
    ],
)
def test_token_never_goes_to_another_host(server: GraphServer, api: CloudApi, url: object) -> None:
    serve_media(server, url=url)
    assert download(api, MEDIA_ID) is MediaProblem.HOST_REFUSED
    assert len(server.requests) == 1


def test_address_that_is_gone_is_asked_for_once_more(server: GraphServer, api: CloudApi) -> None:
    serve_media(server)
    described = server.answer
    server.answer = lambda request: (404, b"") if request.path == "/files/1" else described(request)
    assert download(api, MEDIA_ID) is MediaProblem.NOT_FOUND
    assert [request.path for request in server.requests].count("/files/1") == 2


def test_outage_while_fetching_is_worth_another_try(server: GraphServer, api: CloudApi) -> None:
    server.answers(500, {"error": {"code": 131000}})
    assert download(api, MEDIA_ID) is MediaProblem.UNAVAILABLE
    server.answer = lambda request: None
    assert download(api, MEDIA_ID) is MediaProblem.UNAVAILABLE


def test_media_of_another_number_is_not_found(server: GraphServer, api: CloudApi) -> None:
    server.answers(400, {"error": {"code": 100}})
    assert download(api, MEDIA_ID) is MediaProblem.NOT_FOUND

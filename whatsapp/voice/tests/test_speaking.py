"""Answers that are also spoken: after the written ones, never without them, off by default."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from iceshop.infra.outbox.models import OutboxMessage
from whatsapp.gateway.messages import AudioBody
from whatsapp.gateway.requests import content_of
from whatsapp.gateway.tests.graph_server import GraphServer
from whatsapp.providers.models import ProviderCall
from whatsapp.simulator import queries as simulator
from whatsapp.simulator.domain.faults import FaultKind, FaultOrder
from whatsapp.simulator.services.faults import order_fault
from whatsapp.tests.town import Town, known
from whatsapp.voice.tests.conftest import COFFEE

pytestmark = pytest.mark.django_db


@pytest.fixture
def voice(settings: Settings) -> Iterator[GraphServer]:
    """A service that reads texts aloud, and that this installation uses."""
    with GraphServer() as server:
        server.answer = lambda _: (200, COFFEE)
        settings.SPOKEN = {**settings.SPOKEN, "URL": f"{server.url}/v1", "KEY": "secret-of-voice"}
        yield server


def _kinds(town: Town, *, is_spoken: bool) -> list[str]:
    phone = known(town)
    answers = phone.speaks(COFFEE) if is_spoken else phone.writes("kahve")
    return [str(answer.kind) for answer in answers]


def test_answer_to_a_voice_note_is_written_and_then_spoken(
    town: Town, speech: GraphServer, voice: GraphServer
) -> None:
    phone = known(town)

    written, spoken = phone.speaks(COFFEE)

    assert (written.kind, spoken.kind) == ("buttons", "audio")
    stored = simulator.media(spoken.media_id, now=town.now)
    assert stored is not None
    assert (stored.content, stored.mime_type) == (COFFEE, "audio/ogg")
    (request,) = voice.requests
    assert request.path == "/v1/audio/speech"
    assert request.headers["Authorization"] == "Bearer secret-of-voice"
    assert request.json() == {
        "model": "tts-1",
        "voice": "alloy",
        "input": written.text,
        "response_format": "opus",
    }
    assert ProviderCall.objects.get(service="spoken").result == "ok"


def test_answer_to_a_text_is_only_written(town: Town, voice: GraphServer) -> None:
    assert _kinds(town, is_spoken=False) == ["buttons"]
    assert voice.requests == []


def test_nothing_is_spoken_by_default(town: Town, speech: GraphServer) -> None:
    assert _kinds(town, is_spoken=True) == ["buttons"]
    assert not OutboxMessage.objects.filter(topic="voice.speak").exists()


@pytest.mark.parametrize(
    ("status", "content", "result"),
    [
        (500, b"{}", "failed"),
        (401, b"{}", "not_allowed"),
        (200, b"ID3 no opus", "unreadable"),
        (200, b"OggS" + bytes(5_000_000), "too_large"),
    ],
)
def test_service_that_fails_costs_only_the_voice(
    town: Town, speech: GraphServer, voice: GraphServer, status: int, content: bytes, result: str
) -> None:
    voice.answer = lambda _: (status, content)

    assert _kinds(town, is_spoken=True) == ["buttons"]
    town.pass_time(seconds=30)
    assert ProviderCall.objects.filter(service="spoken").first().result == result  # type: ignore[union-attr]  # there is one
    assert not OutboxMessage.objects.filter(topic="voice.speak", state="due").exists()


def test_nothing_is_spoken_when_the_text_does_not_go_out(
    town: Town, speech: GraphServer, voice: GraphServer
) -> None:
    phone = known(town)
    order = FaultOrder(FaultKind.ERROR, count=1, code=100, seconds=0, address="")
    order_fault(order=order, now=town.now)

    answers = phone.speaks(COFFEE)
    town.pass_time(seconds=30)

    assert answers == []
    assert phone.news() == []
    assert voice.requests == []


def test_recording_is_sent_by_its_id() -> None:
    assert content_of(AudioBody(media_id="123")) == {"type": "audio", "audio": {"id": "123"}}

"""Sockets over the real channel layer: who hears what."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.layers import channel_layers, get_channel_layer
from django.core import signing
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from iceshop.asgi import application
from iceshop.infra.realtime import tokens, topics
from iceshop.infra.realtime.poke import poke, send

WINDOW = topics.window_topic(UUID(int=1))
BOARD = topics.board_topic(UUID(int=2))


class Socket(ApplicationCommunicator):
    """A page's end of the socket."""

    def __init__(self, token: str) -> None:
        """Ask for the socket with ``token`` in its address."""
        query = f"token={token}".encode()
        scope = {"type": "websocket", "path": "/ws/live", "query_string": query, "headers": []}
        super().__init__(application, scope)

    async def open(self) -> None:
        """Say hello; the server accepts."""
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output())["type"] == "websocket.accept"

    async def say(self, text: str | None = None, data: bytes | None = None) -> None:
        """Send a frame."""
        await self.send_input({"type": "websocket.receive", "text": text, "bytes": data})

    async def hear(self) -> Any:
        """The next frame, read."""
        return json.loads((await self.receive_output())["text"])

    async def leave(self) -> None:
        """Close the page."""
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait()


def test_topics_are_named_by_their_things() -> None:
    assert WINDOW == "window.00000000-0000-0000-0000-000000000001"
    assert BOARD == "board.00000000-0000-0000-0000-000000000002"
    assert topics.simulator_topic() == "simulator"


def test_token_carries_its_topics() -> None:
    assert tokens.topics_of(tokens.issue([WINDOW, BOARD])) == [WINDOW, BOARD]
    assert tokens.topics_of(tokens.issue([])) == []


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", str.lower])
def test_changed_token_carries_nothing(change: Callable[[str], str]) -> None:
    assert tokens.topics_of(change(tokens.issue([WINDOW]))) is None


def test_token_for_something_else_carries_nothing() -> None:
    assert tokens.topics_of(signing.dumps([WINDOW], salt="iceshop.panel", compress=True)) is None


def test_token_ages(monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens.issue([WINDOW])
    monkeypatch.setattr(tokens, "MAX_AGE_SECONDS", -1)

    assert tokens.topics_of(token) is None


def run(play: Callable[[], Awaitable[None]]) -> None:
    """Play a scene with the layer of a loop of its own, and leave nothing open."""

    async def scene() -> None:
        try:
            await play()
        finally:
            await get_channel_layer().flush()
            channel_layers.backends.clear()

    asyncio.run(scene())


@asynccontextmanager
async def listening(token: str) -> AsyncIterator[Socket]:
    """A socket that has joined the topics of ``token``."""
    socket = Socket(token)
    await socket.open()
    assert await socket.hear() == {"ready": True}
    yield socket
    await socket.leave()


async def say(topic: str) -> None:
    """Poke from a thread, as a request does."""
    await sync_to_async(send)(topic)


def test_poke_reaches_those_who_listen_to_its_topic() -> None:
    async def play() -> None:
        async with (
            listening(tokens.issue([WINDOW, BOARD])) as both,
            listening(tokens.issue([BOARD])) as board,
        ):
            await say(WINDOW)
            first = await both.hear()
            assert first["topic"] == WINDOW
            assert await board.receive_nothing(timeout=0.05)
            await say(BOARD)
            heard = [await one.hear() for one in (both, board)]
            assert [one["topic"] for one in heard] == [BOARD, BOARD]
            assert heard[0]["version"] == heard[1]["version"] >= first["version"]

    run(play)


@pytest.mark.parametrize("token", ["", "forged", "forged:1abc:x"])
def test_socket_without_a_valid_token_is_closed(token: str) -> None:
    async def play() -> None:
        socket = Socket(token)
        await socket.open()
        closed = await socket.receive_output()
        assert (closed["type"], closed["code"]) == ("websocket.close", 4401)
        await socket.leave()

    run(play)


def test_ping_is_answered_and_anything_else_ignored() -> None:
    async def play() -> None:
        async with listening(tokens.issue([WINDOW])) as socket:
            for strange in ("{", "", "[1]", '{"topic": "board.x"}', '"pong"'):
                await socket.say(strange)
            await socket.say(data=b"\x00\xff")
            await socket.say('"ping"')
            assert await socket.hear() == "pong"
            assert await socket.receive_nothing(timeout=0.05)

    run(play)


def test_who_has_left_hears_nothing_and_disturbs_nobody() -> None:
    async def play() -> None:
        async with listening(tokens.issue([WINDOW])) as socket:
            async with listening(tokens.issue([WINDOW])):
                pass
            await say(WINDOW)
            assert (await socket.hear())["topic"] == WINDOW

    run(play)


@pytest.mark.slow
def test_idle_socket_still_gets_its_poke() -> None:
    """The client of the layer would end a subscription that is silent for five seconds."""

    async def play() -> None:
        async with listening(tokens.issue([WINDOW])) as socket:
            assert await socket.receive_nothing(timeout=6)
            await say(WINDOW)
            assert (await socket.hear())["topic"] == WINDOW

    run(play)


@pytest.mark.django_db
def test_poke_leaves_after_the_commit_only(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.KICK_TASKS = True

    def fails() -> None:
        with transaction.atomic():
            poke(WINDOW)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks() as callbacks:
        poke(WINDOW)
        with pytest.raises(ZeroDivisionError):
            fails()
    assert len(callbacks) == 1

    settings.KICK_TASKS = False
    with django_capture_on_commit_callbacks() as callbacks:
        poke(WINDOW)
    assert callbacks == []


def test_layer_that_is_gone_does_no_harm(settings: Settings) -> None:
    layers: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": "unix:///nowhere/valkey.sock"}]},
        }
    }
    channel_layers.backends.clear()
    settings.CHANNEL_LAYERS = layers
    try:
        send(WINDOW)
    finally:
        channel_layers.backends.clear()

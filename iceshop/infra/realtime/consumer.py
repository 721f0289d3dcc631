"""The one WebSocket consumer: joins the topics of its token and forwards pokes."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncJsonWebsocketConsumer

from iceshop.infra.realtime import tokens

BAD_TOKEN = 4401


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels is untyped
    """Knows no business word and no table; the token carries the topics."""

    topics: list[str]

    async def connect(self) -> None:
        """Join the topics of the token, or close with 4401."""
        token = parse_qs(self.scope["query_string"].decode("latin-1")).get("token", [""])[0]
        topics = tokens.topics_of(token)
        self.topics = topics or []
        await self.accept()
        if topics is None:
            await self.close(code=BAD_TOKEN)
            return
        for topic in self.topics:
            await self.channel_layer.group_add(topic, self.channel_name)
        await self.send_json({"ready": True})

    async def disconnect(self, code: int) -> None:
        """Leave the topics."""
        for topic in self.topics:
            await self.channel_layer.group_discard(topic, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **_: Any
    ) -> None:
        """Read a frame of text; an empty or binary one is ignored."""
        if text_data:
            await super().receive(text_data=text_data)

    async def receive_json(self, content: Any, **_: Any) -> None:
        """Answer a ping; anything else is ignored."""
        if content == "ping":
            await self.send_json("pong")

    async def poke(self, event: dict[str, Any]) -> None:
        """Forward a poke."""
        await self.send_json({"topic": event["topic"], "version": event["version"]})

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        """Read a frame; what is not JSON is nothing."""
        try:
            return await super().decode_json(text_data)
        except ValueError:
            return None

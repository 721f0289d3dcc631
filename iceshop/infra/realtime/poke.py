"""Tell live pages that something changed."""

from __future__ import annotations

import time

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def poke(topic: str) -> None:
    """After the commit, send ``{topic, version}`` to all who listen; may be lost harmlessly.

    The version is the time in milliseconds: it only has to grow.
    """
    if settings.KICK_TASKS:
        transaction.on_commit(lambda: send(topic), robust=True)


def send(topic: str) -> None:
    """Send the poke now."""
    message = {"type": "poke", "topic": topic, "version": time.time_ns() // 1_000_000}
    try:
        async_to_sync(get_channel_layer().group_send)(topic, message)
    except (RedisError, OSError):
        log.warning("live.not_sent", topic=topic)

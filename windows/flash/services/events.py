"""Event rows and pokes of windows; for the services of this slice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from iceshop.infra.db import step
from iceshop.infra.realtime.poke import poke
from iceshop.infra.realtime.topics import board_topic, window_topic
from iceshop.kernel.actors import Actor
from windows.flash.domain import WindowMove
from windows.flash.models import Window, WindowEvent


@step
def record(
    window: Window,
    *,
    move: WindowMove,
    by: Actor,
    now: datetime,
    planned_at: datetime | None = None,
    **facts: object,
) -> None:
    """Append an event and tell the live pages of the window and its store."""
    WindowEvent.objects.create(
        window_id=window.id,
        move=move,
        at=now,
        planned_at=planned_at or now,
        actor_kind=by.kind,
        actor_key=by.key,
        facts=facts,
    )
    touch(window.id, store_id=window.store_id)


def touch(window_id: UUID, *, store_id: UUID) -> None:
    """Tell the live pages that something about the window changed."""
    poke(window_topic(window_id))
    poke(board_topic(store_id))

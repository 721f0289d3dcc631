"""Names of all that a page can be told about; whether it may is checked by the page's view."""

from __future__ import annotations

from uuid import UUID


def window_topic(window_id: UUID) -> str:
    """A window's seats, state and times."""
    return f"window.{window_id}"


def board_topic(store_id: UUID) -> str:
    """Everything on one store's board."""
    return f"board.{store_id}"


def simulator_topic() -> str:
    """The simulator's phones."""
    return "simulator"

"""What came of a city, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db import connection

_COUNTS = """
SELECT (SELECT count(*) FROM windows_intent),
       (SELECT count(*) FROM windows_window),
       (SELECT coalesce(sum(party_size), 0) FROM windows_invite),
       (SELECT coalesce(sum(party_size), 0) FROM windows_seat WHERE state <> 'released'),
       (SELECT coalesce(sum(party_size), 0) FROM windows_seat WHERE state = 'checked_in'),
       (SELECT coalesce(sum((w.base_price_minor - s.price_minor) * s.party_size), 0)
        FROM windows_seat s JOIN windows_window w ON w.id = s.window_id
        WHERE s.state = 'checked_in'),
       (SELECT count(*) FROM whatsapp_simulated_message
        WHERE direction = 'out' AND status <> 'failed')
"""
# From the wish to the start of the window in which it got a place; for the late, to the place.
_WAITING = """
SELECT greatest(extract(epoch FROM s.starts_at - i.created_at),
                extract(epoch FROM s.held_at - i.created_at))::float
FROM windows_seat s JOIN windows_intent i ON i.id = s.intent_id
WHERE s.state <> 'released' ORDER BY 1
"""
_SHOW_UP = """
SELECT coalesce(sum(predicted_milli), 0)::float / 1000, coalesce(sum(confirmed), 0),
       coalesce(sum(came), 0), count(*),
       count(*) FILTER (WHERE came BETWEEN predicted_low AND predicted_high)
FROM windows_window_result WHERE confirmed > 0
"""
_HOUR_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Figures of a city. Seats count people, with those who came along; hours are rounded.

    ``seats_offered`` are seats in invites, ``seats_taken`` those not given back, ``seats_used``
    those that came. ``show_up`` holds shares of the seats that were confirmed, and the share of
    windows whose stated range held.
    """

    intents: int
    windows: int
    seats_offered: int
    seats_taken: int
    seats_used: int
    savings_minor: int
    messages_out: int
    messages_per_arrival: float | None
    waiting_hours: dict[str, float | None]
    show_up: dict[str, float | None]


def figures() -> Figures:
    """The figures of the city in the current database."""
    counts = [int(value) for value in _row(_COUNTS)]
    intents, windows, offered, taken, used, savings, messages = counts
    return Figures(
        intents=intents,
        windows=windows,
        seats_offered=offered,
        seats_taken=taken,
        seats_used=used,
        savings_minor=savings,
        messages_out=messages,
        messages_per_arrival=round(messages / used, 2) if used else None,
        waiting_hours=_waiting_hours(),
        show_up=_show_up(),
    )


def _waiting_hours() -> dict[str, float | None]:
    hours = [row[0] / _HOUR_SECONDS for row in _rows(_WAITING)]
    shares = {"median": 0.5, "p95": 0.95, "max": 1.0}
    return {name: _quantile(hours, share) for name, share in shares.items()}


def _quantile(ordered: list[float], share: float) -> float | None:
    """The smallest value that at least ``share`` of ``ordered`` do not exceed."""
    return round(ordered[max(0, ceil(share * len(ordered)) - 1)], 3) if ordered else None


def _show_up() -> dict[str, float | None]:
    predicted, confirmed, came, windows, held = _row(_SHOW_UP)
    return {
        "predicted": round(predicted / confirmed, 4) if confirmed else None,
        "actual": round(came / confirmed, 4) if confirmed else None,
        "range_coverage": round(held / windows, 4) if windows else None,
    }


def _row(sql: str) -> tuple[Any, ...]:
    return _rows(sql)[0]


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())

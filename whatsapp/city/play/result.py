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
# Seats of windows that took place, and people with one; wishes with a place.
_FILL = """
SELECT (SELECT coalesce(sum(seats_max), 0) FROM windows_window WHERE state <> 'cancelled'),
       (SELECT coalesce(sum(s.party_size), 0) FROM windows_seat s
        JOIN windows_window w ON w.id = s.window_id
        WHERE s.state <> 'released' AND w.state <> 'cancelled'),
       (SELECT count(*) FROM windows_intent),
       (SELECT count(DISTINCT intent_id) FROM windows_seat WHERE state <> 'released')
"""
# Wishes that a window would have suited (kind, time, price, way) whose places went to somebody who
# wished later, before they were invited anywhere; and how long they waited on from there.
_OVERTAKEN = """
WITH told AS (
    SELECT intent_id, min(created_at) AS at FROM windows_invite GROUP BY intent_id
), overtaken AS (
    SELECT i.id, min(w.created_at) AS at, min(told.at) AS told_at
    FROM windows_intent i
    JOIN windows_intent_span span ON span.intent_id = i.id
    JOIN commerce_product p ON p.concept_id = i.concept_key
    JOIN commerce_offering o ON o.product_id = p.id
    JOIN windows_window w ON w.offering_id = o.id AND w.created_at > i.created_at
        AND w.starts_at >= span.starts_at AND w.ends_at <= span.ends_at
        AND (i.budget_minor IS NULL OR w.price_minor <= i.budget_minor)
    JOIN commerce_store st ON st.id = w.store_id
    JOIN windows_invite v ON v.window_id = w.id
    JOIN windows_intent later ON later.id = v.intent_id AND later.created_at > i.created_at
    LEFT JOIN told ON told.intent_id = i.id
    WHERE w.created_at < coalesce(told.at, i.ended_at, i.ends_at)
        AND (i.latitude IS NULL OR i.radius_m >= 144553 * sqrt(
            power(st.latitude - i.latitude, 2)
            + power((st.longitude - i.longitude) * cos(radians(i.latitude)), 2)))
    GROUP BY i.id
)
SELECT (SELECT count(*) FROM windows_intent), count(*),
       max(extract(epoch FROM told_at - at))::float
FROM overtaken
"""
_HOUR_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Figures of a city. Seats count people, with those who came along; hours are rounded.

    ``seats_offered`` are seats in invites, ``seats_taken`` those not given back, ``seats_used``
    those that came. ``show_up`` holds shares of the seats that were confirmed, and the share of
    windows whose stated range held. ``fill``: shares of the seats that were taken, and of the
    wishes that got one. ``fairness``: how unequal the waiting was (Gini, 0 is equal), the share of
    wishes that a later one came before, and the most hours that one of them waited on.
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
    fill: dict[str, float | None]
    fairness: dict[str, float | None]


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
        fill=_fill(),
        fairness=_fairness(),
    )


def _hours_waited() -> list[float]:
    return [row[0] / _HOUR_SECONDS for row in _rows(_WAITING)]


def _waiting_hours() -> dict[str, float | None]:
    hours = _hours_waited()
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


def _fill() -> dict[str, float | None]:
    room, taken, wishes, placed = (int(value) for value in _row(_FILL))
    return {
        "seats": round(taken / room, 4) if room else None,
        "wishes": round(placed / wishes, 4) if wishes else None,
    }


def _fairness() -> dict[str, float | None]:
    wishes, overtaken, longest = _row(_OVERTAKEN)
    return {
        "gini": gini(_hours_waited()),
        "overtaken": round(overtaken / wishes, 4) if wishes else None,
        "longest_behind_hours": None if longest is None else round(longest / _HOUR_SECONDS, 3),
    }


def gini(ordered: list[float]) -> float | None:
    """How unequal the values are that come in ascending order: 0 all the same, 1 all with one.

    >>> gini([2.0, 2.0, 2.0]), gini([0.0, 0.0, 3.0]), gini([])
    (0.0, 0.6667, None)
    """
    total, number = sum(ordered), len(ordered)
    if not total:
        return 0.0 if ordered else None
    ranked = sum(place * value for place, value in enumerate(ordered, start=1))
    return round(2 * ranked / (number * total) - (number + 1) / number, 4)


def _row(sql: str) -> tuple[Any, ...]:
    return _rows(sql)[0]


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())

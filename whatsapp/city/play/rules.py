"""What must never happen in a city, looked up in the database. Each query returns what broke it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from commerce.places.queries import store_card
from iceshop.kernel.time import TimeRange

# For each rule what broke it: what it is, and its key.
Broken = dict[str, list[tuple[str, str]]]

# A seat counts from when it was taken until it was given back, used, or its window was over.
_SEAT_LIVED = """
    seat.held_at <= {at} AND seat.ends_at > {at}
    AND coalesce(seat.released_at, 'infinity') > {at}
    AND coalesce(seat.checked_in_at, 'infinity') >= {at}
"""
# What stood on a phone, with the product's own row of it.
_SHOWN = """
    whatsapp_simulated_message shown
    JOIN whatsapp_outbound message ON message.id::text = shown.opaque
    LEFT JOIN windows_notice notice ON notice.id = message.notice_id
"""

RULES = {
    # More seats than the cap, or than the people in them; stock below zero or promised twice.
    "oversold": """
        SELECT 'window', w.id::text FROM windows_window w
        WHERE w.seats_taken > w.seats_max OR w.seats_taken <>
            (SELECT coalesce(sum(party_size), 0) FROM windows_seat s
             WHERE s.window_id = w.id AND s.state NOT IN ('released', 'waiting'))
        UNION ALL SELECT 'reservation', w.id::text FROM windows_window w
        JOIN commerce_stock_reservation r ON r.source_key = 'window:' || w.id
        WHERE r.state = 'held' AND w.seats_taken > r.quantity
        UNION ALL SELECT 'stock', l.offering_id::text FROM commerce_stock_level l
        WHERE l.on_hand < 0 OR l.reserved < 0 OR l.reserved > l.on_hand
           OR l.reserved <> (SELECT coalesce(sum(quantity), 0) FROM commerce_stock_reservation r
                             WHERE r.offering_id = l.offering_id AND r.state = 'held')
           OR l.on_hand <> (SELECT coalesce(sum(quantity), 0) FROM commerce_stock_movement m
                            WHERE m.offering_id = l.offering_id)
    """,
    # Two places of one person at the same time.
    "double_seat": """
        SELECT a.id::text, b.id::text FROM windows_seat a
        JOIN windows_seat b ON b.person_id = a.person_id AND b.id > a.id
            AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
        WHERE a.state NOT IN ('released', 'waiting') AND b.state NOT IN ('released', 'waiting')
    """,
    # After STOP only answers, and what concerns a place that the person kept.
    "after_stop": f"""
        SELECT message.purpose, message.id::text FROM {_SHOWN}
        JOIN accounts_consent_event stop ON stop.person_id = message.person_id
            AND stop.change = 'withdrawn' AND stop.at < shown.at
        WHERE shown.direction = 'out' AND shown.status <> 'failed' AND message.purpose <> 'reply'
          AND NOT EXISTS (SELECT FROM accounts_consent_event again
            WHERE again.person_id = stop.person_id AND again.change IN ('restored', 'granted')
              AND again.at > stop.at AND again.at <= shown.at)
          AND NOT EXISTS (SELECT FROM windows_seat seat
            WHERE seat.person_id = message.person_id
              AND notice.subject_id IN (seat.id, seat.window_id)
              AND ({_SEAT_LIVED.format(at="shown.at")}
                   OR message.purpose IN ('window_cancelled', 'group_not_reached')))
    """,  # noqa: S608 - constants
    # Asked for, agreed or promised below what the shop allows.
    "below_floor": """
        SELECT 'ask', a.id::text FROM windows_ask a
        JOIN commerce_offering_terms t ON t.offering_id = a.offering_id
        WHERE least(a.price_minor, a.agreed_price_minor) < t.floor_price_minor
        UNION ALL SELECT 'window', w.id::text FROM windows_window w
        JOIN commerce_offering_terms t ON t.offering_id = w.offering_id
        WHERE w.price_minor < t.floor_price_minor
    """,
    # Another price than the promised one, above the buyer's limit, or above the usual price.
    "price_broken": """
        SELECT 'seat', s.id::text FROM windows_seat s JOIN windows_window w ON w.id = s.window_id
        LEFT JOIN windows_ask a ON a.id = w.ask_id LEFT JOIN windows_intent i ON i.id = s.intent_id
        WHERE s.price_minor <> w.price_minor OR w.price_minor > w.base_price_minor
           OR w.price_minor <> coalesce(a.agreed_price_minor, w.price_minor)
           OR s.price_minor > i.budget_minor
        UNION ALL SELECT 'till', c.id::text FROM windows_pass_scan c
        JOIN windows_seat s ON s.id = c.seat_id
        WHERE c.is_admitted AND (c.facts->>'unit_price_minor')::int <> s.price_minor
        UNION ALL SELECT 'result', o.seat_id::text FROM windows_seat_outcome o
        JOIN windows_seat s ON s.id = o.seat_id
        WHERE o.kind = 'redeemed' AND o.paid_minor <> s.price_minor * s.party_size
    """,
    # Said when it was of no use any more.
    "late_notice": f"""
        SELECT message.purpose, message.id::text FROM {_SHOWN}
        WHERE shown.status <> 'failed' AND shown.at >= notice.useful_until
    """,  # noqa: S608 - constants
    # The same message, or the same notice, twice on a phone.
    "twice_sent": f"""
        SELECT 'message', shown.opaque FROM whatsapp_simulated_message shown
        WHERE shown.direction = 'out' AND shown.status <> 'failed' AND shown.opaque <> ''
        GROUP BY shown.opaque HAVING count(*) > 1
        UNION ALL SELECT 'notice', notice.dedupe_key FROM {_SHOWN}
        WHERE shown.status <> 'failed' AND notice.id IS NOT NULL
        GROUP BY notice.dedupe_key HAVING count(*) > 1
    """,  # noqa: S608 - constants
    # Freely written more than 24 hours after the person's last message.
    "outside_24h": """
        SELECT 'message', wamid FROM whatsapp_simulated_message WHERE code = 131047
    """,
    # Written by a person, and no answer was even planned.
    "unanswered": """
        SELECT said.text, said.wamid FROM whatsapp_simulated_message said
        JOIN whatsapp_simulated_person phone ON phone.id = said.person_id
        WHERE said.direction = 'in' AND said.at < %(now)s - interval '5 minutes'
          AND NOT EXISTS (SELECT FROM whatsapp_outbound message
            JOIN accounts_person_identifier known ON known.person_id = message.person_id
            WHERE known.value IN (phone.phone, phone.user_id) AND message.purpose = 'reply'
              AND message.created_at BETWEEN said.at AND said.at + interval '5 minutes')
    """,
    # A row that nobody will work on any more, or that should have been done long ago. Whether a
    # message whose answer was lost went out is known as soon as the platform reports of it; one
    # that it never took stays unknown, since it may not be sent again blindly.
    "lost": """
        SELECT 'item', state || ' ' || reason FROM whatsapp_webhook_item
        WHERE state = 'quarantined'
           OR (state = 'new' AND received_at < %(now)s - interval '10 minutes')
        UNION ALL SELECT 'outbox', state || ' ' || code FROM infra_outbox
        WHERE state = 'parked' OR code = 'outbox.no_handler'
           OR (state = 'due' AND not_before < %(now)s - interval '10 minutes')
           OR (state = 'unknown' AND finished_at < %(now)s - interval '10 minutes'
               AND EXISTS (SELECT FROM whatsapp_simulated_message WHERE opaque = reference))
        UNION ALL SELECT 'delivery', carries FROM whatsapp_simulated_delivery
        WHERE state = 'given_up'
           OR (state = 'waiting' AND due_at < %(now)s - interval '10 minutes')
        UNION ALL SELECT 'ask', id::text FROM windows_ask
        WHERE state = 'asked' AND answer_by < %(now)s - interval '1 minute'
        UNION ALL SELECT 'window', id::text FROM windows_window
        WHERE (state IN ('scheduled', 'open') AND ends_at < %(now)s - interval '1 minute')
           OR (NOT is_settled AND ends_at < %(now)s - interval '10 minutes')
        UNION ALL SELECT 'intent', i.id::text FROM windows_intent i
        WHERE i.state = 'seated' AND NOT EXISTS (SELECT FROM windows_seat s
            WHERE s.intent_id = i.id AND s.state IN ('held', 'on_way'))
        UNION ALL SELECT 'lane', source_key FROM whatsapp_outbound
        WHERE state = 'planned' AND created_at < %(now)s - interval '3 hours'
          AND purpose = 'reply' AND NOT EXISTS (SELECT FROM infra_outbox row
            WHERE row.dedupe_key = source_key AND row.state IN ('expired', 'refused'))
    """,
    # "I will write to you by 13:00 either way": neither an invite nor a word by then. Who has the
    # wish paused at that moment waits for nothing.
    "promise": """
        SELECT i.product_text, i.id::text FROM windows_intent i
        WHERE i.answer_by < least(coalesce(i.ended_at, 'infinity'), %(now)s) - interval '3 minutes'
          AND coalesce((SELECT e.to_state FROM windows_intent_event e
            WHERE e.intent_id = i.id AND e.at <= i.answer_by
            ORDER BY e.at DESC, e.id DESC LIMIT 1), 'open') <> 'paused'
          AND NOT EXISTS (SELECT FROM windows_invite v
            WHERE v.intent_id = i.id AND v.created_at < i.answer_by + interval '3 minutes')
          AND NOT EXISTS (SELECT FROM windows_notice n
            JOIN whatsapp_outbound message ON message.notice_id = n.id
            WHERE n.subject_id = i.id AND n.kind = 'nothing_found'
              AND message.created_at BETWEEN i.answer_by - interval '1 minute'
                                         AND i.answer_by + interval '3 minutes')
    """,
    # More windows of a shop at a time, or more people in them, than it can serve.
    "crowded": """
        SELECT s.name, w.id::text FROM windows_window w
        JOIN commerce_store s ON s.id = w.store_id
        WHERE w.state <> 'cancelled' AND (SELECT count(*) FROM windows_window o
            WHERE o.store_id = w.store_id AND o.state <> 'cancelled'
              AND o.starts_at <= w.starts_at AND o.ends_at > w.starts_at) > s.max_parallel_windows
    """,
}
# Rules about standing rows: looked at while the city runs, since a later moment may hide a break.
STANDING = ("oversold", "crowded")


def broken(names: Iterable[str], now: datetime) -> Broken:
    """What breaks each of the rules ``names`` at ``now``."""
    found: Broken = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(RULES[name], {"now": now})
            found[name] = [(str(row[0]), str(row[1])) for row in cursor.fetchall()]
    return found


def outside_hours() -> list[tuple[str, str]]:
    """Windows that reach beyond the opening hours of their shop."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, store_id, starts_at, ends_at FROM windows_window ORDER BY id")
        windows = cursor.fetchall()
    return [
        ("window", str(window_id))
        for window_id, store_id, starts_at, ends_at in windows
        if not _is_open(store_id, TimeRange(starts_at, ends_at))
    ]


def _is_open(store_id: UUID, span: TimeRange) -> bool:
    store = store_card(store_id)
    around = TimeRange(span.start - timedelta(days=1), span.end + timedelta(days=1))
    return any(one.covers(span) for one in store.hours.open_ranges(around, store.zone))


def all_broken(now: datetime) -> Broken:
    """What breaks each rule at the end of the city."""
    extra: dict[str, Callable[[], list[tuple[str, str]]]] = {"outside_hours": outside_hours}
    return broken(RULES, now) | {name: look() for name, look in extra.items()}

"""Each rule finds what breaks it: a played city is spoiled in one way at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC

import pytest
from django.db import connection

from whatsapp.city.play.rules import RULES, all_broken
from whatsapp.city.tests.playing import SMALL, played, rolled_back

pytestmark = pytest.mark.django_db

_SHOWN = "whatsapp_simulated_message"
# Constraints that stand in the way of a break are taken off for it.
SPOILT = {
    "oversold": [
        "UPDATE windows_window SET seats_taken = seats_taken + 1, seats_max = seats_max + 1"
    ],
    "double_seat": [
        "ALTER TABLE windows_seat DROP CONSTRAINT seat_once_per_person",
        "ALTER TABLE windows_seat DROP CONSTRAINT seat_person_no_overlap",
        "INSERT INTO windows_seat SELECT (jsonb_populate_record(seat, jsonb_build_object("
        "'id', gen_random_uuid()))).* FROM windows_seat seat WHERE state <> 'released' LIMIT 1",
    ],
    "after_stop": [
        "INSERT INTO accounts_consent_event (id, person_id, purpose, change, wording, language,"
        " channel, source_key, at) SELECT gen_random_uuid(), person_id, 'marketing', 'withdrawn',"
        " 'stop', 'tr', 'whatsapp', 'spoilt', created_at - interval '1 second'"
        " FROM whatsapp_outbound WHERE purpose = 'invite' LIMIT 1"
    ],
    "below_floor": [
        "UPDATE windows_ask SET price_minor = 1, base_price_minor = 1",
    ],
    "price_broken": ["UPDATE windows_seat SET price_minor = price_minor + 1"],
    "late_notice": [
        "UPDATE windows_notice SET not_before = created_at - interval '2 days',"
        " useful_until = created_at - interval '1 day'"
    ],
    "twice_sent": [
        f"UPDATE {_SHOWN} SET opaque = (SELECT max(opaque) FROM {_SHOWN}) WHERE direction = 'out'"
    ],
    "outside_24h": [
        f"UPDATE {_SHOWN} SET status = 'failed', code = 131047"
        f" WHERE id = (SELECT max(id) FROM {_SHOWN} WHERE direction = 'out')"
    ],
    "unanswered": ["UPDATE whatsapp_outbound SET purpose = 'note' WHERE purpose = 'reply'"],
    "lost": ["UPDATE infra_outbox SET state = 'parked'"],
    "promise": [
        "UPDATE windows_intent SET answer_by = created_at - interval '1 day'",
    ],
    "crowded": [
        "ALTER TABLE windows_window DROP CONSTRAINT window_source_once",
        "ALTER TABLE windows_window DROP CONSTRAINT window_offering_no_overlap",
        "INSERT INTO windows_window SELECT (jsonb_populate_record(w, jsonb_build_object("
        "'id', gen_random_uuid(), 'ask_id', NULL))).* FROM windows_window w LIMIT 1",
    ],
    "outside_hours": ["DELETE FROM commerce_store_hours"],
}


@contextmanager
def _spoilt(statements: list[str]) -> Iterator[None]:
    with rolled_back():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statement in statements:
                cursor.execute(statement)
        yield


def test_every_rule_finds_what_breaks_it() -> None:
    plan = SMALL
    assert played(plan).is_clean
    now = plan.end.astimezone(UTC)
    found = {}
    for rule, statements in SPOILT.items():
        with _spoilt(statements):
            found[rule] = [name for name, rows in all_broken(now).items() if rows]

    assert {rule: rule in names for rule, names in found.items()} == dict.fromkeys(
        {*RULES, "outside_hours"}, True
    )

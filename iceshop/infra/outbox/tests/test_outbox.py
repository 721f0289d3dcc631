from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from iceshop.infra import clock
from iceshop.infra.db import TransactionMisuse, run_operation, violated_constraint
from iceshop.infra.outbox import registry, services
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.infra.outbox.results import Refused, Result, Retry, Sent, Unknown
from iceshop.infra.outbox.tests.conftest import TOPIC, Mouth
from iceshop.kernel.errors import Conflict
from iceshop.tests.witness import nothing_written

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def put(key: str, **more: Any) -> bool:
    wanted: dict[str, Any] = {"topic": TOPIC, "dedupe_key": key, "payload": {"of": key}}
    wanted |= {"now": NOON} | more
    return run_operation(services.put, **wanted)


def drain(now: datetime = NOON, **limits: Any) -> int:
    return services.drain(now=now, **limits)


def row(key: str) -> OutboxMessage:
    return OutboxMessage.objects.get(dedupe_key=key)


def fate(key: str) -> tuple[str, str, str]:
    """State, code, reference."""
    found = row(key)
    return found.state, found.code, found.reference


def test_row_is_done_once(mouth: Mouth) -> None:
    assert put("a")
    assert drain() == 1
    assert drain() == 0

    assert mouth.said == ["a"]
    assert fate("a") == ("sent", "", "ref-a")
    assert (row("a").finished_at, row("a").attempts) == (NOON, 1)


def test_same_key_is_planned_once(mouth: Mouth) -> None:
    put("a")

    with nothing_written():
        assert not put("a", payload={"other": 1})
    drain()
    assert not put("a")
    assert drain() == 0


def test_row_waits_for_its_moment(mouth: Mouth) -> None:
    put("later", not_before=NOON + SECOND)
    put("at-once", not_before=NOON - SECOND)

    assert drain() == 1
    assert mouth.said == ["at-once"]
    assert drain(NOON + SECOND) == 1
    assert row("at-once").planned_at == NOON


def test_urgent_rows_go_first_then_the_earlier(mouth: Mouth) -> None:
    put("slow", priority=9)
    put("usual", not_before=NOON + SECOND)
    put("usual-before")
    put("urgent", priority=1, not_before=NOON + SECOND)

    drain(NOON + SECOND)

    assert mouth.said == ["urgent", "usual-before", "usual", "slow"]


def test_lane_keeps_the_order_in_which_it_was_planned(mouth: Mouth) -> None:
    keys = [f"m{number}" for number in range(60)]
    for number, key in enumerate(keys):
        put(key, lane="person:1", priority=9 - number % 9)

    assert drain() == 60

    assert mouth.said == keys


def test_row_that_waits_holds_its_lane_back_and_no_other(mouth: Mouth) -> None:
    put("first", lane="person:1")
    put("second", lane="person:1")
    put("other", lane="person:2")
    put("alone")
    mouth.answers["first"] = lambda: Retry("busy", 10)

    drain()
    assert sorted(mouth.said) == ["alone", "first", "other"]

    del mouth.answers["first"]
    drain(NOON + 9 * SECOND)
    assert len(mouth.said) == 3
    drain(NOON + 10 * SECOND)
    assert mouth.said[3:] == ["first", "second"]


def test_future_row_holds_nothing_back(mouth: Mouth) -> None:
    put("reminder", lane="person:1", not_before=NOON + timedelta(hours=1))
    put("answer", lane="person:1")

    drain()

    assert mouth.said == ["answer"]


@pytest.mark.parametrize("result", [Refused("no"), Unknown("lost", "r1"), Sent("r1")])
def test_ended_row_lets_its_lane_go_on(mouth: Mouth, result: Result) -> None:
    put("first", lane="person:1")
    put("second", lane="person:1")
    mouth.answers["first"] = lambda: result

    drain()

    assert mouth.said == ["first", "second"]


def test_row_past_its_use_dies_unsent_with_a_record(mouth: Mouth) -> None:
    put("warning", expires_at=NOON + SECOND)
    put("in-time", expires_at=NOON + 2 * SECOND)

    drain(NOON + SECOND)

    assert mouth.said == ["in-time"]
    assert fate("warning") == ("expired", "outbox.too_late", "")
    assert row("warning").finished_at == NOON + SECOND


def test_refused_row_is_not_tried_again(mouth: Mouth) -> None:
    put("a")
    mouth.answers["a"] = lambda: Refused("platform.131026")

    drain()
    drain(NOON + timedelta(days=1))

    assert mouth.said == ["a"]
    assert fate("a") == ("refused", "platform.131026", "")


def test_lost_answer_is_never_repeated_and_settled_when_it_comes(mouth: Mouth) -> None:
    for key in ("sent", "failed", "silent"):
        put(key)
        mouth.answers[key] = lambda key=key: Unknown("message.answer_lost", f"ref-{key}")  # type: ignore[misc]  # mypy cannot see the default's type
    drain()
    drain(NOON + timedelta(days=1))
    assert sorted(mouth.said) == ["failed", "sent", "silent"]

    def settle(reference: str, state: str) -> bool:
        return run_operation(
            services.settle_unknown,
            reference=reference,
            state=state,
            code="message.status_came",
            now=NOON + SECOND,
        )

    assert settle("ref-sent", "sent")
    assert settle("ref-failed", "refused")
    with nothing_written():
        assert not settle("ref-sent", "refused")
        assert not settle("ref-nobody", "sent")
    assert [fate(key) for key in ("sent", "failed", "silent")] == [
        ("sent", "message.status_came", "ref-sent"),
        ("refused", "message.status_came", "ref-failed"),
        ("unknown", "message.answer_lost", "ref-silent"),
    ]


def test_row_without_a_handler_is_refused() -> None:
    put("a", topic="test.nobody")

    drain()

    assert fate("a") == ("refused", "outbox.no_handler", "")


def test_back_off_doubles_up_to_five_minutes_and_the_eighth_try_parks(mouth: Mouth) -> None:
    put("a")
    mouth.answers["a"] = lambda: Retry("busy")
    now, waits = NOON, []
    for _ in range(7):
        assert drain(now) == 1
        assert drain(now) == 0
        waits.append((row("a").not_before - now).total_seconds())
        now = row("a").not_before
    for number, wait in enumerate(waits):
        ceiling = min(2 * 2**number, 300)
        assert ceiling // 2 <= wait <= ceiling

    drain(now)

    assert mouth.said == ["a"] * 8
    assert fate("a") == ("parked", "busy", "")
    assert drain(now + timedelta(days=1)) == 0


def test_handler_may_say_how_long_to_wait(mouth: Mouth) -> None:
    put("a")
    mouth.answers["a"] = lambda: Retry("pair.limit", 7)

    drain()

    found = row("a")
    assert (found.state, found.code, found.not_before) == ("due", "pair.limit", NOON + 7 * SECOND)
    assert found.lease_until is None


def test_broken_handler_is_tried_again_and_holds_up_nobody(mouth: Mouth) -> None:
    put("a")
    put("b")

    def breaks() -> Result:
        raise ZeroDivisionError

    mouth.answers["a"] = breaks

    drain()

    assert mouth.said == ["a", "b"]
    assert fate("a") == ("due", "outbox.exception", "")
    assert fate("b")[0] == "sent"


def test_parked_row_is_replayed_at_once(mouth: Mouth) -> None:
    put("a")
    mouth.answers["a"] = lambda: Retry("busy", 0)
    for _ in range(8):
        drain()
    assert fate("a")[0] == "parked"
    mouth.answers.clear()

    services.replay(message_id=row("a").pk, now=NOON + SECOND)

    assert (row("a").attempts, row("a").code, row("a").finished_at) == (0, "", None)
    assert drain(NOON + SECOND) == 1
    assert fate("a") == ("sent", "", "ref-a")


def test_refused_row_may_be_replayed_and_no_other(mouth: Mouth) -> None:
    put("refused")
    put("sent")
    put("due", not_before=NOON + SECOND)
    mouth.answers["refused"] = lambda: Refused("no")
    drain()

    for key in ("sent", "due"):
        with pytest.raises(Conflict, match=r"^outbox\.not_parked$"), nothing_written():
            services.replay(message_id=row(key).pk, now=NOON)
    with pytest.raises(Conflict):
        services.replay(message_id=uuid4(), now=NOON)
    services.replay(message_id=row("refused").pk, now=NOON)
    assert row("refused").state == "due"


def test_replayed_row_past_its_use_still_dies(mouth: Mouth) -> None:
    put("a", expires_at=NOON + SECOND)
    mouth.answers["a"] = lambda: Refused("no")
    drain()
    services.replay(message_id=row("a").pk, now=NOON + SECOND)

    drain(NOON + SECOND)

    assert mouth.said == ["a"]
    assert fate("a")[0] == "expired"


def test_withdrawal_is_by_prefix_and_only_of_what_is_due(mouth: Mouth) -> None:
    for key in ("notice:seat:1:a", "notice:seat:1:b", "notice:seat:10:a", "notice_seat:1:c"):
        put(key)
    OutboxMessage.objects.filter(dedupe_key="notice:seat:1:b").update(
        state="sent", finished_at=NOON
    )

    def withdraw() -> int:
        return run_operation(
            services.withdraw, dedupe_prefix="notice:seat:1:", code="taken.back", now=NOON
        )

    assert withdraw() == 1
    assert withdraw() == 0
    assert fate("notice:seat:1:a") == ("expired", "taken.back", "")
    drain()
    assert sorted(mouth.said) == ["notice:seat:10:a", "notice_seat:1:c"]


def test_withdrawn_row_is_renewed_with_its_new_times(mouth: Mouth) -> None:
    put("a", expires_at=NOON + SECOND)
    run_operation(services.withdraw, dedupe_prefix="a", code="taken.back", now=NOON)

    def renew(code: str) -> bool:
        return run_operation(
            services.renew,
            dedupe_key="a",
            code=code,
            not_before=NOON + 5 * SECOND,
            expires_at=NOON + 9 * SECOND,
            now=NOON,
        )

    with nothing_written():
        assert not renew("other.reason")
    assert renew("taken.back")
    with nothing_written():
        assert not renew("taken.back")

    found = row("a")
    assert (found.state, found.code, found.attempts) == ("due", "", 0)
    assert (found.planned_at, found.not_before) == (NOON + 5 * SECOND, NOON + 5 * SECOND)
    assert drain(NOON + 4 * SECOND) == 0
    assert drain(NOON + 5 * SECOND) == 1


def test_lease_keeps_others_away_until_it_ends(mouth: Mouth) -> None:
    put("a")
    OutboxMessage.objects.update(lease_until=clock.system_now() + timedelta(minutes=1))
    assert drain() == 0

    OutboxMessage.objects.update(lease_until=clock.system_now() - SECOND)
    assert drain() == 1


def test_drain_stops_at_its_limit(mouth: Mouth) -> None:
    for number in range(25):
        put(f"m{number:02}")

    assert drain(limit=22) == 22
    assert drain() == 3
    assert len(set(mouth.said)) == 25


def test_drain_whose_time_is_up_hands_back_what_it_has_not_begun(
    mouth: Mouth, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        put(f"m{number}")

    assert drain(budget_seconds=0) == 0
    readings = iter([0.0, 0.0, 0.0])
    with monkeypatch.context() as patch:
        # The third reading is before the first row; by the fourth the time is up.
        watch = SimpleNamespace(monotonic=lambda: next(readings, 99.0))
        patch.setattr(services, "time", watch)
        assert drain(budget_seconds=20) == 1

    assert mouth.said == ["m0"]
    left = OutboxMessage.objects.filter(state="due").values_list("attempts", "lease_until")
    assert list(left) == [(0, None)] * 4
    assert drain() == 4
    assert mouth.said == ["m0", "m1", "m2", "m3", "m4"]


def test_depth_and_age_count_what_is_due(mouth: Mouth) -> None:
    assert services.depth_and_age(now=NOON) == (0, 0)
    put("a")
    put("b", not_before=NOON + SECOND)
    put("c", not_before=NOON + timedelta(hours=1))

    assert services.depth_and_age(now=NOON + 90 * SECOND) == (2, 90)


def test_work_is_planned_inside_and_done_outside_a_transaction(mouth: Mouth) -> None:
    with pytest.raises(TransactionMisuse):
        services.put(topic=TOPIC, dedupe_key="a", payload={}, now=NOON)
    with pytest.raises(TransactionMisuse):
        run_operation(services.drain, now=NOON)


def test_plan_of_a_failed_use_case_is_gone_with_it(mouth: Mouth) -> None:
    def fails() -> None:
        services.put(topic=TOPIC, dedupe_key="a", payload={}, now=NOON)
        raise Conflict("x")

    with pytest.raises(Conflict), nothing_written():
        run_operation(fails)


def test_topic_has_one_handler(mouth: Mouth) -> None:
    registry.register(TOPIC, mouth)
    with pytest.raises(RuntimeError, match="two handlers"):
        registry.register(TOPIC, lambda message: Sent())


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"dedupe_key": "other"}, "outbox_once"),
        ({"state": "lost", "finished_at": NOON}, "outbox_state"),
        ({"finished_at": NOON}, "outbox_finished_when_not_due"),
        ({"state": "sent"}, "outbox_finished_when_not_due"),
    ],
)
def test_wrong_row_is_refused(columns: dict[str, Any], constraint: str) -> None:
    put("a")
    put("other")
    with pytest.raises(IntegrityError) as caught:
        OutboxMessage.objects.filter(dedupe_key="a").update(**columns)
    assert violated_constraint(caught.value) == constraint

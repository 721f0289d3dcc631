from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from iceshop.infra import clock, db
from iceshop.infra.db import (
    CONSTRAINT_CODES,
    TransactionMisuse,
    add_new,
    claim,
    nobody_holds,
    operation,
    outside,
    run_operation,
    step,
    violated_constraint,
)
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.infra.schedule.models import Heartbeat
from iceshop.kernel.errors import Conflict

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)


@operation
def add(process: str) -> str:
    """Write a row."""
    Heartbeat.objects.create(process=process, at=NOON)
    return process


@step
def part(process: str) -> str:
    """Write a row inside somebody else's transaction."""
    Heartbeat.objects.create(process=process, at=NOON)
    return process


@outside
def talk() -> str:
    """Talk to the world."""
    return "said"


def processes() -> set[str]:
    return set(Heartbeat.objects.values_list("process", flat=True))


def test_operation_commits_what_it_wrote() -> None:
    assert add("a") == "a"
    assert processes() == {"a"}


def test_operation_that_fails_wrote_nothing() -> None:
    @operation
    def fails() -> None:
        part("a")
        raise Conflict("x")

    with pytest.raises(Conflict):
        fails()
    assert processes() == set()


def test_operation_does_not_run_inside_another() -> None:
    @operation
    def outer() -> None:
        add("a")

    with pytest.raises(RuntimeError, match="durable"):
        outer()


def test_step_needs_a_transaction_and_takes_part_in_it() -> None:
    with pytest.raises(TransactionMisuse, match="part is a step"):
        part("a")
    assert run_operation(part, process="a") == "a"
    with transaction.atomic():
        part("b")
    assert processes() == {"a", "b"}


def test_outside_refuses_a_transaction() -> None:
    assert talk() == "said"
    with pytest.raises(TransactionMisuse, match="talk must not run inside"), transaction.atomic():
        talk()


def outbox_row(key: str, **columns: object) -> OutboxMessage:
    wanted: dict[str, object] = {"topic": "t", "payload": {}, "planned_at": NOON}
    wanted |= {"not_before": NOON, "dedupe_key": key} | columns
    return OutboxMessage.objects.create(**wanted)


def test_known_constraint_becomes_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONSTRAINT_CODES, "outbox_once", "outbox.twice")
    outbox_row("a")

    with pytest.raises(Conflict) as caught:
        operation(outbox_row)("a")
    assert caught.value.code == "outbox.twice"


def test_unknown_constraint_stays_an_integrity_error() -> None:
    outbox_row("a")

    with pytest.raises(IntegrityError) as caught:
        operation(outbox_row)("a")
    assert violated_constraint(caught.value) == "outbox_once"


def test_error_without_a_database_names_no_constraint() -> None:
    assert violated_constraint(IntegrityError("by hand")) == ""


def failing(times: int, sqlstate: str) -> tuple[list[str], object]:
    """An operation that the database ends ``times`` times, and what it did."""
    done: list[str] = []

    @operation
    def work() -> str:
        done.append("begun")
        part(f"try-{len(done)}")
        if len(done) <= times:
            with connection.cursor() as cursor:
                cursor.execute(f"do $$ begin raise sqlstate '{sqlstate}'; end $$")
        return "finished"

    return done, work


@pytest.mark.parametrize("sqlstate", ["40P01", "55P03", "40001"])
def test_operation_ended_for_the_sake_of_others_runs_again(sqlstate: str) -> None:
    done, work = failing(3, sqlstate)
    assert callable(work)

    assert work() == "finished"

    assert len(done) == 4
    assert processes() == {"try-4"}


def test_operation_does_not_try_for_ever() -> None:
    done, work = failing(99, "40P01")
    assert callable(work)

    with pytest.raises(OperationalError):
        work()
    assert len(done) == 4
    assert processes() == set()


def test_other_failures_of_the_database_are_not_repeated() -> None:
    done, work = failing(99, "57014")
    assert callable(work)

    with pytest.raises(OperationalError) as caught:
        work()
    assert isinstance(caught.value.__cause__, psycopg.errors.QueryCanceled)
    assert len(done) == 1


def test_turns_are_taken_inside_a_transaction_only() -> None:
    with pytest.raises(TransactionMisuse):
        db.take_turns("buyer 7")
    run_operation(db.take_turns, "buyer 7")


def claimed(limit: int = 10) -> list[str]:
    rows = OutboxMessage.objects.filter(state="due").order_by("priority", "pk")
    return [row.dedupe_key for row in claim(rows, limit=limit, lease_seconds=60)]


def test_claim_leases_due_rows_in_the_querysets_order() -> None:
    outbox_row("slow", priority=9)
    outbox_row("fast", priority=1)
    outbox_row("usual")

    before = clock.system_now()
    assert claimed(limit=2) == ["fast", "usual"]
    after = clock.system_now()

    held = OutboxMessage.objects.get(dedupe_key="fast")
    assert held.lease_until is not None
    assert before <= held.lease_until - timedelta(seconds=60) <= after
    assert held.attempts == 1
    assert claimed() == ["slow"]
    assert claimed() == []


def test_lease_that_has_run_out_is_taken_over() -> None:
    outbox_row("lost", lease_until=clock.system_now() - timedelta(seconds=1), attempts=3)
    outbox_row("held", lease_until=clock.system_now() + timedelta(hours=1))

    free = OutboxMessage.objects.filter(nobody_holds()).values_list("dedupe_key", flat=True)
    assert list(free) == ["lost"]
    assert claimed() == ["lost"]
    assert OutboxMessage.objects.get(dedupe_key="lost").attempts == 4


def test_leases_are_measured_by_the_systems_clock() -> None:
    outbox_row("a")
    with clock.use(lambda: NOON + timedelta(days=365)):
        assert claimed() == ["a"]
        assert claimed() == []


def test_add_new_passes_over_what_is_known() -> None:
    def row(key: str) -> OutboxMessage:
        return OutboxMessage(
            topic="t", dedupe_key=key, payload={"n": 1}, planned_at=NOON, not_before=NOON
        )

    assert add_new([]) == 0
    assert add_new([row("a")]) == 1
    assert add_new([row("b"), row("a"), row("c")]) == 2
    assert add_new([row("a")]) == 0
    kept = OutboxMessage.objects.order_by("dedupe_key").values_list("dedupe_key", "payload")
    assert list(kept) == [("a", {"n": 1}), ("b", {"n": 1}), ("c", {"n": 1})]


def test_add_new_says_which_other_rule_was_violated() -> None:
    row = OutboxMessage(
        topic="t", dedupe_key="a", payload={}, planned_at=NOON, not_before=NOON, state="sent"
    )
    with pytest.raises(IntegrityError, match="outbox_finished_when_not_due"):
        add_new([row])

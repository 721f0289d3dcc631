from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from iceshop.infra import clock
from iceshop.infra.db import violated_constraint
from iceshop.infra.idempotency import services
from iceshop.infra.idempotency.models import IdempotencyRecord
from iceshop.infra.idempotency.services import Attempt, KeptAnswer
from iceshop.infra.idempotency.tasks import forget_old
from iceshop.kernel.errors import Conflict, Invalid

NOON = datetime(2025, 12, 9, 9, 0, tzinfo=UTC)
ATTEMPT = Attempt("client", "POST /x", "k1", "a" * 64)
ANSWER = KeptAnswer(201, "", '{"id": 1}')


@pytest.mark.django_db
def test_first_answer_is_kept() -> None:
    begun = services.begin(attempt=ATTEMPT, now=NOON)
    services.keep(attempt=ATTEMPT, answer=ANSWER)

    assert begun == IdempotencyRecord.objects.get().pk
    assert services.begin(attempt=ATTEMPT, now=NOON) == ANSWER


@pytest.mark.django_db
@pytest.mark.parametrize("status", [429, 500, 503])
def test_answer_that_says_try_again_frees_the_key(status: int) -> None:
    services.begin(attempt=ATTEMPT, now=NOON)
    services.keep(attempt=ATTEMPT, answer=replace(ANSWER, status=status))

    assert not IdempotencyRecord.objects.exists()


@pytest.mark.django_db
def test_request_that_ended_without_an_answer_frees_the_key() -> None:
    services.begin(attempt=ATTEMPT, now=NOON)
    services.free(attempt=ATTEMPT)

    assert isinstance(services.begin(attempt=ATTEMPT, now=NOON), int)


@pytest.mark.django_db
def test_kept_answer_is_not_freed() -> None:
    services.begin(attempt=ATTEMPT, now=NOON)
    services.keep(attempt=ATTEMPT, answer=ANSWER)
    services.free(attempt=ATTEMPT)

    assert services.begin(attempt=ATTEMPT, now=NOON) == ANSWER


@pytest.mark.django_db
def test_other_body_is_refused_even_while_the_first_runs() -> None:
    services.begin(attempt=ATTEMPT, now=NOON)

    with pytest.raises(Invalid, match=r"idempotency\.other_body"):
        services.begin(attempt=replace(ATTEMPT, body_sha256="b" * 64), now=NOON)


@pytest.mark.django_db
def test_dead_process_leaves_its_key_to_the_next_try() -> None:
    first = services.begin(attempt=ATTEMPT, now=NOON)
    with pytest.raises(Conflict, match=r"idempotency\.in_progress"):
        services.begin(attempt=ATTEMPT, now=NOON)
    IdempotencyRecord.objects.update(lease_until=clock.system_now() - timedelta(seconds=1))

    assert services.begin(attempt=ATTEMPT, now=NOON) == first


@pytest.mark.django_db
def test_old_answer_is_forgotten() -> None:
    first = services.begin(attempt=ATTEMPT, now=NOON)
    services.keep(attempt=ATTEMPT, answer=ANSWER)

    soon, later = NOON + timedelta(hours=47, minutes=59), NOON + timedelta(hours=48)
    assert services.begin(attempt=ATTEMPT, now=soon) == ANSWER
    assert services.forget_old(now=soon) == 0
    again = services.begin(attempt=replace(ATTEMPT, body_sha256="b" * 64), now=later)
    assert isinstance(again, int)
    assert again != first


@pytest.mark.django_db
def test_sweep_deletes_old_answers() -> None:
    services.begin(attempt=ATTEMPT, now=NOON)
    with clock.use(lambda: NOON + timedelta(hours=49)):
        forget_old()

    assert not IdempotencyRecord.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"lease_until": NOON}, "idempotency_record_once"),
        ({"key": "k2"}, "idempotency_record_finished"),
        ({"key": "k2", "status": 200, "lease_until": NOON}, "idempotency_record_finished"),
    ],
)
def test_table_refuses(columns: dict[str, object], constraint: str) -> None:
    services.begin(attempt=ATTEMPT, now=NOON)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        IdempotencyRecord.objects.create(
            **{**ATTEMPT.place, "body_sha256": "a", "created_at": NOON, **columns}
        )
    assert violated_constraint(caught.value) == constraint


@pytest.mark.django_db(transaction=True)
def test_of_parallel_requests_one_runs() -> None:
    def begin(_: int) -> str:
        try:
            return type(services.begin(attempt=ATTEMPT, now=NOON)).__name__
        except Conflict as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = sorted(pool.map(begin, range(8)))

    assert results == ["idempotency.in_progress"] * 7 + ["int"]

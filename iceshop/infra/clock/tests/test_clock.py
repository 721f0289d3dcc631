from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import Settings

from iceshop.infra import clock
from iceshop.infra.clock import services, source
from iceshop.infra.clock.models import ClockShift
from iceshop.infra.clock.source import Shift, advanced
from iceshop.infra.db import violated_constraint
from iceshop.kernel.errors import DomainError
from iceshop.tests.witness import nothing_written

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_shift_is_remembered() -> Iterator[None]:
    """What a process remembers of the shift must not outlive the test."""
    source.forget()
    yield
    source.forget()


def ahead() -> timedelta:
    """How far the product's clock is ahead of the system's, cut to seconds."""
    before = clock.system_now()
    shown = clock.now()
    assert shown - clock.system_now() <= shown - before
    return timedelta(seconds=round((shown - before).total_seconds()))


def test_clock_is_the_systems_and_aware() -> None:
    before = clock.system_now()
    now = clock.now()
    after = clock.system_now()

    assert before <= now <= after
    assert now.tzinfo is UTC
    assert clock.rate() == 1


def test_clock_is_set_forward_by_steps() -> None:
    services.set_forward(advance_seconds=3600)
    assert ahead() == HOUR

    services.set_forward(advance_seconds=1800)
    assert ahead() == HOUR * 3 / 2
    assert ClockShift.objects.count() == 1


def test_shift_shows_and_runs() -> None:
    shift = Shift(NOON, NOON + HOUR, 60)

    assert shift.show(NOON) == NOON + HOUR
    assert shift.show(NOON + timedelta(seconds=2)) == NOON + HOUR + timedelta(seconds=120)
    slower = advanced(shift, real=NOON + timedelta(seconds=2), seconds=10, new_rate=1)
    assert slower == Shift(NOON + timedelta(seconds=2), NOON + HOUR + timedelta(seconds=130), 1)


def test_clock_may_run_faster_and_keeps_its_rate_through_a_step() -> None:
    services.set_forward(rate=10)
    assert clock.rate() == 10

    services.set_forward(advance_seconds=5)
    assert clock.rate() == 10
    services.set_forward(rate=1)
    assert clock.rate() == 1


@pytest.mark.parametrize(
    ("step", "code", "params"),
    [
        ({"advance_seconds": -1}, "clock.backwards", {}),
        ({"rate": 2}, "clock.rate", {"allowed": (1, 10, 60)}),
    ],
)
def test_clock_goes_neither_back_nor_wild(
    step: dict[str, int], code: str, params: dict[str, object]
) -> None:
    with pytest.raises(DomainError) as caught, nothing_written():
        services.set_forward(**step)
    assert (caught.value.code, caught.value.params) == (code, params)


def test_clock_stands_firm_without_the_simulator(settings: Settings) -> None:
    services.set_forward(advance_seconds=3600)
    settings.SIMULATOR_ENABLED = False

    with pytest.raises(DomainError, match=r"^clock\.fixed$"):
        services.set_forward(advance_seconds=1)
    assert ahead() == timedelta()
    assert clock.rate() == 1


def test_other_processes_follow_when_they_read_anew() -> None:
    assert ahead() == timedelta()
    ClockShift.objects.create(pk=1, real_at=NOON, shown_at=NOON + HOUR)

    assert ahead() == timedelta()
    source.forget()
    assert ahead() == HOUR


def test_broken_transaction_keeps_the_last_known_clock() -> None:
    services.set_forward(advance_seconds=3600)
    assert ahead() == HOUR
    source.forget()

    def breaks() -> None:
        with connection.cursor() as cursor:
            cursor.execute("select 1 / 0")

    with transaction.atomic():
        with pytest.raises(DatabaseError):
            breaks()
        connection.needs_rollback = True
        assert ahead() == HOUR
        transaction.set_rollback(True)


def test_city_may_have_a_clock_of_its_own() -> None:
    services.set_forward(rate=60)
    with clock.use(lambda: NOON):
        assert (clock.now(), clock.rate()) == (NOON, 1)
    assert clock.now() > NOON


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [({"pk": 2, "rate": 1}, "clock_shift_single_row"), ({"pk": 1, "rate": 2}, "clock_shift_rate")],
)
def test_wrong_row_is_refused(columns: dict[str, int], constraint: str) -> None:
    with pytest.raises(IntegrityError) as caught:
        ClockShift.objects.create(real_at=NOON, shown_at=NOON, **columns)
    assert violated_constraint(caught.value) == constraint

"""Transactions with a stated kind, leases on due rows, constraint names turned into error codes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import F, Q, QuerySet

from iceshop.infra import clock
from iceshop.kernel.errors import Conflict

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

# Constraint name -> code of the error that its violation means; apps add theirs when they load.
CONSTRAINT_CODES: dict[str, str] = {}


# PostgreSQL's deadlock_detected, lock_not_available and serialization_failure.
_WORTH_ANOTHER_TRY = frozenset({"40P01", "55P03", "40001"})
_TRIES = 4


class TransactionMisuse(RuntimeError):
    """A service was called on the wrong side of a transaction: a mistake in the code."""


def _in_transaction() -> bool:
    """Whether a transaction is open that is not the one a test case wraps around everything."""
    return any(
        not getattr(block, "_from_testcase", False)  # Django's test case marks its own
        for block in connection.atomic_blocks
    )


def operation(service: Callable[P, R]) -> Callable[P, R]:
    """Mark a whole use-case: opens the outermost transaction and refuses to run inside another.

    A violated constraint with an entry in ``CONSTRAINT_CODES`` becomes ``Conflict(code)``. A
    transaction that the database ended for the sake of others (deadlock, lock not available,
    serialisation) is run again from the start, a few times: nothing of it was written.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(_TRIES - 1):
            try:
                return _in_one_transaction(service, *args, **kwargs)
            except OperationalError as error:
                if _sqlstate(error) not in _WORTH_ANOTHER_TRY:
                    raise
        return _in_one_transaction(service, *args, **kwargs)

    return run


def _in_one_transaction(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    try:
        with transaction.atomic(durable=True):
            return service(*args, **kwargs)
    except IntegrityError as error:
        code = CONSTRAINT_CODES.get(violated_constraint(error))
        if code is None:
            raise
        raise Conflict(code) from error


def _sqlstate(error: OperationalError) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def step(service: Callable[P, R]) -> Callable[P, R]:
    """Mark a part of a use-case: refuses to run without an open transaction."""

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not _in_transaction():
            raise TransactionMisuse(f"{service.__qualname__} is a step and needs a transaction")
        return service(*args, **kwargs)

    return run


def outside(service: Callable[P, R]) -> Callable[P, R]:
    """Mark what talks to the world or is slow: refuses to run while a transaction is open."""

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _in_transaction():
            raise TransactionMisuse(f"{service.__qualname__} must not run inside a transaction")
        return service(*args, **kwargs)

    return run


def run_operation(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run one step as a whole use-case, as ``@operation`` would."""
    return operation(service)(*args, **kwargs)


@step
def take_turns(name: str) -> None:
    """Wait until no other transaction holds ``name``, and hold it to the end of this one.

    For "find it or make it" over several tables, where no single constraint could decide a race.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def violated_constraint(error: IntegrityError) -> str:
    """Name of the constraint that ``error`` reports, or the empty text."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""


def claim(queryset: QuerySet[M], *, limit: int, lease_seconds: int) -> list[M]:
    """Take up to ``limit`` due rows of ``queryset`` that nobody holds, and lease them.

    The model has ``lease_until`` and ``attempts``. The order is the queryset's. Leases are measured
    by the system clock even where the simulator runs the product's clock ahead: a lease protects
    work that is going on in real time. Rows that another worker is claiming are passed over.
    """
    with transaction.atomic():
        free = queryset.filter(nobody_holds())
        rows = list(free.select_for_update(skip_locked=True, of=("self",))[:limit])
        if rows:
            queryset.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(
                lease_until=clock.system_now() + timedelta(seconds=lease_seconds),
                attempts=F("attempts") + 1,
            )
    return rows


def nobody_holds() -> Q:
    """The condition that a row's lease is not taken, or has run out."""
    return Q(lease_until__isnull=True) | Q(lease_until__lte=clock.system_now())

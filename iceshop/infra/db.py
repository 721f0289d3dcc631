"""Transactions with a stated kind, leases on due rows, constraint names turned into error codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import Q, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from iceshop.infra import clock
from iceshop.infra.prepared import insert_many
from iceshop.kernel.errors import Conflict

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

# Constraint name -> code of the error that its violation means; apps add theirs when they load.
CONSTRAINT_CODES: dict[str, str] = {}


# PostgreSQL's deadlock_detected, lock_not_available and serialization_failure.
_WORTH_ANOTHER_TRY = frozenset({"40P01", "55P03", "40001"})
_TRIES = 4
# Rows for which a statement that is known pays more than a short one.
_FEW = 8


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

    The model has ``lease_until`` and ``attempts``; the rows come as the claim left them. The order
    is the queryset's. Leases are measured by the system clock even where the simulator runs the
    product's clock ahead: a lease protects work that is going on in real time. Rows that another
    worker is claiming are passed over. One statement, with or without a transaction around it.
    """
    free = queryset.filter(nobody_holds()).values("pk")[:limit]
    # Django would not compile a locking select by itself outside a transaction.
    due, params = free.query.sql_with_params()
    return _claimed(queryset.model, due, params, lease_seconds)


def claim_where(
    model: type[M],
    condition: str,
    params: Sequence[object],
    *,
    order: str,
    limit: int,
    lease_seconds: int,
) -> list[M]:
    """``claim`` for drains that run all the time: ``condition`` and ``order`` are SQL, constants.

    Building a queryset with subqueries takes longer than the database takes to answer it.
    """
    table = model._meta.db_table  # noqa: SLF001  as below
    due = (
        f"SELECT {table}.id AS pk FROM {table} WHERE ({condition})"  # noqa: S608  constants
        f" AND ({table}.lease_until IS NULL OR {table}.lease_until <= %s) ORDER BY {order} LIMIT %s"
    )
    return _claimed(model, due, (*params, clock.system_now(), limit), lease_seconds)


def _claimed(model: type[M], due: str, params: Sequence[object], lease_seconds: int) -> list[M]:
    meta = model._meta  # noqa: SLF001  Django's documented model interface
    table, key = map(connection.ops.quote_name, (meta.db_table, str(meta.pk.column)))
    rows: Iterable[Any] = model._default_manager.raw(
        f"WITH due (key) AS MATERIALIZED ({due} FOR UPDATE OF {table} SKIP LOCKED),"  # noqa: S608
        " placed AS MATERIALIZED (SELECT key, row_number() OVER () AS place FROM due)"
        f" UPDATE {table} SET lease_until = %s, attempts = attempts + 1 FROM placed"
        f" WHERE {table}.{key} = placed.key RETURNING {table}.*, placed.place AS claimed_place",
        [*params, clock.system_now() + timedelta(seconds=lease_seconds)],
    )
    return sorted(rows, key=lambda row: row.claimed_place)


def add_new(rows: Sequence[M]) -> int:
    """Insert ``rows`` that violate no unique constraint and pass over the others; how many went in.

    One statement and no savepoint, whatever is known already. The keys of the rows are made by
    Python, or not needed afterwards.
    """
    if not rows:
        return 0
    model = type(rows[0])
    if len(rows) <= _FEW:
        return insert_many(rows, ending="ON CONFLICT DO NOTHING")
    fields = [
        field
        for field in model._meta.concrete_fields  # noqa: SLF001  as above
        if not isinstance(field, models.AutoField) and not field.generated
    ]
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE)
    query.insert_values(fields, list(rows))
    added = 0
    with connection.cursor() as cursor:
        for sql, params in query.get_compiler(connection=connection).as_sql():
            cursor.execute(sql, params)
            added += cursor.rowcount
    return added


def nobody_holds() -> Q:
    """The condition that a row's lease is not taken, or has run out."""
    return Q(lease_until__isnull=True) | Q(lease_until__lte=clock.system_now())

"""Statements that are asked for all the time: built once by the ORM, sent with new values.

Django builds the SQL of a queryset anew at each use, which takes many times as long as the database
needs to answer a simple question. A ``Prepared`` remembers the text; what changes from one use to
the next stands in it as ``given("name")``::

    _OPEN = Prepared(lambda: Lane.objects.filter(person_id=given("person_id")))
    rows = _OPEN(person_id=person.id)

Values go to the database as they are: a text column wants a text, not an enumeration.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import Expression, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=models.Model)


class _Given(Expression):
    """The place of a value; its own parameter until the value is known."""

    def __init__(self, name: str, column: Any = None) -> None:
        super().__init__()
        self.name = name
        self.column = column

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def taken_from(self, values: dict[str, Any]) -> Any:
        """The value, as its column stores it where one is known."""
        value = values[self.name]
        return value if self.column is None else self.column.get_db_prep_save(value, connection)


class _GivenList(_Given):
    """The place of a list of values of one database type."""

    def __init__(self, name: str, column_type: str) -> None:
        super().__init__(name)
        self.column_type = column_type

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return f"(SELECT unnest(%s::{self.column_type}[]))", [self]


def given(name: str) -> Any:
    """A value that each use of the statement names."""
    return _Given(name)


def given_list(name: str, column_type: str) -> Any:
    """A list of values for ``__in``; ``column_type`` is the database's, as ``uuid``."""
    return _GivenList(name, column_type)


@dataclass(frozen=True, slots=True)
class _Text:
    """SQL and its parameters, some of which are still places."""

    sql: str
    params: tuple[Any, ...]

    def filled(self, values: dict[str, Any]) -> list[Any]:
        return [one.taken_from(values) if isinstance(one, _Given) else one for one in self.params]


class Prepared(Generic[M]):
    """A question for rows of a model, with ``select_related`` as the queryset has it."""

    def __init__(self, build: Callable[[], QuerySet[M]]) -> None:
        self._build = build
        self._ready: tuple[_Text, Callable[[Any], M]] | None = None

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values. One query."""
        text, made = self._ready or self._prepare()
        with connection.cursor() as cursor:
            cursor.execute(text.sql, text.filled(values))
            return [made(row) for row in cursor.fetchall()]

    def first(self, **values: Any) -> M | None:
        """The first of the rows, if there is one. One query."""
        return next(iter(self(**values)), None)

    def _prepare(self) -> tuple[_Text, Callable[[Any], M]]:
        compiler = self._build().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        self._ready = _Text(sql, tuple(params)), _maker(compiler)
        return self._ready


def _maker(compiler: Any) -> Callable[[Any], Any]:
    """How a row of the statement becomes an object, as Django's own iterable does it."""
    shape, select = compiler.klass_info, compiler.select
    model, places = shape["model"], shape["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    related = get_related_populators(shape, select, "default")  # type: ignore[call-arg]  # 5.2's
    converters = compiler.get_converters([column[0] for column in select[: compiler.col_count]])

    def made(row: Any) -> Any:
        values = list(row)
        for place, (converts, expression) in converters.items():
            for convert in converts:
                values[place] = convert(values[place], expression, connection)
        found = model.from_db("default", names, values[start:end])
        for populator in related:
            populator.populate(values, found)
        return found

    return made


class PreparedValues:
    """A question for columns: a queryset with ``values_list`` of plain columns."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._text: _Text | None = None

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, as the database gives them. One query."""
        text = self._text or self._prepare()
        with connection.cursor() as cursor:
            cursor.execute(text.sql, text.filled(values))
            return list(cursor.fetchall())

    def _prepare(self) -> _Text:
        sql, params = self._build().query.get_compiler(connection=connection).as_sql()
        self._text = _Text(sql, tuple(params))
        return self._text


class PreparedUpdate(Generic[M]):
    """An update of the rows of a queryset; ``columns`` are values, places or expressions."""

    def __init__(self, build: Callable[[], QuerySet[M]], **columns: Any) -> None:
        self._build = build
        self._columns = columns
        self._text: _Text | None = None

    def __call__(self, **values: Any) -> int:
        """Write, and return how many rows were met."""
        text = self._text or self._prepare()
        with connection.cursor() as cursor:
            cursor.execute(text.sql, text.filled(values))
            return int(cursor.rowcount)

    def _prepare(self) -> _Text:
        query: Any = self._build().query.chain(UpdateQuery)
        field = query.get_meta().get_field
        query.add_update_values(
            {
                name: _Given(value.name, field(name)) if type(value) is _Given else value
                for name, value in self._columns.items()
            }
        )
        sql, params = query.get_compiler(connection=connection).as_sql()
        self._text = _Text(sql, tuple(params))
        return self._text


# By model: the statement that puts rows in, the places of a row, and the fields of its values.
_INSERTS: dict[type[models.Model], tuple[str, str, list[Any]]] = {}


def insert_text(model: type[models.Model], rows: int = 1) -> tuple[str, list[Any]]:
    """``INSERT`` of so many rows without its ending, and the fields of a row's values in order.

    The key is left out where the database makes it.
    """
    if model not in _INSERTS:
        meta = model._meta  # noqa: SLF001  Django's documented model interface
        fields = [
            field
            for field in meta.concrete_fields
            if not isinstance(field, models.AutoField) and not field.generated
        ]
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(field.column)) for field in fields)
        places = f"({', '.join('%s' for _ in fields)})"
        table = quote(meta.db_table)
        start = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608  names of columns
        _INSERTS[model] = start, places, fields
    start, places, fields = _INSERTS[model]
    return start + ", ".join([places] * rows), fields


def insert_values(row: models.Model, fields: list[Any]) -> list[Any]:
    """The values of ``row`` as the database takes them."""
    return [field.get_db_prep_save(field.value_from_object(row), connection) for field in fields]


def insert_one(row: M) -> M:
    """Put ``row`` in, as ``save(force_insert=True)`` does; the key that the database made is in it.

    Nothing else hears of it, as with ``bulk_create``.
    """
    text, fields = insert_text(type(row))
    key = type(row)._meta.pk  # noqa: SLF001  as above
    is_made = isinstance(key, models.AutoField)
    if is_made:
        text += f" RETURNING {connection.ops.quote_name(str(key.column))}"
    with connection.cursor() as cursor:
        cursor.execute(text, insert_values(row, fields))
        if is_made:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, "default"
    return row


def insert_many(rows: Sequence[models.Model], *, ending: str = "") -> int:
    """Put a handful of rows of one model in by one statement; how many went in.

    ``ending`` is SQL, a constant: what happens on a conflict. For many rows ``bulk_create`` sends
    less; the keys that the database makes are not read back.
    """
    if not rows:
        return 0
    text, fields = insert_text(type(rows[0]), len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{text} {ending}", [value for row in rows for value in insert_values(row, fields)]
        )
        return int(cursor.rowcount)

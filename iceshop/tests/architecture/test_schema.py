"""Tables, their names, and the way there and back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from psycopg import sql
from psycopg.conninfo import make_conninfo

from iceshop.tests.architecture.sources import OURS, ROOT

# All apps with migrations, those that others need last.
APPS = (
    "whatsapp", "windows", "commerce", "admin", "accounts", "infra", "sessions", "auth",
    "contenttypes",
)  # fmt: skip
EMPTY = "iceshop_there_and_back"
# Objects of the public schema but those of extensions and Django's own list of migrations.
LEFT = """
    select 'table', relname from pg_class where relnamespace = 'public'::regnamespace
        and relkind in ('r', 'v', 'm', 'S') and relname not like 'django_migrations%'
    union all
    select 'function', proname from pg_proc where pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
    union all
    select 'type', typname from pg_type where typnamespace = 'public'::regnamespace
        and typtype in ('e', 'd')
"""
# Names and definitions of all that the migrations make.
MADE = """
    select 'column', table_name || '.' || column_name, data_type || coalesce(column_default, '')
        || is_nullable from information_schema.columns where table_schema = 'public'
    union all
    select 'constraint', conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
    union all
    select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
    union all
    select 'trigger', tgname || tgrelid::regclass, pg_get_triggerdef(oid) from pg_trigger
        where not tgisinternal
    union all
    select 'function', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
"""
PROGRAM = """
import django, json, sys
django.setup()
from django.core.management import call_command
from django.db import connection
left, made = json.loads(sys.argv[1])
def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(map(list, cursor.fetchall()))
def go(*where):
    call_command("migrate", *where, verbosity=0, interactive=False)
go()
first = rows(made)
for app in json.loads(sys.argv[2]):
    go(app, "zero")
remaining = rows(left)
go()
print(json.dumps({"first": first, "remaining": remaining, "again": rows(made)}))
"""


def tables() -> list[type[models.Model]]:
    return list(chain.from_iterable(apps.get_app_config(app).get_models() for app in OURS))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_app_with_migrations_is_taken_back() -> None:
    assert MigrationLoader(None).migrated_apps == set(APPS)


def test_migrations_say_what_they_are_for() -> None:
    names = [
        path.stem
        for app in OURS
        for path in (ROOT / ("iceshop/infra" if app == "infra" else app)).glob("migrations/0*.py")
    ]
    assert len(names) > 5
    assert [name for name in names if re.search(r"_auto_|^\d{4}_alter_|^\d{4}$", name)] == []


@pytest.mark.parametrize("table", tables(), ids=lambda table: str(table.__name__))
def test_table_has_a_name_of_its_own(table: type[models.Model]) -> None:
    assert "db_table" in table._meta.original_attrs
    assert table._meta.db_table.startswith(f"{table._meta.app_label}_")


@pytest.mark.parametrize("table", tables(), ids=lambda table: str(table.__name__))
def test_indexes_have_names_of_their_own(table: type[models.Model]) -> None:
    names = [index.name for index in table._meta.indexes]
    assert [name for name in names if re.search(r"_[0-9a-f]{6,8}_idx$", name)] == []
    assert table._meta.unique_together == ()


@pytest.mark.django_db
def test_every_foreign_key_has_an_index_that_begins_with_it() -> None:
    """A row that is deleted or looked up by its parent must not read the whole table."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select conrelid::regclass::text, conname from pg_constraint
            where contype = 'f' and connamespace = 'public'::regnamespace
              and conrelid::regclass::text ~ %s
              and not exists (
                select from pg_index
                where indrelid = conrelid and indpred is null and indkey[0] = conkey[1])
            """,
            [f"^({'|'.join(OURS)})_"],
        )
        assert cursor.fetchall() == []


@pytest.fixture
def empty_database() -> Iterator[str]:
    """Address of a database without any table, gone afterwards."""
    server = make_conninfo(settings.DATABASE_URL, dbname="postgres")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(EMPTY)))
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(EMPTY)))
        yield make_conninfo(settings.DATABASE_URL, dbname=EMPTY)
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(EMPTY)))


@pytest.mark.slow
def test_migrations_lead_to_the_tables_and_back(empty_database: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([LEFT, MADE]), json.dumps(APPS)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "iceshop.settings",
            "DATABASE_URL": empty_database,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["remaining"] == []
    assert len(found["first"]) > 500
    assert found["again"] == found["first"]

"""What the style guide asks for and no linter checks."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.apps import apps
from django.db import models

from iceshop.infra import db
from iceshop.infra.schedule.table import jobs
from iceshop.tests.architecture.sources import (
    OURS,
    ROOT,
    Function,
    dotted,
    functions,
    modules,
    named,
    python_files,
    tree,
)

MARKS = ("operation", "step", "outside")
WRITES = {
    "create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create",
    "delete", "save", "select_for_update",
}  # fmt: skip
MOST_LINES = 500
MOST_LINES_OF_A_TASK = 10


# --- services ----------------------------------------------------------------------------------


def public_services() -> Iterator[tuple[Path, Function]]:
    for path in modules("services"):
        yield from ((path, one) for one in functions(path) if not one.name.startswith("_"))


def marks_of(function: Function) -> list[str]:
    return [mark for mark in map(ast.unparse, function.decorator_list) if mark in MARKS]


def is_marked(value: object) -> bool:
    """Whether a callable is a service with a mark; each mark wraps it in a function of its own."""
    code = getattr(value, "__code__", None)
    return code is not None and code.co_qualname in {f"{mark}.<locals>.run" for mark in MARKS}


def test_marks_are_told_by_their_wrappers() -> None:
    def plain() -> None:
        """Nothing."""

    assert [is_marked(mark(plain)) for mark in (db.operation, db.step, db.outside)] == [True] * 3
    assert not is_marked(plain)


def deeds(path: Path, function: Function) -> list[str]:
    """What a function does that a mark must speak of: writing, locking, calling marked services."""
    space = vars(importlib.import_module(dotted(path)))
    helpers = {one.name: one for one in functions(path) if one.name.startswith("_")}
    found: list[str] = []
    waiting, seen = [function], {function.name}
    while waiting:
        for call in (node for node in ast.walk(waiting.pop()) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func)
            if name in helpers and name not in seen:
                seen.add(name)
                waiting.append(helpers[name])
            elif is_write(call.func) or is_marked(resolved(name, space)) or name == "run_operation":
                found.append(name)
    return found


def is_write(function: ast.expr) -> bool:
    """Whether ``rows.update`` and the like are called on rows, and not on a dict or a hash."""
    if not isinstance(function, ast.Attribute) or function.attr not in WRITES:
        return False
    if function.attr in ("update", "create", "delete"):
        return ".objects" in ast.unparse(function.value)
    return True


def resolved(name: str, space: dict[str, Any]) -> object:
    """What a dotted name stands for in a module, or ``None``."""
    first, *rest = name.split(".")
    value = space.get(first)
    for part in rest:
        value = getattr(value, part, None) if part.isidentifier() else None
    return value


def test_each_service_has_one_mark_or_only_reads() -> None:
    many, none = [], {}
    for path, function in public_services():
        if len(marks_of(function)) > 1:
            many.append(f"{named(path, function)} {function.name}")
        elif not marks_of(function) and (found := deeds(path, function)):
            none[f"{named(path, function)} {function.name}"] = found
    assert many == []
    assert none == {}


def test_each_service_says_what_it_does() -> None:
    silent = [
        f"{named(path, one)} {one.name}"
        for path, one in public_services()
        if not ast.get_docstring(one)
    ]
    assert silent == []


def test_services_take_keywords_from_the_second_argument_on() -> None:
    positional = [
        f"{named(path, one)} {one.name}"
        for path, one in public_services()
        if len(one.args.posonlyargs + one.args.args) > 1
    ]
    assert positional == []


def test_services_hide_no_decision_behind_a_default() -> None:
    hidden = [
        f"{named(path, one)} {one.name}"
        for path, one in public_services()
        for default in (*one.args.defaults, *one.args.kw_defaults)
        if isinstance(default, ast.Constant) and default.value is True
    ]
    assert hidden == []


# --- the clock ---------------------------------------------------------------------------------

CLOCKS = re.compile(
    r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btimezone\.now\b|\blocaltime\(|auto_now"
)
CLOCK = ROOT / "iceshop/infra/clock/source.py"


def test_only_the_clock_reads_the_clock() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path != CLOCK and CLOCKS.search(path.read_text(encoding="utf-8"))
    ]
    assert readers == []
    assert CLOCKS.search(CLOCK.read_text(encoding="utf-8"))


# Pure code and whatever has `now` as an argument. Entry points and handlers of the outbox, which
# get a message and nothing else, ask the clock.
BELOW_THE_EDGE = ("services", "queries", "domain", "models", "engine", "nlu", "dialogue")


def is_handler(function: Function) -> bool:
    return [ast.unparse(one.annotation or one) for one in function.args.args] == ["OutboxMessage"]


def test_product_clock_is_asked_at_the_edges_only() -> None:
    readers = [
        f"{named(path, one)} {one.name}"
        for path in modules(*BELOW_THE_EDGE)
        for one in ast.walk(tree(path))
        if isinstance(one, Function) and not is_handler(one)
        for node in ast.walk(one)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "clock.now"
    ]
    assert readers == []


# --- entry points ------------------------------------------------------------------------------


def test_entry_points_leave_rows_to_services_and_queries() -> None:
    reaching = [
        named(path, node)
        for path in modules("views", "api", "tasks", "admin", "consumer", "consumers")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
    assert reaching == []


def tasks() -> Iterator[tuple[Path, Function]]:
    for path in modules("tasks"):
        for one in functions(path):
            if any(ast.unparse(mark).startswith("shared_task") for mark in one.decorator_list):
                yield path, one


def test_tasks_are_ten_lines_at_most() -> None:
    lengths = {
        f"{named(path, one)} {one.name}": (one.end_lineno or 0) - one.lineno + 1
        for path, one in tasks()
    }
    assert len(lengths) >= len(jobs())
    assert {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_TASK} == {}


def test_every_task_has_a_name_of_its_own() -> None:
    names = [
        value_of(keyword.value, path)
        for path, one in tasks()
        for mark in one.decorator_list
        if isinstance(mark, ast.Call)
        for keyword in mark.keywords
        if keyword.arg == "name"
    ]
    assert len(names) == len(list(tasks())) == len(set(names))


def registered() -> set[str]:
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith("celery.")}


def test_all_periodic_work_is_registered() -> None:
    planned = [job.task for job in jobs()]
    assert set(planned) - registered() == set()
    assert len(planned) == len(set(planned))


def sent_names() -> Iterator[tuple[str, object]]:
    """Where a task is sent, and the name by which."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if ast.unparse(node.func).rpartition(".")[2] in ("kick", "send_task"):
                yield named(path, node), value_of(node.args[0], path)


def value_of(node: ast.expr, path: Path) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    return resolved(ast.unparse(node), vars(importlib.import_module(dotted(path))))


def test_every_sent_task_is_registered() -> None:
    sent = dict(sent_names())
    unnamed = [place for place, name in sent.items() if not isinstance(name, str)]
    # The one place that sends whatever it is given.
    assert [place.rpartition(":")[0] for place in unnamed] == ["iceshop/infra/kick.py"]
    assert {name for name in sent.values() if isinstance(name, str)} - registered() == set()
    assert len(sent) > 5


def test_every_task_has_a_queue_that_is_meant_for_it() -> None:
    router = current_app.amqp.router
    queues = {name: router.route({}, name)["queue"].name for name in registered()}
    assert set(queues.values()) <= {"interactive", "notify", "decide", "slow"}
    assert {name for name, queue in queues.items() if queue == "slow"} == {
        "accounts.privacy.run",
        "commerce.forecast.fit_due",
        "infra.idempotency.forget_old",
        "whatsapp.voice.drain",
    }


# --- files -------------------------------------------------------------------------------------


def test_files_are_short_enough_to_read() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files()
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


VAGUE = re.compile(r"(?:^|_)(?:utils?|helpers?|common|managers?|data|info|misc)(?:_|$)")


def test_no_module_has_a_vague_name() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if any(VAGUE.search(part) for part in path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert vague == []


# --- tables ------------------------------------------------------------------------------------


def tables() -> list[type[models.Model]]:
    return list(chain.from_iterable(apps.get_app_config(app).get_models() for app in OURS))


@pytest.fixture(params=tables(), ids=lambda table: str(table.__name__))
def table(request: pytest.FixtureRequest) -> type[models.Model]:
    model: type[models.Model] = request.param
    return model


def test_constraints_bear_the_name_of_their_table(table: type[models.Model]) -> None:
    name = table._meta.db_table
    starts = (f"{name}_", f"{name.removeprefix(table._meta.app_label)}_".lstrip("_"))
    strange = [one.name for one in table._meta.constraints if not one.name.startswith(starts)]
    assert strange == []


def test_text_is_never_null(table: type[models.Model]) -> None:
    nullable = [
        field.name
        for field in table._meta.local_fields
        if isinstance(field, models.CharField | models.TextField) and field.null
    ]
    assert nullable == []


def test_table_has_no_order_and_no_saving_of_its_own(table: type[models.Model]) -> None:
    own: Callable[..., Any] | None = table.__dict__.get("save")
    assert not table._meta.ordering
    assert own is None


def test_relations_across_apps_leave_no_trace_on_the_other_side(
    table: type[models.Model],
) -> None:
    visible = [
        field.name
        for field in table._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label != table._meta.app_label
        and not field.remote_field.hidden
    ]
    assert visible == []


def test_nothing_listens_to_signals_of_rows() -> None:
    signals = re.compile(r"\b(?:pre|post)_(?:save|delete|init)\b|\bm2m_changed\b")
    listeners = [
        str(path.relative_to(ROOT))
        for path in modules()
        if signals.search(path.read_text(encoding="utf-8"))
    ]
    assert listeners == []

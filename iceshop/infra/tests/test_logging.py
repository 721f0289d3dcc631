"""What never reaches a log, by whichever way it would come."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from logging.config import DictConfigurator
from typing import Any
from uuid import UUID

import pytest
import structlog
from django.db import DataError, IntegrityError, connection
from django.test import Client

from iceshop.infra.logging import drop_personal
from iceshop.infra.schedule.models import Heartbeat
from iceshop.settings.logging import configure

PHONE = "905550000101"
ID = UUID("01932d00-0000-7000-8000-123456789012")


def scrubbed(**event: Any) -> dict[str, Any]:
    return dict(drop_personal(None, "info", event))


@pytest.mark.parametrize(
    "name", ["phone", "wa_id", "text", "body", "message", "name", "token", "secret", "password"]
)
def test_field_of_personal_data_is_emptied(name: str) -> None:
    event = scrubbed(**{name: "Ayşe", "store": "s1"})
    assert event == {name: "[removed]", "store": "s1"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"to {PHONE} failed", "to [number] failed"),
        (f"+{PHONE}", "[number]"),
        (f"tel:{PHONE}, again", "tel:[number], again"),
        (str(ID), str(ID)),
        ("seat 123456789 of 20", "seat 123456789 of 20"),
        ("Not Found: /w/aB3-x_9?next=1", "Not Found: /w/[link]?next=1"),
        ("GET /w/aB3-x_9/ics", "GET /w/[link]/ics"),
        ("window.opened", "window.opened"),
    ],
)
def test_numbers_and_links_are_taken_out_of_sentences(given: str, kept: str) -> None:
    assert scrubbed(event=given) == {"event": kept}


def test_what_lies_inside_other_values_is_taken_out_too() -> None:
    event = scrubbed(
        facts={"name": "Ayşe", "to": [PHONE, ("x", {"text": "merhaba"})], "people": 3},
        at=7,
    )
    assert event == {
        "facts": {"name": "[removed]", "to": ["[number]", ["x", {"text": "[removed]"}]]}
        | {"people": 3},
        "at": 7,
    }


def test_time_of_the_line_stays() -> None:
    assert scrubbed(timestamp="20261121101500") == {"timestamp": "20261121101500"}


@pytest.mark.parametrize(
    ("refusal", "kept"),
    [
        (
            'violates check "x"\nDETAIL:  Failing row contains (7, Ayşe, merhaba).',
            'violates check "x"\nDETAIL: [removed]',
        ),
        (
            "DETAIL:  Failing row contains (7, ilk\nikinci satır).\n\nThe above exception was",
            "DETAIL: [removed]\n\nThe above exception was",
        ),
        ("CONTEXT:  JSON data, line 1: Ayşe", "CONTEXT: [removed]"),
    ],
)
def test_rows_that_the_database_quotes_are_taken_out(refusal: str, kept: str) -> None:
    assert scrubbed(exception=refusal) == {"exception": kept}


# --- through the real handlers -----------------------------------------------------------------


@pytest.fixture(params=[True, False], ids=["json", "console"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What an installation's handler writes, as production has it and as a terminal."""
    formatter = configure(as_json=request.param)["formatters"]["event"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DictConfigurator({"version": 1}).configure_formatter(formatter))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.mark.django_db
def test_refused_row_leaves_no_word_of_it_in_the_log(written: io.StringIO) -> None:
    Heartbeat.objects.create(process="x", at="2026-11-21T10:00Z")
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into infra_heartbeat (process, at) values (%s, null)", ["Ayşe Yılmaz"]
            )
    except IntegrityError:
        structlog.get_logger("probe").exception("probe.failed", store="s1")
        logging.getLogger("probe").exception("probe failed of %s", PHONE)
    text = written.getvalue()
    assert text.count("probe.failed") == text.count("[number]") == 1
    assert text.count("null value in column") >= 2
    assert "DETAIL: [removed]" in text
    assert "Ayşe" not in text
    assert PHONE not in text


def test_number_in_an_error_is_taken_out_of_the_traceback(written: io.StringIO) -> None:
    try:
        raise DataError(f"cannot send to {PHONE}")
    except DataError:
        structlog.get_logger("probe").exception("probe.failed")
    assert "cannot send to [number]" in written.getvalue()
    assert "Traceback" in written.getvalue()
    assert PHONE not in written.getvalue()


def test_production_writes_one_object_a_line() -> None:
    formatter = configure(as_json=True)["formatters"]["event"]
    made = DictConfigurator({"version": 1}).configure_formatter(formatter)
    record = logging.LogRecord("probe", logging.INFO, __file__, 1, f"for {PHONE}\nnext", (), None)
    line = made.format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("timestamp").endswith("Z")
    assert found == {"event": "for [number]\nnext", "level": "info", "logger": "probe"}


@pytest.mark.django_db
def test_lines_of_a_request_carry_its_id(client: Client, written: io.StringIO) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert written.getvalue().count("/no-such-page") == 1
    assert response["X-Request-Id"] in written.getvalue()
    assert "request_id" not in structlog.contextvars.get_contextvars()

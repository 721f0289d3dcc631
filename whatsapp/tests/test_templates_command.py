"""``manage.py templates`` against the simulated platform."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from whatsapp.gateway.connection import cloud_api
from whatsapp.messaging import platform
from whatsapp.messaging.templating import templates
from whatsapp.tests.town import Town

pytestmark = pytest.mark.django_db


def test_command_submits_and_lists_every_template(town: Town) -> None:
    out = StringIO()

    call_command("templates", stdout=out)

    lines = out.getvalue().splitlines()
    listed = {tuple(line.split()[:2]) for line in lines[:-1]}
    assert listed == set(templates())
    assert lines[-1] == f"{len(templates())} of {len(templates())} may be sent"


def test_command_fails_where_the_platform_does_not_answer(settings: Any) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "GRAPH_URL": "http://127.0.0.1:9"}

    with (
        cloud_api() as nobody,
        platform.use(nobody),
        pytest.raises(CommandError, match="did not answer"),
    ):
        call_command("templates", stdout=StringIO())

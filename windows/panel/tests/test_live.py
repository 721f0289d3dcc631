"""The live part: what htmx gets, and when it gets nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.infra.realtime.tokens import topics_of
from iceshop.infra.realtime.topics import window_topic
from iceshop.kernel.actors import SYSTEM
from windows.flash import services as windows
from windows.flash.queries import WindowCard
from windows.panel.tests.reader import panel_path
from windows.tests.stories import NOON, buyer, fill, minutes, new_shop, new_window

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

LIVE = {"HX-Request": "true", "HX-Target": "panel", "HX-Trigger": "panel"}
DEED = {"HX-Request": "true", "HX-Target": "panel", "HX-Trigger": "confirm"}


@pytest.fixture
def panel() -> tuple[WindowCard, str]:
    """A window and the panel of an invited person."""
    person = buyer()
    window = new_window(new_shop(), person)
    return window, panel_path(window, person.person_id)


def pull(path: str, at: int = 0, tag: str = "") -> Answer:
    """What a live pull gets ``at`` minutes after noon, when the reader has the part of ``tag``."""
    known = {"If-None-Match": tag} if tag else {}
    with clock.use(lambda: NOON + minutes(at)):
        return Client().get(path, headers=LIVE | known)


def test_a_pull_gets_only_the_live_part(panel: tuple[WindowCard, str]) -> None:
    window, path = panel

    answer = pull(path)
    html = answer.content.decode().strip()

    assert html.startswith('<div id="panel"')
    assert "<html" not in html
    assert f'data-live-topic="{window_topic(window.id)}"' in html
    token = html.split('data-live-token="')[1].split('"')[0]
    assert topics_of(token) == [window_topic(window.id)]


def test_the_live_part_is_the_same_as_in_the_whole_page(panel: tuple[WindowCard, str]) -> None:
    _, path = panel
    with clock.use(lambda: NOON):
        whole = Client().get(path).content.decode()

    part = pull(path).content.decode()

    def words(html: str) -> list[str]:
        return [line.strip() for line in html.splitlines() if "token" not in line and line.strip()]

    assert set(words(part)) <= set(words(whole))


def test_an_unchanged_panel_is_answered_with_304(panel: tuple[WindowCard, str]) -> None:
    _, path = panel
    tag = pull(path).headers["ETag"]

    answer = pull(path, at=3, tag=tag)

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["X-Now"] == "2025-11-19T10:03:00+00:00"


def test_the_whole_panel_carries_no_tag(panel: tuple[WindowCard, str]) -> None:
    with clock.use(lambda: NOON):
        whole = Client().get(panel[1])

    assert "ETag" not in whole.headers
    assert "ETag" in pull(panel[1]).headers


def test_another_person_in_the_group_changes_the_panel(panel: tuple[WindowCard, str]) -> None:
    window, path = panel
    tag = pull(path).headers["ETag"]
    fill(window, 1)

    answer = pull(path, tag=tag)

    assert answer.status_code == 200
    assert "Siz gelince 2 kişi" in answer.content.decode()


def test_time_changes_the_panel_where_it_changes_the_state(
    panel: tuple[WindowCard, str],
) -> None:
    _, path = panel
    tag = pull(path).headers["ETag"]

    statuses = [pull(path, at, tag).status_code for at in (49, 50)]

    assert statuses == [304, 200]


def test_a_deed_by_htmx_gets_the_part_and_moves_the_focus(
    panel: tuple[WindowCard, str],
) -> None:
    _, path = panel
    with clock.use(lambda: NOON):
        answer = Client().post(f"{path}/confirm", headers=DEED, follow=True)
    html = answer.content.decode().strip()

    assert html.startswith('<div id="panel"')
    assert 'data-state="confirmed"' in html
    assert "autofocus" in html
    assert "autofocus" not in pull(path).content.decode()


def test_a_refusal_by_htmx_gets_the_part_with_the_reason(
    panel: tuple[WindowCard, str],
) -> None:
    window, path = panel
    run_operation(
        windows.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON
    )
    with clock.use(lambda: NOON):
        answer = Client().post(f"{path}/confirm", headers=DEED)

    assert answer.status_code == 409
    assert answer.content.decode().strip().startswith('<div id="panel"')
    assert 'data-state="paused"' in answer.content.decode()


def test_the_panel_is_kept_from_caches_and_search_engines(
    panel: tuple[WindowCard, str],
) -> None:
    answer = pull(panel[1])

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "HX-Request" in answer.headers["Vary"]

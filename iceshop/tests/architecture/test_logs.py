"""What is logged during a whole journey names nobody and quotes nobody."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from whatsapp.tests.town import WISH, Phone, Town, agreed, check_in, staff_client, wanting
from whatsapp.tests.town import town as town  # noqa: PLC0414  a fixture
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_NAMES = ("Zübeyde Sarıkurt", "Hilmi Karadoruk", "Nazende Üsküp")
_CODE = re.compile(r"Kodunuz: ([2-9A-Z ]+)\.")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the installation's own handler would have written, from INFO on."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_own_handler().formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def _own_handler() -> logging.Handler:
    own = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    assert len(own) == 1
    return own[0]


def _play(town: Town) -> tuple[list[Phone], str]:
    place = town.shop()
    buyers = [wanting(town, name) for name in _NAMES]
    window = agreed(town, place, *buyers)
    (taken,) = buyers[0].presses("invite.accept")
    buyers[1].writes("olmaz, gelemiyorum, kolum kırıldı")
    buyers[2].writes("STOP")
    found = _CODE.search(taken.text)
    assert found is not None
    code = found[1].replace(" ", "")
    town.jump_to(window.starts_at + minutes(1))
    check_in(staff_client(place, now=town.now), place, code)
    check_in(staff_client(place, now=town.now), place, "ZZZZZZ")
    town.jump_to(window.ends_at)
    town.jump_to(window.ends_at + minutes(1))
    return [*buyers, place.phone], code


def test_journey_leaves_no_number_name_or_words_in_the_logs(
    town: Town, logged: io.StringIO
) -> None:
    phones, code = _play(town)
    text = logged.getvalue()

    assert "webhook.stored" in text
    for phone in phones:
        assert phone.number not in text
        assert phone.user_id not in text
        assert not [part for part in phone.name.split() if part in text]
        said = [message.text for message in phone.shown() if len(message.text) > 12]
        assert not [words for words in said if words[:40] in text]
        assert not [
            link for m in phone.shown() for link in m.links if "/w/" in link and link in text
        ]
    assert WISH["tr"] not in text
    assert "kolum" not in text
    assert code not in text

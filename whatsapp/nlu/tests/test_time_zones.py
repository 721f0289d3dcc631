"""Wall times across the change of clocks, in other zones than Istanbul's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from whatsapp.nlu.time import times_in

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
UTC = ZoneInfo("UTC")


def utc(text: str, now: datetime, zone: ZoneInfo) -> list[str]:
    """What ``text`` means, in UTC."""
    spans = times_in(text, now=now, zone=zone, language="en")
    form = "%m-%d %H:%M"
    return [
        f"{span.start.astimezone(UTC):{form}}/{span.end.astimezone(UTC):{form}}" for span in spans
    ]


# Clocks go back on Sunday 26 October 2025 in London, forward on Sunday 30 March 2025.
AUTUMN = datetime(2025, 10, 25, 12, 0, tzinfo=LONDON)
SPRING = datetime(2025, 3, 29, 12, 0, tzinfo=LONDON)
# In New York: back on Sunday 2 November 2025, forward on Sunday 9 March 2025.
FALL = datetime(2025, 11, 1, 12, 0, tzinfo=NEW_YORK)
MARCH = datetime(2025, 3, 8, 12, 0, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("text", "now", "zone", "expected"),
    [
        ("tomorrow", AUTUMN, LONDON, ["10-25 23:00/10-27 00:00"]),
        ("today", AUTUMN, LONDON, ["10-25 11:00/10-25 23:00"]),
        ("at 9 in the morning tomorrow", AUTUMN, LONDON, ["10-26 09:00/10-26 09:30"]),
        ("tonight at 9", AUTUMN, LONDON, ["10-25 20:00/10-25 20:30"]),
        ("until monday", AUTUMN, LONDON, ["10-25 11:00/10-28 00:00"]),
        ("friday to sunday", AUTUMN, LONDON, ["10-31 00:00/11-03 00:00"]),
        ("within 24 hours", AUTUMN, LONDON, ["10-25 11:00/10-26 11:00"]),
        ("today 6pm until tomorrow 10am", AUTUMN, LONDON, ["10-25 17:00/10-26 10:00"]),
        ("tomorrow", SPRING, LONDON, ["03-30 00:00/03-30 23:00"]),
        ("this weekend", SPRING, LONDON, ["03-29 12:00/03-30 23:00"]),
        ("tomorrow from 9 to 11", SPRING, LONDON, ["03-30 08:00/03-30 10:00"]),
        ("by monday evening", SPRING, LONDON, ["03-29 12:00/03-31 17:00"]),
        ("in 20 hours", SPRING, LONDON, ["03-30 08:00/03-30 08:30"]),
        ("tomorrow at 5pm", FALL, NEW_YORK, ["11-02 22:00/11-02 22:30"]),
        ("today at 5pm", FALL, NEW_YORK, ["11-01 21:00/11-01 21:30"]),
        ("tomorrow", FALL, NEW_YORK, ["11-02 04:00/11-03 05:00"]),
        ("tomorrow morning", MARCH, NEW_YORK, ["03-09 10:00/03-09 16:00"]),
        ("late at night", MARCH, NEW_YORK, ["03-09 03:00/03-09 07:00"]),
        ("next week", MARCH, NEW_YORK, ["03-10 04:00/03-17 04:00"]),
    ],
)
def test_wall_times_hold_across_the_change_of_clocks(
    text: str, now: datetime, zone: ZoneInfo, expected: list[str]
) -> None:
    assert utc(text, now, zone) == expected


def test_no_text_raises_on_the_days_of_change() -> None:
    for text in ("at 2:30 tomorrow", "tomorrow 1 to 3 am", "tomorrow at 1:30 am", "2am-2:30am"):
        for now, zone in ((AUTUMN, LONDON), (SPRING, LONDON), (MARCH, NEW_YORK)):
            assert all(span.start < span.end for span in times_in(
                text, now=now, zone=zone, language="en"
            ))  # fmt: skip

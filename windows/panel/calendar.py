"""A window as a calendar file (RFC 5545). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from iceshop.kernel.geo import Point

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Longest content line in octets, without the line break (RFC 5545, 3.1).
_LINE_OCTETS = 75
_ALARM_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What goes into the file; ``stamp`` is when it was made."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    point: Point
    note: str
    url: str
    stamp: datetime


def calendar_file(entry: CalendarEntry) -> str:
    """Write the entry with an alarm a quarter of an hour before."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Iceshop//Panel//TR",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}@iceshop",
        f"DTSTAMP:{_instant(entry.stamp)}",
        f"DTSTART:{_instant(entry.starts_at)}",
        f"DTEND:{_instant(entry.ends_at)}",
        f"SUMMARY:{_text(entry.title)}",
        f"LOCATION:{_text(entry.place)}",
        f"GEO:{entry.point.latitude:.6f};{entry.point.longitude:.6f}",
        f"DESCRIPTION:{_text(entry.note)}",
        f"URL:{entry.url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(entry.title)}",
        f"TRIGGER:-PT{_ALARM_MINUTES}M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    r"""Escape a text value.

    >>> print(_text("Kahve, kruvasan; ikisi"))
    Kahve\, kruvasan\; ikisi
    """
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    r"""Break a long line at octet limits, never inside a letter.

    >>> _folded("x" * 80) == "x" * 75 + "\r\n " + "x" * 5
    True
    """
    parts, part, room = [], "", _LINE_OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append(part)
            # The space that marks a continuation counts.
            part, room = "", _LINE_OCTETS - 1
        part, room = part + sign, room - size
    return "\r\n ".join([*parts, part])

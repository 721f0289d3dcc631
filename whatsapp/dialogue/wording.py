"""Values put into sentences: times, money, numbers and endings as each language writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from iceshop.kernel.money import Money, show
from iceshop.kernel.text import ablative, dative, locative
from iceshop.kernel.time import TimeRange, local_day, show_clock, show_range

# Longest piece of somebody's own words inside a sentence, so that its message keeps its end.
VALUE_CAP = 300

_SUFFIXES: Mapping[str, Callable[[str], str]] = {
    "dative": dative,
    "locative": locative,
    "ablative": ablative,
}


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak: in which ``language``, by which wall clock, on which day (``now``).

    ``phrase`` looks a template of the language up. Without ``now`` days are dates.
    """

    language: str
    zone: ZoneInfo
    now: datetime | None
    phrase: Callable[[str], str]

    def say(self, key: str, **values: Any) -> str:
        """The phrase ``key`` filled with ``values``."""
        return fill(self.phrase(key), values, self)


def fill(template: str, values: Mapping[str, Any], voice: Voice) -> str:
    """Replace each ``{name}`` or ``{name:form}`` of ``template``.

    Forms: ``dative``, ``locative``, ``ablative`` (Turkish endings), ``day``, ``percent`` (of basis
    points), ``distance`` (of metres), ``plural|one|many``. Raises ``KeyError`` when a value is
    missing.
    """
    parts: list[str] = []
    for text, name, form, _ in Formatter().parse(template):
        parts.append(text)
        if name is not None:
            parts.append(_shown(values[name], form or "", voice))
    return "".join(parts)


def _shown(value: Any, form: str, voice: Voice) -> str:
    if form in _SUFFIXES:
        return _SUFFIXES[form](plain(value, voice))
    if form.startswith("plural|"):
        one, many = form.split("|")[1:]
        return f"{plain(value, voice)} {one if value == 1 else many}"
    special = _FORMS.get(form, plain)
    return special(value, voice)


def plain(value: Any, voice: Voice) -> str:
    """Write a value of any supported type without a special form."""
    if isinstance(value, Money):
        return show(value, voice.language)
    if isinstance(value, TimeRange):
        return show_range(value, voice.zone, voice.language)
    if isinstance(value, datetime):
        return show_clock(value, voice.zone, voice.language)
    if isinstance(value, float):
        return number(value, voice)
    text = str(value)
    return text if len(text) <= VALUE_CAP else text[:VALUE_CAP] + "\N{HORIZONTAL ELLIPSIS}"


def number(value: float, voice: Voice) -> str:
    """Write a quantity: ``2``, ``0,5`` in Turkish, ``0.5`` in English."""
    text = f"{value:g}"
    return text.replace(".", ",") if voice.language == "tr" else text


def percent(basis_points: int, voice: Voice) -> str:
    """Write a share: ``%12,5`` in Turkish, ``12.5%`` in English."""
    text = number(basis_points / 100, voice)
    return f"%{text}" if voice.language == "tr" else f"{text}%"


def distance(metres: int, voice: Voice) -> str:
    """Write a distance: metres below a kilometre, then kilometres with one decimal."""
    if metres < 1000:
        return f"{metres} m"
    return f"{number(round(metres / 1000, 1), voice)} km"


def day(instant: datetime, voice: Voice) -> str:
    """Write the local day: today, tomorrow, a weekday within the week, else the date."""
    date = local_day(instant, voice.zone)
    if voice.now is not None:
        ahead = (date - local_day(voice.now, voice.zone)).days
        if ahead in (0, 1):
            return voice.say(("day.today", "day.tomorrow")[ahead])
        if 1 < ahead < 7:
            return voice.say(f"day.{date.isoweekday()}")
    return voice.say("day.date", day=date.day, month=voice.say(f"month.{date.month}"))


def span(period: TimeRange, voice: Voice) -> str:
    """Write a stretch of time: whole days by their name, shorter ones with the clock.

    An end at midnight is written 24.00; a stretch of several days names both of them.
    """
    last = local_day(period.end - timedelta(microseconds=1), voice.zone)
    first = local_day(period.start, voice.zone)
    if last == first:
        whole = _ends_day(period.end, voice) and _begins_day(period.start, voice)
        start = day(period.start, voice)
        return start if whole else f"{start} {clock_range(period, voice)}"
    if (last - first).days == 1 and not _ends_day(period.end, voice) and period.seconds <= 43_200:
        return f"{day(period.start, voice)} {clock_range(period, voice)}"
    return voice.say(
        "day.through",
        first=day(period.start, voice),
        last=day(period.end - timedelta(microseconds=1), voice),
    )


def clock_range(period: TimeRange, voice: Voice) -> str:
    """Write the two wall times of ``period``, midnight at its end as 24.00."""
    start = show_clock(period.start, voice.zone, voice.language)
    end = show_clock(period.end, voice.zone, voice.language)
    if _ends_day(period.end, voice):
        end = "24" + end[2:]
    return f"{start}\N{EN DASH}{end}"


def _begins_day(instant: datetime, voice: Voice) -> bool:
    if voice.now is not None and instant <= voice.now:
        return True
    return show_clock(instant, voice.zone, "en") == "00:00"


def _ends_day(instant: datetime, voice: Voice) -> bool:
    return show_clock(instant, voice.zone, "en") == "00:00"


def either(words: tuple[str, ...], voice: Voice) -> str:
    """Join alternatives: ``Moda, Kadıköy or Fenerbahçe``."""
    return _joined(words, voice.say("piece.or"))


def both(words: tuple[str, ...], voice: Voice) -> str:
    """Join what belongs together: ``pizza, ayran and künefe``."""
    return _joined(words, voice.say("piece.and"))


def _joined(words: tuple[str, ...], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_FORMS: Mapping[str, Callable[[Any, Voice], str]] = {
    "day": day,
    "percent": percent,
    "distance": distance,
}

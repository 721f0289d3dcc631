"""When: the time words of a message as half-open intervals of instants."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from iceshop.kernel.time import TimeRange, at_local, ensure_aware, join, local_day
from whatsapp.nlu.clock import DAY, HOUR, PARTS
from whatsapp.nlu.days import Days
from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan
from whatsapp.nlu.time_words import Context, context_atoms, find_atoms, says_any_time
from whatsapp.nlu.window import Atom, Window

# Signs of the canonical line between two words that explain each other.
_BESIDE = 24
# Nobody meets earlier without saying that it is morning.
_MORNING = 6 * HOUR


@dataclass(frozen=True, slots=True)
class When:
    """What was said about time; ``any_time`` when every time will do."""

    intervals: tuple[TimeRange, ...] = ()
    any_time: bool = False


@dataclass(slots=True)
class _Group:
    """Days and the times that belong to them, in the order in which they were said."""

    days: list[Days] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    parts: list[tuple[str, int]] = field(default_factory=list)
    times_first: bool = False

    @property
    def has_time(self) -> bool:
        return bool(self.windows or self.parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return local_day(self.now, self.zone)

    def minute(self, day: date) -> int | None:
        """Minutes of ``day`` that have passed, ``None`` when it is not today."""
        if day != self.today:
            return None
        local = self.now.astimezone(self.zone)
        return local.hour * 60 + local.minute

    def span(self, day: date, start: int, end: int) -> TimeRange | None:
        """The minutes of ``day`` as instants, from now on; ``None`` when they are over."""
        first = max(at_local(day, start, self.zone), self.now)
        last = at_local(day, end, self.zone)
        return TimeRange(first, last) if first < last else None


def times_in(text: str, *, now: datetime, zone: ZoneInfo, language: str) -> tuple[TimeRange, ...]:
    """All times that ``text`` names, whatever the message is about."""
    return read_time(Scan(text, language), now=now, zone=zone).intervals


def read_time(
    scan: Scan, *, now: datetime, zone: ZoneInfo, question: Question | None = None
) -> When:
    """Take the time words out of ``scan`` and return when they mean, joined and in order."""
    now = ensure_aware(now).replace(second=0, microsecond=0)
    frame = _Frame(now, zone)
    wants_any = says_any_time(scan, question)
    atoms = _without_reasons(find_atoms(scan, frame.today, question))
    if atoms and all(atom.days.any_day for atom in atoms):
        return When(any_time=True)
    absolute = [span for atom in atoms if (span := _absolute(atom, frame)) is not None]
    relative = [atom for atom in atoms if atom.kind in ("days", "part", "window", "same")]
    spans = _relative(relative, frame, question)
    if absolute and spans:
        # "within two hours, this evening": the plain span is narrowed where both can hold.
        both = [hit for a in absolute for b in spans if (hit := a.intersection(b)) is not None]
        spans = both or spans
    spans = spans or absolute
    if not spans and any(atom.kind == "now" for atom in atoms):
        spans = [TimeRange(now, now + timedelta(hours=1))]
    return When(join(spans)) if spans else When(any_time=wants_any)


def _without_reasons(atoms: list[Atom]) -> list[Atom]:
    """Drop feasts that stand beside other days: "by friday, for new year's eve"."""
    others = any(atom.days.days and not atom.days.is_feast for atom in atoms)
    return [atom for atom in atoms if not (others and atom.days.is_feast)]


def _absolute(atom: Atom, frame: _Frame) -> TimeRange | None:
    """Spans that are counted from now or end with a day."""
    if atom.kind == "within":
        return TimeRange(frame.now, frame.now + timedelta(minutes=atom.minutes))
    if atom.kind == "in":
        start = frame.now + timedelta(minutes=atom.minutes)
        return TimeRange(start, start + timedelta(minutes=30 + atom.length))
    if atom.kind == "by_day" and atom.days.days:
        return frame.span(frame.today, 0, _ahead(frame, atom.days.days[-1]) + int(atom.minutes))
    if atom.kind == "across" and atom.window is not None:
        return _across(atom, atom.window, frame)
    return None


def _across(atom: Atom, window: Window, frame: _Frame) -> TimeRange | None:
    """From a time of one day (today when none is said) to a time of another."""
    first, last = window.first, window.last
    if first is None or last is None:
        return None
    day = atom.days.days[0] if atom.days.days else frame.today
    until = atom.until.days[-1]
    if until < day and atom.until.by_week:
        until += timedelta(weeks=1)
    end = (until - day).days * DAY + last.minutes()
    return frame.span(day, first.minutes(), end)


def _ahead(frame: _Frame, day: date) -> int:
    return (day - frame.today).days * DAY


def _relative(atoms: list[Atom], frame: _Frame, question: Question | None) -> list[TimeRange]:
    excluded = {d.isoweekday() for atom in atoms if atom.excluded for d in atom.days.days}
    groups = _grouped([atom for atom in atoms if not atom.excluded], question)
    context = context_atoms(question, frame.today)
    spans: list[TimeRange] = []
    for group in groups:
        if not group.days and context.days is not None and group.has_time:
            group.windows = [_as_before(window, group, context) for window in group.windows]
            known = _Group([context.days], group.windows, group.parts)
            if found := _spans(known, frame, excluded):
                spans += found
                continue
        spans += _spans(group, frame, excluded)
    return spans


def _as_before(window: Window, group: _Group, context: Context) -> Window:
    """A corrected hour without a half of the day is in that half of the time said before."""
    stated, first = context.window, window.first
    if stated is None or stated.first is None or first is None or window.part or group.parts:
        return window
    if first.is_clear or first.hour == 12:
        return window
    start, end = stated.minutes(None)
    early = first.hour * HOUR + first.minute
    late = early + 12 * HOUR
    far_early, far_late = (max(start - at, at - end, 0) for at in (early, late))
    if far_early == far_late or (far_early < far_late and early < _MORNING):
        return window
    half = "am" if far_early < far_late else "pm"
    return replace(window, first=replace(first, half=half))


def _grouped(atoms: list[Atom], question: Question | None) -> list[_Group]:
    groups = [_Group()]
    for at, atom in enumerate(atoms):
        group = groups[-1]
        if atom.kind == "days":
            # "3-5 tomorrow or friday": the second day has the time of the first.
            alone = at > 0 and atoms[at - 1].kind == "days" and at + 1 == len(atoms)
            if group.days and group.has_time and not alone and not _shares_days(group, atom):
                group = _Group()
                groups.append(group)
            group.days.append(atom.days)
            continue
        group.times_first = group.times_first or not group.days
        if atom.kind == "part":
            group.parts.append((atom.part, atom.start))
        elif atom.window is not None:
            group.windows.append(atom.window)
        elif atom.kind == "same":
            _repeat_time(groups, question)
    return [group for group in groups if group.days or group.has_time]


def _shares_days(group: _Group, atom: Atom) -> bool:
    """Whether a day named after a time still belongs to it: a date that explains a weekday."""
    return group.days[-1].days == atom.days.days


def _repeat_time(groups: list[_Group], question: Question | None) -> None:
    """Give the last group the time said before it, or the one of the question."""
    earlier = next((g for g in reversed(groups[:-1]) if g.has_time), None)
    context = context_atoms(question, date.min)
    if earlier is not None:
        groups[-1].windows, groups[-1].parts = list(earlier.windows), list(earlier.parts)
    elif context.window is not None:
        groups[-1].windows.append(context.window)


def _spans(group: _Group, frame: _Frame, excluded: set[int]) -> list[TimeRange]:
    windows = _bound(group)
    group.days = _without_named_weekdays(group.days)
    if not group.days:
        return [span for window in windows for span in _undated(window, frame)]
    spans: list[TimeRange] = []
    for days in group.days:
        kept = [day for day in days.days if day.isoweekday() not in excluded]
        found = [span for day in kept for span in _on(day, windows, frame, days)]
        if not found and days.by_week:
            later = [day + timedelta(weeks=1) for day in kept]
            found = [span for day in later for span in _on(day, windows, frame, days)]
        spans += found
    return spans


def _without_named_weekdays(days: list[Days]) -> list[Days]:
    """Drop a weekday that only names the day of a date beside it: "Tuesday the 26th"."""
    dates = [d for d in days if len(d.days) == 1 and d.is_date]
    if not dates:
        return days
    numbers = {d.days[0].isoweekday() for d in dates}
    return [d for d in days if not (d.by_week and d.days[0].isoweekday() in numbers)]


def _bound(group: _Group) -> list[Window]:
    """The group's windows, each with the part of the day that decides its half."""
    windows = []
    free = list(group.parts)
    wide = [p for p in free for q in free if p[0] != q[0] and _narrows(q, p)]
    group = _Group(group.days, group.windows, [p for p in free if p not in wide])
    free = list(group.parts)
    for said in group.windows:
        window = said
        near = sorted(group.parts, key=lambda part: abs(part[1] - window.start))
        near = [part for part in near if not window.is_apart(part[0], part[1])]
        if near:
            window = window.within(near[0][0])
            free = [part for part in free if part != near[0]]
        windows.append(window)
    windows += [Window("part", part=name) for name, _ in free if name in PARTS]
    return windows or [Window("part", part="all day")]


def _narrows(inner: tuple[str, int], outer: tuple[str, int]) -> bool:
    """Whether a part of the day said beside a wider one makes it exact: "akşam iş çıkışı"."""
    if inner[0] not in PARTS or outer[0] not in PARTS or abs(inner[1] - outer[1]) > _BESIDE:
        return False
    (a, b), (c, d) = PARTS[inner[0]], PARTS[outer[0]]
    return c <= a and b <= d and (b - a) < (d - c)


def _on(day: date, windows: list[Window], frame: _Frame, days: Days) -> list[TimeRange]:
    spans = []
    for window in windows:
        start, end = window.minutes(frame.minute(day))
        if days.is_today and end > DAY:
            yesterday = frame.span(day - timedelta(days=1), start, end)
            if yesterday is not None and yesterday.start == frame.now:
                spans.append(yesterday)
                continue
        if (span := frame.span(day, start, end)) is not None:
            spans.append(span)
    return spans


def _undated(window: Window, frame: _Frame) -> list[TimeRange]:
    """The window on the first day on which some of it lies ahead."""
    for ahead in (-1, 0, 1):
        day = frame.today + timedelta(days=ahead)
        start, end = window.minutes(frame.minute(day))
        if (ahead >= 0 or end > DAY) and (span := frame.span(day, start, end)) is not None:
            return [span]
    return []

"""What was said of windows and what happened, by week; versions and drift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, When

from windows.learning.domain.judgement import ALARMS, Drift, Place, Reason, histogram
from windows.learning.domain.parameters import Kind, Model, SetState
from windows.learning.models import DriftCheck, ParameterSet, RangeCheck
from windows.learning.queries.sets import in_force

DRIFT_DAYS = 28
_WEEKS = 12
_MOST_WINDOWS = 20_000
_SHOWN_SETS = 12
_PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class CheckedWindow:
    """A window of which something was said, with what happened."""

    at: datetime
    mean_milli: int
    came: int
    people: int
    is_in_80: bool
    is_in_90: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Windows of a week, from Monday: how many, how many inside each range, people."""

    monday: date
    windows: int
    held_80: int
    held_90: int
    said_milli: int
    came: int

    @property
    def said(self) -> int:
        """People who were expected, as a whole number."""
        return round(self.said_milli / 1000)

    @property
    def held_80_ppm(self) -> int:
        """The share of the windows inside the range that was said to hold for 80 %."""
        return _share_ppm(self.held_80, self.windows)

    @property
    def held_90_ppm(self) -> int:
        """The share of the windows inside the range that was said to hold for 90 %."""
        return _share_ppm(self.held_90, self.windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A parameter set as it is shown; losses are empty where nothing was tested."""

    model: Model
    version: int
    kind: Kind
    is_champion: bool
    reason: Reason
    outcomes: int
    self_caused_ppm: int
    champion_loss: float | None
    challenger_loss: float | None
    tested: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Everything on the page: ``bars`` are places of the last weeks in tenths."""

    weeks: tuple[Week, ...]
    bars: tuple[float, ...]
    windows: int
    versions: tuple[Version, ...]
    drift: Drift
    show_version: int
    show_kind: Kind
    shock_milli: int
    accept_permille: int
    is_rule_mode: bool

    @property
    def is_alarm(self) -> bool:
        """Whether what is said does not hold."""
        return self.drift in ALARMS

    @property
    def held_80_ppm(self) -> int:
        """The share of the shown windows inside the 80 % range."""
        return _share_ppm(sum(week.held_80 for week in self.weeks), self.windows)

    @property
    def held_90_ppm(self) -> int:
        """The share of the shown windows inside the 90 % range."""
        return _share_ppm(sum(week.held_90 for week in self.weeks), self.windows)

    @property
    def shock(self) -> float:
        """How much people are thought to fail together, on the log-odds."""
        return self.shock_milli / 1000

    @property
    def accept_ppm(self) -> int:
        """The share of unanswered invites that become a yes."""
        return self.accept_permille * 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """What the operator must know at a glance."""

    drift: Drift
    is_rule_mode: bool

    @property
    def needs_an_eye(self) -> bool:
        """Whether something is wrong."""
        return self.is_rule_mode or self.drift in ALARMS


def checked_windows(*, since: datetime, until: datetime) -> tuple[CheckedWindow, ...]:
    """Windows that were recorded in a time, in order, people expected or not. One query."""
    rows = RangeCheck.objects.filter(at__gte=since, at__lte=until).order_by("-at", "-pk")
    return tuple(_checked(row) for row in rows[:_MOST_WINDOWS])[::-1]


def last_drift(*, now: datetime) -> Drift:
    """The newest judgement; unknown when it is older than the weeks it judges. One query."""
    row = DriftCheck.objects.filter(made_at__gte=now - timedelta(days=DRIFT_DAYS))
    found = row.order_by("-on").first()
    return Drift(found.drift) if found else Drift.UNKNOWN


def standing(*, now: datetime) -> Standing:
    """Whether forecasts hold and their models work. Two queries."""
    return Standing(last_drift(now=now), in_force().is_rule_mode)


def calibration(*, now: datetime) -> Calibration:
    """Everything on the page of calibration. Four queries."""
    windows = checked_windows(since=now - timedelta(weeks=_WEEKS), until=now)
    force = in_force()
    return Calibration(
        weeks=_weeks(windows),
        bars=histogram([one.place for one in windows]),
        windows=len(windows),
        versions=_versions(),
        drift=last_drift(now=now),
        show_version=force.show.version,
        show_kind=force.show.kind,
        shock_milli=force.shocks.general_milli,
        accept_permille=force.accepts.permille,
        is_rule_mode=force.is_rule_mode,
    )


def _weeks(windows: tuple[CheckedWindow, ...]) -> tuple[Week, ...]:
    """The newest week first."""
    found: dict[date, list[CheckedWindow]] = defaultdict(list)
    for one in windows:
        day = one.at.date()
        found[day - timedelta(days=day.weekday())].append(one)
    return tuple(
        Week(
            monday=monday,
            windows=len(many),
            held_80=sum(one.is_in_80 for one in many),
            held_90=sum(one.is_in_90 for one in many),
            said_milli=sum(one.mean_milli for one in many),
            came=sum(one.came for one in many),
        )
        for monday, many in sorted(found.items(), reverse=True)
    )


def _share_ppm(part: int, whole: int) -> int:
    """A share in ppm, rounded to whole percents: few windows carry no decimals."""
    return round(100 * part / whole) * 10_000 if whole else 0


def _checked(row: RangeCheck) -> CheckedWindow:
    return CheckedWindow(
        at=row.at,
        mean_milli=row.mean_milli,
        came=row.came,
        people=row.people,
        is_in_80=row.low_80 <= row.came <= row.high_80,
        is_in_90=row.low_90 <= row.came <= row.high_90,
        place=Place(row.below_ppm / _PPM, row.up_to_ppm / _PPM),
    )


def _versions() -> tuple[Version, ...]:
    """What is in force first, then what was tried last."""
    rows = ParameterSet.objects.defer("trees", "payload").annotate(
        is_old=Case(When(state=SetState.CHAMPION, then=0), default=1)
    )
    return tuple(_version(row) for row in rows.order_by("is_old", "-made_at", "-pk")[:_SHOWN_SETS])


def _version(row: ParameterSet) -> Version:
    return Version(
        model=Model(row.model),
        version=row.version,
        kind=Kind(row.kind),
        is_champion=row.state == SetState.CHAMPION,
        reason=Reason(row.reason),
        outcomes=row.outcomes,
        self_caused_ppm=row.self_caused_ppm,
        champion_loss=_loss(row.back_test, "champion"),
        challenger_loss=_loss(row.back_test, "challenger"),
        tested=row.back_test.get("challenger", {}).get("tested", 0),
        made_at=row.made_at,
    )


def _loss(back_test: Mapping[str, Any], which: str) -> float | None:
    found: float | None = back_test.get(which, {}).get("loss")
    return found

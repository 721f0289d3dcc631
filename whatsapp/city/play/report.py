"""A city from beginning to end, and its report."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.test import override_settings

from whatsapp.city.play.city import city
from whatsapp.city.play.plan import CityPlan
from whatsapp.city.play.result import Figures, figures
from whatsapp.city.play.rules import Broken, all_broken


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of a city; ``broken`` holds for each rule what broke it."""

    plan: CityPlan
    figures: Figures
    broken: Broken
    wall_seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether no rule was broken."""
        return not any(self.broken.values())

    def as_json(self) -> dict[str, Any]:
        """The published object; but for ``wall_seconds`` the same for the same plan."""
        plan = self.plan
        return {
            "seed": plan.seed,
            "buyers": plan.buyers,
            "sellers": plan.sellers,
            "days": plan.days,
            "faults": plan.faults.value,
            **asdict(self.figures),
            "broken_rules": {name: len(rows) for name, rows in self.broken.items()},
            "wall_seconds": round(self.wall_seconds, 1),
        }


class _Failures(logging.Handler):
    """Keeps what was logged with an exception: nothing in a city may raise one."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a record that carries an exception."""
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            self.found.append((record.name, f"{type(error).__name__}: {error}"[:300]))


def play_city(plan: CityPlan, *, progress: Callable[[float], None]) -> Report:
    """Play ``plan`` on the current database, which is migrated and empty."""
    started = time.monotonic()
    with ExitStack() as stack:
        stack.enter_context(override_settings(**_alone()))
        failures = stack.enter_context(_quiet_logs())
        played = stack.enter_context(city(plan))
        played.play(progress)
        broken = all_broken(played.clock.now())
        for name, rows in played.seen.items():
            broken[name] = broken[name] or rows
        broken["pair_rate"] = [("platform", "131056")] * played.platform.pair_rate_refusals
        broken["page_errors"] = played.pages.errors
        broken["exceptions"] = failures.found
        counted = figures()
    return Report(
        plan=plan, figures=counted, broken=broken, wall_seconds=time.monotonic() - started
    )


def _alone() -> dict[str, Any]:
    """Settings of a city: no workers, whose database is another, and no services outside."""
    return {
        "KICK_TASKS": False,
        "LOT_KEY": "city",
        "SPEECH": settings.SPEECH | {"URL": "", "MODEL_DIR": ""},
        "SPOKEN": settings.SPOKEN | {"URL": ""},
        "LANGUAGE_MODEL": settings.LANGUAGE_MODEL | {"URL": ""},
    }


@contextmanager
def _quiet_logs() -> Iterator[_Failures]:
    """Say nothing of what happens by the thousand; note exceptions."""
    root, failures = logging.getLogger(), _Failures()
    before, level = root.handlers[:], root.level
    root.handlers[:] = [failures]
    root.setLevel(logging.ERROR)
    try:
        yield failures
    finally:
        root.handlers[:] = before
        root.setLevel(level)

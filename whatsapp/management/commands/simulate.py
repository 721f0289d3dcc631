"""``manage.py simulate``: a city on a virtual clock."""

import json
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from whatsapp.city.play.database import own_database
from whatsapp.city.play.faults import FaultLevel
from whatsapp.city.play.plan import CityPlan
from whatsapp.city.play.report import Report, play_city

_BAR_LENGTH = 40
_MOST_SHOWN = 5


class Command(BaseCommand):
    """Play a city and say what came of it; exit status 1 when a rule was broken."""

    help = "Plays a city of buyers and sellers in a database of its own, on a virtual clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size, length, seed, faults and form of the report."""
        parser.add_argument("--buyers", type=_from(0), default=100, metavar="N")
        parser.add_argument("--sellers", type=_from(1), default=10, metavar="N")
        parser.add_argument("--days", type=_from(1), default=1, metavar="N")
        parser.add_argument("--seed", type=_from(0), default=1, metavar="N")
        parser.add_argument(
            "--faults", choices=[level.value for level in FaultLevel], default="none"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play the city."""
        if not settings.SIMULATOR_ENABLED:
            raise CommandError("A city needs the simulator, which production refuses.")
        # Asked to end, the command drops its database like on any other way out.
        signal.signal(signal.SIGTERM, _leave)
        plan = CityPlan(
            buyers=options["buyers"],
            sellers=options["sellers"],
            days=options["days"],
            seed=options["seed"],
            faults=FaultLevel(options["faults"]),
        )
        with own_database():
            report = play_city(plan, progress=self._bar())
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            self.stdout.write(_table(report))
        if not report.is_clean:
            sys.exit(1)

    def _bar(self) -> Callable[[float], None]:
        """A bar on standard error: redrawn in place on a terminal, else a line each tenth."""
        is_terminal = self.stderr.isatty()
        step, drawn = 1 if is_terminal else 10, -1

        def draw(share: float) -> None:
            nonlocal drawn
            percent = min(100, int(share * 100)) // step * step
            if percent == drawn:
                return
            drawn = percent
            bar = ("#" * (percent * _BAR_LENGTH // 100)).ljust(_BAR_LENGTH, ".")
            start, ending = ("\r", "" if percent < 100 else "\n") if is_terminal else ("", "\n")
            self.stderr.write(f"{start}[{bar}] {percent:3d} %", ending=ending)
            self.stderr.flush()

        return draw


def _from(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
        return int(text)

    return number


def _leave(*_: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def _table(report: Report) -> str:
    """The report for people: figures, then the rules, the broken ones with examples."""
    shown = report.as_json()
    rules = shown.pop("broken_rules")
    lines = [f"{name:<22}{_shown(value)}" for name, value in shown.items()]
    lines += ["", f"{'rule':<22}broken"]
    for name, count in rules.items():
        lines.append(f"{name:<22}{count}")
        lines += [f"    {kind}: {key}" for kind, key in report.broken[name][:_MOST_SHOWN]]
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(one)}" for name, one in value.items())
    return "-" if value is None else str(value)

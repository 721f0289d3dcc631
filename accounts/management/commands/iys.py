"""``manage.py iys``: consents for the national register, as JSON or CSV."""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from accounts.privacy.domain import COLUMNS
from accounts.privacy.queries import register_entries


class Command(BaseCommand):
    """Write every consent with a number, one a line or as one list."""

    help = "Writes the consents (recipient, type, status, source, time) as the İYS takes them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--format`` and ``--since``."""
        parser.add_argument("--format", choices=("json", "csv"), default="json")
        parser.add_argument(
            "--since", type=date.fromisoformat, help="only answers from this day on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them."""
        day = options["since"]
        zone = ZoneInfo("Europe/Istanbul")
        since = datetime.combine(day, time.min, zone) if day else None
        rows = [entry.as_row() for entry in register_entries(since=since)]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.flush()

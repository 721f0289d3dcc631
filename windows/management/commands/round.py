"""``manage.py round export``: a stored round as JSON."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from windows.rounds.queries import record_of


class Command(BaseCommand):
    """Write out what a round knew and decided, for ``python -m windows.engine replay``."""

    help = "Writes a stored round as JSON to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one thing that can be done with a stored round, and which."""
        parser.add_argument("deed", choices=["export"])
        parser.add_argument("id", type=UUID, metavar="ID")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        text = record_of(options["id"])
        if text is None:
            raise CommandError("No such round is stored, or it is too old.")
        self.stdout.write(text)

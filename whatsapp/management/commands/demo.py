"""``manage.py demo``: the demo city."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iceshop.embedded.directory import chosen_directory, write_private
from iceshop.infra import clock
from whatsapp.city import demo


class Command(BaseCommand):
    """Load the demo city and write its log-ins beside the data."""

    help = "Loads the demo city; its log-ins are made at random and written to credentials.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--if-empty``: do nothing where it is loaded or other shops are entered."""
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it once."""
        if not settings.SIMULATOR_ENABLED:
            raise CommandError("The demo city needs the simulator, which production refuses.")
        if demo.is_loaded():
            if options["if_empty"]:
                return
            raise CommandError("The demo city is loaded, or other shops are entered here.")
        now = clock.now()
        keys = demo.load(now=now)
        _write(chosen_directory(None).credentials, keys)
        demo.mark_loaded(now=now)


def _write(path: Path, keys: demo.Keys) -> None:
    """Put token and log-ins into the credentials file, and leave its other parts."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    users = [
        {
            "role": log_in.role,
            "username": log_in.username,
            "password": log_in.password,
            "store": log_in.store,
        }
        for log_in in keys.log_ins
    ]
    kept |= {"api_token": keys.api_token, "users": users}
    write_private(path, json.dumps(kept, indent=2, ensure_ascii=False) + "\n")

"""``manage.py beat``: the single scheduler."""

from typing import Any

from django.core.management.base import BaseCommand

from iceshop.infra.schedule import beat


class Command(BaseCommand):
    """Run Celery beat under its lock."""

    help = "Runs the periodic table; a second one waits until the first is gone."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until the process is told to end."""
        beat.run()

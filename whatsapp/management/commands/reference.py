"""``manage.py reference``: kinds of goods and places."""

from typing import Any

from django.core.management.base import BaseCommand

from iceshop.infra import clock
from whatsapp.conversation.reference import is_current, load_reference


class Command(BaseCommand):
    """Load or update the reference tables; run it after each migration."""

    help = "Loads the kinds of goods and the places that messages can name. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them."""
        if is_current():
            return
        kinds, places = load_reference(now=clock.now())
        self.stdout.write(f"{kinds} kinds of goods, {places} places")

"""``manage.py templates``: our message templates at the platform."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iceshop.infra import clock
from whatsapp.messaging.queries import template_states
from whatsapp.messaging.services import sync_templates


class Command(BaseCommand):
    """Submit what the platform does not have, and list how it judges each template."""

    help = "Submits missing message templates and lists the state of each. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Submit and list; exit status 1 where nothing is known of any."""
        usable = sync_templates(now=clock.now())
        states = template_states()
        if not states:
            raise CommandError("The platform did not answer; see the log.")
        for state in states:
            self.stdout.write(
                f"{state.name:28} {state.language}  {state.state:10} {state.category}"
            )
        self.stdout.write(f"{usable} of {len(states)} may be sent")

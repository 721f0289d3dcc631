"""What happens to the database before the system starts, in one process to save its start.

Migrations, then the demo city if the database is empty, then the address and the webhook's keys
for scripts.
"""

from __future__ import annotations

import json
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from iceshop.embedded.directory import chosen_directory, write_private


def prepare() -> None:
    """Make the database ready for web, worker and beat; idempotent."""
    django.setup()
    from iceshop.infra.schedule.services import forget_hearts  # a table: after the set-up

    call_command("migrate", interactive=False, verbosity=0)
    call_command("reference", verbosity=0)
    call_command("demo", if_empty=True)
    forget_hearts()
    _merge(
        chosen_directory(None).credentials,
        url=f"{settings.PUBLIC_URL}/",
        webhook={
            "app_secret": next(iter(settings.WHATSAPP["APP_SECRETS"]), ""),
            "verify_token": settings.WHATSAPP["VERIFY_TOKEN"],
            "phone_number_id": settings.WHATSAPP["PHONE_NUMBER_ID"],
        },
    )


def _merge(path: Path, **parts: object) -> None:
    """Set ``parts`` in the JSON object of ``path`` and leave the rest."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    write_private(path, json.dumps(parts | kept | parts, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    prepare()

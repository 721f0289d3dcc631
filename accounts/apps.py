"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """App label ``accounts``."""

    name = "accounts"

    def ready(self) -> None:
        """Name the errors that violated constraints mean."""
        from accounts.constraints import CODES
        from iceshop.infra.db import CONSTRAINT_CODES

        CONSTRAINT_CODES.update(CODES)

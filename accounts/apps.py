"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """App label ``accounts``."""

    name = "accounts"

    def ready(self) -> None:
        """Name the errors that violated constraints mean; describe tokens in the API's schema."""
        import accounts.tokens.schema  # noqa: F401
        from accounts.constraints import CODES
        from iceshop.infra.db import CONSTRAINT_CODES

        CONSTRAINT_CODES.update(CODES)

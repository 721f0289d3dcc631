"""The commerce app."""

from django.apps import AppConfig


class CommerceConfig(AppConfig):
    """App label ``commerce``."""

    name = "commerce"

    def ready(self) -> None:
        """Name the errors that violated constraints mean."""
        from commerce.constraints import CODES
        from iceshop.infra.db import CONSTRAINT_CODES

        CONSTRAINT_CODES.update(CODES)

"""The infra app; it also loads the Celery app, so that every process can send tasks."""

from django.apps import AppConfig


class InfraConfig(AppConfig):
    """App label ``infra``."""

    name = "iceshop.infra"
    label = "infra"

    def ready(self) -> None:
        """Load Celery and the system checks."""
        import iceshop.celery
        import iceshop.infra.checks  # noqa: F401

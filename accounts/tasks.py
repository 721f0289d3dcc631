"""Celery tasks of the accounts app."""

from accounts.privacy.tasks import run

__all__ = ["run"]

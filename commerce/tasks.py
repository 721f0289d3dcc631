"""Celery tasks of the commerce app."""

from commerce.forecast.tasks import fit_due

__all__ = ["fit_due"]

"""The town as a fixture."""

from whatsapp.tests.town import town

__all__ = ["town"]

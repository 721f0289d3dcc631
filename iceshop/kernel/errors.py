"""What can go wrong as a part of the business: seven kinds of coded errors.

A code is stable text such as ``window.full``; its wording is looked up by code and language at
the edge (page, API, chat, command).
"""

from __future__ import annotations


class DomainError(Exception):
    """A refusal that the caller must be told about; ``code`` and ``params`` hold no free text."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in sorted(self.params.items()))
        return f"{self.code} ({details})" if details else self.code


class Invalid(DomainError):
    """The input cannot be understood or breaks a rule of its own."""


class NotAllowed(DomainError):
    """The actor may not do this."""


class NotFound(DomainError):
    """The thing does not exist, or not for this actor."""


class Conflict(DomainError):
    """The state of things forbids it now."""


class LimitReached(DomainError):
    """Too much in too short a time; ``retry_after_seconds`` says when it is possible again."""

    def __init__(self, code: str, *, retry_after_seconds: int, **params: object) -> None:
        super().__init__(code, retry_after_seconds=retry_after_seconds, **params)
        self.retry_after_seconds = retry_after_seconds


class Expired(DomainError):
    """The moment for this has passed."""


class Unavailable(DomainError):
    """Something outside does not answer; trying again may help."""

"""Send a Celery task by its name once the transaction has committed.

A lost task does no harm: the row that it would have worked on is due, and the next sweep finds it.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Kick:
    """A task to be sent; equal ones in a transaction are sent once."""

    task_name: str
    arguments: tuple[str, ...]

    def __call__(self) -> None:
        try:
            current_app.send_task(self.task_name, args=self.arguments, retry=False)
        except OperationalError:
            log.warning("task.not_sent", task=self.task_name)


def kick(task_name: str, *arguments: str) -> None:
    """Send ``task_name`` after the commit, or now when no transaction is open."""
    if not settings.KICK_TASKS:
        return
    wanted = _Kick(task_name, arguments)
    if any(entry[1] == wanted for entry in connection.run_on_commit):
        return
    transaction.on_commit(wanted, robust=True)

"""Heartbeats of the processes that work in the background."""

from django.db import models


class Heartbeat(models.Model):
    """Last sign of life of a process kind, by the system's clock."""

    process = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "infra_heartbeat"

    def __str__(self) -> str:
        return self.process

"""Periodic work: one table, from which Celery beat and the documentation are made, and heartbeats."""

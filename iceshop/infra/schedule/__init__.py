"""Periodic work: one table, from which Celery beat and the documents are made; heartbeats."""

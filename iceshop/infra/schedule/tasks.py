"""Celery entry point of the worker's heartbeat."""

from celery import shared_task

from iceshop.infra.schedule import services


@shared_task(name="infra.heartbeat")
def heartbeat() -> None:
    """Say that a worker takes tasks."""
    services.beat_heart(process=services.WORKER)

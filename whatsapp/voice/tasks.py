"""Celery entry point of voice notes."""

from celery import shared_task

from iceshop.infra import clock
from whatsapp.voice import services


@shared_task(name="whatsapp.voice.drain")
def drain() -> None:
    """Listen to what people recorded."""
    services.drain(now=clock.now())

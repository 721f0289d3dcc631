"""Celery entry point of conversations."""

from celery import shared_task

from iceshop.infra import clock
from whatsapp.conversation import services


@shared_task(name="whatsapp.conversation.drain")
def drain() -> None:
    """Work on what people wrote."""
    services.drain(now=clock.now())

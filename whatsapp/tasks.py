"""Celery tasks of the whatsapp app."""

from whatsapp.conversation.tasks import drain as drain_conversations
from whatsapp.messaging.tasks import drain as drain_events
from whatsapp.simulator.tasks import deliver
from whatsapp.voice.tasks import drain as drain_notes

__all__ = ["deliver", "drain_conversations", "drain_events", "drain_notes"]

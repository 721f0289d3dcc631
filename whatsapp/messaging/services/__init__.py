"""Everything that sends, and what is made of the platform's reports."""

from whatsapp.messaging.services.events import drain_events
from whatsapp.messaging.services.replies import queue_reply
from whatsapp.messaging.services.sending import send_notice, send_reply
from whatsapp.messaging.services.stops import lift_stop
from whatsapp.messaging.services.templates import sync_templates

__all__ = [
    "drain_events",
    "lift_stop",
    "queue_reply",
    "send_notice",
    "send_reply",
    "sync_templates",
]

"""Everything that sends, and what is made of the platform's reports."""

from whatsapp.messaging.services.events import drain_events
from whatsapp.messaging.services.notices import send_notice, words_of
from whatsapp.messaging.services.replies import lane_of, plan_reply, queue_reply
from whatsapp.messaging.services.sending import send_reply
from whatsapp.messaging.services.stops import lift_stop
from whatsapp.messaging.services.templates import sync_templates

__all__ = [
    "drain_events",
    "lane_of",
    "lift_stop",
    "plan_reply",
    "queue_reply",
    "send_notice",
    "send_reply",
    "sync_templates",
    "words_of",
]

"""The whatsapp app."""

from django.apps import AppConfig


class WhatsappConfig(AppConfig):
    """App label ``whatsapp``."""

    name = "whatsapp"

    def ready(self) -> None:
        """Offer WhatsApp as the channel of notices and replies."""
        from iceshop.infra.outbox import registry
        from whatsapp.messaging.services import send_notice, send_reply
        from whatsapp.messaging.topics import REPLY_TOPIC
        from windows.notices.services import SEND_TOPIC

        registry.register(SEND_TOPIC, send_notice)
        registry.register(REPLY_TOPIC, send_reply)

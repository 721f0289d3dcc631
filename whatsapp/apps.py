"""The whatsapp app."""

from django.apps import AppConfig


class WhatsappConfig(AppConfig):
    """App label ``whatsapp``."""

    name = "whatsapp"

    def ready(self) -> None:
        """Offer WhatsApp as the channel of notices and replies; say how a person is erased."""
        from iceshop.infra.outbox import registry
        from whatsapp.calls.tasks import handle_call
        from whatsapp.keeper import register
        from whatsapp.messaging.tasks import handle_notice, handle_reply
        from whatsapp.messaging.topics import CALL_TOPIC, REPLY_TOPIC
        from whatsapp.voice.services import SPOKEN_TOPIC
        from whatsapp.voice.tasks import handle_spoken
        from windows.notices.services import SEND_TOPIC

        register()
        registry.register(SEND_TOPIC, handle_notice)
        registry.register(REPLY_TOPIC, handle_reply)
        registry.register(CALL_TOPIC, handle_call)
        registry.register(SPOKEN_TOPIC, handle_spoken)

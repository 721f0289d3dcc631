"""Admin pages of the whatsapp app."""

from whatsapp.calls.admin import VoiceCallAdmin, VoiceTurnAdmin
from whatsapp.channels.admin import SmsMessageAdmin
from whatsapp.conversation.admin import ConversationLineAdmin, LaneAdmin, UnknownWordAdmin
from whatsapp.messaging.admin import (
    IssuedChoiceAdmin,
    MessageStatusAdmin,
    MessageTemplateAdmin,
    OutboundMessageAdmin,
    SendingStopAdmin,
)
from whatsapp.providers.admin import ProviderCallAdmin, ProviderDayAdmin
from whatsapp.simulator.admin import (
    SimulatedCallAdmin,
    SimulatedDeliveryAdmin,
    SimulatedFaultAdmin,
    SimulatedMediaAdmin,
    SimulatedMessageAdmin,
    SimulatedPersonAdmin,
    SimulatedPostingAdmin,
    SimulatedSmsAdmin,
    SimulatedTemplateAdmin,
)
from whatsapp.voice.admin import VoiceNoteAdmin
from whatsapp.webhook.admin import (
    WebhookDeliveryAdmin,
    WebhookItemAdmin,
    WebhookRefusalAdmin,
)

__all__ = [
    "ConversationLineAdmin",
    "IssuedChoiceAdmin",
    "LaneAdmin",
    "MessageStatusAdmin",
    "MessageTemplateAdmin",
    "OutboundMessageAdmin",
    "ProviderCallAdmin",
    "ProviderDayAdmin",
    "SendingStopAdmin",
    "SimulatedCallAdmin",
    "SimulatedDeliveryAdmin",
    "SimulatedFaultAdmin",
    "SimulatedMediaAdmin",
    "SimulatedMessageAdmin",
    "SimulatedPersonAdmin",
    "SimulatedPostingAdmin",
    "SimulatedSmsAdmin",
    "SimulatedTemplateAdmin",
    "SmsMessageAdmin",
    "UnknownWordAdmin",
    "VoiceCallAdmin",
    "VoiceNoteAdmin",
    "VoiceTurnAdmin",
    "WebhookDeliveryAdmin",
    "WebhookItemAdmin",
    "WebhookRefusalAdmin",
]

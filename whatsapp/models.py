"""Tables of the whatsapp app."""

from whatsapp.calls.models import VoiceCall, VoiceTurn
from whatsapp.channels.models import SmsMessage
from whatsapp.conversation.models import ConversationLine, Lane, UnknownWord
from whatsapp.messaging.models import (
    IssuedChoice,
    MessageStatus,
    MessageTemplate,
    OutboundMessage,
    SendingStop,
)
from whatsapp.providers.models import ProviderCall, ProviderDay
from whatsapp.simulator.models import (
    SimulatedCall,
    SimulatedDelivery,
    SimulatedFault,
    SimulatedMedia,
    SimulatedMessage,
    SimulatedPerson,
    SimulatedPosting,
    SimulatedSms,
    SimulatedTemplate,
)
from whatsapp.voice.models import VoiceNote
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookRefusal

__all__ = [
    "ConversationLine",
    "IssuedChoice",
    "Lane",
    "MessageStatus",
    "MessageTemplate",
    "OutboundMessage",
    "ProviderCall",
    "ProviderDay",
    "SendingStop",
    "SimulatedCall",
    "SimulatedDelivery",
    "SimulatedFault",
    "SimulatedMedia",
    "SimulatedMessage",
    "SimulatedPerson",
    "SimulatedPosting",
    "SimulatedSms",
    "SimulatedTemplate",
    "SmsMessage",
    "UnknownWord",
    "VoiceCall",
    "VoiceNote",
    "VoiceTurn",
    "WebhookDelivery",
    "WebhookItem",
    "WebhookRefusal",
]

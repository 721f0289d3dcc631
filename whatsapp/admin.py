"""Admin pages of the whatsapp app."""

from whatsapp.conversation.admin import ConversationLineAdmin, LaneAdmin, UnknownWordAdmin
from whatsapp.messaging.admin import (
    IssuedChoiceAdmin,
    MessageStatusAdmin,
    MessageTemplateAdmin,
    OutboundMessageAdmin,
    SendingStopAdmin,
)
from whatsapp.simulator.admin import (
    SimulatedDeliveryAdmin,
    SimulatedFaultAdmin,
    SimulatedMediaAdmin,
    SimulatedMessageAdmin,
    SimulatedPersonAdmin,
    SimulatedPostingAdmin,
    SimulatedTemplateAdmin,
)
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
    "SendingStopAdmin",
    "SimulatedDeliveryAdmin",
    "SimulatedFaultAdmin",
    "SimulatedMediaAdmin",
    "SimulatedMessageAdmin",
    "SimulatedPersonAdmin",
    "SimulatedPostingAdmin",
    "SimulatedTemplateAdmin",
    "UnknownWordAdmin",
    "WebhookDeliveryAdmin",
    "WebhookItemAdmin",
    "WebhookRefusalAdmin",
]

"""Working the lanes, and handing them to a person and back."""

from whatsapp.conversation.services.calling import Answered, Call, choose, hear
from whatsapp.conversation.services.draining import drain
from whatsapp.conversation.services.handing import give_back, take_over

__all__ = ["Answered", "Call", "choose", "drain", "give_back", "hear", "take_over"]

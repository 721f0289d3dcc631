"""Working the lanes."""

from whatsapp.conversation.services.draining import drain

__all__ = ["drain"]

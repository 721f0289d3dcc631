"""Asking for words, listening, forgetting."""

from whatsapp.voice.services.asking import forget_notes, listen
from whatsapp.voice.services.listening import drain

__all__ = ["drain", "forget_notes", "listen"]

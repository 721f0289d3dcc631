"""Asking for words, listening, forgetting; speaking."""

from whatsapp.voice.services.asking import forget_notes, listen
from whatsapp.voice.services.listening import drain
from whatsapp.voice.services.speaking import SPOKEN_TOPIC, plan_voice, speak

__all__ = ["SPOKEN_TOPIC", "drain", "forget_notes", "listen", "plan_voice", "speak"]

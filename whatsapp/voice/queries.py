"""Reads: what was heard in a note, and which messages are notes."""

from __future__ import annotations

from collections.abc import Collection

from whatsapp.gateway.content import Media
from whatsapp.gateway.items import Message
from whatsapp.voice.domain import Heard, NoteState, Unheard
from whatsapp.voice.models import VoiceNote
from whatsapp.webhook.queries import ClaimedItem

VOICE_MIME = "audio/ogg"


def is_note(item: ClaimedItem) -> bool:
    """Whether the item is a recording to be listened to: made in the chat, or of the same kind."""
    content = item.content
    if not isinstance(content, Message) or not isinstance(content.body, Media):
        return False
    body = content.body
    mime_type = body.mime_type.partition(";")[0].strip().lower()
    return body.form == "audio" and bool(body.media_id) and mime_type == VOICE_MIME


def heard_in(items: Collection[ClaimedItem]) -> dict[int, Heard | Unheard]:
    """What was heard in those of ``items`` that are done, by item. At most one query."""
    notes = [item.id for item in items if is_note(item)]
    if not notes:
        return {}
    done = VoiceNote.objects.filter(pk__in=notes).exclude(state=NoteState.NEW)
    return {
        row.pk: Heard(row.text) if row.state == NoteState.HEARD else Unheard(row.reason)
        for row in done
    }

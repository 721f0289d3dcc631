"""What the conversation asks: the words of the notes in a lane's batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from iceshop.infra.db import outside, run_operation, step
from iceshop.infra.kick import kick
from whatsapp.voice.domain import GIVE_UP, NoteState, Unheard
from whatsapp.voice.ears import ears
from whatsapp.voice.models import VoiceNote
from whatsapp.voice.queries import is_note
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem

LISTEN_TASK = "whatsapp.voice.drain"
# A lane that waits for words is looked at again after this, should nobody wake it.
_REST_SECONDS = 10


@outside
def listen(*, items: Sequence[ClaimedItem], now: datetime) -> int:
    """Ask for the words of all notes; how many items from the first on can be worked now.

    The others are put back, and wake when the note before them is heard. A note that nobody could
    hear within ``GIVE_UP`` counts as failed. Raises as ``webhook.put_back``.
    """
    notes = [item.id for item in items if is_note(item)]
    if not notes or ears() is None:
        return len(items)
    return run_operation(_ask, notes=notes, items=items, now=now)


@step
def _ask(*, notes: Sequence[int], items: Sequence[ClaimedItem], now: datetime) -> int:
    VoiceNote.objects.bulk_create(
        [VoiceNote(item_id=pk, asked_at=now, due_at=now) for pk in notes], ignore_conflicts=True
    )
    waiting = VoiceNote.objects.filter(pk__in=notes, state=NoteState.NEW)
    waiting.filter(asked_at__lte=now - GIVE_UP).update(
        state=NoteState.UNHEARD, reason=Unheard.FAILED
    )
    # Locked, so that nobody wakes the lane between this look and its rest.
    unheard = set(waiting.order_by("pk").select_for_update().values_list("pk", flat=True))
    ready = next((n for n, item in enumerate(items) if item.id in unheard), len(items))
    if ready < len(items):
        webhook.put_back(items=items[ready:], wait_seconds=_REST_SECONDS)
        kick(LISTEN_TASK)
    return ready


@step
def forget_notes(*, items: Sequence[ClaimedItem]) -> None:
    """Keep no words of notes that were worked."""
    notes = [item.id for item in items if is_note(item)]
    if notes:
        VoiceNote.objects.filter(pk__in=notes).delete()

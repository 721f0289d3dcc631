"""The table of voice notes that somebody waits for."""

from django.db import models
from django.db.models import Q

from whatsapp.voice.domain import Unheard


class VoiceNote(models.Model):
    """One recording from its arrival until its lane has worked it; then the row is gone.

    ``text`` is set while it is ``heard``, ``reason`` while it is ``unheard``.
    """

    item = models.OneToOneField(
        "whatsapp.WebhookItem", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    state = models.CharField(max_length=8, default="new")
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=16, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "whatsapp_voice_note"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", text="", reason="")
                | (Q(state="heard", reason="") & ~Q(text=""))
                | Q(
                    state="unheard",
                    text="",
                    reason__in=[reason.value for reason in Unheard],
                ),
                name="voice_note_state",
            ),
        ]
        indexes = [
            # What is to be listened to next.
            models.Index(fields=("due_at",), condition=Q(state="new"), name="voice_note_due"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"

"""Tables of conversations."""

from django.db import models
from django.db.models import Q


class Lane(models.Model):
    """What the dialogue remembers of one person. ``taken_over_until``: a person answers."""

    person = models.OneToOneField(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    state = models.JSONField(default=dict)
    taken_over_until = models.DateTimeField(null=True, blank=True)
    handed_over_reason = models.CharField(max_length=40, blank=True)
    is_complaint = models.BooleanField(default=False)
    last_event_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "whatsapp_lane"
        indexes = [
            models.Index(
                fields=("taken_over_until",),
                condition=Q(taken_over_until__isnull=False),
                name="lane_taken_over",
            )
        ]

    def __str__(self) -> str:
        return f"lane {self.person_id}"


class ConversationLine(models.Model):
    """One message of a talk, for the operator: what came, or what was answered."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    is_inbound = models.BooleanField()
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    item = models.OneToOneField(
        "whatsapp.WebhookItem", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    act = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_conversation_line"
        indexes = [models.Index(fields=("person", "at"), name="conversation_line_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class UnknownWord(models.Model):
    """A word that nobody understood, with how often it came: candidate for an alias."""

    folded = models.CharField(max_length=80, primary_key=True)
    text = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_unknown_word"

    def __str__(self) -> str:
        return self.text

"""Tables of telephone calls."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id
from whatsapp.calls.domain import CallState


class VoiceCall(models.Model):
    """One call, from or to a person; ``options`` are the choices that were offered last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vapi_id = models.CharField(max_length=80, blank=True)
    is_inbound = models.BooleanField()
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    notice = models.OneToOneField(
        "windows.Notice", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=11, default=CallState.PLANNED)
    ended_reason = models.CharField(max_length=80, blank=True)
    options = models.JSONField(default=list)
    cost_micros = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "whatsapp_voice_call"
        constraints = [
            models.UniqueConstraint(
                fields=("vapi_id",), condition=~Q(vapi_id=""), name="voice_call_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CallState]), name="voice_call_state"
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.id}"


class VoiceTurn(models.Model):
    """One tool call and its answer, so that a repetition changes nothing and hears the same."""

    call = models.ForeignKey(VoiceCall, on_delete=models.CASCADE, related_name="turns")
    key = models.CharField(max_length=80)
    tool = models.CharField(max_length=40)
    answer = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_voice_turn"
        constraints = [models.UniqueConstraint(fields=("call", "key"), name="voice_turn_once")]

    def __str__(self) -> str:
        return f"{self.tool} {self.pk}"

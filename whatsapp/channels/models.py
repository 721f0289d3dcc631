"""The table of SMS."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id
from whatsapp.channels.domain import Encoding, SmsState


class SmsMessage(models.Model):
    """One SMS to one person; ``id`` is the reference that its reports name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source_key = models.CharField(max_length=200)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey("windows.Notice", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    encoding = models.CharField(max_length=4)
    parts = models.PositiveSmallIntegerField()
    cost_micros = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=SmsState.PLANNED)
    gateway_id = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "whatsapp_sms"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="sms_source_once"),
            models.UniqueConstraint(
                fields=("gateway_id",), condition=~Q(gateway_id=""), name="sms_gateway_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SmsState]), name="sms_state"
            ),
            models.CheckConstraint(
                condition=Q(encoding__in=[one.value for one in Encoding], parts__gte=1),
                name="sms_size",
            ),
        ]
        indexes = [models.Index(fields=("person", "-created_at"), name="sms_by_person")]

    def __str__(self) -> str:
        return f"sms {self.id}"

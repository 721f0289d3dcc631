"""Tables of outgoing messages."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id
from whatsapp.messaging.domain import OutboundState


class OutboundMessage(models.Model):
    """One message to one person. ``id`` is the key that its statuses echo.

    ``body`` is what ``gateway.codec`` wrote; ``notice`` is set for what was not a reply.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source_key = models.CharField(max_length=200)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(
        "windows.Notice", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    purpose = models.CharField(max_length=40)
    is_template = models.BooleanField(default=False)
    body = models.JSONField()
    state = models.CharField(max_length=10, default=OutboundState.PLANNED)
    platform_id = models.CharField(max_length=200, blank=True)
    error_code = models.IntegerField(null=True, blank=True)
    price_category = models.CharField(max_length=40, blank=True)
    price_type = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "whatsapp_outbound"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="outbound_source_once"),
            models.UniqueConstraint(
                fields=("platform_id",), condition=~Q(platform_id=""), name="outbound_platform_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OutboundState]),
                name="outbound_state",
            ),
        ]
        indexes = [
            models.Index(fields=("person", "-created_at"), name="outbound_by_person"),
            # A lost answer is looked after by age.
            models.Index(
                fields=("created_at",), condition=Q(state="unknown"), name="outbound_unknown"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class MessageStatus(models.Model):
    """What the platform reported about a message, append-only."""

    message = models.ForeignKey(OutboundMessage, models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=20)
    at = models.DateTimeField()
    error_code = models.IntegerField(null=True, blank=True)

    class Meta:
        db_table = "whatsapp_message_status"
        constraints = [
            models.UniqueConstraint(fields=("message", "status"), name="message_status_once")
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.message_id}"


class IssuedChoice(models.Model):
    """A button or row that was shown to a person; nothing else can be pressed."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    choice_id = models.CharField(max_length=256)
    message = models.ForeignKey(OutboundMessage, models.CASCADE, related_name="choices")

    class Meta:
        db_table = "whatsapp_issued_choice"
        indexes = [models.Index(fields=("person", "choice_id"), name="issued_choice_by_person")]

    def __str__(self) -> str:
        return self.choice_id


class MessageTemplate(models.Model):
    """What the platform says of one of our templates in one language."""

    name = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    category = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    quality = models.CharField(max_length=20, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_template"
        constraints = [
            models.UniqueConstraint(fields=("name", "language"), name="template_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.language}"


class SendingStop(models.Model):
    """The breaker: why sending of a scope is stopped; somebody or an event lifts it."""

    scope = models.CharField(max_length=12, primary_key=True)
    code = models.IntegerField(null=True, blank=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_sending_stop"

    def __str__(self) -> str:
        return self.scope

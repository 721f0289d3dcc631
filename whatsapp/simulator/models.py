"""Tables of the simulator: people, what was said, what was delivered, media, templates, faults."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from whatsapp.simulator.domain.faults import FaultKind
from whatsapp.simulator.domain.limits import Status
from whatsapp.simulator.domain.pieces import Kind


class SimulatedPerson(models.Model):
    """Somebody with a phone; ``phone`` is empty when it is hidden behind a username."""

    phone = models.CharField(max_length=15, blank=True)
    user_id = models.CharField(max_length=140)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=6)
    store = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2)
    # Number of the newest message; grows under the row's lock.
    last_n = models.PositiveIntegerField(default=0)
    # Grows with whatever the phone shows.
    version = models.PositiveIntegerField(default=0)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    pair_slot_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_person"
        constraints = [
            models.UniqueConstraint(fields=("user_id",), name="simulated_person_user_id"),
            models.UniqueConstraint(
                fields=("phone",), condition=~Q(phone=""), name="simulated_person_phone"
            ),
            models.CheckConstraint(
                condition=Q(role__in=("buyer", "seller")), name="simulated_person_role"
            ),
            models.CheckConstraint(
                condition=Q(language__in=("tr", "en")), name="simulated_person_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SimulatedMessage(models.Model):
    """A message on a person's phone; ``wire`` is the body that carried it."""

    person = models.ForeignKey(SimulatedPerson, on_delete=models.CASCADE, related_name="+")
    n = models.PositiveIntegerField()
    direction = models.CharField(max_length=3)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in Kind])
    wamid = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    buttons = models.JSONField(default=list)
    links = models.JSONField(default=list)
    link_title = models.CharField(max_length=25, blank=True)
    media_id = models.CharField(max_length=20, blank=True)
    # The message whose button was pressed, and the button.
    pressed_wamid = models.CharField(max_length=200, blank=True)
    pressed_id = models.CharField(max_length=256, blank=True)
    status = models.CharField(max_length=10, choices=[(status, status) for status in Status])
    code = models.PositiveIntegerField(null=True, blank=True)
    category = models.CharField(max_length=20, blank=True)
    opaque = models.CharField(max_length=512, blank=True)
    wire = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_message"
        constraints = [
            models.UniqueConstraint(fields=("person", "n"), name="simulated_message_number"),
            models.UniqueConstraint(fields=("wamid",), name="simulated_message_wamid"),
            models.CheckConstraint(
                condition=Q(direction__in=("in", "out")), name="simulated_message_direction"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[str(status) for status in Status]),
                name="simulated_message_status",
            ),
        ]
        indexes = [
            # The latest events of the page.
            models.Index(fields=("-at", "-id"), name="simulated_message_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.n}"


class SimulatedDelivery(models.Model):
    """A webhook to be posted. Rows of one ``lane`` keep the order of ``(planned_at, id)``."""

    WAITING = "waiting"
    POSTED = "posted"
    GIVEN_UP = "given_up"
    STATES = (WAITING, POSTED, GIVEN_UP)

    lane = models.CharField(max_length=140)
    carries = models.CharField(max_length=10)
    message = models.ForeignKey(
        SimulatedMessage, null=True, on_delete=models.CASCADE, related_name="+"
    )
    body = models.TextField()
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    repeats = models.PositiveSmallIntegerField(default=1)
    is_held_back = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_delivery"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "posted", "given_up")),
                name="simulated_delivery_state",
            ),
        ]
        indexes = [
            # The drain looks for due rows.
            models.Index(
                fields=("due_at",), condition=Q(state="waiting"), name="simulated_delivery_due"
            ),
            # The drain asks whether an earlier row of the lane waits.
            models.Index(
                fields=("lane", "planned_at", "id"),
                condition=Q(state="waiting"),
                name="simulated_delivery_lane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carries} {self.pk}"


class SimulatedPosting(models.Model):
    """One post of a delivery; ``http_status`` is 0 when there was no answer. The key is ``n``."""

    delivery = models.ForeignKey(SimulatedDelivery, on_delete=models.CASCADE, related_name="+")
    headers = models.JSONField()
    http_status = models.PositiveSmallIntegerField()
    took_ms = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_posting"

    def __str__(self) -> str:
        return f"{self.pk}: {self.http_status}"


class SimulatedMedia(models.Model):
    """A file that was sent or uploaded; ``media_id`` is digits, ``sha256`` hexadecimal."""

    media_id = models.CharField(max_length=20)
    mime_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    is_upload = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_media"
        constraints = [
            models.UniqueConstraint(fields=("media_id",), name="simulated_media_id"),
        ]

    def __str__(self) -> str:
        return self.media_id


class SimulatedTemplate(models.Model):
    """A template as it was created; every one is approved at once. The key is its id."""

    name = models.CharField(max_length=512)
    language = models.CharField(max_length=10)
    category = models.CharField(max_length=20)
    definition = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_template"
        constraints = [
            models.UniqueConstraint(fields=("name", "language"), name="simulated_template_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class SimulatedSms(models.Model):
    """An SMS on somebody's phone, or one that they wrote; reported once, when it is due."""

    phone = models.CharField(max_length=15)
    is_reply = models.BooleanField(default=False)
    text = models.TextField()
    reference = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=10, default="delivered")
    at = models.DateTimeField()
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "whatsapp_simulated_sms"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("delivered", "failed")), name="simulated_sms_status"
            ),
        ]

    def __str__(self) -> str:
        return f"sms {self.pk}"


class SimulatedCall(models.Model):
    """A telephone call; ``first`` is what is said first in one that goes out."""

    phone = models.CharField(max_length=15)
    is_inbound = models.BooleanField()
    first = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_call"

    def __str__(self) -> str:
        return f"call {self.pk}"


class SimulatedFault(models.Model):
    """The next ``left`` events that match go wrong; ``address`` is a phone, a user id or empty."""

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in FaultKind])
    left = models.PositiveIntegerField()
    code = models.PositiveIntegerField()
    seconds = models.FloatField()
    address = models.CharField(max_length=140, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_simulated_fault"

    def __str__(self) -> str:
        return f"{self.kind} x{self.left}"

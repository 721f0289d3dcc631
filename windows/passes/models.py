"""Tables of passes, scans and the questions that scans leave open."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id
from windows.passes.domain import Answer, Means, Question


class Pass(models.Model):
    """The right to a seat, shown at the till. It dies with its seat."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    window = models.ForeignKey("windows.Window", on_delete=models.PROTECT, related_name="+")
    seat = models.OneToOneField("windows.Seat", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "windows_pass"
        constraints = [models.UniqueConstraint(fields=("code",), name="pass_code_once")]

    def __str__(self) -> str:
        return f"pass {self.id}"


class PassScan(models.Model):
    """One attempt to check in, or the undoing of one; the same nonce of a store's device is one.

    ``at`` is when it was made. One that was made without connection came in at ``received_at``.
    ``people`` were admitted by it; ``paid_minor`` is what they paid together, where it was told.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey("commerce.Store", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("windows.Seat", on_delete=models.PROTECT, related_name="+", null=True)
    device = models.CharField(max_length=60)
    nonce = models.CharField(max_length=60)
    is_admitted = models.BooleanField()
    code = models.CharField(max_length=40)
    means = models.CharField(max_length=5, default=Means.CODE)
    people = models.PositiveSmallIntegerField(default=0)
    paid_minor = models.PositiveIntegerField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "windows_pass_scan"
        constraints = [
            models.UniqueConstraint(fields=("store", "device", "nonce"), name="pass_scan_once"),
            models.UniqueConstraint(fields=("undoes",), name="pass_scan_undone_once"),
            models.CheckConstraint(
                condition=Q(is_admitted=True, people__gte=1) | Q(is_admitted=False, people=0),
                name="pass_scan_people",
            ),
            models.CheckConstraint(
                condition=Q(means__in=[means.value for means in Means]), name="pass_scan_means"
            ),
        ]
        indexes = [
            models.Index(fields=("store", "at"), name="pass_scan_by_store"),
            models.Index(fields=("seat", "at"), name="pass_scan_by_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"


class ScanQuestion(models.Model):
    """Something about a scan that a person of the shop decides; open while it has no answer.

    ``other`` is the admission that ``scan`` contradicts, where there is one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey("commerce.Store", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    scan = models.ForeignKey(PassScan, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(
        PassScan, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    opened_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    actor_kind = models.CharField(max_length=10, blank=True)
    actor_key = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "windows_scan_question"
        constraints = [
            models.UniqueConstraint(fields=("scan", "kind"), name="scan_question_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Question]), name="scan_question_kind"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=[answer.value for answer in Answer], answered_at__isnull=False),
                name="scan_question_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=("store", "opened_at"), condition=Q(answer=""), name="scan_question_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

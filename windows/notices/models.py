"""The notices table."""

from django.db import models
from django.db.models import F, Q

from iceshop.kernel.ids import new_id
from windows.notices.domain import Channel, Form, NoticeClass, NoticeKind, Outcome


class Notice(models.Model):
    """One thing to say to one person about one subject (an ask, a window, an invite, a seat).

    ``outcome`` to ``cost_micros`` are the planner's last decision and what it is expected to cost
    over all channels. ``unreached_at``: no channel was left. ``merged_into``: it was said there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24)
    notice_class = models.CharField(max_length=10)
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=12)
    subject_id = models.UUIDField()
    dedupe_key = models.CharField(max_length=160)
    not_before = models.DateTimeField()
    useful_until = models.DateTimeField()
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=5, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    form = models.CharField(max_length=8, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    cost_micros = models.PositiveIntegerField(default=0)
    unreached_at = models.DateTimeField(null=True, blank=True)
    panel_text = models.TextField(blank=True)
    panel_seen_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        db_table = "windows_notice"
        constraints = [
            models.UniqueConstraint(fields=("dedupe_key",), name="notice_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoticeKind]), name="notice_kind"
            ),
            models.CheckConstraint(
                condition=Q(notice_class__in=[kind.value for kind in NoticeClass]),
                name="notice_class",
            ),
            models.CheckConstraint(
                condition=Q(useful_until__gt=F("not_before")), name="notice_useful_after_start"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | Q(outcome__in=[one.value for one in Outcome], decided_at__isnull=False),
                name="notice_outcome",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["", *(channel.value for channel in Channel)])
                & Q(form__in=["", *(form.value for form in Form)]),
                name="notice_channel",
            ),
        ]
        indexes = [
            models.Index(fields=("subject_kind", "subject_id"), name="notice_by_subject"),
            # Caps and merging look at what one person is told.
            models.Index(fields=("person", "kind", "-created_at"), name="notice_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

"""The notices table."""

from django.db import models
from django.db.models import F, Q

from iceshop.kernel.ids import new_id
from windows.notices.domain import NoticeClass, NoticeKind


class Notice(models.Model):
    """One thing to say to one person about one subject (an ask, a window, an invite, a seat)."""

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
        ]
        indexes = [models.Index(fields=("subject_kind", "subject_id"), name="notice_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

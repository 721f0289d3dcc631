"""The audit table."""

from django.db import models

from iceshop.kernel.ids import new_id


class AuditFact(models.Model):
    """One deed: actor, action, object, named fields before and after, reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_key = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "infra_audit_fact"
        indexes = [models.Index(fields=("object_kind", "object_key", "at"), name="audit_by_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_key}"

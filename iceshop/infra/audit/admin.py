"""The audit facts in the admin, to search and read."""

from django.contrib import admin

from iceshop.infra.audit.models import AuditFact
from iceshop.infra.http.admin import ReadOnlyAdmin


@admin.register(AuditFact)
class AuditFactAdmin(ReadOnlyAdmin[AuditFact]):
    """Facts, newest first."""

    list_display = ("at", "actor_kind", "actor_key", "action", "object_kind", "object_key")
    list_filter = ("action", "actor_kind", "object_kind")
    search_fields = ("object_key", "actor_key", "request_id")
    ordering = ("-at",)

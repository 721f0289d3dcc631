"""Admin pages of the infra app."""

from iceshop.infra.audit.admin import AuditFactAdmin
from iceshop.infra.outbox.admin import OutboxMessageAdmin

__all__ = ["AuditFactAdmin", "OutboxMessageAdmin"]

"""Admin pages of the infra app."""

from iceshop.infra.audit.admin import AuditFactAdmin
from iceshop.infra.clock.admin import ClockShiftAdmin
from iceshop.infra.idempotency.admin import IdempotencyRecordAdmin
from iceshop.infra.outbox.admin import OutboxMessageAdmin
from iceshop.infra.schedule.admin import HeartbeatAdmin

__all__ = [
    "AuditFactAdmin",
    "ClockShiftAdmin",
    "HeartbeatAdmin",
    "IdempotencyRecordAdmin",
    "OutboxMessageAdmin",
]

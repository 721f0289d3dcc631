"""Tables of the infra app."""

from iceshop.infra.audit.models import AuditFact
from iceshop.infra.clock.models import ClockShift
from iceshop.infra.idempotency.models import IdempotencyRecord
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.infra.schedule.models import Heartbeat

__all__ = ["AuditFact", "ClockShift", "Heartbeat", "IdempotencyRecord", "OutboxMessage"]

"""Reading audit facts."""

from iceshop.infra.audit.models import AuditFact


def has_fact(*, action: str) -> bool:
    """Whether something of this kind was ever done. One query."""
    return AuditFact.objects.filter(action=action).exists()

"""Reading audit facts."""

from iceshop.infra.audit.models import AuditFact


def has_fact(*, action: str, object_key: str = "") -> bool:
    """Whether something of this kind was ever done (to an object). One query."""
    rows = AuditFact.objects.filter(action=action)
    return rows.filter(object_key=object_key).exists() if object_key else rows.exists()

"""Reading staff accounts."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from iceshop.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A staff account."""

    id: int
    username: str
    role: StaffRole


def staff_card(user_id: int) -> StaffCard:
    """The account. One query. Raises: NotFound("staff.unknown")."""
    user = StaffUser.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound("staff.unknown")
    return StaffCard(id=user.pk, username=user.username, role=role_of(user))


def staff_by_username(username: str) -> StaffCard | None:
    """The account of this name, or None. One query."""
    user = StaffUser.objects.filter(username=username).first()
    return StaffCard(id=user.pk, username=user.username, role=role_of(user)) if user else None


def role_of(user: StaffUser) -> StaffRole:
    """What the account is for."""
    if user.is_superuser:
        return StaffRole.ADMIN
    return StaffRole.OPERATOR if user.is_staff else StaffRole.SELLER

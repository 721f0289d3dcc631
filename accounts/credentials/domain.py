"""Roles of staff and the limit on wrong passwords."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

# Wrong passwords that one user name may get from one address within the span before it must wait.
FAILURES_ALLOWED = 10
FAILURE_SPAN = timedelta(minutes=10)


class StaffRole(StrEnum):
    """What a staff account is for."""

    ADMIN = "admin"
    OPERATOR = "operator"
    SELLER = "seller"

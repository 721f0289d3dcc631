"""States of an organisation and roles inside it."""

from __future__ import annotations

from enum import StrEnum


class OrganisationState(StrEnum):
    """Whether the house has checked the seller."""

    PENDING = "pending"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


class MemberRole(StrEnum):
    """What a member may do: owners and managers change terms, staff serve windows."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"


# Roles that may change products, prices and terms, and that get asks.
DECIDING_ROLES = frozenset({MemberRole.OWNER, MemberRole.MANAGER})

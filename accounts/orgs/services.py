"""Adding organisations and their members."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.orgs.domain import MemberRole, OrganisationState
from accounts.orgs.models import Membership, SellerOrganisation
from accounts.orgs.queries import OrganisationCard, organisation_card
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation, step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Invalid, NotFound
from iceshop.kernel.text import clean


@step
def add_organisation(
    *, name: str, state: OrganisationState, external_id: str = "", by: Actor, now: datetime
) -> OrganisationCard:
    """Add a seller. Only a verified one takes part in rounds.

    Raises: Invalid("organisation.name_missing"), Conflict("organisation.external_id_taken").
    """
    if not (name := clean(name, 120)):
        raise Invalid("organisation.name_missing")
    row = SellerOrganisation.objects.create(
        name=name, state=state, external_id=external_id, created_at=now
    )
    audit.record(
        by=by,
        action="organisation.added",
        object_kind="organisation",
        object_key=row.pk,
        facts={"state": row.state},
        now=now,
    )
    return organisation_card(row.pk)


@operation
def set_organisation_state(
    *, organisation_id: UUID, state: OrganisationState, by: Actor, now: datetime
) -> None:
    """Verify or suspend a seller. The same state again changes nothing.

    Raises: NotFound("organisation.unknown").
    """
    row = SellerOrganisation.objects.select_for_update().filter(pk=organisation_id).first()
    if row is None:
        raise NotFound("organisation.unknown")
    if row.state == state:
        return
    SellerOrganisation.objects.filter(pk=row.pk).update(state=state)
    audit.record(
        by=by,
        action="organisation.state_changed",
        object_kind="organisation",
        object_key=row.pk,
        facts={"state": [row.state, state.value]},
        now=now,
    )


@step
def add_member(
    *,
    organisation_id: UUID,
    role: MemberRole,
    staff_user_id: int | None = None,
    person_id: UUID | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Let an account, a person, or both as one, work for the organisation.

    Raises: Invalid("member.nobody"), NotFound("organisation.unknown"), Conflict("member.already").
    """
    if staff_user_id is None and person_id is None:
        raise Invalid("member.nobody")
    organisation_card(organisation_id)
    row = Membership.objects.create(
        organisation_id=organisation_id,
        staff_user_id=staff_user_id,
        person_id=person_id,
        role=role,
        created_at=now,
    )
    audit.record(
        by=by,
        action="member.added",
        object_kind="organisation",
        object_key=organisation_id,
        facts={"membership": str(row.pk), "role": role.value},
        now=now,
    )


@operation
def end_membership(*, membership_id: UUID, by: Actor, now: datetime) -> None:
    """End a membership; it stays as history. Repeating changes nothing."""
    if Membership.objects.filter(pk=membership_id, is_active=True).update(is_active=False):
        audit.record(
            by=by,
            action="member.ended",
            object_kind="membership",
            object_key=membership_id,
            now=now,
        )


@step
def leave_all(*, person_id: UUID) -> int:
    """End every membership of somebody who is erased; returns how many."""
    return Membership.objects.filter(person_id=person_id, is_active=True).update(is_active=False)

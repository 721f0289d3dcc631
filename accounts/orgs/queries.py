"""Reading organisations and memberships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from accounts.orgs.domain import DECIDING_ROLES, MemberRole, OrganisationState
from accounts.orgs.models import Membership, SellerOrganisation
from iceshop.infra.prepared import Prepared, given
from iceshop.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """A seller organisation."""

    id: UUID
    name: str
    state: OrganisationState
    external_id: str

    @property
    def published_id(self) -> str:
        """What partners' programs call it: the external id, else the own id."""
        return self.external_id or str(self.id)


@dataclass(frozen=True, slots=True)
class MemberCard:
    """An active membership and its organisation."""

    organisation: OrganisationCard
    role: MemberRole
    staff_user_id: int | None
    person_id: UUID | None

    @property
    def decides(self) -> bool:
        """Whether the member may change products, prices and terms."""
        return self.role in DECIDING_ROLES


def organisation_card(organisation_id: UUID) -> OrganisationCard:
    """The organisation. One query. Raises: NotFound("organisation.unknown")."""
    row = SellerOrganisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise NotFound("organisation.unknown")
    return _organisation(row)


def organisation_cards(organisation_ids: Iterable[UUID]) -> dict[UUID, OrganisationCard]:
    """The organisations that exist among ``organisation_ids``. One query."""
    rows = SellerOrganisation.objects.filter(pk__in=list(organisation_ids))
    return {row.pk: _organisation(row) for row in rows}


def all_organisations() -> tuple[OrganisationCard, ...]:
    """Every seller, by name; for the house's own people. One query."""
    return tuple(_organisation(row) for row in SellerOrganisation.objects.order_by("name", "id"))


def organisation_by_published_id(text: str) -> OrganisationCard | None:
    """The organisation of an external id, else of its own id. At most two queries."""
    text = text.strip()
    if found := organisation_by_external_id(text):
        return found
    try:
        return organisation_cards([UUID(text)]).get(UUID(text))
    except ValueError:
        return None


def organisation_by_external_id(external_id: str) -> OrganisationCard | None:
    """The organisation that a partner's programs call ``external_id``. One query."""
    if not external_id:
        return None
    row = SellerOrganisation.objects.filter(external_id=external_id).first()
    return _organisation(row) if row else None


def organisations_of_user(user_id: int) -> tuple[MemberCard, ...]:
    """Memberships of a staff account, by name of the organisation. One query."""
    return _cards(_active().filter(staff_user_id=user_id))


def organisations_of_person(person_id: UUID) -> tuple[MemberCard, ...]:
    """Memberships of a person, by name of the organisation. One query."""
    return tuple(_card(row) for row in _OF_PERSON(person_id=person_id))


def people_of(organisation_id: UUID) -> tuple[UUID, ...]:
    """Persons of the organisation who get asks on WhatsApp: owners first. One query."""
    return people_of_all([organisation_id]).get(organisation_id, ())


def people_of_all(organisation_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """``people_of`` for several organisations; those without anybody are missing. One query."""
    rows = _active().filter(
        organisation_id__in=list(organisation_ids), person__isnull=False, role__in=DECIDING_ROLES
    )
    found: dict[UUID, list[tuple[bool, UUID]]] = {}
    for row in rows.order_by("id"):
        if row.person_id:
            entry = (row.role != MemberRole.OWNER, row.person_id)
            found.setdefault(row.organisation_id, []).append(entry)
    return {
        key: tuple(person_id for _, person_id in sorted(entries, key=lambda entry: entry[0]))
        for key, entries in found.items()
    }


def role_of_user(*, user_id: int, organisation_id: UUID) -> MemberRole | None:
    """The role that a staff account has in the organisation. One query."""
    return _role(_active().filter(staff_user_id=user_id, organisation_id=organisation_id))


def role_of_person(*, person_id: UUID, organisation_id: UUID) -> MemberRole | None:
    """The role that a person has in the organisation. One query."""
    return _role(_active().filter(person_id=person_id, organisation_id=organisation_id))


def sellers_among(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of ``person_ids`` who work for a seller. One query."""
    rows = _active().filter(person_id__in=list(person_ids))
    return frozenset(rows.values_list("person_id", flat=True))


def is_last_to_decide(person_id: UUID) -> bool:
    """Whether a verified seller would be left without anybody who decides. At most two queries."""
    deciding = _active().filter(
        role__in=DECIDING_ROLES, organisation__state=OrganisationState.VERIFIED
    )
    own = set(deciding.filter(person_id=person_id).values_list("organisation_id", flat=True))
    if not own:
        return False
    others = deciding.filter(organisation_id__in=own).exclude(person_id=person_id)
    return bool(own - set(others.values_list("organisation_id", flat=True)))


def _active() -> QuerySet[Membership]:
    return Membership.objects.filter(is_active=True).select_related("organisation")


def _role(rows: QuerySet[Membership]) -> MemberRole | None:
    role = rows.values_list("role", flat=True).first()
    return MemberRole(role) if role else None


def _cards(rows: QuerySet[Membership]) -> tuple[MemberCard, ...]:
    return tuple(_card(row) for row in rows.order_by("organisation__name", "id"))


_OF_PERSON = Prepared(
    lambda: _active().filter(person_id=given("person_id")).order_by("organisation__name", "id")
)


def _card(row: Membership) -> MemberCard:
    return MemberCard(
        organisation=_organisation(row.organisation),
        role=MemberRole(row.role),
        staff_user_id=row.staff_user_id,
        person_id=row.person_id,
    )


def _organisation(row: SellerOrganisation) -> OrganisationCard:
    return OrganisationCard(
        id=row.pk,
        name=row.name,
        state=OrganisationState(row.state),
        external_id=row.external_id,
    )

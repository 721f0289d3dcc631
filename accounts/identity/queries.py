"""Reading persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from accounts.identity.domain import IdentifierKind, stored_value
from accounts.identity.models import Person, PersonIdentifier
from iceshop.infra.prepared import Prepared, given
from iceshop.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What others know of a person; ``phone`` is digits only and may be missing."""

    id: UUID
    display_name: str
    language: str
    phone: str | None
    user_id: str | None
    last_inbound_at: datetime | None

    @property
    def is_reachable(self) -> bool:
        """Whether a message can be sent at all."""
        return bool(self.phone or self.user_id)


_OF_PERSON = Prepared(
    lambda: PersonIdentifier.objects.filter(
        person_id=given("person_id"), replaced_at__isnull=True
    ).select_related("person")
)


def person_card(person_id: UUID) -> PersonCard:
    """The person. One query; two for somebody without identifiers.

    Raises: NotFound("person.unknown").
    """
    rows = _OF_PERSON(person_id=person_id)
    person = rows[0].person if rows else Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound("person.unknown")
    return _card(person, rows)


def person_by_identifier(kind: IdentifierKind | str, value: str) -> PersonCard | None:
    """The person whose live identifier this is. Three queries."""
    kind = IdentifierKind(kind)
    owner_id = live_owner_id(kind, stored_value(kind, value))
    return person_card(owner_id) if owner_id else None


def person_by_published_id(text: str) -> PersonCard | None:
    """The person that partners' programs call ``text``: an external id, else the product's own id.

    At most three queries.
    """
    text = text.strip()
    if owner_id := live_owner_id(IdentifierKind.EXTERNAL, text):
        return person_card(owner_id)
    try:
        return people([UUID(text)]).get(UUID(text))
    except ValueError:
        return None


def published_ids(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What partners' programs call each person: an external id, else the own id. One query."""
    wanted = list(person_ids)
    rows = PersonIdentifier.objects.filter(
        person_id__in=wanted, kind=IdentifierKind.EXTERNAL, replaced_at__isnull=True
    ).order_by("-created_at", "-id")
    external = dict(rows.values_list("person_id", "value"))
    return {person_id: external.get(person_id, str(person_id)) for person_id in wanted}


def is_erased(person_id: UUID) -> bool:
    """Whether everything personal of the person was removed. One query."""
    return Person.objects.filter(pk=person_id, erased_at__isnull=False).exists()


def addresses_of(person_id: UUID) -> tuple[frozenset[str], frozenset[str]]:
    """Every phone and every user id that the person ever had. One query."""
    rows = PersonIdentifier.objects.filter(person_id=person_id).values_list("kind", "value")
    found: dict[str, set[str]] = {}
    for kind, value in rows:
        found.setdefault(kind, set()).add(value)
    return (
        frozenset(found.get(IdentifierKind.PHONE, ())),
        frozenset(found.get(IdentifierKind.USER_ID, ())),
    )


def people(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """The persons that exist among ``person_ids``. Two queries."""
    found = _with_identifiers().filter(pk__in=list(person_ids))
    return {person.pk: _card(person, person.identifiers.all()) for person in found}


def live_owner_id(kind: IdentifierKind, value: str) -> UUID | None:
    """Who a stored ``value`` belongs to now."""
    return (
        PersonIdentifier.objects.filter(kind=kind, value=value, replaced_at__isnull=True)
        .values_list("person_id", flat=True)
        .first()
    )


_OF_OWNERS = Prepared(
    lambda: PersonIdentifier.objects.filter(
        replaced_at__isnull=True,
        person_id__in=PersonIdentifier.objects.filter(
            Q(kind=IdentifierKind.PHONE.value, value=given("phone"))
            | Q(kind=IdentifierKind.USER_ID.value, value=given("user_id")),
            replaced_at__isnull=True,
        ).values("person_id"),
    ).select_related("person")
)


def live_owners(known: Mapping[IdentifierKind, str]) -> dict[IdentifierKind, PersonCard]:
    """Who each of the stored phone and user id belongs to now; nobody's are missing. One query."""
    values = [known.get(IdentifierKind.PHONE), known.get(IdentifierKind.USER_ID)]
    rows: dict[UUID, list[PersonIdentifier]] = defaultdict(list)
    for row in _OF_OWNERS(phone=values[0], user_id=values[1]):
        rows[row.person_id].append(row)
    return {
        kind: _card(own[0].person, own)
        for own in rows.values()
        for kind, value in known.items()
        if any(row.kind == kind and row.value == value for row in own)
    }


def former_owner_id(kind: IdentifierKind, value: str) -> UUID | None:
    """Who gave up a stored ``value`` last."""
    return (
        PersonIdentifier.objects.filter(kind=kind, value=value, replaced_at__isnull=False)
        .order_by("-replaced_at", "-id")
        .values_list("person_id", flat=True)
        .first()
    )


def _with_identifiers() -> QuerySet[Person]:
    live = PersonIdentifier.objects.filter(replaced_at__isnull=True)
    return Person.objects.prefetch_related(Prefetch("identifiers", queryset=live))


def _card(person: Person, live: Iterable[PersonIdentifier]) -> PersonCard:
    values = {row.kind: row.value for row in live}
    return PersonCard(
        id=person.pk,
        display_name=person.display_name,
        language=person.language,
        phone=values.get(IdentifierKind.PHONE),
        user_id=values.get(IdentifierKind.USER_ID),
        last_inbound_at=person.last_inbound_at,
    )

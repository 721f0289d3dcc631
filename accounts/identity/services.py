"""Finding and changing persons.

Uniqueness is the database's: whoever loses a race reads what the winner wrote.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, Q
from django.db.models.functions import Cast, Greatest

from accounts.identity.domain import (
    IdentifierKind,
    stored_language,
    stored_name,
    stored_value,
)
from accounts.identity.models import Person, PersonIdentifier
from accounts.identity.queries import (
    PersonCard,
    former_owner_id,
    live_owner_id,
    live_owners,
    person_card,
)
from iceshop.infra.db import step, violated_constraint
from iceshop.infra.prepared import PreparedUpdate, given
from iceshop.kernel.errors import Conflict, Invalid

_ONE_OWNER = "person_identifier_one_owner"
# A racing insert can win twice at most: once for each identifier of a message.
_TRIES = 3

Known = dict[IdentifierKind, str]


@step
def find_or_create_person(
    *, phone: str | None, user_id: str | None, display_name: str, language: str, now: datetime
) -> PersonCard:
    """Return the person behind a message, making one at first contact.

    Matches the user id first, then the phone, and attaches what is new. A known user id with
    another phone has changed its number. A phone that comes with an unknown user id while its owner
    has another one has passed to somebody else, who becomes a person of their own.
    Raises: Invalid("identity.empty"), Conflict("identity.disagrees") when both are known and belong
    to different persons.
    """
    known = _known(user_id=user_id, phone=phone)
    owners = live_owners(known)
    if owners.keys() == known.keys() and len(set(owners.values())) == 1:
        # Nearly every message: all of it is known of one person.
        return next(iter(owners.values()))
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                person_id = _match(known) or _create(display_name, language, now)
                _attach_all(person_id, known, now)
            return person_card(person_id)
        except IntegrityError as error:
            if violated_constraint(error) != _ONE_OWNER:
                raise
    raise Conflict("identity.disagrees")


@step
def find_or_create_external(*, external_id: str, now: datetime) -> PersonCard:
    """Return the person that a partner's programs call ``external_id``, making one at first."""
    known = {
        IdentifierKind.EXTERNAL: stored_value(IdentifierKind.EXTERNAL, external_id),
    }
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                owner_id = live_owner_id(*next(iter(known.items())))
                person_id = owner_id or _create("", "", now)
                _attach_all(person_id, known, now)
            return person_card(person_id)
        except IntegrityError as error:
            if violated_constraint(error) != _ONE_OWNER:
                raise
    raise Conflict("identity.disagrees")


_IS_LATER = Q(last_inbound_at__isnull=True) | Q(last_inbound_at__lt=given("at"))
_LATER = Greatest("last_inbound_at", Cast(given("at"), DateTimeField()))
_NOTE = PreparedUpdate(
    lambda: Person.objects.filter(_IS_LATER, pk=given("person_id")), last_inbound_at=_LATER
)
_NOTE_NAMED = PreparedUpdate(
    lambda: Person.objects.filter(
        _IS_LATER | ~Q(display_name=given("name")), pk=given("person_id")
    ),
    last_inbound_at=_LATER,
    display_name=given("name"),
)


@step
def note_inbound(*, person_id: UUID, at: datetime, now: datetime, display_name: str = "") -> None:
    """Move ``last_inbound_at`` forward to ``at``, never back and never beyond ``now``.

    A name that the person shows now replaces the stored one.
    """
    at = min(at, now)
    if name := stored_name(display_name):
        _NOTE_NAMED(person_id=person_id, at=at, name=name)
    else:
        _NOTE(person_id=person_id, at=at)


@step
def set_language(*, person_id: UUID, language: str) -> None:
    """Speak ``language`` with the person from now on. Raises: Invalid("identity.language")."""
    if not (stored := stored_language(language)):
        raise Invalid("identity.language")
    Person.objects.filter(pk=person_id).update(language=stored)


@step
def attach_phone(*, person_id: UUID, phone: str, now: datetime) -> None:
    """Give the person a phone number that the platform vouches for; an older one becomes history.

    Raises: Conflict("identity.disagrees") when it is somebody else's.
    """
    _attach_checked(person_id, IdentifierKind.PHONE, stored_value(IdentifierKind.PHONE, phone), now)


@step
def move_identifier(*, old_user_id: str, new_user_id: str, now: datetime) -> UUID | None:
    """Replace a person's user id after the platform issued a new one; the old one stays as history.

    Returns the person, or None when neither id is known. A repeated call changes nothing.
    Raises: Conflict("identity.disagrees") when the new id is another person's.
    """
    return _move(IdentifierKind.USER_ID, old_user_id, new_user_id, now)


@step
def move_phone(*, old_phone: str, new_phone: str, now: datetime) -> UUID | None:
    """Replace a person's phone number after a reported change; like ``move_identifier``."""
    return _move(IdentifierKind.PHONE, old_phone, new_phone, now)


@step
def erase_identifiers(*, person_id: UUID, now: datetime) -> int:
    """Take name, language and every identifier, former ones too; returns how many rows changed.

    The row stays, so that totals keep somebody to be about. Whoever writes with the number again is
    a new person.
    """
    gone, _ = PersonIdentifier.objects.filter(person_id=person_id).delete()
    return gone + Person.objects.filter(pk=person_id, erased_at__isnull=True).update(
        display_name="", language="", last_inbound_at=None, erased_at=now
    )


def _move(kind: IdentifierKind, old: str, new: str, now: datetime) -> UUID | None:
    old, new = stored_value(kind, old), stored_value(kind, new)
    owner_id = live_owner_id(kind, old)
    if owner_id is not None:
        _attach_checked(owner_id, kind, new, now)
        return owner_id
    if (new_owner_id := live_owner_id(kind, new)) is not None:
        return new_owner_id
    former_id = former_owner_id(kind, old)
    # Old news again, after the new value was replaced in its turn, must not bring it back; and a
    # phone that somebody gave up says nothing about them any more.
    is_news = former_id is not None and former_owner_id(kind, new) != former_id
    if is_news and former_id is not None and kind is IdentifierKind.USER_ID:
        _attach_checked(former_id, kind, new, now)
    return former_id


def _attach_checked(person_id: UUID, kind: IdentifierKind, value: str, now: datetime) -> None:
    if live_owner_id(kind, value) not in (None, person_id):
        raise Conflict("identity.disagrees")
    try:
        with transaction.atomic():
            _attach(person_id, kind, value, now)
    except IntegrityError as error:
        if violated_constraint(error) != _ONE_OWNER:
            raise
        if live_owner_id(kind, value) != person_id:
            raise Conflict("identity.disagrees") from error


def _known(*, user_id: str | None, phone: str | None) -> Known:
    given = ((IdentifierKind.USER_ID, user_id), (IdentifierKind.PHONE, phone))
    known = {kind: stored_value(kind, value) for kind, value in given if value}
    if not known:
        raise Invalid("identity.empty")
    return known


def _match(known: Known) -> UUID | None:
    user_id, phone = known.get(IdentifierKind.USER_ID), known.get(IdentifierKind.PHONE)
    by_user = None
    if user_id is not None:
        # Messages may arrive after the news that their sender's id has changed; ids never pass on.
        by_user = live_owner_id(IdentifierKind.USER_ID, user_id) or former_owner_id(
            IdentifierKind.USER_ID, user_id
        )
    by_phone = live_owner_id(IdentifierKind.PHONE, phone) if phone is not None else None
    if by_user and by_phone and by_user != by_phone:
        raise Conflict("identity.disagrees")
    if by_user or by_phone is None or user_id is None:
        return by_user or by_phone
    return None if _has_live(by_phone, IdentifierKind.USER_ID) else by_phone


def _has_live(person_id: UUID, kind: IdentifierKind) -> bool:
    return PersonIdentifier.objects.filter(
        person_id=person_id, kind=kind, replaced_at__isnull=True
    ).exists()


def _create(display_name: str, language: str, now: datetime) -> UUID:
    return Person.objects.create(
        display_name=stored_name(display_name), language=stored_language(language), created_at=now
    ).pk


def _attach_all(person_id: UUID, known: Known, now: datetime) -> None:
    for kind, value in known.items():
        if live_owner_id(kind, value) == person_id:
            continue
        if kind is IdentifierKind.USER_ID and former_owner_id(kind, value) == person_id:
            continue
        if kind is IdentifierKind.PHONE:
            _retire(kind=kind, value=value, now=now)
        _attach(person_id, kind, value, now)


def _attach(person_id: UUID, kind: IdentifierKind, value: str, now: datetime) -> None:
    """Make ``value`` the person's only live identifier of its kind."""
    if live_owner_id(kind, value) == person_id:
        return
    if kind is not IdentifierKind.EXTERNAL:
        _retire(kind=kind, person_id=person_id, now=now)
    PersonIdentifier.objects.create(person_id=person_id, kind=kind, value=value, created_at=now)


def _retire(*, now: datetime, **which: object) -> None:
    PersonIdentifier.objects.filter(replaced_at__isnull=True, **which).update(replaced_at=now)

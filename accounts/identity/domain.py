"""Kinds of identifiers and their stored form."""

from __future__ import annotations

from enum import StrEnum

from iceshop.kernel.errors import Invalid
from iceshop.kernel.text import clean

LANGUAGES = ("tr", "en")
NAME_CAP = 120
VALUE_CAP = 200


class IdentifierKind(StrEnum):
    """Where an identifier comes from."""

    USER_ID = "user_id"
    PHONE = "phone"
    EXTERNAL = "external"


def stored_value(kind: IdentifierKind, value: str) -> str:
    """Bring ``value`` to its stored form: a phone is digits only, ids stay as they are.

    Raises: Invalid("identity.empty"), Invalid("identity.too_long").

    >>> stored_value(IdentifierKind.PHONE, "+90 532 418 07 60")
    '905324180760'
    """
    if kind is IdentifierKind.PHONE:
        value = "".join(sign for sign in value if sign in "0123456789")
    else:
        value = value.strip()
    if not value:
        raise Invalid("identity.empty", kind=kind.value)
    if len(value) > VALUE_CAP:
        raise Invalid("identity.too_long", kind=kind.value)
    return value


def stored_name(display_name: str) -> str:
    """Clean a name that a person gave themselves, in one line.

    >>> stored_name("  Ayşe   K. ")
    'Ayşe K.'
    """
    return clean(" ".join(display_name.split()), NAME_CAP)


def stored_language(language: str) -> str:
    """Reduce a language tag to one that is spoken here, else the empty text.

    >>> stored_language("tr_TR"), stored_language("de")
    ('tr', '')
    """
    short = language.lower()[:2]
    return short if short in LANGUAGES else ""


def short_name(full: str) -> str:
    """Shorten to the first name and the first letter of the last one, as others may see it.

    >>> short_name("Büşra Nur çağlayan"), short_name("Deniz"), short_name("")
    ('Büşra Ç.', 'Deniz', '')
    """
    words = full.split()
    if len(words) < 2:
        return full.strip()
    return f"{words[0]} {words[-1][0].replace('i', 'İ').upper()}."

"""Reading tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.tokens.domain import Scope, digest_of, looks_like_token
from accounts.tokens.models import ApiToken


@dataclass(frozen=True, slots=True)
class TokenPrincipal:
    """The program behind a request; ``organisation_id`` limits it to one seller."""

    id: UUID
    name: str
    scopes: frozenset[str]
    organisation_id: UUID | None
    last_used_at: datetime | None
    is_authenticated: bool = True


# Who calls without a token where the installation's sandbox is open.
SANDBOX = TokenPrincipal(
    id=UUID(int=0),
    name="sandbox",
    scopes=frozenset(scope.value for scope in Scope),
    organisation_id=None,
    last_used_at=None,
)


def principal_of(plain: str) -> TokenPrincipal | None:
    """Who ``plain`` belongs to, unless it is unknown or revoked. One query.

    The look-up is by digest, so its duration tells nothing about the token.
    """
    if not looks_like_token(plain):
        return None
    row = ApiToken.objects.filter(digest=digest_of(plain), revoked_at__isnull=True).first()
    if row is None:
        return None
    return TokenPrincipal(
        id=row.pk,
        name=row.name,
        scopes=frozenset(row.scopes),
        organisation_id=row.organisation_id,
        last_used_at=row.last_used_at,
    )

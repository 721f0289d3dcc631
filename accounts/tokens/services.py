"""Issuing, using and revoking tokens."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.tokens.domain import MARK, PREFIX_LENGTH, Scope, digest_of
from accounts.tokens.models import ApiToken
from accounts.tokens.queries import TokenPrincipal
from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Invalid

_SECRET_BYTES = 32
# How exact "last used" needs to be; a write per request would be dear.
_USED_GRAIN = timedelta(minutes=1)


@operation
def issue_token(
    *,
    name: str,
    scopes: Iterable[str],
    now: datetime,
    organisation_id: UUID | None = None,
    by: Actor = SYSTEM,
) -> str:
    """Make a token and return it in plain: the only time that anybody sees it.

    Raises: Invalid("token.scope") for an unknown scope or none, Invalid("token.name_missing").
    """
    if not name.strip():
        raise Invalid("token.name_missing")
    wanted = sorted(set(scopes))
    if not wanted or not set(wanted) <= {scope.value for scope in Scope}:
        raise Invalid("token.scope")
    plain = MARK + secrets.token_urlsafe(_SECRET_BYTES)
    row = ApiToken.objects.create(
        name=name.strip(),
        prefix=plain[:PREFIX_LENGTH],
        digest=digest_of(plain),
        organisation_id=organisation_id,
        scopes=wanted,
        created_at=now,
    )
    audit.record(
        by=by,
        action="token.issued",
        object_kind="token",
        object_key=row.pk,
        facts={"scopes": wanted},
        now=now,
    )
    return plain


@operation
def revoke_token(*, token_id: UUID, by: Actor, now: datetime) -> None:
    """End a token at once. Repeating changes nothing."""
    if ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True).update(revoked_at=now):
        audit.record(
            by=by, action="token.revoked", object_kind="token", object_key=token_id, now=now
        )


@operation
def note_used(*, principal: TokenPrincipal, now: datetime) -> None:
    """Remember that the token is in use, to the minute."""
    if principal.last_used_at is None or principal.last_used_at <= now - _USED_GRAIN:
        ApiToken.objects.filter(pk=principal.id).update(last_used_at=now)

"""Bearer tokens for the HTTP API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.tokens.domain import Scope
from accounts.tokens.queries import SANDBOX, TokenPrincipal, principal_of
from accounts.tokens.services import note_used
from iceshop.infra import clock

if TYPE_CHECKING:
    from rest_framework.views import APIView


class BearerTokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer ice_...``; ``request.user`` becomes the ``TokenPrincipal``."""

    def authenticate(self, request: Request) -> tuple[Any, TokenPrincipal] | None:
        """Find the principal; no header at all means nobody, a wrong one is refused."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        principal = principal_of(_plain(words))
        if principal is None:
            raise AuthenticationFailed
        if not connection.in_atomic_block:
            note_used(principal=principal, now=clock.now())
        return principal, principal

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return "Bearer"


class SandboxAuthentication(BaseAuthentication):
    """Everybody without a header may do everything; only where the sandbox is open."""

    def authenticate(self, request: Request) -> tuple[Any, TokenPrincipal] | None:
        """The sandbox's principal; a header is for tokens."""
        return None if get_authorization_header(request) else (SANDBOX, SANDBOX)


def _plain(words: list[bytes]) -> str:
    if len(words) != 2:
        return ""
    return words[1].decode("ascii", errors="replace")


class HasScope(BasePermission):
    """Lets a principal with ``scope`` through; ``HasScope.of(...)`` names the scope."""

    scope: Scope

    @classmethod
    def of(cls, scope: Scope) -> type[HasScope]:
        """The permission class for one scope."""
        return type(f"HasScope_{scope.name}", (cls,), {"scope": scope})

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the token carries the scope."""
        principal = request.user
        return isinstance(principal, TokenPrincipal) and self.scope in principal.scopes

"""The base of API views that programs call with a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission

from accounts.tokens.authentication import (
    BearerTokenAuthentication,
    HasScope,
    SandboxAuthentication,
)
from accounts.tokens.domain import Scope
from accounts.tokens.queries import TokenPrincipal
from iceshop.infra.http.api import ApiView
from iceshop.kernel.actors import Actor


class TokenView(ApiView):
    """A view that asks for a token with ``scope``."""

    scope: ClassVar[Scope]
    authentication_classes: Sequence[Any] = (BearerTokenAuthentication,)

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Tokens, and where the sandbox is open nobody needs one."""
        sandbox = [SandboxAuthentication()] if settings.API_SANDBOX_OPEN else []
        return [*super().get_authenticators(), *sandbox]

    def get_permissions(self) -> Sequence[BasePermission]:
        """The scope, and nothing else."""
        return [HasScope.of(self.scope)()]

    @property
    def principal(self) -> TokenPrincipal:
        """The program behind the request."""
        return cast(TokenPrincipal, self.request.auth)

    def actor(self) -> Actor:
        """The program as events and audit facts name it."""
        return Actor.client(self.principal.id)

    def source_key(self) -> str:
        """Key of what the request writes: the same for every try under one ``Idempotency-Key``."""
        if self.idempotency_id is not None:
            return f"api:key:{self.idempotency_id}"
        return f"api:request:{self.request_id}"

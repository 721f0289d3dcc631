"""The base of API views that programs call with a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework.permissions import BasePermission

from accounts.tokens.authentication import (
    BearerTokenAuthentication,
    HasScope,
    SandboxAuthentication,
)
from accounts.tokens.domain import Scope
from iceshop.infra.http.api import ApiView


class TokenView(ApiView):
    """A view that asks for a token with ``scope``."""

    scope: ClassVar[Scope]
    authentication_classes: Sequence[Any] = (BearerTokenAuthentication, SandboxAuthentication)

    def get_permissions(self) -> Sequence[BasePermission]:
        """The scope, and nothing else."""
        return [HasScope.of(self.scope)()]

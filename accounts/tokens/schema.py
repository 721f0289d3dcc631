"""How tokens stand in the description of the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """``Authorization: Bearer ice_...``."""

    target_class = "accounts.tokens.authentication.BearerTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token in the header."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An API token; the demo's stands in credentials.json.",
        }


class SandboxScheme(OpenApiAuthenticationExtension):
    """The open sandbox is a switch of an installation, no scheme of the API."""

    target_class = "accounts.tokens.authentication.SandboxAuthentication"
    name: list[str] = []

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, str]]:
        """Nothing to define."""
        return []

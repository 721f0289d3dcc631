"""How tokens stand in the description of the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class BearerTokenScheme(
    OpenApiAuthenticationExtension  # type: ignore[no-untyped-call]  # comes without types
):
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

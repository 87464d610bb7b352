"""What the schema of the API says of tokens."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class TokenScheme(OpenApiAuthenticationExtension):
    """`Authorization: Token …`."""

    target_class = "accounts.tokens.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """As OpenAPI describes a header."""
        about = "“Token”, a space, and the key that `manage.py create_token` printed."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": about}

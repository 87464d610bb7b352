"""What the schema of the API says of tokens, of errors and of choices that are left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

PROBLEM = {
    "type": "object",
    "description": "What is wrong, in a sentence (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "description": "Sentences by field; what is of no field alone stands under `__all__`.",
        },
    },
    "required": ["type", "title", "status", "detail"],
}
REFUSALS = {
    "400": "Something that was sent is not right; `errors` says what.",
    "401": "No token, or none that is known.",
    "403": "The role or the token may not do this.",
    "404": "There is nothing here, or nothing that the reader may see.",
    "405": "This cannot be done with this address.",
    "406": "The answer does not come in this form.",
}
REFUSALS_OF_CHANGES = {
    "409": "The object is not in a state in which this can be done.",
    "412": "The object is another than the one that was read.",
    "415": "The body is of a kind that is not read here.",
    "422": "The Idempotency-Key was used for another creation.",
}


class Operation(TypedDict):
    """What may be done at an address, as far as it is looked at here."""

    responses: dict[str, object]


class ApiSchema(TypedDict):
    """The whole, as far as it is looked at here."""

    paths: dict[str, dict[str, Operation]]
    components: dict[str, dict[str, object]]


class TokenScheme(OpenApiAuthenticationExtension):
    """`Authorization: Token …`."""

    target_class = "accounts.tokens.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """As OpenAPI describes a header."""
        about = "“Token”, a space, and the key that `manage.py create_token` printed."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": about}


def with_problems(result: ApiSchema, generator: object, request: object, public: bool) -> ApiSchema:
    """Adds to every operation the refusals that it may answer, all of one form."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status, about in (
                REFUSALS | (REFUSALS_OF_CHANGES if method != "get" else {})
            ).items():
                operation["responses"].setdefault(
                    status, {"description": about, "content": content}
                )
    return result


def leave_open(serializer: Any) -> None:
    """Lets the schema of answers say that choices may be empty where their columns may: DRF drops
    this from fields that are only read."""
    columns = {column.name: column for column in serializer.Meta.model._meta.concrete_fields}
    for name, field in serializer.fields.items():
        if isinstance(field, serializers.ChoiceField) and getattr(
            columns.get(name), "blank", False
        ):
            field.allow_blank = True

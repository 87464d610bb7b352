"""Entity tags: who changes an object says which version of it was read."""

from __future__ import annotations

import re
from typing import Protocol

from django.utils.translation import gettext as _
from rest_framework.request import Request

from core.api.exceptions import PreconditionFailed


class Versioned(Protocol):
    """A row that counts its changes."""

    pk: int
    version: int


def etag_of(obj: Versioned) -> str:
    """The entity tag of an object that carries a version."""
    return f'"{obj.pk}-{obj.version}"'


def expected_version(request: Request, pk: object) -> int | None:
    """The version that `If-Match` speaks of; None where the header is missing or `*`.

    Raises Precondition for a tag of something else.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    tag = header.removeprefix("W/").strip('"')
    number, dash, version = tag.rpartition("-")
    if not dash or number != str(pk) or not re.fullmatch(r"[0-9]{1,9}", version):
        raise PreconditionFailed(
            _(
                "If-Match does not name a version of this object. Send the ETag that you got"
                " with it."
            )
        )
    return int(version)

"""Creation that is safe to repeat, under an `Idempotency-Key`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.models import IdempotencyKey
from core.validators import validate_printable_line

KEYS_KEPT = timedelta(hours=48)  # how long a call can be repeated under its Idempotency-Key


class KeyReused(APIException):
    """The idempotency key stands for another creation."""

    status_code = 422
    default_code = "idempotency_key_reused"


def create_once(
    request: Request, create: Callable[[], tuple[int, Response]], again: Callable[[int], Response]
) -> Response:
    """Runs a creation, which gives the id of what it made and its answer; with an
    `Idempotency-Key`, at most once.

    Who repeats it is answered by `again` from that id, as they may read it now: 404 where they may
    not. Two at the same time: the second waits for the first at the unique key. A creation that
    fails keeps nothing, and may be tried again. Keys are kept for `KEYS_KEPT`.
    """
    key = request.headers.get("Idempotency-Key", "")[:200]
    if not key:
        with transaction.atomic():
            return create()[1]
    try:
        validate_printable_line(key)
    except ValidationError as error:
        raise serializers.ValidationError({"Idempotency-Key": error.messages}) from error
    digest = hashlib.sha256(request.path.encode() + b"\0" + _body_of(request)).hexdigest()
    with transaction.atomic():
        IdempotencyKey.objects.bulk_create(
            [
                IdempotencyKey(
                    user_id=int(request.user.pk or 0), key=key, path=request.path, body_hash=digest
                )
            ],
            ignore_conflicts=True,
        )
        row = IdempotencyKey.objects.select_for_update().get(
            user_id=int(request.user.pk or 0), key=key
        )
        if row.body_hash != digest:
            raise KeyReused(
                _("This Idempotency-Key was used for another creation. Use a new one for each.")
            )
        if row.status and row.object_id is not None:
            response = again(row.object_id)
            response.status_code = row.status
            response["Idempotency-Replayed"] = "true"
            return response
        row.object_id, response = create()
        row.status = response.status_code
        row.save(update_fields=["status", "object_id"])
        return response


def _body_of(request: Request) -> bytes:
    """What was sent, in a form that does not depend on how it was read; files by their content."""
    data = dict(request.data.lists()) if isinstance(request.data, MultiValueDict) else request.data
    return json.dumps(data, sort_keys=True, default=_written).encode()


def _written(value: object) -> str:
    """A file as its name and hash, anything else as its text."""
    if not isinstance(value, File):
        return str(value)
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return f"{value.name} {digest.hexdigest()}"

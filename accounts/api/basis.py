"""What every part of the API shares: pages by cursor, counts, entity tags, creation that is safe to repeat."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import MaxLengthValidator
from django.db import connection, transaction
from django.http import Http404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from accounts.api.models import IdempotencyKey
from accounts.permissions import may
from core.api.pagination import Cursor
from core.validators import validate_printable_line, validate_printable_text, without_rule

if TYPE_CHECKING:
    from accounts.models import User

__all__ = [
    "KEYS_KEPT",
    "LONGEST_NAME",
    "MOST_NAMED",
    "BoundedList",
    "Clash",
    "CountMixin",
    "Cursor",
    "Filters",
    "Known",
    "MayDo",
    "Precondition",
    "bound_texts",
    "count_or_estimate",
    "etag_of",
    "expected_version",
    "once",
    "sentences_for_unknown",
    "writer_of",
]
EXACT_UP_TO = 10_000
LONGEST_LINE = 300  # characters: what may be longer is a text of several lines
KEYS_KEPT = timedelta(hours=48)  # how long a call can be repeated under its Idempotency-Key
MOST_NAMED = 50  # unknown names of one body that are answered
LONGEST_NAME = 100  # characters of one that are repeated
ALWAYS_READ = frozenset({"cursor", "page_size", "format", "lang"})  # parameters of every list


class MayDo(BasePermission):
    """Asks `accounts.permissions` for the verb that the view names for what is being done (`verbs`, by the view's action)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the role may; which rows is the queryset's matter."""
        verbs = view.verbs
        allowed = may(request.user, verbs.get(getattr(view, "action", None), verbs["list"]))
        if not allowed and view.kwargs and not may(request.user, verbs["list"]):
            raise Http404  # who may not even read says nothing of whether it is there
        return allowed


class Filters(DjangoFilterBackend):
    """The list's filter set; a parameter that no filter reads is refused rather than overlooked."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that the filters leave. Raises ValidationError, by parameter."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        known = {*filterset.filters, *ALWAYS_READ, *getattr(view, "also_read", ())}
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            sentence = _("There is no such filter here. There are: %(names)s.") % {
                "names": ", ".join(sorted(filterset.filters))
            }
            raise serializers.ValidationError({name: [sentence] for name in unknown})
        if not filterset.is_valid():
            raise serializers.ValidationError(filterset.errors)
        return filterset.qs


def sentences_for_unknown(
    names: Sequence[Any], sentence: str, most: int = MOST_NAMED
) -> dict[str, list[str]]:
    """The sentence for each of the first names, and how many more there are: an answer costs its sender more than us."""
    errors = {str(name)[:LONGEST_NAME]: [sentence] for name in names[:most]}
    if len(names) > most:
        more = _("%(count)s more names are not known here.") % {"count": len(names) - most}
        errors["__all__"] = [more]
    return errors


class Known:
    """For serializers that write: fields that are unknown or cannot be written are refused, by name; texts keep the rule for texts.

    The first `MOST_NAMED` of the whole body are named, those in rows of it included.
    """

    def get_fields(self) -> dict[str, Any]:
        """The serializer's fields, each text among them with the rule."""
        found: dict[str, Any] = super().get_fields()  # type: ignore[misc]
        for field in found.values():
            require_printable(field)
        return found

    def to_internal_value(self, data: Any) -> Any:
        """The validated values. Raises ValidationError."""
        if isinstance(data, Mapping):
            fields = self.fields  # type: ignore[attr-defined]
            errors = self.unknown_in(data, fields)
            errors |= {
                name: [_("This cannot be written.")]
                for name in data
                if name in fields and fields[name].read_only
            }
            if errors:
                raise serializers.ValidationError(errors)
        return super().to_internal_value(data)  # type: ignore[misc]

    def unknown_in(
        self, data: Mapping[Any, Any], fields: Mapping[str, Any]
    ) -> dict[str, list[str]]:
        """A sentence by name, as long as the body has names left to be told of."""
        unknown = [name for name in data if name not in fields]
        if not unknown:
            return {}
        root: Any = self.root  # type: ignore[attr-defined]
        left = getattr(root, "names_left", MOST_NAMED)
        root.names_left = max(0, left - len(unknown))
        return sentences_for_unknown(unknown, _("There is no such field."), left)


class BoundedList(serializers.ListField):
    """A list that is counted before its items are looked at."""

    def to_internal_value(self, data: Any) -> list[Any]:
        """The validated items. Raises ValidationError."""
        if self.max_length is not None and isinstance(data, list) and len(data) > self.max_length:
            message = self.error_messages["max_length"]
            raise serializers.ValidationError(
                str(message).format(max_length=self.max_length), code="max_length"
            )
        found: list[Any] = super().to_internal_value(data)
        return found


def require_printable(field: Any) -> None:
    """Gives a text, and the texts of a list, the rule for texts in the place of the libraries' own for two of its signs."""
    if isinstance(field, serializers.ListField):
        require_printable(field.child)
    elif isinstance(field, serializers.CharField):
        is_line = field.max_length is not None and field.max_length <= LONGEST_LINE
        rest = [
            v
            for v in without_rule(field.validators)
            if not isinstance(v, ProhibitSurrogateCharactersValidator)
        ]
        field.validators = [validate_printable_line if is_line else validate_printable_text, *rest]


def bound_texts(fields: Mapping[str, serializers.Field[Any, Any, Any, Any]], most: int) -> None:
    """Gives texts without a bound of their own the bound that forms have, in characters."""
    sentence = gettext_lazy(
        "This has %(show_value)s characters; at most %(limit_value)s can be kept. Shorten it, or send it as a file."
    )
    for field in fields.values():
        if isinstance(field, serializers.CharField) and not field.max_length:
            field.max_length = most
            field.validators.append(MaxLengthValidator(most, message=sentence))


def writer_of(serializer: serializers.BaseSerializer[Any]) -> User | None:
    """Who writes through a serializer; None for strangers, and where only its shape is asked for, as for the schema."""
    user = getattr(serializer.context.get("request"), "user", None)
    described = getattr(serializer.context.get("view"), "swagger_fake_view", False)
    return user if user is not None and user.is_authenticated and not described else None


class Precondition(APIException):
    """What the client changes is not what it read."""

    status_code = 412
    default_code = "precondition_failed"


class Clash(APIException):
    """The object is not in a state in which this can be done, or somebody else changed it in the meantime."""

    status_code = 409
    default_code = "conflict"


class KeyReused(APIException):
    """The idempotency key stands for another creation."""

    status_code = 422
    default_code = "idempotency_key_reused"


class CountSerializer(serializers.Serializer[Any]):
    """The answer of `count/`."""

    count = serializers.IntegerField()
    exact = serializers.BooleanField()


def count_or_estimate(queryset: Any) -> dict[str, Any]:
    """Exact up to ten thousand; beyond that what the planner expects, which costs nothing."""
    queryset = queryset.order_by().values("pk")
    found = queryset[: EXACT_UP_TO + 1].count()
    if found <= EXACT_UP_TO:
        return {"count": found, "exact": True}
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    return {"count": int(plan[0]["Plan"]["Plan Rows"]), "exact": False}


class CountMixin:
    """Adds `GET …/count/` with the same filters as the list."""

    @action(detail=False, methods=["get"], pagination_class=None, serializer_class=CountSerializer)
    def count(self, request: Request) -> Response:
        """How many objects the filters leave."""
        return Response(count_or_estimate(self.filter_queryset(self.get_queryset())))  # type: ignore[attr-defined]


def etag_of(obj: Any) -> str:
    """The entity tag of an object that carries a version."""
    return f'"{obj.pk}-{obj.version}"'


def expected_version(request: Request, pk: object) -> int | None:
    """The version that `If-Match` speaks of; None where the header is missing or `*`. Raises Precondition for a tag of something else."""
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    tag = header.removeprefix("W/").strip('"')
    number, dash, version = tag.rpartition("-")
    if not dash or number != str(pk) or not re.fullmatch(r"[0-9]{1,9}", version):
        raise Precondition(
            _(
                "If-Match does not name a version of this object. Send the ETag that you got with it."
            )
        )
    return int(version)


def once(
    request: Request, create: Callable[[], tuple[int, Response]], again: Callable[[int], Response]
) -> Response:
    """Runs a creation, which gives the id of what it made and its answer; with an `Idempotency-Key`, at most once.

    Who repeats it is answered by `again` from that id, as they may read it now: 404 where they may not. Two at the same time: the second
    waits for the first at the unique key. A creation that fails keeps nothing, and may be tried again. Keys are kept for `KEYS_KEPT`.
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


def _written(value: Any) -> str:
    """A file as its name and hash, anything else as its text."""
    if not isinstance(value, File):
        return str(value)
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return f"{value.name} {digest.hexdigest()}"

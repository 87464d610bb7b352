"""A record's history through the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from audit.forms import LABELS, Narrowing
from audit.history import MOST, SIZE, BadCursor, ChangesPage, page_of
from audit.presentation import Shown
from audit.registry import open_record
from core.api.filters import ALWAYS_READ
from core.api.serializers import own_field

QUERY = [
    OpenApiParameter("change", OpenApiTypes.STR, enum=[code for code, _label in LABELS if code]),
    OpenApiParameter(
        "actor", OpenApiTypes.STR, description="Id of a user, or clock, command, nobody, outside."
    ),
    OpenApiParameter(
        "start", OpenApiTypes.DATE, description="First day, in the time zone of the reader."
    ),
    OpenApiParameter("end", OpenApiTypes.DATE, description="Last day."),
    OpenApiParameter("cursor", OpenApiTypes.STR),
    OpenApiParameter("page_size", OpenApiTypes.INT),
]


class FieldSerializer(serializers.Serializer[Shown]):
    """One column of a change; without `before` and `after` where values are not the reader's."""

    name = serializers.CharField()
    label = own_field(serializers.CharField())
    before = serializers.JSONField(source="old", allow_null=True)
    after = serializers.JSONField(source="new", allow_null=True)
    before_text = serializers.CharField(source="before.whole", default=None, allow_null=True)
    after_text = serializers.CharField(source="after.whole", default=None, allow_null=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """One row of history."""

    at = serializers.DateTimeField()
    change = serializers.CharField(source="label")
    kind = serializers.CharField(source="what")
    model = serializers.CharField(source="model._meta.model_name")
    id = serializers.IntegerField(source="pk")
    row = serializers.CharField()
    actor = serializers.CharField(help_text="Id of a user, or clock, command, nobody, outside.")
    who = serializers.CharField()
    method = serializers.CharField()
    path = serializers.CharField()
    request_id = serializers.UUIDField(allow_null=True)
    sealed = serializers.BooleanField(help_text="Values are not shown to this reader.")
    fields_changed = FieldSerializer(source="fields", many=True)


class ChangesSerializer(serializers.Serializer[ChangesPage]):
    """A page of changes, newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ChangeSerializer(many=True)


class AuditViewSet(viewsets.ViewSet):
    """Who changed a record, when, in which request, and what was there before and after."""

    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "audit.read"}
    lookup_value_regex = "[0-9]{1,19}"
    serializer_class = ChangesSerializer

    @extend_schema(
        responses=ChangesSerializer,
        parameters=[
            OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH),
            OpenApiParameter("subject", OpenApiTypes.STR, OpenApiParameter.PATH),
            *QUERY,
        ],
    )
    def retrieve(self, request: Request, subject: str, pk: str) -> Response:
        """A page of the record's changes."""
        record = open_record(subject, int(pk), person_of(request))
        if record is None:
            raise Http404
        form = Narrowing(request.query_params)
        unknown = [
            name for name in request.query_params if name not in {*form.fields, *ALWAYS_READ}
        ]
        if unknown:
            sentence = _("There is no such filter here. There are: %(names)s.") % {
                "names": ", ".join(sorted(form.fields))
            }
            raise serializers.ValidationError({name: [sentence] for name in unknown})
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(e) for e in errors] for name, errors in form.errors.items()}
            )
        try:
            page = page_of(
                record,
                person_of(request),
                form.wanted(),
                request.query_params.get("cursor", ""),
                size_of(request),
            )
        except BadCursor:
            raise serializers.ValidationError(
                {
                    "cursor": [
                        _(
                            "This cursor does not belong to this list in this order. Begin without"
                            " one, and follow “next”."
                        )
                    ]
                }
            ) from None
        here = remove_query_param(request.build_absolute_uri(), "cursor")
        answer = {
            "next": replace_query_param(here, "cursor", page.older) if page.older else None,
            "previous": replace_query_param(here, "cursor", page.newer) if page.newer else None,
            "results": ChangeSerializer(page.changes, many=True).data,
        }
        return Response(answer)


def size_of(request: Request) -> int:
    """Rows a page, as in every list. Raises ValidationError for what is no number above zero."""
    wish = request.query_params.get("page_size", "")
    if wish == "":
        return SIZE
    if not (wish.isascii() and wish.isdigit() and int(wish[:9]) > 0):
        raise serializers.ValidationError(
            {"page_size": [_("Write a whole number from 1 to %(most)s.") % {"most": MOST}]}
        )
    return min(int(wish[:9]), MOST)

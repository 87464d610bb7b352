"""Search in the API."""

from __future__ import annotations

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from core.api.addresses import absolute_url
from core.api.filters import refuse_unknown
from core.types import JsonObject
from portal.search.forms import SearchForm
from portal.search.kinds import Hit, record_readings
from portal.search.services import KIND_CHOICES, KINDS, LONGEST, MOST, Group, all_of_kind, search

Q = OpenApiParameter(
    "q",
    OpenApiTypes.STR,
    required=True,
    description=(
        "A reference, name or code, or words: “two words” together, or, -without. At most"
        f" {LONGEST} characters."
    ),
)
KIND = OpenApiParameter(
    "kind", OpenApiTypes.STR, enum=list(KINDS), description="All of one kind, not five of each."
)


class HitSerializer(serializers.Serializer[JsonObject]):
    """Something found."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    title = serializers.CharField()
    url = serializers.URLField(help_text="In the API; that of the page for what it has not.")
    page = serializers.URLField(help_text="For people.")
    reference = serializers.CharField(allow_null=True, help_text="Reference, symbol or code.")
    about = serializers.CharField(help_text="What tells it from others of its name.")


class KindCountSerializer(serializers.Serializer[JsonObject]):
    """How much was found of a kind."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    count = serializers.IntegerField(help_text=f"At most {MOST}.")
    exact = serializers.BooleanField(help_text=f"Whether there is no more than {MOST}.")


class FoundSerializer(serializers.Serializer[JsonObject]):
    """The best five of each kind, kinds with the best hits first, and how much there is of each."""

    results = HitSerializer(many=True)
    counts = KindCountSerializer(many=True)


class SearchViewSet(ViewSet):
    """Everything that the reader may see, by reference, name, code or words."""

    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "search.read"}

    @extend_schema(parameters=[Q, KIND], responses=forced_singular_serializer(FoundSerializer))
    def list(self, request: Request) -> Response:
        """What is found. Raises ValidationError, by parameter."""
        refuse_unknown(request, ("q", "kind"))
        form = SearchForm(request.query_params)
        form.fields["q"].required = True
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(s) for s in said] for name, said in form.errors.items()}
            )
        text, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
        user = person_of(request)
        groups = [all_of_kind(user, text, KINDS[kind])] if kind else search(user, text)
        record_readings(request, [hit for group in groups for hit in group.hits])
        return Response(
            {
                "results": [found(group, hit, request) for group in groups for hit in group.hits],
                "counts": [
                    {"kind": group.code, "count": group.count, "exact": group.is_exact}
                    for group in groups
                ],
            }
        )


def found(group: Group, hit: Hit, request: Request) -> JsonObject:
    """A hit as the API shows it."""
    page = request.build_absolute_uri(hit.path)
    return {
        "kind": group.code,
        "title": hit.title,
        "url": absolute_url(*hit.api, request=request) if hit.api else page,
        "page": page,
        "reference": hit.reference or None,
        "about": hit.about,
    }

"""Engagements in the API: a thin door to `services.py`. Staff write; countries read the shared face."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.idempotency import create_once
from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from assistance.engagements import services, visibility
from assistance.engagements.choices import EarlyReason
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement
from assistance.engagements.querysets import EngagementQuerySet
from assistance.engagements.serializers import EngagementLineSerializer, EngagementSerializer
from assistance.engagements.workflow import ACTIONS, WORKFLOW
from assistance.engagements.write_serializers import EngagementWriting, part_from, parts_as_they_are
from assistance.requests.action_serializers import NeedSerializer, described_fields
from assistance.requests.api import ID, IF_MATCH, KEY
from assistance.requests.api_errors import form_data, refusals_answered
from assistance.requests.models import AssistanceRequest
from core.api.addresses import absolute_url, number_of
from core.api.counting import CountMixin
from core.api.etags import etag_of, expected_version
from core.api.filters import StrictFilterBackend
from core.api.serializers import StrictFieldsMixin, own_field
from core.types import JsonObject
from core.workflow.forms import ActionForm


class EngagementActionSerializer(serializers.Serializer[JsonObject]):
    """An action that can be taken now."""

    action = serializers.CharField()
    label = own_field(serializers.CharField())
    needs = NeedSerializer(many=True)


class LinkSerializer(StrictFieldsMixin, serializers.Serializer[None]):
    """A request by its reference; a reason where it is unlinked."""

    request = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    remove = serializers.BooleanField(default=False, help_text="Unlinks it; needs a reason.")
    early_reason = serializers.ChoiceField(
        choices=EarlyReason.choices,
        required=False,
        help_text="Where the request is not decided on yet: why help is given before.",
    )


def engagement_response(pk: int, request: Request, status: int = 200) -> Response:
    """An engagement as the reader may read it, with its entity tag."""
    engagement = Engagement.objects.select_related(
        "programme", "pillar", "lead_officer", "funding__donor", "recorded_by"
    ).get(pk=pk)
    headers = {"ETag": etag_of(engagement)}
    if status == 201:
        headers["Location"] = absolute_url("api-engagement-detail", pk, request=request)
    return Response(
        EngagementSerializer(engagement, context={"request": request}).data,
        status=status,
        headers=headers,
    )


@extend_schema_view(
    list=extend_schema(responses=EngagementLineSerializer(many=True)),
    retrieve=extend_schema(parameters=[ID], responses=EngagementSerializer),
)
class EngagementViewSet(CountMixin, ReadOnlyModelViewSet[Engagement]):
    """Engagements: what was planned and done."""

    queryset = Engagement.objects.all()
    serializer_class = EngagementLineSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {
        "list": "engagement.read",
        "create": "engagement.create",
        "partial_update": "engagement.edit",
        "act": "engagement.edit",
        "links": "engagement.edit",
    }
    filter_backends = [StrictFilterBackend]
    filterset_class = EngagementFilter

    def get_queryset(self) -> EngagementQuerySet:
        """What the reader may see, with what a line shows."""
        return Engagement.objects.visible_to(person_of(self.request)).with_list_relations()

    def paginate_queryset(self, queryset: Any) -> Any:
        """With the countries of all lines, looked up at once."""
        page = super().paginate_queryset(queryset)
        self.named = visibility.countries_by_engagement(page or [], person_of(self.request))
        return page

    def get_serializer_context(self) -> dict[str, object]:
        """Hands the countries on."""
        return {**super().get_serializer_context(), "countries": getattr(self, "named", {})}

    def found(self, *, to_change: bool = False) -> Engagement:
        """The engagement of the address. Raises Http404 where the reader may not see it, PermissionDenied where they may not change it."""
        visible = Engagement.objects.visible_to(person_of(self.request)).select_related("programme")
        engagement = get_object_or_404(visible, pk=number_of(self.kwargs["pk"]))
        if (
            to_change
            and not Engagement.objects.editable_by(person_of(self.request))
            .filter(pk=engagement.pk)
            .exists()
        ):
            raise PermissionDenied(
                _("Only staff of the programme that owns this engagement change it.")
            )
        return engagement

    def retrieve(self, request: Request, pk: str) -> Response:
        """One engagement; its ETag goes into `If-Match` of a change."""
        return engagement_response(self.found().pk, request)

    @extend_schema(
        request=EngagementWriting, responses={201: EngagementSerializer}, parameters=[KEY]
    )
    def create(self, request: Request) -> Response:
        """Plans an engagement with its parts and who is to come. The country of a linked request takes part in any case."""

        def make() -> tuple[int, Response]:
            given = EngagementWriting(data=request.data, context={"request": request})
            given.is_valid(raise_exception=True)
            values = dict(given.validated_data)
            parts, cases = [part_from(p) for p in values.pop("parts")], values.pop("requests", [])
            values.setdefault("lead_officer", person_of(request))
            values.pop("dates_reason", None)
            early = values.pop("early_reason", "")
            with refusals_answered(request):
                engagement = services.create_engagement(
                    person_of(request), values, parts, cases, early_reason=early
                )
            return engagement.pk, engagement_response(engagement.pk, request, status=201)

        return create_once(
            request,
            make,
            lambda pk: engagement_response(
                get_object_or_404(self.get_queryset(), pk=pk).pk, request, status=201
            ),
        )

    @extend_schema(
        request=EngagementWriting(partial=True),
        responses=EngagementSerializer,
        parameters=[ID, IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Changes what is named. Parts, where they are named, take the place of all parts."""
        engagement = self.found(to_change=True)
        expected = expected_version(request, engagement.pk)
        with refusals_answered(request):
            WORKFLOW.refuse_if_changed(person_of(request), engagement, expected)
            given = EngagementWriting(engagement, data=request.data, context={"request": request})
            given.is_valid(raise_exception=True)
            values = dict(given.validated_data)
            parts = (
                [part_from(p) for p in values.pop("parts")]
                if "parts" in values
                else parts_as_they_are(engagement)
            )
            reason = values.pop("dates_reason", "")
            services.update_engagement(
                person_of(request),
                engagement.pk,
                values,
                parts,
                dates_reason=reason,
                expected_version=engagement.version,
            )
        return engagement_response(engagement.pk, request)

    @extend_schema(parameters=[ID], responses=EngagementActionSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def actions(self, request: Request, pk: str) -> Response:
        """What you may do with this engagement now, and what each action needs."""
        engagement = self.found()
        return Response(
            [
                {
                    "action": a.code,
                    "label": str(a.label),
                    "needs": described_fields(
                        WORKFLOW.fields_of(a, engagement), engagement, a.code
                    ),
                }
                for a in WORKFLOW.available(person_of(request), engagement)
            ]
        )

    @extend_schema(
        parameters=[
            ID,
            OpenApiParameter("code", str, OpenApiParameter.PATH, enum=sorted(ACTIONS)),
            IF_MATCH,
            KEY,
        ],
        request=OpenApiTypes.OBJECT,
        responses=EngagementSerializer,
        filters=False,
    )
    @action(
        detail=True, methods=["post"], url_path="actions/(?P<code>[^/.]+)", pagination_class=None
    )
    def act(self, request: Request, pk: str, code: str) -> Response:
        """Takes an action. The fields are those that `actions/` names under `needs`."""
        engagement = self.found(to_change=True)
        chosen = ACTIONS.get(code)
        if chosen is None:
            raise NotFound(
                _("There is no action “%(code)s”. There are: %(codes)s.")
                % {
                    "code": code,
                    "codes": ", ".join(ACTIONS),
                }
            )

        def take() -> tuple[int, Response]:
            expected = expected_version(request, engagement.pk)
            with refusals_answered(request):
                WORKFLOW.refuse_if_changed(person_of(request), engagement, expected)
                data: Mapping[str, object] = {}
                if WORKFLOW.may_take(person_of(request), chosen, engagement):
                    needs = WORKFLOW.fields_of(chosen, engagement)
                    form = ActionForm(
                        needs,
                        engagement,
                        person_of(request),
                        form_data(request, needs),
                        request.FILES,
                    )
                    if not form.is_valid():
                        raise ValidationError(
                            {name: [str(e) for e in found] for name, found in form.errors.items()}
                        )
                    data = form.cleaned_data
                services.perform_action(
                    person_of(request), engagement.pk, code, data, expected_version=expected
                )
            return engagement.pk, engagement_response(engagement.pk, request)

        return create_once(request, take, lambda _pk: engagement_response(self.found().pk, request))

    @extend_schema(
        parameters=[ID, KEY], request=LinkSerializer, responses=EngagementSerializer, filters=False
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def links(self, request: Request, pk: str) -> Response:
        """Says that the engagement answers a request too; with `remove` and a reason, that it does not any more."""
        engagement = self.found(to_change=True)

        def change() -> tuple[int, Response]:
            given = LinkSerializer(data=request.data)
            given.is_valid(raise_exception=True)
            reference = given.validated_data["request"].strip().upper()
            case = (
                AssistanceRequest.objects.visible_to(person_of(request))
                .filter(reference=reference)
                .first()
            )
            if case is None:
                raise ValidationError(
                    {
                        "request": [
                            _("There is no request %(reference)s that you may see.")
                            % {"reference": reference}
                        ]
                    }
                )
            with refusals_answered(request):
                if given.validated_data["remove"]:
                    services.unlink_request(
                        person_of(request), engagement.pk, case, given.validated_data["reason"]
                    )
                else:
                    services.link_request(
                        person_of(request),
                        engagement.pk,
                        case,
                        early_reason=given.validated_data.get("early_reason", ""),
                    )
            return engagement.pk, engagement_response(engagement.pk, request)

        return create_once(
            request, change, lambda _pk: engagement_response(self.found().pk, request)
        )

"""Requests in the API: a thin door to `transitions.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.idempotency import create_once
from accounts.api.permissions import VerbPermission
from accounts.permissions import may
from accounts.types import person_of
from assistance.requests import services
from assistance.requests.action_serializers import ActionSerializer, action_description
from assistance.requests.api_errors import form_data, refusals_answered
from assistance.requests.draft_serializers import DraftSerializer
from assistance.requests.filters import RequestFilter
from assistance.requests.list_serializers import RequestLineSerializer
from assistance.requests.models import AssistanceRequest
from assistance.requests.querysets import RequestQuerySet
from assistance.requests.serializers import RequestSerializer
from assistance.requests.workflow import ACTIONS, WORKFLOW
from assistance.timeline.models import CaseEvent
from assistance.timeline.serializers import EventSerializer, MessageSerializer, events_of
from core.api.addresses import absolute_url, number_of
from core.api.counting import CountMixin
from core.api.etags import etag_of, expected_version
from core.api.filters import StrictFilterBackend
from core.workflow.actions import Action
from core.workflow.forms import form_for
from countries.names import current_language

# beside what a row shows as it stands: what else it says is worked out from these
WORKED_FROM = (
    "complete_since",
    "next_look_on",
    "hold_look_on",
    "author",
    "deciding_manager",
    "programme__zone",
    "lead_officer__name",
    "country__name_en",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag that was read; 412 where the object has changed since.",
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description=(
        "Who repeats the call with the same key within 48 hours does nothing twice, and reads what"
        " came of the first one as it is now; 404 where it is no longer theirs to read."
    ),
)
ID = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH)


def request_response(case: AssistanceRequest, request: Request, status: int = 200) -> Response:
    """A case in full, with its entity tag."""
    headers = {"ETag": etag_of(case)}
    if status == 201:
        headers["Location"] = absolute_url("api-request-detail", case.pk, request=request)
    return Response(
        RequestSerializer(case, context={"request": request}).data, status=status, headers=headers
    )


def request_with_relations(pk: int) -> AssistanceRequest:
    """A case with what its answer shows; whether the reader may see it has been asked before."""
    return with_plans(AssistanceRequest.objects.all()).in_detail(pk)


def with_plans(cases: RequestQuerySet) -> RequestQuerySet:
    """With the plans that the answer shows."""
    return cases.prefetch_related("plans__steps", "plans__indicators__values", "plans__proposed_by")


@extend_schema_view(
    list=extend_schema(responses=RequestLineSerializer(many=True)),
    retrieve=extend_schema(parameters=[ID], responses=RequestSerializer),
)
class RequestViewSet(CountMixin, ReadOnlyModelViewSet[AssistanceRequest]):
    """Requests for assistance. POST makes a draft; `actions/` says what can be done with a case and does it."""

    queryset = AssistanceRequest.objects.all()
    serializer_class = RequestLineSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {
        "list": "request.read",
        "create": "request.create",
        "partial_update": "request.edit_draft",
        "messages": "request.message",
    }
    filter_backends = [StrictFilterBackend]
    filterset_class = RequestFilter

    def get_queryset(self) -> RequestQuerySet:
        """What the reader may see, with what a row shows and no more: reading the other columns
        takes longer than the query."""
        language = current_language()
        columns = (
            *RequestLineSerializer.stored_columns(),
            *WORKED_FROM,
            f"country__name_{language}",
            f"country__sort_{language}",
        )
        return (
            AssistanceRequest.objects.visible_to(person_of(self.request))
            .select_related("country", "pillar", "lead_officer", "programme")
            .only(*columns)
        )

    def case(self) -> AssistanceRequest:
        """The case of the address. Raises Http404 where there is none, or none that the reader may see."""
        visible = AssistanceRequest.objects.visible_to(person_of(self.request)).select_related(
            "programme", "country", "pillar"
        )
        return get_object_or_404(visible, pk=number_of(self.kwargs["pk"]))

    def retrieve(self, request: Request, pk: str) -> Response:
        """One request in full; its ETag goes into `If-Match` of a change."""
        visible = AssistanceRequest.objects.visible_to(person_of(request))
        return request_response(with_plans(visible).in_detail(number_of(pk)), request)

    @extend_schema(request=DraftSerializer, responses={201: RequestSerializer}, parameters=[KEY])
    def create(self, request: Request) -> Response:
        """Makes a draft. Country and programme are needed only where you have several; everything else can be filled in later."""

        def make() -> tuple[int, Response]:
            given = DraftSerializer(data=request.data, context=self.get_serializer_context())
            given.is_valid(raise_exception=True)
            with refusals_answered(request):
                case = services.begin_draft(person_of(request), **given.validated_data)
            return case.pk, request_response(request_with_relations(case.pk), request, status=201)

        return create_once(
            request,
            make,
            lambda pk: request_response(
                request_with_relations(get_object_or_404(self.get_queryset(), pk=pk).pk),
                request,
                status=201,
            ),
        )

    @extend_schema(
        request=DraftSerializer(partial=True),
        responses=RequestSerializer,
        parameters=[ID, IF_MATCH],
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Changes a draft of your own. What is submitted can be supplemented by an action."""
        case = self.case()
        expected = expected_version(request, case.pk)
        given = DraftSerializer(
            case, data=request.data, partial=True, context=self.get_serializer_context()
        )
        with refusals_answered(request), transaction.atomic():
            if case.state != "draft":
                # says why not
                services.edit_draft(person_of(request), case.pk, {}, expected_version=expected)
            given.is_valid(raise_exception=True)
            case = services.edit_draft(
                person_of(request), case.pk, given.validated_data, expected_version=expected
            )
        return request_response(request_with_relations(case.pk), request)

    @extend_schema(parameters=[ID], responses=ActionSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def actions(self, request: Request, pk: str) -> Response:
        """What you may do with this request now, what each action needs, and who would be told. The main one comes first."""
        case = self.case()
        user = person_of(request)
        return Response([action_description(a, case, user) for a in WORKFLOW.available(user, case)])

    @extend_schema(
        parameters=[
            ID,
            OpenApiParameter("code", str, OpenApiParameter.PATH, enum=sorted(ACTIONS)),
            IF_MATCH,
            KEY,
        ],
        request=OpenApiTypes.OBJECT,
        responses=RequestSerializer,
        filters=False,
    )
    @action(
        detail=True, methods=["post"], url_path="actions/(?P<code>[^/.]+)", pagination_class=None
    )
    def act(self, request: Request, pk: str, code: str) -> Response:
        """Takes an action. The fields are those that `actions/` names under `needs`; files are sent as multipart/form-data."""
        case = self.case()
        user = person_of(request)
        chosen = ACTIONS.get(code)
        if chosen is None:
            raise NotFound(
                _("There is no action “%(code)s”. There are: %(codes)s.")
                % {
                    "code": code,
                    "codes": ", ".join(ACTIONS),
                }
            )
        if not WORKFLOW.role_may(user, code, None):
            raise PermissionDenied(_("“%(action)s” is not yours to do.") % {"action": chosen.label})

        def take() -> tuple[int, Response]:
            with refusals_answered(request):
                self._take(request, case.pk, chosen)
            return case.pk, request_response(request_with_relations(case.pk), request)

        return create_once(
            request,
            take,
            lambda _pk: request_response(request_with_relations(self.case().pk), request),
        )

    def _take(self, request: Request, pk: int, chosen: Action) -> None:
        """Locks the case, so that what is checked here still holds when the action is taken. Raises as `Workflow.perform` does."""
        user = person_of(request)
        case = services.lock_request(user, pk)
        expected = expected_version(request, pk)
        WORKFLOW.refuse_if_changed(user, case, expected)
        if not WORKFLOW.role_may(user, chosen.code, case):
            raise PermissionDenied(
                _("“%(action)s” is not yours to do on this request.") % {"action": chosen.label}
            )
        data: Mapping[str, object] = {}
        if WORKFLOW.in_force(chosen, case):
            needs = WORKFLOW.fields_of(chosen, case, on_behalf=WORKFLOW.is_on_behalf(user, chosen))
            form = form_for(WORKFLOW, chosen, case, user, form_data(request, needs), request.FILES)
            if not form.is_valid():
                raise ValidationError(
                    {name: [str(e) for e in found] for name, found in form.errors.items()}
                )
            data = form.cleaned_data
        # says why not, where it is not in force
        services.perform_action(user, pk, chosen.code, data, expected_version=expected)

    @extend_schema(parameters=[ID], responses=EventSerializer(many=True), filters=False)
    @action(detail=True, filter_backends=[])
    def timeline(self, request: Request, pk: str) -> Response:
        """What happened, oldest first, with what happened to cases that were merged into this one."""
        visible = AssistanceRequest.objects.visible_to(person_of(request)).only("pk")
        case = get_object_or_404(visible, pk=number_of(pk))
        page: Sequence[CaseEvent] | None = self.paginate_queryset(
            CaseEvent.objects.visible_to(person_of(request)).of_case(case).order_by("id")  # type: ignore[arg-type]
        )
        return self.get_paginated_response(events_of(page or [], request))

    @extend_schema(
        parameters=[ID, KEY],
        request=MessageSerializer,
        responses={201: EventSerializer},
        filters=False,
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def messages(self, request: Request, pk: str) -> Response:
        """Writes to the other side; with `internal` a note that only staff read."""
        case = self.case()

        def say() -> tuple[int, Response]:
            given = MessageSerializer(data=request.data)
            given.is_valid(raise_exception=True)
            if given.validated_data["internal"] and not may(person_of(request), "request.note"):
                raise PermissionDenied(
                    _(
                        "Internal notes are for staff. Leave “internal” out to write to the"
                        " programme."
                    )
                )
            text, upload, internal = (
                given.validated_data.get(n) for n in ("text", "file", "internal")
            )
            with refusals_answered(request):
                event = services.post_message(
                    person_of(request), case.pk, str(text), internal=bool(internal), upload=upload
                )
            return event.pk, Response(events_of([event], request)[0], status=201)

        def said(pk: int) -> Response:
            event = get_object_or_404(
                CaseEvent.objects.visible_to(person_of(request)).filter(request=case), pk=pk
            )
            return Response(events_of([event], request)[0], status=201)

        return create_once(request, say, said)

"""Requests as the API shows and takes them. Which fields there are is said by `fields.py`; who reads which of the rest, here."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import OfficerSerializer, PersonSerializer
from accounts.models import User
from accounts.types import person_of
from assistance.commitments.services import codes_served
from assistance.engagements.models import Engagement
from assistance.funding.serializers import FundingSerializer
from assistance.plans.models import ResponsePlan
from assistance.plans.serializers import PlanSerializer
from assistance.requests import consent, fields, presentation
from assistance.requests.assessments import PARTS, Assessment
from assistance.requests.awaited import CaseFacts
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.clock_models import CaseClock
from assistance.requests.list_serializers import (
    LINE,
    STAFF_COLUMNS,
    AwaitedEntry,
    AwaitedSerializer,
    entry_of,
)
from assistance.requests.models import AssistanceRequest
from assistance.requests.questions import Question
from assistance.requests.states import State, Turn
from core.api.addresses import absolute_url
from core.api.serializers import own_field
from files.models import Attachment
from files.serializers import AttachmentSerializer

NAMES = [f.name for f in fields.FIELDS]


class ClockSerializer(serializers.ModelSerializer[CaseClock]):
    """A service standard at work on the case."""

    label = own_field(serializers.CharField(read_only=True))
    whose = serializers.ChoiceField(choices=Turn.choices, read_only=True)
    paused = serializers.SerializerMethodField()

    class Meta:
        model = CaseClock
        fields = [
            "round",
            "standard",
            "label",
            "whose",
            "days",
            "started_on",
            "due_on",
            "paused",
            "ended_on",
            "end",
        ]

    def get_paused(self, clock: CaseClock) -> bool:
        """Whether it rests at present; the due date then moves when it goes on."""
        return clock.paused_on is not None


def is_beginning(case: AssistanceRequest) -> bool:
    """Whether it was never submitted: nothing is linked to it, merged into it or assessed."""
    return case.state in State.before_submission()


class LinkedEngagementSerializer(serializers.Serializer[Engagement]):
    """An engagement that answers the request."""

    STORED = ("reference", "title", "type", "state", "starts_on", "ends_on")
    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    reference = serializers.CharField()
    title = serializers.CharField()
    type = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()

    def get_url(self, engagement: Engagement) -> str:
        """Absolute."""
        return absolute_url("api-engagement-detail", engagement.pk, request=self.context["request"])


class MergedSerializer(serializers.Serializer[AssistanceRequest]):
    """Another case."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    reference = serializers.CharField()

    def get_url(self, case: AssistanceRequest) -> str:
        """Absolute."""
        return absolute_url("api-request-detail", case.pk, request=self.context["request"])


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    """What the officer wrote for the manager who decides."""

    written_by = serializers.CharField(source="written_by.name", read_only=True)
    open = serializers.SerializerMethodField(
        help_text="The manager sent it back, and it is not complete anew."
    )

    class Meta:
        model = Assessment
        fields = [
            "round",
            "notes",
            *PARTS,
            "recommendation",
            "reasons",
            "written_by",
            "written_at",
            "open",
        ]

    def get_open(self, assessment: Assessment) -> bool:
        """Whether it is awaited again."""
        return assessment.returned_at is not None


class QuestionSerializer(serializers.Serializer[Question]):
    """A question that the country has not answered yet; its answer goes into the field `answer_<number>`."""

    number = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)


class RequestSerializer(serializers.ModelSerializer[AssistanceRequest]):
    """One request in full, as far as the reader may read it."""

    url = serializers.SerializerMethodField()
    state_label = serializers.SerializerMethodField()
    turn_sentence = serializers.SerializerMethodField()
    awaited = serializers.SerializerMethodField()
    also_awaited = serializers.SerializerMethodField()
    country = serializers.CharField(source="country.iso3", read_only=True)
    country_name = serializers.CharField(source="country.name", read_only=True)
    programme = serializers.CharField(source="programme.code", read_only=True)
    pillar = serializers.CharField(
        source="pillar.code", read_only=True, allow_null=True, default=None
    )
    institution_name = serializers.CharField(
        source="institution.name", read_only=True, allow_null=True, default=None
    )
    reason_code = serializers.CharField(
        source="reason_code.code", read_only=True, allow_null=True, default=None
    )
    reason = serializers.CharField(
        source="reason_code.name", read_only=True, allow_null=True, default=None
    )
    author = PersonSerializer(read_only=True)
    merged_into = MergedSerializer(read_only=True, allow_null=True)
    merged_from = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    lead_officer = OfficerSerializer(read_only=True, allow_null=True)
    deciding_manager = PersonSerializer(read_only=True, allow_null=True)
    funding = FundingSerializer(read_only=True, allow_null=True)
    assessment = serializers.SerializerMethodField()
    open_questions = QuestionSerializer(many=True, read_only=True)
    shared_with = serializers.SerializerMethodField()
    released = serializers.SerializerMethodField()
    clocks = ClockSerializer(many=True, read_only=True)
    plan = serializers.SerializerMethodField()
    plan_revision = serializers.SerializerMethodField()
    engagements = serializers.SerializerMethodField()
    attachments = serializers.SerializerMethodField()
    obligations = serializers.SerializerMethodField()
    recommendations = serializers.SerializerMethodField()

    class Meta:
        model = AssistanceRequest
        fields = [
            *LINE,
            *(n for n in NAMES if n not in LINE),
            "institution_name",
            "turn_sentence",
            "awaited",
            "also_awaited",
            "author",
            "created_at",
            "round",
            "missing",
            "complete_since",
            "first_decision",
            "first_decided_on",
            "closed_at",
            "returned_from",
            "not_covered",
            "reason_code",
            "reason",
            "referred_to",
            "merged_into",
            "merged_from",
            "next_look_on",
            "outcome",
            "usefulness",
            "timeliness",
            "lead_officer",
            "deciding_manager",
            "priority",
            "estimate",
            "estimate_currency",
            "funding",
            "held_from",
            "hold_look_on",
            "assessment",
            "open_questions",
            "public_title",
            "show_need",
            "consent_on",
            "shared_with",
            "released",
            "clocks",
            "plan",
            "plan_revision",
            "engagements",
            "attachments",
            "obligations",
            "recommendations",
        ]
        read_only_fields = fields

    _looked_up: tuple[int, list[presentation.StateWords], CaseFacts] | None = None

    def to_representation(self, case: AssistanceRequest) -> dict[str, object]:
        """Without the columns that are the programme's own where the country reads."""
        shown = dict(super().to_representation(case))
        if self.reader.is_focal_point:
            for name in STAFF_COLUMNS:
                shown.pop(name, None)
        return shown

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_obligations(self, case: AssistanceRequest) -> list[str]:
        """Codes of those that it asks for help with; read by staff."""
        return [] if self.reader.is_focal_point else codes_served(case)["obligations"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_recommendations(self, case: AssistanceRequest) -> list[str]:
        """Codes of those that it serves; read by staff."""
        return [] if self.reader.is_focal_point else codes_served(case)["recommendations"]

    @property
    def reader(self) -> User:
        """Who asks."""
        return person_of(self.context["request"])

    def get_url(self, case: AssistanceRequest) -> str:
        """Absolute."""
        return absolute_url("api-request-detail", case.pk, request=self.context["request"])

    def get_state_label(self, case: AssistanceRequest) -> str:
        """In the reader's words."""
        return presentation.state_words(case, self.reader)

    def get_turn_sentence(self, case: AssistanceRequest) -> str:
        """Who is awaited, for what, by when and how late, in the reader's words."""
        return "\n".join(said.sentence for said in self._awaited(case)[0])

    def _awaited(self, case: AssistanceRequest) -> tuple[list[presentation.StateWords], CaseFacts]:
        """What is awaited, looked up once an answer."""
        if self._looked_up is None or self._looked_up[0] != case.pk:
            known = known_of([case], inside=self.reader.is_programme_staff)[case.pk]
            self._looked_up = (
                case.pk,
                presentation.awaited_words(case, known, Reader(self.reader)),
                known,
            )
        return self._looked_up[1:]

    @extend_schema_field(AwaitedSerializer(allow_null=True))
    def get_awaited(self, case: AssistanceRequest) -> AwaitedEntry | None:
        """What is awaited first; null at every end."""
        return next(iter(self._entries(case)), None)

    @extend_schema_field(AwaitedSerializer(many=True))
    def get_also_awaited(self, case: AssistanceRequest) -> list[AwaitedEntry]:
        """What is awaited beside it: of the manager after two reminders, of the country with a new version of the plan."""
        return self._entries(case)[1:]

    def _entries(self, case: AssistanceRequest) -> list[AwaitedEntry]:
        said, known = self._awaited(case)
        return [entry_of(s, known, for_country=self.reader.is_focal_point) for s in said]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, case: AssistanceRequest) -> list[str]:
        """Of a draft: the fields that a submission still needs."""
        return [f.name for f in fields.missing_fields(case)] if case.state == State.DRAFT else []

    @extend_schema_field(MergedSerializer(many=True))
    def get_merged_from(self, case: AssistanceRequest) -> list[object]:
        """Cases that go on in this one."""
        if is_beginning(case):
            return []
        rows = (
            AssistanceRequest.objects.visible_to(self.reader)
            .filter(merged_into=case)
            .only("id", "reference")
        )
        return serializers.ListSerializer(rows, child=MergedSerializer(), context=self.context).data

    @extend_schema_field(AssessmentSerializer(allow_null=True))
    def get_assessment(self, case: AssistanceRequest) -> dict[str, object] | None:
        """The officer's, for the manager; where the country asks, it is not even looked for."""
        if self.reader.is_focal_point or is_beginning(case):
            return None
        found = Assessment.objects.select_related("written_by").filter(request=case).first()
        return AssessmentSerializer(found).data if found else None

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_shared_with(self, case: AssistanceRequest) -> list[str]:
        """Names of the donors to whom the country lets the request be shown."""
        return list(
            case.donor_consents.filter(until__isnull=True).values_list("donor__title", flat=True)
        )

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_released(self, case: AssistanceRequest) -> dict[str, str]:
        """The texts that strangers may read: consented to, and released by an officer word by word."""
        return consent.released_texts(case)

    def _plans(self, case: AssistanceRequest) -> dict[str, ResponsePlan]:
        return {p.status: p for p in sorted(case.plans.all(), key=lambda p: p.version)}

    @extend_schema_field(PlanSerializer(allow_null=True))
    def get_plan(self, case: AssistanceRequest) -> dict[str, object] | None:
        """The agreed version; where none is agreed, the proposed one."""
        plans = self._plans(case)
        plan = plans.get("agreed") or plans.get("proposed")
        return PlanSerializer(plan).data if plan else None

    @extend_schema_field(PlanSerializer(allow_null=True))
    def get_plan_revision(self, case: AssistanceRequest) -> dict[str, object] | None:
        """A new version that waits for the country, beside the agreed one."""
        plans = self._plans(case)
        return (
            PlanSerializer(plans["proposed"]).data
            if {"agreed", "proposed"} <= plans.keys()
            else None
        )

    @extend_schema_field(LinkedEngagementSerializer(many=True))
    def get_engagements(self, case: AssistanceRequest) -> list[object]:
        """Those that the reader may see."""
        if is_beginning(case):
            return []
        rows = (
            Engagement.objects.visible_to(self.reader)
            .filter(requests=case)
            .only(*LinkedEngagementSerializer.STORED)
            .order_by("starts_on", "id")
        )
        return serializers.ListSerializer(
            rows, child=LinkedEngagementSerializer(), context=self.context
        ).data

    @extend_schema_field(AttachmentSerializer(many=True))
    def get_attachments(self, case: AssistanceRequest) -> list[object]:
        """Files of the case."""
        files = Attachment.objects.visible_to(self.reader).of("request", case.pk)
        return serializers.ListSerializer(
            files, child=AttachmentSerializer(), context=self.context
        ).data

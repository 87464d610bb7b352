"""Engagements as the API shows and takes them. Staff read all; a country the shared face and its own part of it (`visibility.py`)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.serializers import ListSerializer

from accounts.api.serializers import PersonData, PersonSerializer, person_data
from assistance.commitments.services import codes_served
from assistance.engagements import fields, visibility
from assistance.engagements.choices import NUMBERS
from assistance.engagements.models import Engagement, NextStep
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.states import EngagementState
from assistance.funding.serializers import FundingSerializer
from assistance.requests.serializers import MergedSerializer
from core.api.addresses import absolute_url
from core.api.serializers import RowSerializer
from core.text import label_of
from files.models import Attachment
from files.serializers import AttachmentSerializer

NAMES = [f.name for f in fields.FIELDS]
INSIDE = (
    "partners",
    "objectives",
    "outcome",
    "follow_up",
    "reach",
    "reach_method",
    "stage",
    "gender_marker",
    "sdg_targets",
    "foreign_id",
    "currency",
    "contact",
    "created_at",
    "updated_at",
)
SHARED_OF_PART = ("number", "starts_on", "ends_on", "participations")


class EngagementLineSerializer(RowSerializer[Engagement]):
    """An engagement in a list. The view hands over the countries of all rows at once."""

    id = serializers.IntegerField()
    url = serializers.URLField(source="*")
    reference = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="*")
    type = serializers.CharField()
    modality = serializers.CharField()
    programme = serializers.CharField(source="programme.code")
    pillar = serializers.CharField(source="pillar.code", allow_null=True)
    theme_codes = serializers.ListField(child=serializers.CharField())
    tool_codes = serializers.ListField(child=serializers.CharField())
    session = serializers.IntegerField(
        source="session_id", allow_null=True, help_text="The session whose delegates it supports."
    )
    place = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    countries = serializers.ListField(
        source="*", child=serializers.CharField(), help_text="As far as the reader may know them."
    )
    origin = serializers.CharField()
    organisation = serializers.CharField()
    version = serializers.IntegerField()
    lead_officer = PersonSerializer(
        source="*", required=False, allow_null=True, help_text="Read by staff."
    )

    staff_columns = frozenset({"lead_officer"})

    def get_url(self, engagement: Engagement) -> str:
        """Absolute."""
        if "_base" not in self.context:
            request = self.context["request"]
            self.context["_base"] = absolute_url("api-engagement-list", request=request)
        return f"{self.context['_base']}{engagement.pk}/"

    def get_state_label(self, engagement: Engagement) -> str:
        """In the reader's language."""
        return label_of(EngagementState, engagement.state)

    def get_countries(self, engagement: Engagement) -> list[str]:
        """By their codes."""
        return [c.iso3 for c in self.context["countries"][engagement.pk]]

    def get_lead_officer(self, engagement: Engagement) -> PersonData | None:
        """By id and name."""
        return person_data(engagement.lead_officer)


class ParticipationSerializer(serializers.ModelSerializer[CountryParticipation]):
    """Who came from one country to one part; null is not reported, never zero."""

    country = serializers.CharField(source="country.iso3", read_only=True)
    total = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = CountryParticipation
        fields = ["country", *NUMBERS, "total", "not_yet_known", "institutions"]


class PartSerializer(serializers.ModelSerializer[EngagementPart]):
    """A dated part. Title, cost and what became of it are read by staff."""

    held_on = serializers.DateField(required=False, allow_null=True)
    struck_on = serializers.DateField(required=False, allow_null=True)
    participations = ParticipationSerializer(many=True, read_only=True)

    class Meta:
        model = EngagementPart
        fields = [
            "number",
            "title",
            "starts_on",
            "ends_on",
            "days",
            "hours",
            "planned_cost",
            "actual_cost",
            "held_on",
            "struck_on",
            "participations",
        ]


class NextStepSerializer(serializers.ModelSerializer[NextStep]):
    """What follows."""

    country = serializers.CharField(
        source="country.iso3", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = NextStep
        fields = ["id", "side", "country", "what", "owner", "due_on", "done_on"]


class EngagementSerializer(EngagementLineSerializer):
    """One engagement, as far as the reader may read it: `required` fields are everybody's, the others are read by staff."""

    parts = PartSerializer(
        many=True,
        help_text=(
            "For a country: those in which it took part, with its own row, without title and cost."
        ),
    )
    requests = MergedSerializer(many=True, help_text="Those that the reader may see.")
    next_steps = NextStepSerializer(many=True)
    attachments = AttachmentSerializer(many=True)
    partners = serializers.CharField(required=False)
    funding = FundingSerializer(required=False, allow_null=True)
    objectives = serializers.CharField(required=False)
    outcome = serializers.CharField(required=False)
    follow_up = serializers.CharField(required=False)
    reach = serializers.IntegerField(required=False, allow_null=True)
    reach_method = serializers.CharField(required=False)
    stage = serializers.CharField(required=False)
    gender_marker = serializers.IntegerField(required=False, allow_null=True)
    sdg_targets = serializers.ListField(child=serializers.CharField(), required=False)
    foreign_id = serializers.CharField(required=False)
    budget = serializers.DecimalField(
        max_digits=16, decimal_places=2, required=False, allow_null=True
    )
    expense = serializers.DecimalField(
        max_digits=16, decimal_places=2, required=False, allow_null=True
    )
    currency = serializers.CharField(required=False)
    contact = serializers.CharField(required=False)
    obligations = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Codes of what it serves."
    )
    recommendations = serializers.ListField(child=serializers.CharField(), required=False)
    recorded_by = PersonSerializer(required=False, allow_null=True)
    created_at = serializers.DateTimeField(required=False)
    updated_at = serializers.DateTimeField(required=False)

    def to_representation(self, engagement: Engagement) -> dict[str, object]:
        """The face for all; the inside for staff."""
        context = self.context
        context.setdefault(
            "countries", visibility.countries_by_engagement([engagement], context["request"].user)
        )
        shown = super().to_representation(engagement) | face_of(engagement, context)
        if visibility.reads_all(context["request"].user):
            shown |= inside_of(engagement)
        return shown


def face_of(engagement: Engagement, context: dict[str, Any]) -> dict[str, object]:
    """Own participation, next steps, requests and shared files of whoever reads; of a part only dates and the reader's rows."""
    reader = context["request"].user
    rows = visibility.visible_participations(engagement, reader).select_related("country")
    live = engagement.parts.order_by("number").prefetch_related(
        Prefetch("participations", queryset=rows)
    )
    parts: list[dict[str, object]] = ListSerializer(live, child=PartSerializer()).data
    if not visibility.reads_all(reader):
        parts = [part for part in parts if part["struck_on"] is None]
        parts = [
            {name: part[name] for name in SHARED_OF_PART}
            for part in parts
            if part["participations"]
        ]
    cases = visibility.visible_requests(engagement, reader).order_by("id")
    files = Attachment.objects.visible_to(reader).of("engagement", engagement.pk)
    return {
        "parts": parts,
        "requests": ListSerializer(cases, child=MergedSerializer(), context=context).data,
        "next_steps": (
            NextStepSerializer(
                visibility.next_steps(engagement, reader).select_related("country"), many=True
            ).data
        ),
        "attachments": AttachmentSerializer(files, many=True, context=context).data,
    }


def inside_of(engagement: Engagement) -> dict[str, object]:
    """What only staff read."""
    inside = {name: getattr(engagement, name) for name in INSIDE}
    for name in ("budget", "expense"):
        amount = getattr(engagement, name)
        inside[name] = str(amount) if amount is not None else None
    inside["funding"] = FundingSerializer(engagement.funding).data if engagement.funding else None
    inside["recorded_by"] = person_data(engagement.recorded_by)
    return inside | codes_served(engagement)

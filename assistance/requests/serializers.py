"""Requests as the API shows and takes them. Which fields there are is said by `fields.py`; who reads which of the rest, here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import writer_of
from assistance.engagements.models import Engagement
from assistance.plans.models import PlanIndicator, PlannedStep, ResponsePlan
from assistance.programmes.models import Pillar, Programme, Theme
from assistance.requests import asking, consent, fields, presentation
from assistance.requests.action_forms import LONGEST_TEXT
from assistance.requests.assessments import PARTS, Assessment
from assistance.requests.awaited import Act, CaseFacts, Party
from assistance.requests.awaiting import Reader, known_of
from assistance.requests.models import AssistanceRequest, CaseClock
from assistance.requests.questions import Question
from assistance.requests.states import State, Turn
from core.api.serializers import BoundedListField, StrictFieldsMixin, bound_texts
from countries.models import Country, Institution
from files.models import Attachment

NO_PILLAR = gettext_lazy("There is no pillar “{value}” in use; write its code, such as prevention.")
NAMES = [f.name for f in fields.FIELDS]
# What the programme decides for itself: the country reads of it what the timeline and the plan say. Source: rules, sections 1 and 4.
STAFF_COLUMNS = (
    "lead_officer",
    "deciding_manager",
    "priority",
    "estimate",
    "estimate_currency",
    "funding",
    "held_from",
    "without_focal_point",
    "assessment",
)
LINE = (
    "id",
    "url",
    "reference",
    "title",
    "state",
    "state_label",
    "turn",
    "due_on",
    "country",
    "country_name",
    "programme",
    "pillar",
    "theme_codes",
    "language",
    "urgency",
    "received_on",
    "submitted_at",
    "state_since",
    "updated_at",
    "version",
)


def address(view: str, *args: Any, request: Any = None) -> str:
    """An absolute address of the API."""
    path = reverse(view, args=args)
    return request.build_absolute_uri(path) if request is not None else path


def person(user: Any) -> dict[str, Any] | None:
    """Somebody by id and name."""
    return {"id": user.pk, "name": user.name} if user is not None else None


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class AwaitedSerializer(serializers.Serializer[Any]):
    """Who is awaited, for what, by when and how late."""

    who = serializers.ChoiceField(
        choices=Party.choices, help_text="For the country all of the programme is `programme`."
    )
    you = serializers.BooleanField(help_text="Whether it is awaited of the reader.")
    for_what = serializers.ChoiceField(choices=Act.choices)
    questions = serializers.IntegerField(help_text="Of how many questions the answers are awaited.")
    by = serializers.DateField(allow_null=True)
    late_working_days = serializers.IntegerField(
        allow_null=True, help_text="Null where the date is not past."
    )


def entry_of(said: presentation.Said, known: CaseFacts, *, for_country: bool) -> dict[str, Any]:
    """What is awaited, as a program reads it."""
    entry = said.entry
    ours = for_country and entry.party in (Party.OFFICER, Party.MANAGER)
    return {
        "who": (Party.PROGRAMME if ours else entry.party).value,
        "you": said.is_mine,
        "for_what": entry.act.value,
        "questions": entry.count,
        "by": entry.by,
        "late_working_days": known.working_days_late(entry.by),
    }


class RequestLineSerializer(serializers.Serializer[AssistanceRequest]):
    """A request in a list. Built by hand, since lists are what programs ask for most."""

    id = serializers.IntegerField()
    url = serializers.URLField()
    reference = serializers.CharField(allow_null=True, help_text="Null until it is submitted.")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    state_label = serializers.CharField(
        help_text="In the reader's language; for the country in the country's words."
    )
    turn = serializers.ChoiceField(choices=Turn.choices)
    due_on = serializers.DateField(allow_null=True)
    country = serializers.CharField(help_text="ISO 3166 alpha-3.")
    country_name = serializers.CharField()
    programme = serializers.CharField()
    pillar = serializers.CharField(allow_null=True)
    theme_codes = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField()
    urgency = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    state_since = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    priority = serializers.CharField(required=False, help_text="Read by staff.")
    lead_officer = PersonSerializer(required=False, allow_null=True, help_text="Read by staff.")
    awaited = AwaitedSerializer(allow_null=True, help_text="Null at every end.")

    def to_representation(self, case: AssistanceRequest) -> dict[str, Any]:
        """The line for this reader; who is awaited is looked up for all lines at once."""
        reader = self.context["request"].user
        context: Any = self.context
        if "_base" not in context:
            context["_base"] = address("api-request-list", request=context["request"])
        if "_known" not in context:
            cases: Any = self.parent.instance if self.parent is not None else [case]
            context["_known"], context["_reader"] = (
                known_of(cases, inside=reader.is_programme_staff),
                Reader.of(reader),
            )
        known = context["_known"][case.pk]
        said = presentation.awaited_words(case, known, context["_reader"])
        entries = [entry_of(s, known, for_country=reader.is_focal_point) for s in said]
        return line_of(case, reader, context["_base"]) | {"awaited": next(iter(entries), None)}


def line_of(case: AssistanceRequest, reader: Any, base: str) -> dict[str, Any]:
    """What a list says of a case."""
    line = {
        "id": case.pk,
        "url": f"{base}{case.pk}/",
        "reference": case.reference,
        "title": case.title,
        "state": case.state,
        "state_label": presentation.short_state(case)
        if reader.is_focal_point
        else str(case.get_state_display()),
        "turn": case.turn,
        "due_on": case.due_on,
        "country": case.country.iso3,
        "country_name": case.country.name,
        "programme": case.programme.code,
        "pillar": case.pillar.code if case.pillar else None,
        "theme_codes": case.theme_codes,
        "language": case.language,
        "urgency": case.urgency,
        "received_on": case.received_on,
        "submitted_at": case.submitted_at,
        "state_since": case.state_since,
        "updated_at": case.updated_at,
        "version": case.version,
    }
    if not reader.is_focal_point:
        line |= {"priority": case.priority, "lead_officer": person(case.lead_officer)}
    return line


class ClockSerializer(serializers.ModelSerializer[CaseClock]):
    """A service standard at work on the case."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
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


class StepSerializer(serializers.ModelSerializer[PlannedStep]):
    """A step of a plan."""

    class Meta:
        model = PlannedStep
        fields = ["what", "starts_on", "ends_on", "who", "cost"]


class IndicatorSerializer(serializers.ModelSerializer[PlanIndicator]):
    """By what will be seen that it helped."""

    class Meta:
        model = PlanIndicator
        fields = ["title", "unit", "baseline", "target"]


class PlanSerializer(serializers.ModelSerializer[ResponsePlan]):
    """A version of the response plan."""

    cost = serializers.DecimalField(max_digits=16, decimal_places=2, read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.name", read_only=True)
    steps = StepSerializer(many=True, read_only=True)
    indicators = IndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = ResponsePlan
        fields = [
            "version",
            "status",
            "summary",
            "proposed_by",
            "proposed_at",
            "agreed_by_name",
            "agreed_at",
            "cost",
            "steps",
            "indicators",
        ]


class LinkedEngagementSerializer(serializers.Serializer[Engagement]):
    """An engagement that answers the request."""

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
        return address("api-engagement-detail", engagement.pk, request=self.context["request"])


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file that the reader may download at `url`."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["name", "url", "size", "content_type", "sha256", "purpose", "added_at"]

    def get_url(self, attachment: Attachment) -> str:
        """Absolute."""
        return str(self.context["request"].build_absolute_uri(attachment.get_absolute_url()))


class OfficerSerializer(PersonSerializer):
    """A member of staff."""

    email = serializers.EmailField()


class MergedSerializer(serializers.Serializer[AssistanceRequest]):
    """Another case."""

    id = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    reference = serializers.CharField()

    def get_url(self, case: AssistanceRequest) -> str:
        """Absolute."""
        return address("api-request-detail", case.pk, request=self.context["request"])


class FundingSerializer(serializers.Serializer[Any]):
    """The money that something is set against."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    donor = serializers.CharField(source="donor.title")


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
        ]
        read_only_fields = fields

    _looked_up: tuple[int, list[presentation.Said], CaseFacts] | None = None

    def to_representation(self, case: AssistanceRequest) -> dict[str, Any]:
        """Without the columns that are the programme's own where the country reads."""
        shown = dict(super().to_representation(case))
        if self.reader.is_focal_point:
            for name in STAFF_COLUMNS:
                shown.pop(name, None)
        return shown

    @property
    def reader(self) -> Any:
        """Who asks."""
        return self.context["request"].user

    def get_url(self, case: AssistanceRequest) -> str:
        """Absolute."""
        return address("api-request-detail", case.pk, request=self.context["request"])

    def get_state_label(self, case: AssistanceRequest) -> str:
        """In the reader's words."""
        return presentation.state_words(case, self.reader)

    def get_turn_sentence(self, case: AssistanceRequest) -> str:
        """Who is awaited, for what, by when and how late, in the reader's words."""
        return "\n".join(said.sentence for said in self._awaited(case)[0])

    def _awaited(self, case: AssistanceRequest) -> tuple[list[presentation.Said], CaseFacts]:
        """What is awaited, looked up once an answer."""
        if self._looked_up is None or self._looked_up[0] != case.pk:
            known = known_of([case], inside=self.reader.is_programme_staff)[case.pk]
            self._looked_up = (
                case.pk,
                presentation.awaited_words(case, known, Reader.of(self.reader)),
                known,
            )
        return self._looked_up[1:]

    @extend_schema_field(AwaitedSerializer(allow_null=True))
    def get_awaited(self, case: AssistanceRequest) -> Any:
        """What is awaited first; null at every end."""
        return next(iter(self._entries(case)), None)

    @extend_schema_field(AwaitedSerializer(many=True))
    def get_also_awaited(self, case: AssistanceRequest) -> Any:
        """What is awaited beside it: of the manager after two reminders, of the country with a new version of the plan."""
        return self._entries(case)[1:]

    def _entries(self, case: AssistanceRequest) -> list[dict[str, Any]]:
        said, known = self._awaited(case)
        return [entry_of(s, known, for_country=self.reader.is_focal_point) for s in said]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, case: AssistanceRequest) -> list[str]:
        """Of a draft: the fields that a submission still needs."""
        return [f.name for f in fields.missing(case)] if case.state == State.DRAFT else []

    @extend_schema_field(MergedSerializer(many=True))
    def get_merged_from(self, case: AssistanceRequest) -> Any:
        """Cases that go on in this one."""
        rows: Any = (
            AssistanceRequest.objects.visible_to(self.reader)
            .filter(merged_into=case)
            .only("id", "reference")
        )
        return MergedSerializer(rows, many=True, context=self.context).data

    @extend_schema_field(AssessmentSerializer(allow_null=True))
    def get_assessment(self, case: AssistanceRequest) -> Any:
        """The officer's, for the manager; where the country asks, it is not even looked for."""
        if self.reader.is_focal_point:
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
    def get_plan(self, case: AssistanceRequest) -> Any:
        """The agreed version; where none is agreed, the proposed one."""
        plans = self._plans(case)
        plan = plans.get("agreed") or plans.get("proposed")
        return PlanSerializer(plan).data if plan else None

    @extend_schema_field(PlanSerializer(allow_null=True))
    def get_plan_revision(self, case: AssistanceRequest) -> Any:
        """A new version that waits for the country, beside the agreed one."""
        plans = self._plans(case)
        return (
            PlanSerializer(plans["proposed"]).data
            if {"agreed", "proposed"} <= plans.keys()
            else None
        )

    @extend_schema_field(LinkedEngagementSerializer(many=True))
    def get_engagements(self, case: AssistanceRequest) -> Any:
        """Those that the reader may see."""
        rows: Any = (
            Engagement.objects.visible_to(self.reader)
            .filter(requests=case)
            .order_by("starts_on", "id")
        )
        return LinkedEngagementSerializer(rows, many=True, context=self.context).data

    @extend_schema_field(AttachmentSerializer(many=True))
    def get_attachments(self, case: AssistanceRequest) -> Any:
        """Files of the case."""
        return AttachmentSerializer(
            Attachment.objects.visible_to(self.reader).of("request", case.pk),
            many=True,
            context=self.context,
        ).data


class DraftSerializer(StrictFieldsMixin, serializers.ModelSerializer[AssistanceRequest]):
    """What one may write into a draft; everything but the country can be filled in later."""

    country = serializers.SlugRelatedField(
        slug_field="iso3",
        queryset=Country.objects.none(),
        required=False,
        error_messages={
            "does_not_exist": gettext_lazy(
                "“{value}” is no country for which you can ask. Write three letters such as KEN."
            )
        },
    )
    programme = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Programme.objects.none(),
        required=False,
        error_messages={
            "does_not_exist": gettext_lazy("“{value}” is no programme to which you can write.")
        },
    )
    pillar = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Pillar.objects.none(),
        required=False,
        allow_null=True,
        error_messages={"does_not_exist": NO_PILLAR},
    )
    institution = serializers.PrimaryKeyRelatedField(
        queryset=Institution.objects.all(),
        required=False,
        allow_null=True,
        error_messages={"does_not_exist": gettext_lazy("There is no institution {pk_value}.")},
    )
    theme_codes = BoundedListField(
        child=serializers.CharField(max_length=40), required=False, max_length=30
    )

    class Meta:
        model = AssistanceRequest
        fields = NAMES

    def get_fields(self) -> dict[str, Any]:
        """Countries and programmes are the writer's own; texts have bounds; how a letter came is asked of staff only."""
        found = super().get_fields()
        bound_texts(found, LONGEST_TEXT)
        user = writer_of(self)
        if user is None:
            return found
        limited: dict[str, Any] = {**found}
        limited["country"].queryset, limited["programme"].queryset = (
            asking.countries_for(user),
            Programme.objects.visible_to(user),
        )
        limited["pillar"].queryset = asking.pillars_for(
            user, self.instance if isinstance(self.instance, AssistanceRequest) else None
        )
        if user.is_focal_point:
            for name in fields.STAFF_ONLY:
                found.pop(name, None)
        return found

    def validate_theme_codes(self, codes: list[str]) -> list[str]:
        """Each once, each one of the maintained list."""
        known = set(Theme.objects.filter(is_active=True).values_list("code", flat=True))
        unknown = [c for c in codes if c not in known]
        if unknown:
            raise serializers.ValidationError(
                _("There is no theme “%(code)s”. See the list of themes.") % {"code": unknown[0]}
            )
        return list(dict.fromkeys(codes))

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """A new draft has a country and a programme: the only one where there is one. The institution is of the country."""
        if self.instance is None:
            for name in ("country", "programme"):
                if name not in values:
                    values[name] = self._only(name)
        country = values.get("country") or getattr(self.instance, "country", None)
        institution = (
            values["institution"]
            if "institution" in values
            else getattr(self.instance, "institution", None)
        )
        if institution is not None and country is not None and institution.country_id != country.pk:
            raise serializers.ValidationError(
                {
                    "institution": [
                        _("This institution is not of %(country)s.") % {"country": country}
                    ]
                }
            )
        return values

    def _only(self, name: str) -> Any:
        """The one row that the writer can mean."""
        field: Any = self.fields[name]
        found = list(field.queryset[:2])
        if len(found) == 1:
            return found[0]
        raise serializers.ValidationError(
            {name: [_("Say which one.") if found else _("There is none for which you can write.")]}
        )

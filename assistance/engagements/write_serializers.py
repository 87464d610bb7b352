"""Engagements as the API takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Required, TypedDict

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from accounts.api.serializers import writer_of
from accounts.models import User
from assistance.coded_lists import checked_codes
from assistance.engagements.choices import MOST_PEOPLE, NUMBERS, EarlyReason, SdgTarget
from assistance.engagements.models import Engagement
from assistance.engagements.parts import MEASURES, Part
from assistance.engagements.serializers import NAMES
from assistance.engagements.services import not_linkable
from assistance.funding.models import Funding
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership, Theme
from assistance.programmes.programme_lists import refuse_foreign_lists
from assistance.programmes.querysets import PillarQuerySet
from assistance.requests.draft_serializers import NO_PILLAR, naming_field
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE
from assistance.tools.models import Tool
from core import access
from core.api.serializers import BoundedListField, StrictFieldsMixin, bound_texts
from core.text import Label
from core.workflow.fields import LONGEST_TEXT
from countries.models import Country

MOST_PARTS, MOST_COUNTRIES = 100, 300


class RowValues(TypedDict, total=False):
    """Numbers of one country in one part, validated."""

    country: Required[Country]
    women: int | None
    men: int | None
    other: int | None
    unknown: int | None
    not_yet_known: bool
    institutions: str


class PartValues(TypedDict, total=False):
    """A part, validated."""

    starts_on: Required[date]
    ends_on: Required[date]
    title: str
    days: Decimal | None
    hours: Decimal | None
    number: int
    planned_cost: Decimal | None
    actual_cost: Decimal | None
    as_expected: bool
    participations: Required[list[RowValues]]


class CountrySlug(serializers.SlugRelatedField[Country]):
    """A country by its three letters; the countries of one call are read at once."""

    def __init__(self) -> None:
        errors: dict[str, Label] = {
            "does_not_exist": gettext_lazy(
                "There is no country with the code “{value}”; write three letters such as KEN."
            )
        }
        super().__init__(slug_field="iso3", queryset=Country.objects.all(), error_messages=errors)

    def to_internal_value(self, data: object) -> Country:
        """From the countries that the call has read already."""
        known: dict[str, Country] = self.context.setdefault("_countries", {})
        if not known:
            known |= {c.iso3: c for c in Country.objects.only("iso3", "name_en")}
        if not isinstance(data, str) or data not in known:
            self.fail("does_not_exist", value=str(data))
        return known[data]


class ParticipationWriting(StrictFieldsMixin, serializers.Serializer[None]):
    """Numbers of one country in one part; leave out or send null for what is not reported."""

    country = CountrySlug()
    women = serializers.IntegerField(
        min_value=0, max_value=MOST_PEOPLE, required=False, allow_null=True
    )
    men = serializers.IntegerField(
        min_value=0, max_value=MOST_PEOPLE, required=False, allow_null=True
    )
    other = serializers.IntegerField(
        min_value=0, max_value=MOST_PEOPLE, required=False, allow_null=True
    )
    unknown = serializers.IntegerField(
        min_value=0, max_value=MOST_PEOPLE, required=False, allow_null=True
    )
    not_yet_known = serializers.BooleanField(default=False)
    institutions = serializers.CharField(max_length=500, allow_blank=True, default="")


class PartWriting(StrictFieldsMixin, serializers.Serializer[None]):
    """A dated part with who came."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    title = serializers.CharField(max_length=200, allow_blank=True, default="")
    days = serializers.DecimalField(max_digits=6, decimal_places=2, required=False, allow_null=True)
    hours = serializers.DecimalField(
        max_digits=7, decimal_places=2, required=False, allow_null=True
    )
    number = serializers.IntegerField(
        min_value=1,
        max_value=32767,
        required=False,
        help_text=(
            "Of the part that is changed. Without one it is new; if no part has one, they stand in"
            " order."
        ),
    )
    planned_cost = serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True
    )
    actual_cost = serializers.DecimalField(
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        allow_null=True,
        help_text="Once the part is over.",
    )
    as_expected = serializers.BooleanField(
        default=False, help_text="Confirms numbers that were written before the part was over."
    )
    participations = ParticipationWriting(many=True, default=list, max_length=MOST_COUNTRIES)  # type: ignore[call-arg]

    def validate(self, values: PartValues) -> PartValues:
        """Each country once. What else must agree is asked by `validators.py`."""
        countries = [row["country"].iso3 for row in values["participations"]]
        twice = sorted({c for c in countries if countries.count(c) > 1})
        if twice:
            raise serializers.ValidationError(
                {
                    "participations": [
                        _("%(countries)s is named twice.") % {"countries": ", ".join(twice)}
                    ]
                }
            )
        return values


def part_from(values: PartValues) -> Part:
    """A validated part as `services` takes it."""
    rows = {
        row["country"].pk: {k: v for k, v in row.items() if k != "country"}
        for row in values["participations"]
    }
    return Part(
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        title=values.get("title", ""),
        days=values.get("days"),
        hours=values.get("hours"),
        planned_cost=values.get("planned_cost"),
        actual_cost=values.get("actual_cost"),
        participations=rows,
        number=values.get("number"),
        as_expected=values.get("as_expected", False),
    )


def parts_as_they_are(engagement: Engagement) -> list[Part]:
    """The parts of a record, for a change that does not speak of them."""
    found = []
    for part in engagement.parts.live().prefetch_related("participations"):
        rows = {
            r.country_id: {n: getattr(r, n) for n in (*NUMBERS, "not_yet_known", "institutions")}
            for r in part.participations.all()
        }
        same = {name: getattr(part, name) for name in (*MEASURES, "number")}
        found.append(Part(**same, participations=rows))
    return found


class EngagementWriting(StrictFieldsMixin, serializers.ModelSerializer[Engagement]):
    """What staff write of an engagement."""

    programme = serializers.SlugRelatedField(
        slug_field="code", queryset=Programme.objects.none(), required=False
    )
    pillar = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Pillar.objects.none(),
        error_messages={"does_not_exist": NO_PILLAR},
    )
    lead_officer = serializers.PrimaryKeyRelatedField(
        queryset=User.objects.none(), required=False, allow_null=True
    )
    funding = serializers.PrimaryKeyRelatedField(
        queryset=Funding.objects.none(), required=False, allow_null=True
    )
    theme_codes = BoundedListField(
        child=serializers.CharField(max_length=40), required=False, max_length=30
    )
    tool_codes = BoundedListField(
        child=serializers.CharField(max_length=60), required=False, max_length=30
    )
    sdg_targets = BoundedListField(
        child=serializers.ChoiceField(choices=SdgTarget.choices), required=False, max_length=30
    )
    parts = PartWriting(
        many=True,
        allow_empty=False,
        max_length=MOST_PARTS,
        help_text="In a change, replaces all parts.",
    )  # type: ignore[call-arg]
    requests = BoundedListField(
        child=serializers.CharField(max_length=20),
        required=False,
        max_length=100,
        help_text="References. Later: `links/`.",
    )
    early_reason = serializers.ChoiceField(
        choices=EarlyReason.choices,
        required=False,
        help_text="Of a new one: why help is given before a request was decided on.",
    )
    dates_reason = serializers.CharField(
        max_length=300,
        required=False,
        help_text="In a change of the dates of a part that was held: why.",
    )

    class Meta:
        model = Engagement
        fields = [*NAMES, "parts", "requests", "early_reason", "dates_reason"]
        extra_kwargs = {"type": {"required": True, "allow_blank": False}}

    def get_fields(self) -> dict[str, Any]:
        """Programmes, staff and funds are those of the writer's programmes; texts have bounds.

        A change is checked in the fields that it names, and in these wholly: a part that is named needs its dates.
        """
        found = super().get_fields()
        named = getattr(self, "initial_data", None)
        if self.instance is not None and isinstance(named, Mapping):
            found = {name: field for name, field in found.items() if name in named}
        bound_texts(found, LONGEST_TEXT)
        user = writer_of(self)
        if user is not None:
            mine = access.programme_ids(user)
            members = ProgrammeMembership.objects.active().filter(programme__in=mine)
            own: dict[str, QuerySet[Model]] = {
                "programme": Programme.objects.visible_to(user),
                "lead_officer": User.objects.filter(pk__in=members.values("user_id")),
                "funding": Funding.objects.filter(programme__in=mine),
                "pillar": self.pillars(user),
            }
            for name in own.keys() & found.keys():
                naming_field(found, name).queryset = own[name]
        return found

    def pillars(self, user: User) -> PillarQuerySet:
        """Those in use today at the programme's duty station, and the one that the record has."""
        record = self.instance if isinstance(self.instance, Engagement) else None
        day = record.programme.today() if record else Programme.objects.today_of(user)
        kept = record.pillar_id if record else None
        return Pillar.objects.on(day, kept=kept).of(access.programme_ids(user), kept=kept)

    def validate_theme_codes(self, codes: list[str]) -> list[str]:
        """Each once, each one of the maintained list."""
        sentence = _("There is no theme “%(code)s”. See the list of themes.")
        return checked_codes(codes, Theme.objects.filter(is_active=True), sentence)

    def validate_tool_codes(self, codes: list[str]) -> list[str]:
        """Each once, each a tool."""
        sentence = _("There is no tool “%(code)s”. See the list of tools.")
        return checked_codes(codes, Tool.objects.all(), sentence)

    def validate_requests(self, references: list[str]) -> list[AssistanceRequest]:
        """Requests that the writer may see and an engagement can answer."""
        if self.instance is not None:
            raise serializers.ValidationError(
                _("Link and unlink at “links/”, where a reason can be given.")
            )
        wanted = dict.fromkeys(r.strip().upper() for r in references)
        user = self.context["request"].user
        found = {
            r.reference: r
            for r in AssistanceRequest.objects.visible_to(user).filter(
                reference__in=wanted, state__in=LINKABLE
            )
        }
        missing = [r for r in wanted if r not in found]
        if missing:
            raise serializers.ValidationError(not_linkable(missing))
        return [found[r] for r in wanted]

    def validate(self, values: dict[str, object]) -> dict[str, object]:
        """The programme is the only one where there is one."""
        if self.instance is None and "programme" not in values:
            programmes = naming_field(self.fields, "programme").get_queryset()
            found = list(programmes[:2]) if programmes is not None else []
            if len(found) != 1:
                raise serializers.ValidationError({"programme": [_("Say which one.")]})
            values["programme"] = found[0]
        record = self.instance if isinstance(self.instance, Engagement) else None
        refuse_foreign_lists(values, record)
        return values

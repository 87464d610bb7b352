"""Requests in a list of the API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from rest_framework import serializers

from accounts.api.serializers import PersonData, PersonSerializer, person_data
from accounts.models import User
from assistance.requests import presentation
from assistance.requests.awaited import Act, CaseFacts, Party
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State, Turn
from core.api.addresses import absolute_url
from core.api.serializers import RowSerializer
from core.text import label_of

# What the programme decides for itself: the country reads of it what the timeline and the plan say.
# Source: rules, sections 1 and 4.
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
    "obligations",
    "recommendations",
)


class AwaitedEntry(TypedDict):
    """Who is awaited, as a program reads it."""

    who: str
    you: bool
    for_what: str
    questions: int
    by: date | None
    late_working_days: int | None


class AwaitedSerializer(serializers.Serializer[AwaitedEntry]):
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


def entry_of(said: presentation.StateWords, known: CaseFacts, *, for_country: bool) -> AwaitedEntry:
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


class RequestLineSerializer(RowSerializer[AssistanceRequest]):
    """A request in a list."""

    id = serializers.IntegerField()
    url = serializers.URLField(source="*")
    reference = serializers.CharField(allow_null=True, help_text="Null until it is submitted.")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    state_label = serializers.CharField(
        source="*", help_text="In the reader's language; for the country in the country's words."
    )
    turn = serializers.ChoiceField(choices=Turn.choices)
    due_on = serializers.DateField(allow_null=True)
    country = serializers.CharField(source="country.iso3", help_text="ISO 3166 alpha-3.")
    country_name = serializers.CharField(source="*")
    programme = serializers.CharField(source="programme.code")
    pillar = serializers.CharField(source="pillar.code", allow_null=True)
    theme_codes = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField()
    urgency = serializers.CharField()
    received_on = serializers.DateField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    state_since = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    priority = serializers.CharField(required=False, help_text="Read by staff.")
    lead_officer = PersonSerializer(
        source="*", required=False, allow_null=True, help_text="Read by staff."
    )
    awaited = AwaitedSerializer(source="*", allow_null=True, help_text="Null at every end.")

    staff_columns = frozenset({"priority", "lead_officer"})

    @property
    def reader(self) -> User:
        """Who asks."""
        reader: User = self.context["request"].user
        return reader

    def get_url(self, case: AssistanceRequest) -> str:
        """Absolute."""
        if "_base" not in self.context:
            request = self.context["request"]
            self.context["_base"] = absolute_url("api-request-list", request=request)
        return f"{self.context['_base']}{case.pk}/"

    def get_state_label(self, case: AssistanceRequest) -> str:
        """In the reader's words, without looking anything up."""
        if self.reader.is_focal_point:
            return presentation.short_state(case)
        return label_of(State, case.state)

    def get_country_name(self, case: AssistanceRequest) -> str:
        """In the reader's language."""
        return case.country.name

    def get_lead_officer(self, case: AssistanceRequest) -> PersonData | None:
        """By id and name."""
        return person_data(case.lead_officer)

    def get_awaited(self, case: AssistanceRequest) -> AwaitedEntry | None:
        """What is awaited first. It is looked up for all rows at once."""
        context, is_focal_point = self.context, self.reader.is_focal_point
        if "_known" not in context:
            several = self.parent.instance if self.parent is not None else None
            cases: Iterable[AssistanceRequest] = [case] if several is None else several
            context["_known"] = known_of(cases, inside=self.reader.is_programme_staff)
            context["_reader"] = Reader(self.reader)
        known = context["_known"][case.pk]
        said = presentation.awaited_words(case, known, context["_reader"])
        return next((entry_of(s, known, for_country=is_focal_point) for s in said), None)


# a case in full begins with what everybody reads of it in a list
LINE = tuple(
    name
    for name in RequestLineSerializer.columns
    if name != "awaited" and name not in RequestLineSerializer.staff_columns
)

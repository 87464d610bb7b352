"""Requests in a list of the API."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from rest_framework import serializers

from accounts.api.serializers import PersonSerializer, person_data
from accounts.models import User
from assistance.requests import presentation
from assistance.requests.awaited import Act, CaseFacts, Party
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State, Turn
from core.api.addresses import absolute_url

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

    def to_representation(self, case: AssistanceRequest) -> dict[str, object]:
        """The line for this reader; who is awaited is looked up for all lines at once."""
        reader = self.context["request"].user
        context = self.context
        if "_base" not in context:
            context["_base"] = absolute_url("api-request-list", request=context["request"])
        if "_known" not in context:
            several = self.parent.instance if self.parent is not None else None
            cases: Iterable[AssistanceRequest] = [case] if several is None else several
            context["_known"], context["_reader"] = (
                known_of(cases, inside=reader.is_programme_staff),
                Reader.of(reader),
            )
        known = context["_known"][case.pk]
        said = presentation.awaited_words(case, known, context["_reader"])
        entries = [entry_of(s, known, for_country=reader.is_focal_point) for s in said]
        return line_of(case, reader, context["_base"]) | {"awaited": next(iter(entries), None)}


def line_of(case: AssistanceRequest, reader: User, base: str) -> dict[str, object]:
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
        line |= {"priority": case.priority, "lead_officer": person_data(case.lead_officer)}
    return line

"""Requests, engagements, notes on countries, tools and people, as search finds them.

What only staff read (assessments, internal words of an engagement) is looked through for staff
alone: that a word is there would tell a focal point what it says. Source: the rules of the
programme, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from assistance.engagements.models import Engagement
from assistance.notes.models import NOTE_WORDS, CountryNote
from assistance.participants.models import Person
from assistance.programmes.models import ProgrammeMembership
from assistance.requests.assessments import ASSESSMENT_WORDS, Assessment
from assistance.requests.models import AssistanceRequest
from assistance.requests.presentation import short_state
from assistance.requests.states import State
from assistance.timeline.models import EVENT_WORDS, CaseEvent, EventText
from assistance.tools.choices import ToolKind
from assistance.tools.models import TOOL_WORDS, Tool
from core import access
from core.db.search import SearchName, WordsQuery, having_words
from core.text import days_in_words, label_of, normalise
from countries.models import FocalPoint
from portal.search.kinds import BETWEEN, Hit, SearchKind, shortened

M = TypeVar("M", bound=Model)


def titled(text: str) -> Q:
    """The condition that a title begins with a text, as it was typed or with a capital: served by
    the index of titles, so that it is found among any number of rows that have the words."""
    return Q(title__startswith=text) | Q(title__startswith=text[:1].upper() + text[1:])


def found_requests(user: User, text: str) -> Sequence[QuerySet[AssistanceRequest]]:
    """In what the country wrote, and in what was said since; for staff in the assessment too."""
    cases = AssistanceRequest.objects.visible_to(user)
    said = having_words(EventText.objects.all(), EVENT_WORDS, text).filter(
        event__in=CaseEvent.objects.visible_to(user)
    )
    places = [
        cases.filter(search=WordsQuery(text)),
        cases.filter(titled(text)),
        cases.filter(pk__in=said.values("event__request")),
    ]
    if user.is_programme_staff:
        assessed = having_words(Assessment.objects.all(), ASSESSMENT_WORDS, text)
        places.append(cases.filter(pk__in=assessed.values("request")))
    return places


def request_hits(user: User, cases: list[AssistanceRequest]) -> list[Hit]:
    """With country, state and the day on which they came."""
    found = []
    for case in cases:
        received = [date_format(case.received_on, "DATE_FORMAT")] if case.received_on else []
        state = short_state(case) if user.is_focal_point else label_of(State, case.state)
        about = BETWEEN.join([case.country.name, state, *received])
        address = ("api-request-detail", case.pk)
        found.append(
            Hit(case.title or "—", case.get_absolute_url(), address, about, case.reference or "")
        )
    return found


def found_engagements(user: User, text: str) -> Sequence[QuerySet[Engagement]]:
    """In title, place and reference; for staff in the internal words too."""
    engagements = Engagement.objects.visible_to(user)
    places = [engagements.filter(search=WordsQuery(text)), engagements.filter(titled(text))]
    if user.is_programme_staff:
        places.append(engagements.filter(search_internal=WordsQuery(text)))
    return places


def engagement_hits(_user: User, engagements: list[Engagement]) -> list[Hit]:
    """With state, dates and place."""
    found = []
    for engagement in engagements:
        about = [engagement.state_in_words]
        if engagement.starts_on and engagement.ends_on:
            about.append(days_in_words(engagement.starts_on, engagement.ends_on))
        if engagement.place:
            about.append(engagement.place)
        address = ("api-engagement-detail", engagement.pk)
        path = engagement.get_absolute_url()
        found.append(
            Hit(engagement.title, path, address, BETWEEN.join(about), engagement.reference)
        )
    return found


def found_notes(user: User, text: str) -> Sequence[QuerySet[CountryNote]]:
    """In what was said, and with whom."""
    return [having_words(CountryNote.objects.visible_to(user), NOTE_WORDS, text)]


def note_hits(_user: User, notes: list[CountryNote]) -> list[Hit]:
    """With country and day; they are read on the page of the country."""
    return [
        Hit(
            shortened(note.said),
            note.get_absolute_url(),
            ("api-country-detail", note.country.iso3),
            BETWEEN.join([note.country.name, date_format(note.held_on, "DATE_FORMAT")]),
        )
        for note in notes
    ]


def found_tools(_user: User, text: str) -> Sequence[QuerySet[Tool]]:
    """In title, owner, licence and what they are for."""
    return [having_words(Tool.objects.all(), TOOL_WORDS, text)]


def tool_hits(_user: User, tools: list[Tool]) -> list[Hit]:
    """With kind and owner."""
    return [
        Hit(
            tool.title,
            tool.get_absolute_url(),
            ("api-tool-detail", tool.code),
            BETWEEN.join([label_of(ToolKind, tool.kind), tool.owner]),
        )
        for tool in tools
    ]


def named(rows: QuerySet[M], column: str, text: str) -> QuerySet[M]:
    """Rows in whose column all words of a text stand, however they are written. Names of people are
    in no index; there are few."""
    words = normalise(text).split()
    if not words:
        return rows.none()
    rows = rows.alias(key=SearchName(column))
    for word in words:
        rows = rows.filter(key__contains=word)
    return rows


def found_people(user: User, text: str) -> Sequence[QuerySet[User]]:
    """For staff, members of their programmes and whoever speaks for a country today; for a focal
    point, who speaks for their own countries, and who leads or decides their cases. By name or
    institution, never by address or number."""
    speakers = FocalPoint.objects.active()
    if user.is_programme_staff:
        programmes = access.programme_ids(user)
        members = ProgrammeMembership.objects.active().filter(programme__in=programmes)
        theirs = Q(pk__in=members.values("user_id"))
    elif user.is_focal_point:
        speakers = speakers.filter(country__in=access.country_ids(user))
        cases = AssistanceRequest.objects.visible_to(user)
        theirs = Q(pk__in=cases.values("lead_officer")) | Q(pk__in=cases.values("deciding_manager"))
    else:
        return [User.objects.none()]
    people = User.objects.filter(is_active=True)
    people = people.filter(theirs | Q(pk__in=speakers.values("user_id")))
    of_institution = named(speakers, "institution__name", text)
    return [named(people, "name", text), people.filter(pk__in=of_institution.values("user_id"))]


def people_hits(user: User, people: list[User]) -> list[Hit]:
    """With function and how to reach them. A focal point leads to their country, for staff an
    officer to the cases they lead."""
    speakers = FocalPoint.objects.active().filter(user__in=people).select_related("country")
    countries = {speaker.user_id: speaker.country for speaker in speakers}
    found = []
    for person in people:
        about = [label_of(Role, person.role), person.title, person.phone, person.email]
        country = countries.get(person.pk)
        if country is not None:
            path, about = country.get_absolute_url(), [country.name, *about]
        else:
            led = f"?lead_officer={person.pk}" if user.is_programme_staff else ""
            path = f"{reverse('requests')}{led}"
        found.append(Hit(person.name, path, None, BETWEEN.join(filter(None, about))))
    return found


def found_contacts(user: User, text: str) -> Sequence[QuerySet[Person]]:
    """Whom the reader's programmes ask in a country, by name or institution, for who may read
    names; of participants none."""
    contacts = Person.objects.visible_to(user).contacts()
    return [named(contacts, "name", text), named(contacts, "institution", text)]


def contact_hits(_user: User, contacts: list[Person]) -> list[Hit]:
    """With country, function and institution."""
    return [
        Hit(
            one.name,
            reverse("person", args=[one.pk]),
            None,
            BETWEEN.join(filter(None, [one.country.name, one.function, one.institution])),
            looked_at=("person", one.pk),
        )
        for one in contacts
    ]


REQUESTS = SearchKind(
    "request",
    _("Requests"),
    AssistanceRequest,
    found_requests,
    names=("title",),
    words=F("search"),
    hits=request_hits,
    related=("country", "programme"),
)
ENGAGEMENTS = SearchKind(
    "engagement",
    _("Engagements"),
    Engagement,
    found_engagements,
    names=("title",),
    words=F("search"),
    hits=engagement_hits,
)
NOTES = SearchKind(
    "note",
    _("Notes on countries"),
    CountryNote,
    found_notes,
    names=(),
    words=NOTE_WORDS,
    hits=note_hits,
    related=("country",),
)
TOOLS = SearchKind(
    "tool", _("Tools"), Tool, found_tools, names=("title", "code"), words=TOOL_WORDS, hits=tool_hits
)
PEOPLE = SearchKind(
    "person",
    _("People"),
    User,
    found_people,
    names=("name",),
    words=None,
    hits=people_hits,
)
CONTACTS = SearchKind(
    "contact",
    _("Contacts"),
    Person,
    found_contacts,
    names=("name",),
    words=None,
    hits=contact_hits,
    related=("country",),
)

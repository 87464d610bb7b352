"""Countries, institutions, processes and treaties, as search finds them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import may
from core.db.search import having_words
from core.text import days_in_words, label_of
from countries.geography.country_names import SHORT, name_key
from countries.geography.models import COUNTRY_WORDS, Country
from countries.institutions.models import INSTITUTION_WORDS, Institution, InstitutionKind
from countries.instruments.models import (
    INSTRUMENT_WORDS,
    OBLIGATION_WORDS,
    Instrument,
    Obligation,
)
from countries.names import LANGUAGES
from countries.processes.models import (
    DOCUMENT_WORDS,
    PROCESS_WORDS,
    RECOMMENDATION_WORDS,
    SESSION_WORDS,
    Process,
    ProcessSession,
    SessionDocument,
    SessionRecommendation,
)
from portal.search.kinds import BETWEEN, Hit, SearchKind, shortened

NAMES = tuple(KeyTextTransform(language, "names") for language in LANGUAGES)


def in_daily_use(text: str) -> Q:
    """The condition that people call a country so every day, beside its official names."""
    key = name_key(text)
    return Q(iso3__in=[c for c, names in SHORT.items() if key in map(name_key, names)])


def found_countries(user: User, text: str) -> Sequence[QuerySet[Country]]:
    """By official names in six languages, codes, and names in daily use."""
    countries = Country.objects.visible_to(user)
    return [having_words(countries, COUNTRY_WORDS, text), countries.filter(in_daily_use(text))]


def country_hits(_user: User, countries: list[Country]) -> list[Hit]:
    """With the region."""
    return [
        Hit(
            country.name,
            country.get_absolute_url(),
            ("api-country-detail", country.iso3),
            country.region_name,
            country.iso3,
        )
        for country in countries
    ]


def found_institutions(user: User, text: str) -> Sequence[QuerySet[Institution]]:
    """By name."""
    return [having_words(Institution.objects.visible_to(user), INSTITUTION_WORDS, text)]


def institution_hits(_user: User, institutions: list[Institution]) -> list[Hit]:
    """With kind and country, on whose page they stand."""
    return [
        Hit(
            one.name,
            one.country.get_absolute_url(),
            ("api-institution-detail", one.pk),
            BETWEEN.join([one.country.name, label_of(InstitutionKind, one.kind)]),
        )
        for one in institutions
    ]


def process_hits(_user: User, processes: list[Process]) -> list[Hit]:
    """With the name in full."""
    return [
        Hit(one.name, one.get_absolute_url(), ("api-process-detail", one.code), one.full_name)
        for one in processes
    ]


def session_hits(_user: User, sessions: list[ProcessSession]) -> list[Hit]:
    """With process, dates and place."""
    return [
        Hit(
            one.name,
            one.get_absolute_url(),
            ("api-session-detail", one.pk),
            BETWEEN.join(
                filter(
                    None,
                    [one.process.name, days_in_words(one.starts_on, one.ends_on), one.place],
                )
            ),
        )
        for one in sessions
    ]


def found_documents(user: User, text: str) -> Sequence[QuerySet[SessionDocument]]:
    """By title and symbol, or by a part of the symbol."""
    documents = SessionDocument.objects.visible_to(user)
    places = [having_words(documents, DOCUMENT_WORDS, text)]
    if "/" in text:
        places.append(documents.filter(symbol__icontains=text))
    return places


def document_hits(_user: User, documents: list[SessionDocument]) -> list[Hit]:
    """With the session, on whose page they stand."""
    return [
        Hit(
            one.title,
            f"{one.session.get_absolute_url()}#documents",
            ("api-session-detail", one.session_id),
            str(one.session),
            one.symbol,
        )
        for one in documents
    ]


def recommendation_hits(_user: User, recommendations: list[SessionRecommendation]) -> list[Hit]:
    """With the session, on whose page they stand."""
    return [
        Hit(
            shortened(one.text),
            f"{one.session.get_absolute_url()}#recommendations",
            ("api-session-detail", one.session_id),
            str(one.session),
        )
        for one in recommendations
    ]


def instrument_hits(_user: User, instruments: list[Instrument]) -> list[Hit]:
    """With its code."""
    return [
        Hit(
            one.name,
            one.get_absolute_url(),
            ("api-instrument-detail", one.code),
            one.depositary,
            one.code,
        )
        for one in instruments
    ]


def obligation_hits(user: User, obligations: list[Obligation]) -> list[Hit]:
    """With instrument and article; staff are led to what help there was with it."""
    found = []
    for one in obligations:
        page = one.instrument.get_absolute_url()
        path = f"{page}help/" if may(user, "instrument.read_help") else page
        about = BETWEEN.join([one.instrument.short_name, one.place])
        found.append(Hit(one.name, path, ("api-obligation-detail", one.code), about, one.code))
    return found


COUNTRIES = SearchKind(
    "country",
    _("Countries"),
    Country,
    found_countries,
    names=("iso3", "iso2", "m49", *(f"name_{language}" for language in LANGUAGES)),
    words=COUNTRY_WORDS,
    hits=country_hits,
    also_named=in_daily_use,
)
INSTITUTIONS = SearchKind(
    "institution",
    _("Institutions"),
    Institution,
    found_institutions,
    names=("name",),
    words=INSTITUTION_WORDS,
    hits=institution_hits,
    related=("country",),
)
PROCESSES = SearchKind(
    "process",
    _("Processes"),
    Process,
    lambda _user, text: [having_words(Process.objects.all(), PROCESS_WORDS, text)],
    names=("code", *NAMES),
    words=PROCESS_WORDS,
    hits=process_hits,
)
SESSIONS = SearchKind(
    "session",
    _("Sessions"),
    ProcessSession,
    lambda _user, text: [having_words(ProcessSession.objects.all(), SESSION_WORDS, text)],
    names=NAMES,
    words=SESSION_WORDS,
    hits=session_hits,
    related=("process",),
)
DOCUMENTS = SearchKind(
    "document",
    _("Documents of sessions"),
    SessionDocument,
    found_documents,
    names=("symbol", "title"),
    words=DOCUMENT_WORDS,
    hits=document_hits,
    related=("session__process",),
)
RECOMMENDATIONS = SearchKind(
    "recommendation",
    _("Recommendations of sessions"),
    SessionRecommendation,
    lambda _user, text: [
        having_words(SessionRecommendation.objects.all(), RECOMMENDATION_WORDS, text)
    ],
    names=("text",),
    words=RECOMMENDATION_WORDS,
    hits=recommendation_hits,
    related=("session__process",),
)
INSTRUMENTS = SearchKind(
    "instrument",
    _("Treaties"),
    Instrument,
    lambda _user, text: [having_words(Instrument.objects.all(), INSTRUMENT_WORDS, text)],
    names=(
        "code",
        *NAMES,
        *(KeyTextTransform(language, "short_names") for language in LANGUAGES),
    ),
    words=INSTRUMENT_WORDS,
    hits=instrument_hits,
)
OBLIGATIONS = SearchKind(
    "obligation",
    _("Obligations"),
    Obligation,
    lambda _user, text: [having_words(Obligation.objects.all(), OBLIGATION_WORDS, text)],
    names=("code", *NAMES),
    words=OBLIGATION_WORDS,
    hits=obligation_hits,
    related=("instrument",),
)

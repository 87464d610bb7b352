"""Reports of the programme, and published editions, as search finds them.

Their titles are put together from a schedule, what the report is about and its period, in the
reader's language; so each word of a query may stand in either of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Pillar
from core.db.search import SearchWords, having_words
from core.text import label_of, normalise
from countries.geography.country_names import name_key
from countries.geography.models import COUNTRY_WORDS, Country
from countries.names import all_names
from portal.search.kinds import Hit, SearchKind
from reports.editions.choices import Audience
from reports.editions.models import ReportEdition
from reports.editions.tables import edition_title
from reports.kinds.choices import kind_choices
from reports.reports.models import Report
from reports.reports.tables import report_rows
from reports.schedules.models import Schedule

YEAR = re.compile(r"(19|20)[0-9]{2}")
MOST_WORDS = 8  # of a query that are looked for; the others narrow no further


@cache
def names_of_kinds() -> dict[str, str]:
    """By code, the names of a kind of report in all languages, as they are compared."""
    found: dict[str, str] = dict.fromkeys((code for code, _title in kind_choices()), "")
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, title in kind_choices():
                found[code] += f" {normalise(str(title))}"
    return found


def kinds_called(word: str) -> list[str]:
    """Codes of the kinds of report that have a word in their name, in any language."""
    return [code for code, names in names_of_kinds().items() if word in names]


def words_of(text: str) -> list[str]:
    """The words of a query that tell one report from another: no articles."""
    return name_key(text).split()[:MOST_WORDS]


def countries_called(word: str) -> QuerySet[Country]:
    """Countries with a word in their name."""
    return having_words(Country.objects.all(), COUNTRY_WORDS, word)


def of_year(word: str) -> Q:
    """The condition that a period lies in a year, where the word is one; else that nothing does."""
    year = int(word) if YEAR.fullmatch(word) else 0
    return Q(period_start__year=year) if year else Q(pk__in=())


def found_reports(user: User, text: str) -> Sequence[QuerySet[Report]]:
    """By schedule, kind, country or pillar, and year: each word in one of them."""
    reports, words = Report.objects.visible_to(user), words_of(text)
    for word in words:
        schedules = having_words(Schedule.objects.all(), SearchWords("title"), word)
        pillars = having_words(Pillar.objects.all(), SearchWords(all_names("names")), word)
        reports = reports.filter(
            Q(version__schedule__in=schedules)
            | Q(version__schedule__kind__in=kinds_called(word))
            | Q(subject_type="country", subject_id__in=countries_called(word).values("pk"))
            | Q(subject_type="pillar", subject_id__in=pillars.values("pk"))
            | of_year(word)
        )
    return [reports if words else reports.none()]


def report_hits(_user: User, reports: list[Report]) -> list[Hit]:
    """With the state."""
    return [
        Hit(
            row.title,
            row.report.get_absolute_url(),
            ("api-report-detail", row.report.pk),
            label_of(Report.State, row.report.state),
        )
        for row in report_rows(reports)
    ]


def found_editions(user: User, text: str) -> Sequence[QuerySet[ReportEdition]]:
    """Published ones by title, kind, country and year; staff find the report itself."""
    editions, words = ReportEdition.objects.visible_to(user).filter(is_current=True), words_of(text)
    if user.is_programme_staff or not words:
        return [editions.none()]
    for word in words:
        titled = having_words(ReportEdition.objects.all(), SearchWords("title"), word)
        editions = editions.filter(
            Q(pk__in=titled.values("pk"))
            | Q(kind__in=kinds_called(word))
            | Q(country__in=countries_called(word))
            | of_year(word)
        )
    return [editions]


def edition_hits(_user: User, editions: list[ReportEdition]) -> list[Hit]:
    """With for whom it is."""
    return [
        Hit(
            edition_title(one),
            one.get_absolute_url(),
            None,  # the API knows reports of the programme, for staff alone
            label_of(Audience, one.audience),
        )
        for one in editions
    ]


REPORTS = SearchKind(
    "report",
    _("Reports"),
    Report,
    found_reports,
    names=(),
    words=None,
    hits=report_hits,
    related=("version__schedule__programme",),
)
EDITIONS = SearchKind(
    "edition",
    _("Published reports"),
    ReportEdition,
    found_editions,
    names=(),
    words=None,
    hits=edition_hits,
    related=("country",),
)

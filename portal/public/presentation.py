"""What public pages say of a programme: how help works, figures, the map, reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.text import labelled
from countries.geography.tile_map import TileKind, TileMap, tile_map
from portal.public.models import (
    PublicCountry,
    PublicCountryPage,
    PublicDocument,
    PublicEdition,
    PublicProgramme,
)
from portal.public.references import countries_in_order
from reports.documents.choices import Format
from reports.documents.structure import group_digits, value_text, whole_percent
from reports.figures.catalogue import definition_of
from reports.figures.units import SHARE
from reports.kinds.base import TIMELY
from reports.schedules.periods import period_name
from reports.snapshots.types import FigureData

HEADLINES = ("requests_received", TIMELY, "engagements_delivered", "participants")
LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Step:
    """A step of help, and how."""

    what: str
    how: str


@dataclass(frozen=True)
class PublicHeadline:
    """A figure as strangers read it; `beside` is what it was worked out from, or its parts."""

    label: str
    text: str
    beside: str = ""


@dataclass(frozen=True)
class ListedEdition:
    """A published report: its period, and its documents by language, those of the reader first."""

    edition: PublicEdition
    period: str
    documents: list[tuple[str, str, list[PublicDocument]]]

    @property
    def page(self) -> PublicDocument | None:
        """The one to read at once."""
        pages = [d for _code, _name, docs in self.documents for d in docs]
        return next((d for d in pages if d.format == Format.HTML), None)


def what_it_is() -> str:
    """What a programme does, in a sentence, in the reader's language."""
    return _("Developing countries ask; the programme answers; everybody can see what came of it.")


def steps_of_help(programme: PublicProgramme) -> list[Step]:
    """From the request to the answer on the need: five steps."""
    days = programme.decision_days
    within = (
        ngettext(
            "as a rule within %(days)s working day", "as a rule within %(days)s working days", days
        )
        % {"days": number_format(days)}
        if days
        else _("with the reasons")
    )
    return [
        Step(_("A country asks"), _("through its focal point, with a letter")),
        Step(_("The programme answers"), within),
        Step(_("Both agree on a plan"), _("steps, dates, and what will be measured")),
        Step(_("The help is given"), _("courses, advice, reviews of laws, equipment")),
        Step(_("The country says"), _("whether its need was met")),
    ]


def last_whole_edition(programme: PublicProgramme) -> PublicEdition | None:
    """The public progress report in force of the whole programme with the latest period."""
    found: PublicEdition | None = (
        PublicEdition.objects.filter(programme=programme, is_whole=True)
        .select_related("programme")
        .order_by("-period_end", "period_start", "-id")
        .first()
    )
    return found


def requests_counted(programme: PublicProgramme) -> str:
    """How many requests the last whole public report counts: never counted live. Empty where none
    does, or leaves it out."""
    edition = last_whole_edition(programme)
    figure = edition.figures.get("requests_received") if edition is not None else None
    if edition is None or figure is None or figure["value"] is None:
        return ""
    return _("%(period)s: %(n)s requests received, says the last published report.") % {
        "period": period_name(edition.period_start, edition.period_end),
        "n": group_digits(figure["value"]),
    }


def headlines_of(edition: PublicEdition) -> list[PublicHeadline]:
    """Its figures on top; those that it leaves out are not there."""
    figures: dict[str, FigureData] = edition.figures
    shown = [code for code in HEADLINES if code in figures]
    return [headline(code, figures) for code in shown if figures[code]["value"] is not None]


def headline(code: str, figures: dict[str, FigureData]) -> PublicHeadline:
    """One of them; of participants with the share of women."""
    figure = figures[code]
    label = _("Decided within the standard") if code == TIMELY else definition_of(code).label
    parts, denominator = figure.get("numerator"), figure.get("denominator")
    if figure["unit"] == SHARE and denominator:
        beside = f"{group_digits(parts or 0)}/{group_digits(denominator)}"
        return PublicHeadline(str(label), whole_percent(parts or 0, denominator), beside)
    share = figures.get("women_share")
    beside = ""
    if code == "participants" and share and share.get("denominator"):
        text = value_text(SHARE, None, share.get("numerator"), share.get("denominator"))
        beside = labelled(definition_of("women_share").label, text)
    return PublicHeadline(str(label), value_text(figure["unit"], figure["value"]), beside)


def countries_served(edition: PublicEdition) -> TileMap | None:
    """The map of an edition: countries that took part, and those that may ask. None where it counts
    no countries. One query."""
    if not edition.served:
        return None
    served = TileKind("v2", _("took part in at least one engagement"))
    eligible = TileKind("v0", _("may ask, none yet in this period"))
    other = TileKind("", _("does not ask this programme for help"))
    waiting = set(edition.eligible) - set(edition.served)
    kinds = dict.fromkeys(edition.served, served) | dict.fromkeys(waiting, eligible)
    period = period_name(edition.period_start, edition.period_end)
    label = _("Countries served, %(period)s, one tile of the same size for each country") % {
        "period": period
    }
    countries = countries_in_order()
    add_addresses(countries, edition.programme)
    return tile_map(label, kinds, other, countries=countries)


def add_addresses(countries: Iterable[PublicCountry], programme: PublicProgramme) -> None:
    """Puts the addresses of their pages to countries that agreed to one. One query."""
    pages = PublicCountryPage.objects.filter(programme=programme)
    with_page = set(pages.values_list("country_id", flat=True))
    here = {"language": get_language() or "en", "programme": programme.code}
    for country in countries:
        if country.pk in with_page:
            country.address = reverse("public_country", kwargs={**here, "iso3": country.iso3})


def listed_editions(programme: PublicProgramme) -> list[ListedEdition]:
    """All editions in force, newest period first. Two queries."""
    documents = PublicDocument.objects.defer("content")
    rows = (
        PublicEdition.objects.filter(programme=programme)
        .defer("figures", "served", "eligible")
        .order_by("-period_end", "-period_start", "title", "-id")
        .prefetch_related(Prefetch("documents", queryset=documents))
    )
    return [
        ListedEdition(
            row, period_name(row.period_start, row.period_end), by_language(row.documents.all())
        )
        for row in rows
    ]


def by_language(
    documents: Iterable[PublicDocument],
) -> list[tuple[str, str, list[PublicDocument]]]:
    """Documents by language: code, name in that language, documents; the reader's own first."""
    found: dict[str, list[PublicDocument]] = {}
    for document in documents:
        found.setdefault(document.language, []).append(document)
    for group in found.values():
        group.sort(key=lambda document: Format.values.index(document.format))
    return [(code, LANGUAGE_NAMES[code], found[code]) for code in own_first(found)]


def own_first(languages: Iterable[str]) -> list[str]:
    """Languages in which something is there, the reader's own first."""
    own, codes = get_language() or "en", list(LANGUAGE_NAMES)
    return sorted(languages, key=lambda code: (code != own, codes.index(code)))

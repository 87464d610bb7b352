"""The columns of the list of engagements, on its page and in its export: all for staff; the shared
face and the own country's numbers for a focal point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from assistance.engagements import fields, visibility
from assistance.engagements.choices import NUMBERS, Modality, Origin
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.states import AHEAD, shape_of
from assistance.engagements.totals import Totals, add_up
from assistance.requests.choices import AssistanceType
from assistance.templatetags.assistance import dates, pillar
from core.tables import Column, Table, everybody, staff
from core.text import Label, label_of
from countries.models import Country

COUNTRIES_NAMED = 3  # in a row of the page
BETWEEN = " · "  # several values of one cell


@dataclass
class EngagementRow:
    """An engagement as a list shows it to one reader, with the countries that they may know; for
    the export the names of themes and the titles of tools by their codes."""

    engagement: Engagement
    countries: list[Country]
    for_staff: bool
    themes: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def is_record_missing(self) -> bool:
        """Whether it is over and nobody has said yet that it was delivered: a matter of staff."""
        engagement = self.engagement
        return bool(
            self.for_staff
            and engagement.state in AHEAD
            and not engagement.did_not_take_place
            and engagement.ends_on
            and engagement.ends_on < engagement.programme.today()
        )

    @cached_property
    def parts(self) -> list[EngagementPart]:
        """Its parts but those struck out."""
        return [p for p in self.engagement.parts.all() if p.struck_on is None]

    @cached_property
    def participations(self) -> list[CountryParticipation]:
        """Who came to them."""
        return [p for part in self.parts for p in part.participations.all()]

    @cached_property
    def totals(self) -> Totals:
        """How many came."""
        return add_up(self.participations)


def engagement_rows(
    user: User,
    engagements: Iterable[Engagement],
    themes: Mapping[str, str] | None = None,
    tools: Mapping[str, str] | None = None,
) -> list[EngagementRow]:
    """The rows of these engagements for a reader; countries are looked up for all at once."""
    engagements = list(engagements)
    named = visibility.countries_by_engagement(engagements, user)
    return [
        EngagementRow(e, named[e.pk], user.is_programme_staff, themes or {}, tools or {})
        for e in engagements
    ]


def engagement_cell(row: EngagementRow) -> SafeString:
    """The title, which leads to the engagement, over its reference, type and origin."""
    e = row.engagement
    kind = label_of(AssistanceType, e.type) if e.type else ""
    origin = (
        format_html(
            ' <span class="small soft">· {}</span>',
            _("recorded by %(name)s") % {"name": e.organisation or _("others")},
        )
        if e.origin == Origin.IMPORTED
        else ""
    )
    return format_html(
        '<a class="title" href="{}" dir="auto">{}</a><br><span class="reference">{}</span>{}{}',
        e.get_absolute_url(),
        e.title,
        e.reference,
        format_html(' <span class="small soft">{}</span>', kind) if kind else "",
        origin,
    )


def when_cell(row: EngagementRow) -> SafeString:
    """Its days over its place."""
    e = row.engagement
    days = format_html('<span class="soft">{}</span>', _("no dates"))
    if e.starts_on and e.ends_on:
        days = dates(e.starts_on, e.ends_on)
    if e.place:
        return format_html('{}<br><span class="soft" dir="auto">{}</span>', days, e.place)
    if e.modality == Modality.ONLINE:
        where = label_of(Modality, e.modality)
        return format_html('{}<br><span class="soft">{}</span>', days, where)
    return days


def countries_cell(row: EngagementRow) -> str:
    """The first countries, and how many more."""
    named = ", ".join(c.name for c in row.countries[:COUNTRIES_NAMED])
    more = len(row.countries) - COUNTRIES_NAMED
    if more <= 0:
        return named
    rest = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return f"{named} {rest}"


def state_cell(row: EngagementRow) -> SafeString:
    """The state in its colour; that a record is missing in its place."""
    e = row.engagement
    return format_html(
        '<span class="state {}">{}</span>',
        "turn" if row.is_record_missing else shape_of(e.state),
        _("To be recorded") if row.is_record_missing else e.state_in_words,
    )


def field_value(name: str) -> Callable[[EngagementRow], object]:
    """A field for the export: numbers as they are, the rest as the page shows it."""

    def value(row: EngagementRow) -> object:
        if name == "theme_codes":
            return BETWEEN.join(row.themes.get(c, c) for c in row.engagement.theme_codes)
        if name == "tool_codes":
            return BETWEEN.join(row.tools.get(c, c) for c in row.engagement.tool_codes)
        found = getattr(row.engagement, name)
        is_number = isinstance(found, int | float | Decimal)
        return found if is_number else fields.display_value(row.engagement, name)

    return value


def field_column(name: str) -> Column[EngagementRow]:
    """The export's column of a field that a person may have filled in."""
    audience = everybody if name in visibility.SHARED_FIELDS else staff
    label = lazy(fields.field_label, str)(name)
    return Column(name, label, value=field_value(name), audience=audience)


def number_column(name: str, head: Label) -> Column[EngagementRow]:
    """The export's column of people; what is not reported stays an empty cell."""
    return Column(name, head, value=lambda r: blank_if_none(getattr(r.totals, name)))


def sum_column(name: str, head: Label) -> Column[EngagementRow]:
    """The export's column of what the parts add up to."""

    def value(row: EngagementRow) -> object:
        given = [n for n in (getattr(p, name) for p in row.parts) if n is not None]
        return sum(given) if given else ""

    return Column(name, head, value=value, audience=staff)


def blank_if_none(value: object) -> object:
    """What is not reported stays an empty cell."""
    return "" if value is None else value


def parts_value(row: EngagementRow) -> str:
    """Number, days and title of each part."""
    return BETWEEN.join(
        f"{p.number}: {p.starts_on}–{p.ends_on} {p.title}".strip() for p in row.parts
    )


PEOPLE = zip(
    NUMBERS,
    (
        gettext_lazy("Women"),
        gettext_lazy("Men"),
        gettext_lazy("Other"),
        gettext_lazy("Not known"),
    ),
    strict=True,
)

ENGAGEMENTS: Table[EngagementRow] = Table(
    caption=gettext_lazy("Engagements"),
    empty=gettext_lazy("No engagement fits."),
    none_yet=gettext_lazy("No engagement yet."),
    columns=(
        Column("engagement", gettext_lazy("Engagement"), engagement_cell, sort="title", css="wide"),
        Column("when", gettext_lazy("When and where"), when_cell, sort="starts", css="small wide"),
        Column("countries", gettext_lazy("Countries"), countries_cell, css="small wide"),
        Column(
            "pillar_mark",
            gettext_lazy("Pillar"),
            lambda r: pillar(r.engagement.pillar),
            css="small",
        ),
        Column("reference", gettext_lazy("Reference"), value=lambda r: r.engagement.reference),
        Column(
            "state",
            gettext_lazy("State"),
            state_cell,
            value=lambda r: r.engagement.state_in_words,
        ),
        Column(
            "officer",
            gettext_lazy("Lead officer"),
            lambda r: r.engagement.lead_officer or "",
            audience=staff,
            css="small soft",
        ),
        Column("starts_on", gettext_lazy("From"), value=lambda r: r.engagement.starts_on or ""),
        Column("ends_on", gettext_lazy("Until"), value=lambda r: r.engagement.ends_on or ""),
        *(field_column(name) for name in (*fields.BY_NAME, *fields.IMPORTED)),
        Column(
            "country_names",
            gettext_lazy("Countries"),
            value=lambda r: BETWEEN.join(c.name for c in r.countries),
        ),
        Column(
            "requests",
            gettext_lazy("Requests"),
            value=lambda r: " ".join(c.reference or "" for c in r.engagement.requests.all()),
        ),
        *(number_column(name, head) for name, head in PEOPLE),
        number_column("total", gettext_lazy("Participants")),
        number_column("incomplete", gettext_lazy("Lines without women or men")),
        Column(
            "institutions",
            gettext_lazy("Institutions"),
            value=lambda r: BETWEEN.join(
                p.institutions for p in r.participations if p.institutions
            ),
        ),
        sum_column("days", gettext_lazy("Days")),
        sum_column("hours", gettext_lazy("Hours")),
        Column("parts", gettext_lazy("Parts"), value=parts_value, audience=staff),
        sum_column("planned_cost", gettext_lazy("Planned cost")),
        sum_column("actual_cost", gettext_lazy("Actual cost")),
        Column(
            "currency",
            gettext_lazy("Currency"),
            value=lambda r: r.engagement.currency,
            audience=staff,
        ),
    ),
)

"""The columns of the list of treaty actions, on its page and in its export."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from core.text import label_of
from countries.instruments.choices import Action, Precision
from countries.instruments.models import TreatyAction


def who_cell(action: TreatyAction) -> SafeString:
    """The country, which leads to its page, or the organisation."""
    if action.country is None:
        return format_html('<span dir="auto">{}</span>', action.organisation)
    return format_html(
        '<a class="title" href="{}">{}</a>', action.country.get_absolute_url(), action.who
    )


def instrument_cell(action: TreatyAction) -> SafeString:
    """The treaty, which leads to its page."""
    instrument = action.instrument
    return format_html('<a href="{}">{}</a>', instrument.get_absolute_url(), instrument.short_name)


def source_cell(action: TreatyAction) -> SafeString:
    """Where it is known from, over the note."""
    note = format_html("<br>{}", action.note) if action.note else ""
    return format_html('<span dir="auto">{}{}</span>', action.source, note)


TREATY_ACTIONS: Table[TreatyAction] = Table(
    caption=_("Treaty actions"),
    empty=_("No treaty action fits."),
    none_yet=_("No treaty action is entered."),
    columns=(
        Column(
            "who",
            _("Country"),
            who_cell,
            value=lambda a: a.who,
            sort="country",
            heads_row=True,
        ),
        Column("code", _("Code"), value=lambda a: a.country.iso3 if a.country else ""),
        Column(
            "instrument",
            _("Instrument"),
            instrument_cell,
            value=lambda a: a.instrument.code,
            sort="instrument",
            css="small wide",
        ),
        Column(
            "action",
            _("Action"),
            lambda a: label_of(Action, a.action),
            value=lambda a: label_of(Action, a.action),
        ),
        Column("when", _("Date"), lambda a: a.when, sort="latest"),
        Column("date", _("Date"), value=lambda a: a.date or ""),
        Column("date_until", _("At the latest"), value=lambda a: a.date_until or ""),
        Column(
            "precision",
            _("How exactly the date is known"),
            value=lambda a: label_of(Precision, a.precision),
        ),
        Column(
            "source",
            _("Source"),
            source_cell,
            value=lambda a: a.source,
            css="small soft wide",
        ),
        Column("note", _("Note"), value=lambda a: a.note),
    ),
)

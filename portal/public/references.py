"""What public pages name beside the programme's own work: tools, and treaties with how far they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from assistance.tools.choices import ToolKind
from countries.instruments.models import Instrument, TreatyAction
from countries.names import current_language
from portal.instruments.presentation import InstrumentStatus, status_of
from portal.public.models import (
    PublicCountry,
    PublicProgramme,
)
from portal.public.reference_models import (
    PublicInstrument,
    PublicTool,
    PublicTreatyAction,
)


def countries_in_order() -> list[PublicCountry]:
    """All countries in the reader's order. One query."""
    return list(PublicCountry.objects.order_by(f"sort_{current_language()}"))


def tools_by_kind(programme: PublicProgramme) -> list[tuple[str, list[PublicTool]]]:
    """Kinds of tools, each with its tools by title. Two queries."""
    rows = PublicTool.objects.filter(programmes__contains=[programme.pk])
    found: dict[str, list[PublicTool]] = {}
    for tool in rows.prefetch_related("versions"):
        found.setdefault(tool.kind, []).append(tool)
    return [(str(kind.label), found[kind]) for kind in ToolKind if kind in found]


def statuses_of(
    instruments: Iterable[PublicInstrument], countries: Sequence[PublicCountry]
) -> list[InstrumentStatus]:
    """How far each treaty is. Two queries, whatever their number."""
    instruments = list(instruments)
    by_id = {country.pk: country for country in countries}
    actions: dict[int, list[PublicTreatyAction]] = {}
    for action in PublicTreatyAction.objects.filter(instrument__in=[i.pk for i in instruments]):
        if action.country_id is not None:
            action.country = by_id[action.country_id]
        actions.setdefault(action.instrument_id, []).append(action)
    order = {country.pk: place for place, country in enumerate(countries)}
    return [
        # rows of the views have what these have, under the same names
        status_of(
            cast("Instrument", instrument),
            cast("Iterable[TreatyAction]", actions.get(instrument.pk, [])),
            order,
        )
        for instrument in instruments
    ]


def treaties_of(
    programme: PublicProgramme, country: PublicCountry
) -> list[tuple[PublicInstrument, list[PublicTreatyAction]]]:
    """What a country did about each treaty that the programme names, in the order of days. Two
    queries."""
    rows = PublicInstrument.objects.filter(programmes__contains=[programme.pk])
    done: dict[int, list[PublicTreatyAction]] = {}
    for action in PublicTreatyAction.objects.filter(country=country, instrument__in=rows):
        done.setdefault(action.instrument_id, []).append(action)
    return [(instrument, done.get(instrument.pk, [])) for instrument in rows]

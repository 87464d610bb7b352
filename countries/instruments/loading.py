"""Loads instruments, their obligations and what is known of treaty actions from the project's own
reference files.

Running it twice changes nothing: treaty actions are loaded with their instrument alone, so that one
that was taken out stays out.
"""

from __future__ import annotations

import json
from datetime import date

from countries.geography.loading import FOLDER, KNOWN_SINCE, reference_rows
from countries.geography.models import Country
from countries.instruments.choices import Precision
from countries.instruments.models import Instrument, Obligation, TreatyAction
from countries.names import LANGUAGES

DATES = ("adopted_on", "opened_on", "closes_on")


def load_instruments() -> None:
    """Instruments that are missing, with what is known of them."""
    facts = json.loads((FOLDER / "instruments.json").read_text(encoding="utf-8"))
    known = set(Instrument.objects.values_list("code", flat=True))
    made = {}
    for order, row in enumerate(facts, 1):
        if row["code"] not in known:
            dates = {name: date.fromisoformat(row.pop(name)) for name in DATES if name in row}
            made[row["code"]] = Instrument.objects.create(order=order, **row, **dates)
    if made:
        load_obligations(made)
        load_actions(made)


def load_obligations(instruments: dict[str, Instrument]) -> None:
    """Of these instruments, by code, in the order of their articles."""
    Obligation.objects.bulk_create(
        Obligation(
            instrument=instruments[row["instrument"]],
            code=row["code"],
            article=row["article"],
            names={language: row[f"name_{language}"] for language in LANGUAGES},
            pillar=row["pillar"],
            order=order,
            source=row["source"],
        )
        for order, row in enumerate(reference_rows("obligations.csv"), 1)
        if row["instrument"] in instruments
    )


def load_actions(instruments: dict[str, Instrument]) -> None:
    """Of these instruments, by code."""
    countries = {c.iso3: c for c in Country.objects.only("iso3")}
    TreatyAction.objects.bulk_create(
        action_of(row, instruments[row["instrument"]], countries)
        for row in reference_rows("treaty-actions.csv")
        if row["instrument"] in instruments
    )


def action_of(
    row: dict[str, str], instrument: Instrument, countries: dict[str, Country]
) -> TreatyAction:
    """A row of the file as a treaty action."""
    action = TreatyAction(
        instrument=instrument,
        country=countries[row["country"]] if row["country"] else None,
        organisation=row["organisation"],
        action=row["action"],
        precision=Precision(row["precision"]),
        date=date.fromisoformat(row["date"]) if row["date"] else None,
        date_until=date.fromisoformat(row["date_until"]) if row["date_until"] else None,
        source=row["source"],
        note=row["note"],
        recorded_at=KNOWN_SINCE,
    )
    action.follow_precision()
    return action

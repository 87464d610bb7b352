"""Treaty actions out of a table: country, instrument, action, date, source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.forms import NO_DATE
from core.pasted_tables import PastedColumn, PastedRow, PastedTable, read_pasted
from core.text import normalise
from countries.geography.country_names import COUNTRY_HEADS, CountryNames
from countries.instruments.choices import Action, Precision
from countries.instruments.models import Instrument, TreatyAction, implausible_date
from countries.instruments.services import EnteredActions, corrected, stored_in

COLUMNS = (
    PastedColumn(
        "country",
        (*COUNTRY_HEADS, "Participant"),
        True,
    ),
    PastedColumn(
        "instrument",
        ("Instrument", "Treaty", "Traité", "Tratado", "Instrumento", "Договор", "الصك", "文书"),
        True,
    ),
    PastedColumn("action", ("Action", "Acte", "Acción", "Действие", "الإجراء", "行动"), True),
    PastedColumn("date", ("Date", "Fecha", "Дата", "التاريخ", "日期"), True),
    PastedColumn("source", ("Source", "Fuente", "Источник", "المصدر", "来源"), True),
    PastedColumn("note", ("Note", "Nota", "Примечание", "ملاحظة", "备注")),
)
ACTIONS = {
    Action.SIGNED: ("signed", "signature", "signé", "firma"),
    Action.RATIFIED: (
        "ratified",
        "ratification",
        "acceptance",
        "approval",
        "accepted",
        "approved",
        "ratifié",
        "ratificación",
    ),
    Action.ACCEDED: ("acceded", "accession", "a", "adhésion", "adhesión"),
    Action.IN_FORCE: ("in force", "in_force", "entry into force", "entrée en vigueur"),
    Action.DENOUNCED: ("denounced", "denunciation", "withdrawal", "dénonciation"),
}
LONGEST = 300  # characters of a source or a note
DAY, MONTH, YEAR = (
    re.compile(pattern) for pattern in (r"\d{4}-\d{2}-\d{2}\Z", r"\d{4}-\d{2}\Z", r"\d{4}\Z")
)


def action_named(text: str) -> Action:
    """The action that a cell means. Raises ValidationError."""
    for action, words in ACTIONS.items():
        if normalise(text) in {*map(normalise, words), normalise(str(action.label))}:
            return action
    raise ValidationError(
        _("“%(value)s” is no action; write signed, ratified, acceded, in force or denounced.")
        % {"value": text[:40]}
    )


def date_named(text: str) -> tuple[Precision, date | None]:
    """The day, month or year of a cell, and how exact that is; a blank is reported without a date.
    Raises ValidationError."""
    if not text:
        return Precision.REPORTED, None
    try:
        if DAY.match(text):
            return Precision.DAY, date.fromisoformat(text)
        if MONTH.match(text):
            return Precision.MONTH, date.fromisoformat(f"{text}-01")
        if YEAR.match(text):
            return Precision.YEAR, date(int(text), 1, 1)
    except ValueError:
        pass
    raise ValidationError(NO_DATE)


def read_actions(text: str, *, lock: bool = False) -> PastedTable[TreatyAction]:
    """The actions that a table would record or correct, or what is wrong with it; with `lock` in a
    transaction, to the end of which nobody changes what is entered."""
    return read_pasted(text, COLUMNS, ActionReader(lock=lock).read_row)


class ActionReader:
    """Reads the rows of one table, of which each action is to stand in it once."""

    def __init__(self, *, lock: bool) -> None:
        self.countries = CountryNames()
        self.instruments = {normalise(i.code): i for i in Instrument.objects.all()}
        self.entered = EnteredActions(lock=lock)
        self.seen: set[tuple[object, ...]] = set()

    def read_row(self, number: int, cells: Mapping[str, str]) -> PastedRow[TreatyAction]:
        """What a row would record or correct. Raises ValidationError with all that is wrong."""
        action = self.action_in(cells)
        key = (action.instrument_id, action.country_id, action.action, action.date)
        if key in self.seen:
            raise ValidationError(_("this action stands in the table twice."))
        self.seen.add(key)
        words = (
            action.who,
            action.instrument.code,
            str(Action(action.action).label),
            action.when,
            action.source,
        )
        same = self.entered.same_as(action)
        if same is None:
            return PastedRow(number, action, words, "new")
        made, is_changed = corrected(same, action, cells)
        outcome = "changed" if is_changed else "known"
        return PastedRow(number, made, words, outcome, (same.pk, *stored_in(same)))

    def action_in(self, cells: Mapping[str, str]) -> TreatyAction:
        """The action of a row, not saved. Raises ValidationError with all that is wrong."""
        wrong: list[str] = []
        instrument = read_cell(wrong, self.instrument_named, cells["instrument"])
        country = read_cell(wrong, self.countries.clean, cells["country"])
        kind = read_cell(wrong, action_named, cells["action"])
        when = read_cell(wrong, date_named, cells["date"])
        if not cells["source"]:
            wrong.append(_("the source is missing."))
        wrong += [
            _("“%(value)s” is longer than %(n)s characters.")
            % {"value": cells[name][:40] + "…", "n": LONGEST}
            for name in ("source", "note")
            if len(cells.get(name, "")) > LONGEST
        ]
        if kind and when and (sentence := implausible_date(kind, when[1])):
            wrong.append(sentence)
        if wrong or instrument is None or country is None or kind is None or when is None:
            raise ValidationError(wrong)
        action = TreatyAction(
            instrument=instrument,
            country=country,
            action=kind,
            precision=when[0],
            date=when[1],
            source=cells["source"],
            note=cells.get("note", ""),
        )
        action.follow_precision()
        return action

    def instrument_named(self, text: str) -> Instrument:
        """By its code. Raises ValidationError."""
        instrument = self.instruments.get(normalise(text))
        if instrument is None:
            codes = ", ".join(i.code for i in self.instruments.values())
            raise ValidationError(
                _("there is no instrument “%(value)s”; there are: %(codes)s.")
                % {"value": text[:40], "codes": codes}
            )
        return instrument


Read = TypeVar("Read")


def read_cell(wrong: list[str], read: Callable[[str], Read], text: str) -> Read | None:
    """What a cell means; nothing where it means nothing, which then stands in `wrong`."""
    try:
        return read(text)
    except ValidationError as refusal:
        wrong += refusal.messages
        return None

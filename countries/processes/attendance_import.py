"""Attendance out of a table: country, women, men, other, not known, level. Of a list of names, one
person a row, the names are counted and not kept."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.pasted_tables import PastedColumn, PastedRow, PastedTable, cells_of, read_pasted
from core.text import label_of, normalise
from countries.geography.country_names import COUNTRY_HEADS, CountryNames
from countries.geography.models import Country
from countries.processes.choices import DELEGATES, Level
from countries.processes.models import MOST_DELEGATES, ProcessSession, SessionAttendance
from countries.processes.services import AttendanceLine, check_support

COUNTRY = PastedColumn(
    "country",
    (*COUNTRY_HEADS, "Delegation"),
    needed=True,
)
NUMBERS = (
    PastedColumn("women", ("Women", "Female", "Femmes", "Mujeres", "Женщины", "النساء", "女")),
    PastedColumn("men", ("Men", "Male", "Hommes", "Hombres", "Мужчины", "الرجال", "男")),
    PastedColumn("other", ("Other", "Autre", "Otro", "Другой пол", "آخر", "其他")),
    PastedColumn(
        "unknown",
        (
            "Not known",
            "Sex not known",
            "Delegates",
            "Délégués",
            "Delegados",
            "Делегаты",
            "المندوبون",
            "代表",
        ),
    ),
)
LEVEL = PastedColumn("level", ("Level", "Niveau", "Nivel", "Уровень", "المستوى", "级别"))
NAME = PastedColumn("name", ("Name", "Full name", "Nom", "Nombre", "Имя", "الاسم", "姓名"))
SEX = PastedColumn("sex", ("Sex", "Gender", "Sexe", "Sexo", "Пол", "الجنس", "性别"))
COLUMNS = (COUNTRY, *NUMBERS, LEVEL)
SEXES = {
    "women": (
        *("woman", "w", "f", "female", "femme", "mujer", "ms", "mme", "mrs"),
        *("женщина", "ж", "امرأة", "女"),
    ),
    "men": ("man", "m", "male", "homme", "h", "hombre", "mr", "мужчина", "м", "رجل", "男"),
    "other": ("other", "o", "x"),
}


class Delegate(NamedTuple):
    """Of a row of a list of names, what is counted."""

    country: Country
    sex: str


def number_named(text: str) -> int | None:
    """A number of delegates; None for a blank. Raises ValidationError."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > 4 or int(text) > MOST_DELEGATES:
        raise ValidationError(
            _("“%(value)s” is no number from 0 to %(most)s; leave it empty if it is not known.")
            % {"value": text[:20], "most": MOST_DELEGATES}
        )
    return int(text)


def level_named(text: str) -> str:
    """The level that a cell means; none for a blank. Raises ValidationError."""
    for level in Level:
        if normalise(text) in (normalise(level.value), normalise(str(level.label))):
            return level.value
    if text:
        raise ValidationError(
            _("“%(value)s” is no level; write one of: %(levels)s.")
            % {"value": text[:40], "levels": ", ".join(level.value for level in Level)}
        )
    return ""


def is_list_of_names(text: str) -> bool:
    """Whether the table has a person a row."""
    try:
        rows = cells_of(text)
    except csv.Error:
        return False  # which is said where the table is read
    known = {normalise(head) for head in NAME.heads}
    return bool(rows) and any(normalise(head) in known for head in rows[0][1])


Entered = Mapping[int, SessionAttendance]  # by id of country


def read_attendance_table(
    user: User, session: ProcessSession, text: str
) -> PastedTable[AttendanceLine]:
    """What a table would enter, or what is wrong with it. What is entered of a country stays where
    the table has no column for it."""
    rows = {a.country_id: a for a in session.attendances.all()}
    entered = {pk: ([getattr(a, name) for name in DELEGATES], a.level) for pk, a in rows.items()}
    table = counted_names(text, rows) if is_list_of_names(text) else numbers_table(text, rows)
    wrong = check_support(session, (row.made for row in table.rows), user)
    table.errors += wrong.values()
    for row in table.rows:
        line = row.made
        before = entered.get(line.country.pk)
        now = ([line.numbers.get(name) for name in DELEGATES], line.level)
        row.outcome = "new" if before is None else "known" if before == now else "changed"
        row.stored = before
    return table


def numbers_table(text: str, entered: Entered) -> PastedTable[AttendanceLine]:
    """A country a row, with its numbers."""
    names, seen = CountryNames(), set[int]()

    def read_row(number: int, cells: Mapping[str, str]) -> PastedRow[AttendanceLine]:
        country = names.clean(cells["country"])
        if country.pk in seen:
            raise ValidationError(
                _("%(country)s stands in the table twice.") % {"country": country.name}
            )
        seen.add(country.pk)
        before = entered.get(country.pk)
        numbers = {
            name: number_named(cells[name]) if name in cells else getattr(before, name, None)
            for name in DELEGATES
        }
        level = level_named(cells["level"]) if "level" in cells else getattr(before, "level", "")
        line = AttendanceLine(country, numbers, level)
        return PastedRow(number, line, words_of(line), "new")

    return read_pasted(text, COLUMNS, read_row)


def counted_names(text: str, entered: Entered) -> PastedTable[AttendanceLine]:
    """A person a row: counted by country and sex. What the names are is not kept."""
    names = CountryNames()

    def read_row(number: int, cells: Mapping[str, str]) -> PastedRow[Delegate]:
        word = normalise(cells.get("sex", ""))
        sex = next((sex for sex, words in SEXES.items() if word in words), "unknown")
        made = Delegate(names.clean(cells["country"]), sex)
        return PastedRow(number, made, (), "new")

    people = read_pasted(text, (NAME, COUNTRY, SEX), read_row)
    by_country: dict[Country, Counter[str]] = {}
    for row in people.rows:
        by_country.setdefault(row.made.country, Counter())[row.made.sex] += 1
    table: PastedTable[AttendanceLine] = PastedTable(errors=people.errors)
    for number, (country, counts) in enumerate(by_country.items(), 1):
        if counts.total() > MOST_DELEGATES:
            table.errors.append(
                _("%(country)s: at most %(most)s delegates of one country.")
                % {"country": country.name, "most": MOST_DELEGATES}
            )
        level = getattr(entered.get(country.pk), "level", "")
        numbers = {name: counts[name] or None for name in DELEGATES}
        line = AttendanceLine(country, numbers, level)
        table.rows.append(PastedRow(number, line, words_of(line), "new"))
    return table


def words_of(line: AttendanceLine) -> tuple[object, ...]:
    """The line in the preview."""
    numbers = [line.numbers.get(name) for name in DELEGATES]
    known = " + ".join("–" if n is None else str(n) for n in numbers)
    level = label_of(Level, line.level) if line.level else ""
    return (line.country.name, known, level)

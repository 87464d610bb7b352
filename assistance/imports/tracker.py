"""A legacy tracker becomes engagements: first a preview with every mistake, then all rows or none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assistance.engagements.choices import NUMBERS, Origin
from assistance.engagements.models import Engagement, EngagementEvent
from assistance.engagements.states import EngagementState
from assistance.imports.columns import Header, best_row, read_header
from assistance.imports.reading import (
    MOST_ROWS,
    Line,
    Table,
    Unreadable,
    read_tables,
    too_many_rows,
)
from assistance.imports.row_form import Lookups, RowForm, RowValues
from assistance.programmes.models import Programme

COMPARED = (
    "title",
    "country",
    "objectives",
    "budget",
    "expense",
    "contact",
    "type",
    "pillar",
    "starts_on",
    "ends_on",
    *NUMBERS,
)
TAKEN_OVER = (
    "title",
    "objectives",
    "organisation",
    "foreign_id",
    "budget",
    "expense",
    "contact",
    "type",
    "pillar",
)
Identity = tuple[str | int, ...]


@dataclass
class Mistake:
    """What is wrong in a cell: the row as a spreadsheet program shows it, the header of the column,
    and the sentence."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return _("row %(row)s, column %(column)s: %(sentence)s") % {
            "row": self.row,
            "column": self.column,
            "sentence": self.sentence,
        }


@dataclass
class Row:
    """A row without mistakes and what becomes of it."""

    number: int
    values: RowValues
    state: str
    warnings: list[str]
    unused: tuple[str, ...] = ()
    is_there: bool = False

    @property
    def identity(self) -> Identity:
        """By what a record is known again: organisation and identifier there, or else organisation,
        title and country."""
        v = self.values
        return (
            (v.organisation, v.foreign_id)
            if v.foreign_id
            else (v.organisation, "", v.title, v.country.pk)
        )

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of a row that becomes a dated engagement."""
        first, last = self.values.starts_on, self.values.ends_on
        assert first is not None and last is not None, "it is dated"
        return first, last

    def digest(self, found: Preview) -> str:
        """A short proof of what the row says, kept with the record: it tells later whether the file
        says something else."""
        v = self.values
        said = {name: getattr(v, name) for name in COMPARED} | {
            "country": v.country.iso3,
            "pillar": v.pillar.code if v.pillar else None,
        }
        said |= {"currency": found.header.currency, "programme": found.programme.code}
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@dataclass
class Preview:
    """What a file would make."""

    path: Path
    programme: Programme
    header: Header
    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def to_make(self) -> list[Row]:
        """Rows that are not there yet."""
        return [row for row in self.rows if not row.is_there]

    @property
    def is_loadable(self) -> bool:
        """Whether nothing is wrong."""
        return not self.mistakes and not self.header.mistakes


def preview_tracker(path: Path, programme: Programme) -> Preview:
    """Reads the whole file and checks each row.

    Raises Unreadable where the file is no table with the headers that are needed.
    """
    table, line = find_table(path)
    found = Preview(path, programme, read_header(line))
    if found.header.mistakes:
        return found
    lookups = Lookups(programme)
    for number, row in enumerate(filled_rows(table, found.header.row), 1):
        if number > MOST_ROWS:
            raise too_many_rows(path)
        read_row(found, row, lookups)
    if not found.rows and not found.mistakes:
        raise Unreadable(
            _("“%(name)s” has headers but no records below them.") % {"name": path.name}
        )
    refuse_twice(found)
    compare_with_imported(found)
    found.mistakes.sort(key=lambda mistake: mistake.row)
    return found


def find_table(path: Path) -> tuple[Table, Line]:
    """The sheet (or the reading of a CSV file) with the most known headers, and its row of headers.

    Raises Unreadable.
    """
    best: tuple[int, Table, Line] | None = None
    trouble: Unreadable | None = None
    for table in read_tables(path):
        try:
            known, line = best_row(table.lines())
        except Unreadable as error:
            trouble = error
            continue
        if line is not None and (best is None or known > best[0]):
            best = (known, table, line)
    if best is not None:
        return best[1], best[2]
    sentence = _(
        "No row of headers was found in the first 20 rows of “%(name)s”. The columns Title and"
        " Country (or ISO2) are needed."
    )
    raise trouble or Unreadable(sentence % {"name": path.name})


def filled_rows(table: Table, header_row: int) -> Iterator[Line]:
    """The filled rows below the headers."""
    return (line for line in islice(table.lines(), header_row, None) if not line.is_empty)


def read_row(found: Preview, line: Line, lookups: Lookups) -> None:
    """Adds the row, or its mistakes, to the preview."""
    form = RowForm(found.header.values(line), lookups)
    if form.is_valid():
        found.rows.append(Row(line.number, form.values, form.state, form.warnings, form.unused))
        return
    for name, sentences in form.errors.items():
        column = "iso2" if name == "country" and "country" not in found.header.places else name
        found.mistakes.extend(
            Mistake(line.number, found.header.label(column), str(sentence))
            for sentence in sentences
        )


def refuse_twice(found: Preview) -> None:
    """The same record in two rows is a mistake."""
    first: dict[Identity, int] = {}
    for row in found.rows:
        before = first.setdefault(row.identity, row.number)
        if before == row.number:
            continue
        if row.values.foreign_id:
            sentence = _(
                "“%(id)s” stands in row %(row)s already. Each record has an identifier of its own."
            )
        else:
            sentence = _(
                "the same title, country and agency stand in row %(row)s already. Remove one, or"
                " give each a Project ID."
            )
        found.mistakes.append(
            Mistake(
                row.number,
                key_label(found, row),
                sentence % {"id": row.values.foreign_id, "row": before},
            )
        )


def key_label(found: Preview, row: Row) -> str:
    """The column by which a row is known."""
    return found.header.label("foreign_id" if row.values.foreign_id else "title")


def compare_with_imported(found: Preview) -> None:
    """Marks rows that are there and say what they said then, or what the record says today;
    anything else is a mistake."""
    theirs = Engagement.objects.filter(
        origin=Origin.IMPORTED, organisation__in={row.values.organisation for row in found.rows}
    )
    known = identities_of_imported(theirs)
    digests = dict(
        EngagementEvent.objects.filter(action="import", engagement__in=theirs).values_list(
            "engagement_id", "data__digest"
        )
    )
    doubtful: dict[int, Row] = {}
    for row in found.rows:
        there = known.get(row.identity)
        row.is_there = there is not None
        if there is not None and digests.get(there) != row.digest(found):
            doubtful[there] = row
    for engagement in theirs.filter(pk__in=doubtful).prefetch_related(
        "recorded_countries", "parts__participations"
    ):
        row = doubtful[engagement.pk]
        if different := changed_columns(row, engagement, found):
            found.mistakes.append(
                Mistake(
                    row.number,
                    key_label(found, row),
                    different_sentence(engagement, different, found),
                )
            )


def different_sentence(there: Engagement, different: list[str], found: Preview) -> str:
    """Says which columns of a record differ from what was imported before."""
    columns = ", ".join(
        found.header.label(name) if name in COMPARED else name for name in different
    )
    sentence = _(
        "this record was imported before as %(reference)s, with other content in: %(columns)s."
        " Change it there, or take the row out."
    )
    return sentence % {"reference": there.reference, "columns": columns}


def identities_of_imported(theirs: QuerySet[Engagement]) -> dict[Identity, int]:
    """Ids of imported engagements by what they are known by."""
    known: dict[Identity, int] = {}
    for pk, organisation, foreign_id in theirs.exclude(foreign_id="").values_list(
        "pk", "organisation", "foreign_id"
    ):
        known[organisation, foreign_id] = pk
    for engagement in (
        theirs.filter(foreign_id="")
        .defer("objectives")
        .prefetch_related("recorded_countries", "parts__participations")
    ):
        for country_id in countries_of(engagement):
            known[engagement.organisation, "", engagement.title, country_id] = engagement.pk
    return known


def countries_of(engagement: Engagement) -> set[int]:
    """Ids of the countries that an imported record concerns."""
    recorded = {r.country_id for r in engagement.recorded_countries.all()}
    return recorded | {
        p.country_id for part in engagement.parts.all() for p in part.participations.all()
    }


def changed_columns(row: Row, there: Engagement, found: Preview) -> list[str]:
    """In which columns the row says something else than the record does today."""
    different = [
        name
        for name in ("title", "objectives", "budget", "expense", "contact", "type")
        if getattr(row.values, name) != getattr(there, name)
    ]
    if countries_of(there) != {row.values.country.pk}:
        different.append("country")
    if (row.values.pillar.pk if row.values.pillar else None) != there.pillar_id:
        different.append("pillar")
    if row.state != EngagementState.RECORDED or there.starts_on:
        different += [
            name
            for name in ("starts_on", "ends_on")
            if getattr(row.values, name) != getattr(there, name)
        ]
        people = [p for part in there.parts.all() for p in part.participations.all()]
        different += [
            name
            for name in NUMBERS
            if people
            and name not in row.unused
            and getattr(row.values, name) != getattr(people[0], name)
        ]
    if there.currency != found.header.currency:
        different.append(_("currency"))
    if there.programme_id != found.programme.pk:
        different.append(_("programme"))
    return different

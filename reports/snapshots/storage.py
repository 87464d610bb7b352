"""How a snapshot is kept: its text beside whom it belongs to, the rows behind its figures in tables
of their own, and in the text a hash over them.

So whoever wants figures reads 50 kB, not 18 MB, and whoever opens one reads its rows. Snapshots of
forms before 6 hold their rows in the text, for ever: the text is the record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import cast

from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast, Collate

from reports.snapshots.canonical import canonical_json, canonical_text, read_snapshot
from reports.snapshots.models import AnnexRow, FigureRows
from reports.snapshots.types import Annex, FigureData, Rows, Snapshot

FIRST_APART = 6  # the form from which rows are kept apart
KINDS = tuple(sorted(Annex.__annotations__))  # of rows
# that documents of before do not name: made anew, they are the same to the byte
LATER_KINDS = frozenset({"attendance", "indicator_value", "survey", "treaty_action"})
AnnexRows = dict[str, dict[str, object]]  # of one kind, by id


def stored_text(snapshot: Snapshot) -> str:
    """What is kept as text of a snapshot: all but the rows, with a hash over them."""
    if snapshot["form"] < FIRST_APART:
        return canonical_json(snapshot)
    kept = {
        **snapshot,
        "figures": {code: without_ids(figure) for code, figure in snapshot["figures"].items()},
        "rows_sha256": rows_hash(snapshot),
    }
    del kept["annex"]
    return canonical_text(kept)


def without_ids(figure: FigureData) -> dict[str, object]:
    """A figure with the kind of its rows alone."""
    return {**figure, "rows": {"kind": figure["rows"]["kind"]}}


def with_ids(figure: FigureData) -> FigureData:
    """A figure with the ids of its rows at hand."""
    rows = figure["rows"]
    return {**figure, "rows": Rows(kind=rows["kind"], ids=rows["ids"])}


def stored_snapshot(text: str, revision: int, audience: str) -> Snapshot:
    """The snapshot that was kept as this text for an audience of a revision; its rows are read when
    they are asked for."""
    found = read_snapshot(text)
    if found["form"] < FIRST_APART:
        return found
    source = StoredSource(revision, audience)
    for code, figure in found["figures"].items():
        figure["rows"] = cast("Rows", StoredRows(source, code, figure["rows"]["kind"]))
    found["annex"] = cast("Annex", StoredAnnex(source))
    return found


def whole_snapshot(snapshot: Snapshot) -> Snapshot:
    """The same with all its rows at hand."""
    figures = {code: with_ids(figure) for code, figure in snapshot["figures"].items()}
    annex = rows_by_kind(snapshot)
    kinds = KINDS if isinstance(annex, StoredAnnex) else annex
    return cast(
        "Snapshot",
        {
            **snapshot,
            "figures": figures,
            "annex": {k: annex[k] for k in kinds if annex[k] or k not in LATER_KINDS},
        },
    )


def rows_by_kind(snapshot: Snapshot) -> Mapping[str, AnnexRows]:
    """The annex, whichever kinds of rows it has."""
    return cast("Mapping[str, AnnexRows]", snapshot["annex"])


class StoredSource:
    """The rows that an audience of a stored revision may read."""

    def __init__(self, revision: int, audience: str) -> None:
        self.of = {"revision_id": revision, "audience": audience}

    @cached_property
    def ids(self) -> dict[str, list[int]]:
        """Ids by figure, of those that count any."""
        return dict(FigureRows.objects.filter(**self.of).values_list("figure", "ids"))

    def rows(self, kind: str, ids: Iterable[int] | None = None) -> AnnexRows:
        """The rows of a kind, or those of them with some ids."""
        found = AnnexRow.objects.filter(**self.of, kind=kind)
        if ids is not None:
            found = found.filter(row_id__in=ids)
        pairs = found.values_list("row_id", "content").iterator()
        return {str(pk): json.loads(content) for pk, content in pairs}

    def rows_in_order(self, kind: str) -> Iterator[tuple[str, dict[str, object]]]:
        """The rows of a kind one after the other, by their ids as text."""
        key = Collate(Cast("row_id", TextField()), "C")
        found = AnnexRow.objects.filter(**self.of, kind=kind).order_by(key)
        for pk, content in found.values_list("row_id", "content").iterator():
            yield str(pk), json.loads(content)

    def lines(self) -> Iterator[str]:
        """What its hash is over, as `row_lines` says."""
        figures = FigureRows.objects.filter(**self.of).order_by(Collate("figure", "C"))
        for figure, ids in figures.values_list("figure", "ids").iterator():
            yield figure_line(figure, ids)
        rows = AnnexRow.objects.filter(**self.of).order_by(Collate("kind", "C"), "row_id")
        for kind, pk, content in rows.values_list("kind", "row_id", "content").iterator():
            yield annex_line(kind, pk, content)


class StoredRows(dict[str, object]):
    """The rows of a stored figure: their kind, and their ids once they are asked for."""

    def __init__(self, source: StoredSource, code: str, kind: str) -> None:
        super().__init__(kind=kind)
        self.source, self.code = source, code

    def __missing__(self, key: str) -> list[int]:
        if key != "ids":
            raise KeyError(key)
        return self.source.ids.get(self.code, [])


class StoredAnnex(dict[str, AnnexRows]):
    """The annex of a stored snapshot: the rows of a kind once they are asked for."""

    def __init__(self, source: StoredSource) -> None:
        super().__init__()
        self.source = source

    def __missing__(self, kind: str) -> AnnexRows:
        if kind not in KINDS:
            raise KeyError(kind)
        self[kind] = self.source.rows(kind)
        return self[kind]

    def get(self, kind: str, _default: object = None) -> AnnexRows:
        """The rows of a kind: a stored snapshot has all kinds."""
        return self[kind]


def rows_with_ids(snapshot: Snapshot, kind: str, ids: Iterable[int]) -> AnnexRows:
    """The rows of a kind that have these ids; what is missing is not there."""
    annex = rows_by_kind(snapshot)
    if isinstance(annex, StoredAnnex) and kind not in annex:
        return annex.source.rows(kind, ids)
    known = annex.get(kind, {})
    return {str(pk): known[str(pk)] for pk in ids if str(pk) in known}


def annex_in_order(snapshot: Snapshot) -> Iterator[tuple[str, Iterator[tuple[str, object]]]]:
    """Each kind of rows, and its rows by their ids as text: one after the other, of a stored
    snapshot as they are read. Kinds that came later are left out where there are none."""
    annex = rows_by_kind(snapshot)
    for kind in KINDS if isinstance(annex, StoredAnnex) else sorted(annex):
        rows = (
            annex.source.rows_in_order(kind)
            if isinstance(annex, StoredAnnex)
            else iter(sorted(annex[kind].items()))
        )
        first = next(rows, None) if kind in LATER_KINDS else None
        if first is not None:
            yield kind, chain([first], rows)
        elif kind not in LATER_KINDS:
            yield kind, rows


def rows_hash(snapshot: Snapshot) -> str:
    """SHA-256 of the rows of a snapshot."""
    return hash_of_lines(row_lines(snapshot))


def stored_rows_hash(revision: int, audience: str) -> str:
    """SHA-256 of the rows that are stored for an audience of a revision."""
    return hash_of_lines(StoredSource(revision, audience).lines())


def hash_of_lines(lines: Iterable[str]) -> str:
    """SHA-256 of some lines."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()


def row_lines(snapshot: Snapshot) -> Iterator[str]:
    """The ids of each figure that has any, by its code, and every row of the annex, by kind and
    id."""
    for code, ids in figures_with_rows(snapshot):
        yield figure_line(code, ids)
    for kind, pk, content in written_rows(snapshot):
        yield annex_line(kind, pk, content)


def figure_line(code: str, ids: Iterable[int]) -> str:
    """The ids of a figure, as the hash is over them."""
    return f"{code}\t{','.join(map(str, ids))}\n"


def annex_line(kind: str, pk: int, content: str) -> str:
    """A row of the annex, as the hash is over it."""
    return f"{kind}\t{pk}\t{content}\n"


def figures_with_rows(snapshot: Snapshot) -> Iterator[tuple[str, list[int]]]:
    """Code and ids of each figure that counts rows, by code."""
    for code, figure in sorted(snapshot["figures"].items()):
        if ids := figure["rows"]["ids"]:
            yield code, ids


def written_rows(snapshot: Snapshot) -> Iterator[tuple[str, int, str]]:
    """Kind, id and canonical JSON of every row of the annex, by kind and id."""
    annex = rows_by_kind(snapshot)
    for kind in KINDS:
        known = annex.get(kind, {})
        for pk in sorted(map(int, known)):
            yield kind, pk, canonical_text(known[str(pk)])


def store_rows(snapshot: Snapshot, revision: int, audience: str) -> None:
    """Keeps the rows of a snapshot for an audience of a revision, in the place of those before."""
    remove_rows(revision, [audience])
    if snapshot["form"] < FIRST_APART:
        return
    copy_rows(
        "COPY reports_figurerows (revision_id, audience, figure, ids) FROM STDIN",
        ((revision, audience, code, ids) for code, ids in figures_with_rows(snapshot)),
    )
    copy_rows(
        "COPY reports_annexrow (revision_id, audience, kind, row_id, content) FROM STDIN",
        ((revision, audience, *row) for row in written_rows(snapshot)),
    )


def copy_rows(statement: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Sends rows to the database one after the other."""
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def remove_rows(revision: int, audiences: Iterable[str]) -> None:
    """Removes what is stored for some audiences of a revision that is not published."""
    for table in (FigureRows, AnnexRow):
        table.objects.filter(revision_id=revision, audience__in=audiences).delete()

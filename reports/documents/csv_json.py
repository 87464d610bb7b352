"""CSV and JSON: every figure, one a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from django.utils import translation

from core.csv import escape_formula
from reports.documents.structure import label_of
from reports.documents.writer import share_of
from reports.figures.scope import counted
from reports.figures.units import SHARE
from reports.snapshots.storage import annex_in_order
from reports.snapshots.types import Rows, Snapshot

ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, indent=1)
# of a snapshot, in documents: figures stand in another shape, the annex is written by itself, and
# the hash of the rows is for who keeps them
NOT_TOLD = ("figures", "names", "annex", "rows_sha256")
HEADS = (
    "code",
    "label",
    "unit",
    "value",
    "numerator",
    "denominator",
    "previous",
    "previous_numerator",
    "previous_denominator",
    "year_before",
    "year_before_numerator",
    "year_before_denominator",
    "others",
)


def figure_rows(snapshot: Snapshot, language: str) -> list[dict[str, object]]:
    """Code, label, unit and values of every figure that is counted, in the order of the codes."""
    with translation.override(language):
        rows = []
        for code, figure in sorted(counted(snapshot).items()):
            row = {name: figure.get(name) for name in HEADS} | {
                "code": code,
                "label": label_of(code, snapshot, language),
            }
            if figure["unit"] == SHARE and (share := share_of(figure)) is not None:
                row["value"] = round(share, 4)
            rows.append(row)
        return rows


def as_csv(snapshot: Snapshot, language: str) -> bytes:
    """UTF-8 with the mark that spreadsheets look for; an empty cell where there is no value."""
    out = io.StringIO()
    # as `writer_to` does
    writer = csv.DictWriter(out, HEADS, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    for row in figure_rows(snapshot, language):
        writer.writerow(
            {
                k: ""
                if v is None
                else v
                if isinstance(v, str) and _is_number(v)
                else escape_formula(v)
                for k, v in row.items()
            }
        )
    return out.getvalue().encode("utf-8-sig")


def _is_number(text: str) -> bool:
    """Whether a text is a decimal, which a spreadsheet may take as one."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def as_json(snapshot: Snapshot, highlights: str, language: str) -> bytes:
    """Figures with their labels, period, programme and annex, sorted keys."""
    told = {k: v for k, v in snapshot.items() if k not in NOT_TOLD} | {
        "language": language,
        "highlights": highlights,
        "figures": [
            row | {"rows": told_rows(snapshot, str(row["code"]))}
            for row in figure_rows(snapshot, language)
        ],
    }
    out = io.BytesIO()
    with io.TextIOWrapper(out, "utf-8", write_through=False) as text:
        # piece by piece: of all pieces at once, the annex of a large programme takes 150 MB
        for number, key in enumerate(sorted({*told, "annex"})):
            text.write(f'{"," if number else "{"}\n "{key}": ')
            pieces = annex_pieces(snapshot) if key == "annex" else ENCODER.iterencode(told[key])
            text.writelines(piece.replace("\n", "\n ") for piece in pieces)
        text.write("\n}")
        text.flush()
        return out.getvalue()


def told_rows(snapshot: Snapshot, code: str) -> Rows:
    """The kind and the ids of what a figure counts."""
    rows = snapshot["figures"][code]["rows"]
    return Rows(ids=rows["ids"], kind=rows["kind"])


def annex_pieces(snapshot: Snapshot) -> Iterator[str]:
    """The annex as JSON, row by row, each read when its turn comes."""
    yield "{"
    before = ""
    for kind, rows in annex_in_order(snapshot):
        yield f'{before}\n "{kind}": {{'
        before = ","
        mark = ""
        for pk, row in rows:
            content = ENCODER.encode(row).replace("\n", "\n  ")
            yield f'{mark}\n  "{pk}": {content}'
            mark = ","
        yield "\n }" if mark else "}"
    yield "\n}" if before else "}"

"""A share is never shown without its numerator and its denominator, in whatever document;
participations are not called persons."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import docx
import pytest
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from assistance.engagements import services
from reports.documents import render
from reports.documents.assembly import build_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.scope import ReportScope
from reports.schedules.periods import Period
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.specs import Subject
from tests import make
from tests.make import People
from tests.reports.producing import task

pytestmark = pytest.mark.django_db
KINDS = {"progress": "", "country": "KEN", "management": "", "donor": ""}


@pytest.fixture(scope="module")
def found(kept_for_module: None) -> dict[str, str]:
    """Of Kenya 330 women and 362 men, of whom 31 are of no stated sex beside; the text of a
    snapshot by kind of report."""
    people = People()
    part = make.part(days=1, KEN={"women": 330, "men": 362, "unknown": 31})
    services.perform_action(
        people.officer,
        make.engagement(people.officer, part, funding=make.funding()).pk,
        "deliver",
        {"outcome": "Done."},
    )
    today, kenya = make.programme().today(), make.Country.objects.get(iso3="KEN")
    asked = task(Period(today - timedelta(days=60), today), timezone.now() + timedelta(seconds=1))
    texts = {}
    for kind, iso3 in KINDS.items():
        about = replace(asked, kind=kind)
        if iso3:
            about = replace(
                about,
                subject=Subject("country", kenya.pk, "", {"en": "Kenya"}),
                scope=ReportScope(countries=(kenya.pk,)),
            )
        texts[kind] = canonical_json(build_snapshot(about))
    return texts


def text_of(body: bytes, form: str) -> str:
    """What a reader of a document reads, its lines joined."""
    if form == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if form == "docx":
        book = docx.Document(BytesIO(body))
        return " ".join(
            [
                *(p.text for p in book.paragraphs),
                *(c.text for t in book.tables for row in t.rows for c in row.cells),
            ]
        )
    return body.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_a_reader_finds_both_numbers_beside_a_share(
    found: dict[str, str], kind: str, form: str
) -> None:
    said = re.sub(
        r"\s+",
        " ",
        text_of(render.render_document(read_snapshot(found[kind]), "", "en", form), form),
    )
    assert re.search(r"48\s%\s\(330/692\)", said), kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_spreadsheet_has_both_as_numbers(found: dict[str, str], kind: str) -> None:
    book = CalamineWorkbook.from_filelike(
        BytesIO(render.render_document(read_snapshot(found[kind]), "", "en", "xlsx"))
    )
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    (people,) = [s for s in sheets if s and s[0] and s[0][0] == "Participations, by sex"]
    heads, (women,) = people[2], [row for row in people if row and row[0] == "Share of women"]
    now = str(heads[1])
    by_head = dict(zip(map(str, heads), women, strict=False))
    assert round(float(str(by_head[now])), 4) == 0.4769
    assert (by_head[f"{now}: numerator"], by_head[f"{now}: denominator"]) == (330, 692)
    (men,) = [row for row in people if row and row[0] == "Men"]
    assert men[1] == 362 and dict(zip(map(str, heads), men, strict=False)).get(
        f"{now}: numerator"
    ) in ("", None)


def test_the_overview_of_a_spreadsheet_has_both_for_its_headline(found: dict[str, str]) -> None:
    book = CalamineWorkbook.from_filelike(
        BytesIO(render.render_document(read_snapshot(found["country"]), "", "en", "xlsx"))
    )
    rows = book.get_sheet_by_name("Overview").to_python()
    (share,) = [row for row in rows if row[0] == "Share of women"]
    assert share[3:5] == [330, 692] and ["Numerator", "Denominator"] in [row[3:5] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_lists_of_figures_have_both(found: dict[str, str], kind: str) -> None:
    lines = csv.DictReader(
        StringIO(
            render.render_document(read_snapshot(found[kind]), "", "en", "csv").decode("utf-8-sig")
        )
    )
    (line,) = [row for row in lines if row["code"] == "women_share"]
    assert (line["value"], line["numerator"], line["denominator"]) == ("0.4769", "330", "692")
    (figure,) = [
        f
        for f in json.loads(render.render_document(read_snapshot(found[kind]), "", "en", "json"))[
            "figures"
        ]
        if f["code"] == "women_share"
    ]
    assert (figure["numerator"], figure["denominator"]) == (330, 692)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_share_of_any_table_stands_alone(found: dict[str, str], language: str) -> None:
    """Either the cell says both, or two cells of its row do."""
    shares = 0
    for kind, text in found.items():
        for whole in (json.loads(text), edition_snapshot(json.loads(text), "donor")):
            for table in (
                t for s in build_document(whole, "", language).sections for t in s.tables
            ):
                for row in table.rows:
                    for cell in (
                        c
                        for c in row
                        if c.kind == "share" and c.value is not None and "%" in c.text
                    ):
                        shares += 1
                        beside = sum(1 for c in row if c.kind == "count" and c.value is not None)
                        assert cell.parts is not None or beside >= 2, (kind, table.code)
    assert shares > 4


def test_a_total_of_participations_is_not_said_to_be_persons(found: dict[str, str]) -> None:
    said: list[Any] = [
        x
        for s in build_document(json.loads(found["progress"]), "", "en").sections
        for x in s.sentences
    ]
    assert "There were 723 participations (a person counts once in each part)." in said
    for text in found.values():
        document = build_document(json.loads(text), "", "en")
        labels = [h.label for h in document.headlines] + [
            t.caption for s in document.sections for t in s.tables
        ]
        assert not [label for label in labels if "articipant" in label]

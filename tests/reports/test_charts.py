"""Pictures of a report: made from the table beside them, the same bytes each time, in the page and
in the PDF, said in words."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from countries.models import Country
from reports.documents import pdf, tiles
from reports.documents.charts import bars_of, draw_svg, renumber_clips, svg_of
from reports.documents.illustration import illustrated_document
from reports.documents.structure import Cell, Column, Document, Table
from tests import make
from tests.make import People
from tests.reports.producing import contents_of, produced

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def report(kept_for_module: None) -> Any:
    """A produced report that counts a request of Kenya and an engagement with Kenya and Fiji."""
    return produced(People())


def built(report: Any, language: str = "en") -> Document:
    return illustrated_document(contents_of(report.current), "", language)


def charts_of(document: Document) -> dict[str, Any]:
    return {t.chart.code: t.chart for s in document.sections for t in s.tables if t.chart}


def test_every_member_state_has_one_tile_of_its_own() -> None:
    places = [(t.column, t.row) for t in tiles.tile_layout()]
    codes = [t.iso3 for t in tiles.tile_layout()]
    members = set(Country.objects.filter(un_status="member").values_list("iso3", flat=True))
    assert len(set(places)) == len(places)
    assert len(set(codes)) == len(codes)
    assert len(members) == 193
    assert set(codes) - members == set(
        Country.objects.filter(un_status="observer").values_list("iso3", flat=True)
    )
    assert members <= set(codes)


def test_bars_say_what_their_table_says(report: Any) -> None:
    document = built(report)
    chart = charts_of(document)["requests_received.pillar.bars"]
    table = next(
        t for s in document.sections for t in s.tables if t.code == "requests_received.pillar"
    )
    drawn_texts = [e.text for e in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")]
    for row in table.rows[:-1]:
        assert row[0].text in drawn_texts
        assert row[1].text in drawn_texts
        assert f"{row[0].text} {row[1].text} ({row[2].text})" in chart.alternative
    assert table.rows[-1][0].text not in drawn_texts  # the total would dwarf its parts


def test_nothing_is_drawn_where_nothing_was_counted() -> None:
    columns = [Column("Pillar"), Column("Now", True), Column("Before", True)]
    empty = Table(
        "requests_received.pillar",
        "Requests",
        columns,
        [[Cell("Research"), Cell("0", 0, "count"), Cell("0", 0, "count")]],
    )
    assert bars_of(empty, rtl=False) is None


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_the_same_snapshot_gives_the_same_pictures_and_pdf(
    report: Any, language: str, settings: Any
) -> None:
    # drawn anew each time
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    first, second = built(report, language), built(report, language)
    assert {c: x.svg for c, x in charts_of(first).items()} == {
        c: x.svg for c, x in charts_of(second).items()
    }
    assert pdf.as_pdf(first) == pdf.as_pdf(second)


def test_clips_are_numbered_within_their_picture() -> None:
    svg = '<g clip-path="url(#clip41)"/><clipPath id="clip41"/>'
    assert renumber_clips(svg, "x") == '<g clip-path="url(#clip-x-1)"/><clipPath id="clip-x-1"/>'


def test_no_picture_of_a_page_clips_another(report: Any) -> None:
    """Pictures stand in one page: an id that two of them have is the first one's, whose clip would
    cut the other's bars."""
    taken: set[str] = set()
    pictures = list(charts_of(built(report)).values())
    assert len(pictures) > 2
    for picture in pictures:
        own = re.findall(r'\bid="([^"]+)"', picture.svg)
        assert set(re.findall(r"url\(#([^)]+)\)", picture.svg)) <= set(own)
        assert not taken & set(own) and len(own) == len(set(own))
        taken |= set(own)
    assert taken


def test_what_people_wrote_cannot_become_markup() -> None:
    hostile = "</text><script>alert(1)</script>"
    columns = [Column("Donor"), Column("Now", True), Column("Before", True)]
    table = Table(
        "cost.donor",
        hostile,
        columns,
        [[Cell(hostile), Cell("1", 1, "count", "x"), Cell("1", 1, "count")]],
    )
    chart = bars_of(table, rtl=False)
    assert chart is not None
    assert "<script" not in chart.svg
    ElementTree.fromstring(chart.svg)


def test_the_map_tells_who_was_served_who_asked_and_who_is_eligible(report: Any) -> None:
    chart = charts_of(built(report))["coverage.map"]
    titles = [e.text or "" for e in ElementTree.fromstring(chart.svg).iter(f"{SVG}title")]
    assert len(titles) >= 193
    assert "Kenya: Served" in titles
    assert any(t.endswith(": Eligible, neither") for t in titles)
    assert "FRA: Not eligible" in titles
    assert "<a " not in chart.svg
    assert 'href="/countries/KEN/"' in chart.linked


def test_pictures_count_from_their_left_whatever_the_direction_of_the_page(report: Any) -> None:
    """In a page from right to left, anchors of texts would otherwise count from the right, and
    labels stand upon the bars."""
    pictures = charts_of(built(report, "ar"))
    assert len(pictures) > 2
    for picture in pictures.values():
        for svg in filter(None, (picture.svg, picture.linked)):
            assert ElementTree.fromstring(svg).get("direction") == "ltr"


def test_numbers_at_the_ends_of_arabic_texts_stay_at_their_ends() -> None:
    columns = [
        Column("الركيزة"),
        Column("3 ديسمبر 2025 – 30 يناير 2026", True),
        Column("2025", True),
    ]
    table = Table(
        "requests_received.pillar",
        "الطلبات",
        columns,
        [[Cell("الوقاية"), Cell("2", 2, "count"), Cell("1", 1, "count")]],
    )
    chart = bars_of(table, rtl=True)
    assert chart is not None
    assert "\u200f3 ديسمبر 2025 – 30 يناير 2026\u200f" in [
        e.text for e in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")
    ]


def test_the_name_of_a_period_between_given_dates_is_not_cut() -> None:
    now, before = "3 December 2025 – 30 January 2026", "29 September 2025 – 2 December 2025"
    columns = [Column("Pillar"), Column(now, True), Column(before, True)]
    chart = bars_of(
        Table(
            "requests_received.pillar",
            "x",
            columns,
            [[Cell("Research"), Cell("2", 2, "count"), Cell("1", 1, "count")]],
        ),
        rtl=False,
    )
    assert chart is not None
    assert {now, before} <= {e.text for e in ElementTree.fromstring(chart.svg).iter(f"{SVG}text")}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh-hans"])
def test_no_word_of_the_maps_legend_runs_into_the_next(report: Any, language: str) -> None:
    """A letter takes at most six units of the picture on average, one of Chinese ten."""
    svg = ElementTree.fromstring(charts_of(built(report, language))["coverage.map"].svg)
    swatches = [
        (float(e.get("x", 0)), float(e.get("y", 0)))
        for e in svg.iter(f"{SVG}rect")
        if e.get("stroke")
    ]
    words = [e for e in svg.iter(f"{SVG}text") if e.get("font-size") == "10"][-len(swatches) :]
    assert len(swatches) == 4
    for word in words:
        at, line, text = (
            float(word.get("x", 0)),
            float(word.get("y", 0)) - 9,
            (word.text or "").strip("\u200f"),
        )
        size = sum(10 if c > "\u2e80" else 6 for c in text)
        start, end = (at - size, at) if word.get("text-anchor") == "end" else (at, at + size)
        assert start >= 0 and end <= float(svg.get("width", 0)) - 8
        assert not [x for x, y in swatches if y == line and start < x + 10 and x < end]


def test_the_page_shows_pictures_with_words_and_links_and_the_document_stands_alone(
    report: Any, people: People
) -> None:
    page = page_of(people.manager, report)
    assert page.count('<figure class="chart"') >= 3
    assert page.count("<svg") == page.count('<figure class="chart"')
    assert 'href="/countries/KEN/"' in page
    # the content security policy would not apply it
    assert not re.search(r"<svg[^>]*>(?:(?!</svg>).)*style=", page, re.DOTALL)
    alone = bytes(
        report.current.internal_documents.get(format="html", language="en").content
    ).decode()
    assert "<svg" in alone
    assert "/countries/" not in alone


def page_of(user: User, report: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/reports/{report.pk}/").content.decode()


def test_pictures_in_the_pdf_have_words(report: Any) -> None:
    body = pdf.as_pdf(built(report))
    assert len(PdfReader(io.BytesIO(body)).pages) > 3
    assert (
        make.programme().title.encode("utf-16-be") in body or b"/Figure" in body or b"/Alt" in body
    )


def test_a_picture_is_drawn_once_and_kept(report: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": [{"a": 1}]},
        "mark": "bar",
        "encoding": {"x": {"field": "a"}},
    }
    first = draw_svg(specification)
    monkeypatch.setattr("vl_convert.vegalite_to_svg", lambda _s: pytest.fail("drawn again"))
    assert draw_svg(specification) == first
    svg_of.cache_clear()  # as in another process
    assert draw_svg(specification) == first

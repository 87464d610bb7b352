"""The brief on a country keeps to two pages, however much the country asked for."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from reports.documents import render
from reports.documents.assembly import build_document
from reports.documents.structure import Table
from reports.snapshots.canonical import canonical_json, read_snapshot
from tests import make
from tests.make import People
from tests.reports.producing import contents_of, produce, schedule

pytestmark = pytest.mark.django_db
LONG = (
    "Strengthening the capacity of the national police and of prosecutors to investigate and try"
    " offences against children online, in three provinces "
)


@pytest.fixture(scope="module")
def stored(busy_programme: People) -> str:
    """The snapshot of a brief as it was made."""
    kenya = list(make.Country.objects.filter(iso3="KEN"))
    report = produce(schedule(busy_programme, kind="country", title="Brief", countries=kenya))
    assert report.current is not None
    return canonical_json(contents_of(report.current))


@pytest.fixture
def crowded(stored: str) -> Any:
    """The snapshot of a brief with 40 requests, of which 12 are open, 30 next steps and 20
    engagements, all with long titles."""
    snapshot: Any = read_snapshot(stored)
    request = {"title": LONG, "pillar": "prevention", "received_on": "2026-05-04"}
    snapshot["profile"]["requests"] = [
        request
        | {
            "reference": f"KEN-2026-{n:04}",
            "state": "in_delivery" if n % 4 == 0 and n > 20 else "closed",
        }
        for n in range(40, 0, -1)
    ]
    snapshot["profile"]["steps"] = [
        {
            "engagement": f"ENG-2026-{n:04}",
            "what": LONG * 2,
            "side": ("ours", "theirs")[n % 2],
            "due_on": "2026-12-01",
        }
        for n in range(30)
    ]
    (done,) = snapshot["annex"]["engagement"].values()
    ids = list(range(900_000, 900_020))
    snapshot["annex"]["engagement"] |= {
        str(pk): done | {"title": LONG, "reference": f"ENG-2026-{pk % 1000:04}"} for pk in ids
    }
    snapshot["figures"]["engagements_delivered"]["rows"]["ids"] = ids
    figures, names = snapshot["figures"], snapshot["names"]
    for pillar in names["pillar"]:
        figures[f"requests_received.pillar.{pillar}"] = figures["requests_received"]
    kept = {
        "unit": "share",
        "value": None,
        "numerator": 7,
        "denominator": 9,
        "previous": None,
        "rows": {"kind": "clock", "ids": []},
    }
    for standard in names["standard"]:
        figures[f"standard_kept.standard.{standard}"] = kept
    return with_everything_counted(snapshot)


def with_everything_counted(snapshot: Any) -> Any:
    """The same with a value, and one before, for each figure about endings, training, campaigns and
    cost."""
    figures = snapshot["figures"]
    last = {"previous": 2, "rows": {"kind": "act", "ids": []}}
    for code in ("days_to_first_engagement", "days_to_closing"):
        figures[code] = last | {"unit": "calendar_days", "value": 412.5, "counted": 11}
    for code in (
        "accepted_without_engagement",
        "declined",
        "discontinued",
        "lapsed",
        "requests_repeated",
        "cost_per_participation.left_out",
    ):
        figures[code] = last | {"unit": "count", "value": 12}
    two = {"numerator": 11, "denominator": 15, "previous_numerator": 10, "previous_denominator": 16}
    figures["needs_met"] = last | {"unit": "share", "value": 0.7333} | two
    for code in ("usefulness", "timeliness"):
        figures[code] = (
            last | {"unit": "score", "value": 4.27, "counted": 11, "previous": 3.8} | two
        )
    for code, unit in (("training_days", "days"), ("training_hours", "hours")):
        figures[code] = last | {"unit": unit, "value": "127.50", "previous": "98.00"}
    figures["reach"] = last | {"unit": "people", "value": 125000, "previous": 98000}
    cost = {
        "numerator": "1234567.00",
        "denominator": 1521,
        "previous_numerator": "1100000.00",
        "previous_denominator": 1380,
    }
    figures["cost_per_participation"] = (
        last | {"unit": "money", "value": "811.68", "previous": "797.10"} | cost
    )
    return snapshot


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh-hans"])
def test_a_crowded_brief_has_two_pages(crowded: Any, language: str) -> None:
    body = render.render_document(
        crowded,
        "Elections are in May; the ministry asked to go on after them.",
        language,
        "pdf",
    )
    assert len(PdfReader(BytesIO(body)).pages) <= 2


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh-hans"])
def test_what_two_pages_hold_is_said_whole(crowded: Any, language: str) -> None:
    title = LONG[:76]
    del crowded["profile"]["requests"][2:], crowded["profile"]["steps"][1:]
    crowded["figures"]["engagements_delivered"]["rows"]["ids"] = list(range(900_000, 900_003))
    for row in (*crowded["profile"]["requests"], *crowded["annex"]["engagement"].values()):
        row["title"] = title
    for step in crowded["profile"]["steps"]:
        step["what"] = title
    document = build_document(crowded, "", language)
    assert title in {row[1].text for s in document.sections for t in s.tables for row in t.rows}
    assert (
        len(
            PdfReader(
                BytesIO(render.render_document(crowded, "Elections are in May.", language, "pdf"))
            ).pages
        )
        <= 2
    )


def test_a_brief_of_few_rows_has_room_and_keeps_to_two_pages(crowded: Any) -> None:
    del crowded["profile"]["requests"][2:], crowded["profile"]["steps"][1:]
    crowded["figures"]["engagements_delivered"]["rows"]["ids"] = list(range(900_000, 900_002))
    for row in (*crowded["profile"]["requests"], *crowded["annex"]["engagement"].values()):
        row["title"] = LONG[:76]
    for step in crowded["profile"]["steps"]:
        step["what"] = LONG[:76]
    for code in [
        c
        for c in crowded["figures"]
        if c.startswith(("standard_kept.standard.", "requests_received.pillar."))
    ][3:]:
        del crowded["figures"][code]
    for language in ("en", "ru", "ar"):
        document = build_document(crowded, "", language)
        assert not document.is_tight
        assert (
            len(PdfReader(BytesIO(render.render_document(crowded, "", language, "pdf"))).pages) <= 2
        )


def test_a_brief_says_how_requests_ended_and_what_was_given(crowded: Any) -> None:
    said = " ".join(x for s in build_document(crowded, "", "en").sections for x in s.sentences)
    for words in (
        "Needs met: 73\xa0% (11/15)",
        "Usefulness, from 1 to 5: 4.27 (11/15)",
        "Median days from acceptance to the first engagement: 412.5.",
        "Not accepted: 12",
        "Repeated requests: 12",
        "Days of training: 127.5",
        "People reached by campaigns: 125,000",
        "Cost per participation: USD\xa0812 (1,234,567/1,521)",
    ):
        assert words in said, words


def test_open_requests_come_first_and_the_rest_is_numbered(crowded: Any) -> None:
    requests, steps, engagements = (
        table(crowded, code) for code in ("profile.requests", "profile.steps", "annex.engagements")
    )
    shown = [row[0].text for row in requests.rows]
    assert shown[:5] == [
        "KEN-2026-0040",
        "KEN-2026-0036",
        "KEN-2026-0032",
        "KEN-2026-0028",
        "KEN-2026-0024",
    ]
    assert shown[5] == "KEN-2026-0039"
    assert requests.note == f"and {40 - len(shown)} more requests"
    assert steps.note == f"and {30 - len(steps.rows)} more steps, due later"
    assert (
        engagements.note
        == f"and {20 - len(engagements.rows)} more engagements, earlier in the period"
    )


def test_a_brief_that_holds_everything_says_so(crowded: Any) -> None:
    del crowded["profile"]["requests"][2:], crowded["profile"]["steps"][1:]
    assert [table(crowded, code).note for code in ("profile.requests", "profile.steps")] == ["", ""]


def table(snapshot: Any, code: str) -> Table:
    (found,) = (
        t for s in build_document(snapshot, "", "en").sections for t in s.tables if t.code == code
    )
    return found

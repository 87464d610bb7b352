"""The managers' working report: the caseload by region and pillar, and decisions in time by region
and over twelve months."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from python_calamine import CalamineWorkbook

from assistance.programmes.models import ReasonCode
from assistance.requests.clock_models import CaseClock
from assistance.requests.models import AssistanceRequest
from reports.documents import render
from reports.documents.assembly import build_document
from reports.documents.illustration import illustrated_document
from reports.figures.facts.gather import months_of
from reports.schedules.periods import Period, period_before, period_of
from reports.snapshots import rows
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.types import Snapshot
from tests import make
from tests.make import People
from tests.markup import compact
from tests.reports.history import recorded_at
from tests.reports.producing import task

pytestmark = pytest.mark.django_db
AFRICA, OCEANIA = "Africa", "Oceania"


def this_month() -> Period:
    """At the duty station."""
    return period_of("monthly", make.programme().today())


def last_month() -> Period:
    """The one before, which is over."""
    return period_before("monthly", this_month())


def due(case: AssistanceRequest, day: date, **values: Any) -> None:
    """Moves the day on which a decision was due."""
    assert (
        CaseClock.objects.filter(request=case, standard="decision").update(due_on=day, **values)
        == 1
    )


def taken(period: Period, kind: str = "management") -> Snapshot:
    """The report on a month, as known now."""
    return build_snapshot(
        replace(
            task(period, timezone.now() + timedelta(seconds=1), period_before("monthly", period)),
            kind=kind,
        )
    )


@pytest.fixture
def decided(people: People) -> dict[str, AssistanceRequest]:
    """Kenya's decided in time last month and too late two months before, Fiji's due last month and
    not yet; one of a year ago, which no line shows."""
    months = months_of(last_month())
    cases = {
        "in_time": make.advanced(people, "accepted"),
        "late": make.advanced(people, "accepted"),
        "waiting": make.advanced(
            people, "complete", "FJI", pillar=make.Pillar.objects.get(code="prevention")
        ),
        "old": make.advanced(people, "accepted"),
    }
    due(cases["in_time"], last_month().last_day, ended_on=last_month().last_day)
    due(cases["waiting"], last_month().start)
    due(cases["late"], months[-3])
    due(cases["old"], months[0] - timedelta(days=1))
    return cases


def test_decisions_in_time_are_told_by_region_and_by_month(
    decided: dict[str, AssistanceRequest],
) -> None:
    figures = taken(last_month())["figures"]
    shares = {
        code: (f["numerator"], f["denominator"])
        for code, f in figures.items()
        if code.startswith("decided_in_time")
    }
    last, third = (
        f"decided_in_time.month.{first:%Y-%m}"
        for first in (months_of(last_month())[-1], months_of(last_month())[-3])
    )
    assert shares == {
        "decided_in_time": (1, 2),
        f"decided_in_time.region.{AFRICA}": (1, 1),
        f"decided_in_time.region.{OCEANIA}": (0, 1),
        last: (1, 2),
        third: (0, 1),
    }
    whole = figures["standard_kept.standard.decision"]
    assert (whole["numerator"], whole["denominator"]) == shares["decided_in_time"]


def reopened(
    people: People, decided_at: datetime, complete_at: datetime
) -> tuple[AssistanceRequest, CaseClock, CaseClock]:
    """Declined in time at an instant, reopened and found complete again at a later one; both clocks
    were due last month."""
    case = make.advanced(people, "complete")
    make.do(
        people.manager,
        case,
        "decline",
        reason_code=ReasonCode.objects.filter(used_for="decline").first(),
        note="Not ours.",
    )
    make.do(people.manager, case, "reopen", reason="There is money now.", to="under_review")
    with recorded_at(complete_at):
        make.do(people.officer, case, "mark_complete", **make.ASSESSED)
    day_of, clocks = (
        make.programme().day_of,
        CaseClock.objects.filter(request=case, standard="decision").order_by("round"),
    )
    AssistanceRequest.objects.filter(pk=case.pk).update(
        first_decided_at=decided_at, first_decided_on=day_of(decided_at)
    )
    first, second = clocks
    before_it = day_of(decided_at) - timedelta(days=20)
    clocks.filter(pk=first.pk).update(
        started_on=before_it, due_on=last_month().start, ended_on=last_month().start
    )
    with recorded_at(complete_at):
        clocks.filter(pk=second.pk).update(
            started_on=day_of(complete_at), due_on=last_month().last_day
        )
    return case, first, second


@pytest.mark.parametrize("later", [timedelta(hours=1), timedelta(days=3)])
def test_a_second_decision_after_reopening_is_no_first_decision_due(
    people: People, later: timedelta
) -> None:
    """It is a standard of its own, kept or not, and no first decision, also where all of it
    happened on one day."""
    noon = make.programme().midnight(last_month().start - timedelta(days=20)) + timedelta(hours=12)
    _case, first, second = reopened(people, noon, noon + later)
    figures = taken(last_month())["figures"]
    month = f"decided_in_time.month.{last_month().start:%Y-%m}"
    for code in ("decided_in_time", month, f"decided_in_time.region.{AFRICA}"):
        assert (
            figures[code]["numerator"],
            figures[code]["denominator"],
            figures[code]["rows"]["ids"],
        ) == (1, 1, [first.pk]), code
    whole = figures["standard_kept.standard.decision"]
    assert (whole["numerator"], whole["denominator"], whole["rows"]["ids"]) == (
        1,
        2,
        [first.pk, second.pk],
    )


def test_a_clock_that_started_before_a_decision_of_the_same_day_is_that_of_a_first_decision(
    people: People,
) -> None:
    case = make.advanced(people, "accepted")
    clock = CaseClock.objects.get(request=case, standard="decision")
    assert clock.started_on == case.first_decided_on
    due(case, last_month().start)
    assert taken(last_month())["figures"]["decided_in_time"]["rows"]["ids"] == [clock.pk]


def test_the_caseload_is_told_by_region_and_pillar(decided: dict[str, AssistanceRequest]) -> None:
    found = taken(this_month())
    split = {
        code: f["value"]
        for code, f in found["figures"].items()
        if code.startswith(("open_requests.region", "open_requests.pillar"))
    }
    assert split == {
        f"open_requests.region.{AFRICA}": 3,
        f"open_requests.region.{OCEANIA}": 1,
        "open_requests.pillar.capacity_building": 3,
        "open_requests.pillar.prevention": 1,
    }
    assert found["figures"]["open_requests"]["value"] == 4


def test_each_of_them_opens_its_rows(decided: dict[str, AssistanceRequest]) -> None:
    third = f"decided_in_time.month.{months_of(last_month())[-3]:%Y-%m}"
    found = taken(last_month())
    assert [r["reference"] for r in rows.open_figure(found, third, "en").rows] == [
        decided["late"].reference
    ]
    oceania = rows.open_figure(taken(this_month()), f"open_requests.region.{OCEANIA}", "en").rows
    assert [r["reference"] for r in oceania] == [decided["waiting"].reference]


def test_a_standard_opens_one_row_for_each_act_with_whether_it_was_kept(
    decided: dict[str, AssistanceRequest], client: Client, people: People
) -> None:
    """A case may owe the same act twice, as a plan that was sent back and proposed again."""
    case, first = decided["in_time"], last_month().start
    started = CaseClock.objects.get(request=case, standard="decision").started_on
    for ended in (first, first + timedelta(days=3)):
        CaseClock.objects.create(
            request=case,
            round=1,
            standard="agreement",
            started_on=started,
            days=15,
            due_on=first + timedelta(days=1),
            ended_on=ended,
            end="act",
        )
    found = taken(last_month())
    figure = found["figures"]["standard_kept.standard.agreement"]
    shown = rows.open_figure(found, "standard_kept.standard.agreement", "en").rows
    assert (figure["numerator"], figure["denominator"]) == (1, 2) and len(shown) == 2
    assert [(r["reference"], r["country_name"], r["outcome_name"]) for r in shown] == [
        (case.reference, "Kenya", "in time"),
        (case.reference, "Kenya", "not in time"),
    ]
    for code, told in found["figures"].items():
        if code.startswith(("standard_kept", "decided_in_time")):
            opened = rows.open_figure(found, code, "en").rows
            assert (
                len(opened) == told["denominator"]
                and sum(r["outcome"] == "kept" for r in opened) == told["numerator"]
            ), code
    client.force_login(people.manager)
    answer = client.get(
        "/programme/rows/standard_kept.standard.agreement/", {"period": f"monthly.{first}"}
    )
    page = compact(answer.content.decode())
    assert (
        page.count(f'<a href="/requests/{case.pk}/">{case.reference}</a>') == 2
        and page.count(">Kenya</td>") == 2
    )
    assert (
        f"<td>{date_format(first + timedelta(days=1), 'DATE_FORMAT')}</td>" in page
        and f">{first}<" not in page
    )
    assert ">in time</td>" in page and ">not in time</td>" in page


def test_the_record_of_an_engagement_opens_with_its_day_and_whether_it_was_kept(
    people: People,
) -> None:
    today = make.programme().today()
    engagement = make.engagement(
        people.officer, make.part(today - timedelta(days=90), 2, KEN={"women": 3, "men": 4})
    )
    make.engagement_services.perform_action(
        people.officer, engagement.pk, "deliver", {"outcome": "Done."}
    )
    found = build_snapshot(
        task(Period(today - timedelta(days=100), today), timezone.now() + timedelta(seconds=1))
    )
    (row,) = rows.open_figure(found, "standard_kept.standard.record", "en").rows
    assert (row["reference"], row["title"], row["outcome_name"]) == (
        engagement.reference,
        engagement.title,
        "not in time",
    )
    assert (
        row["ended_on"] == str(today)
        and str(row["due_on"]) < str(today)
        and row["path"] == engagement.get_absolute_url()
    )


def test_the_line_has_twelve_months_in_page_and_sheet_with_words_for_it(
    decided: dict[str, AssistanceRequest],
) -> None:
    text = canonical_json(taken(last_month()))
    table = next(
        t
        for s in build_document(json.loads(text), "", "en").sections
        for t in s.tables
        if t.code == "decided_in_time.month"
    )
    assert (
        len(table.rows) == 12
        and table.rows[-1][1].text == "50\xa0%"
        and table.rows[-2][1].value is None
    )
    for language in ("en", "ar"):
        drawn = next(
            t
            for s in illustrated_document(json.loads(text), "", language).sections
            for t in s.tables
            if t.code == "decided_in_time.month"
        )
        assert (
            drawn.chart is not None and "<svg" in drawn.chart.svg and "NaN" not in drawn.chart.svg
        )
        assert drawn.rows[-1][1].text in drawn.chart.alternative
    book = CalamineWorkbook.from_filelike(
        BytesIO(render.render_document(read_snapshot(text), "", "en", "xlsx"))
    )
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    (months,) = [
        s for s in sheets if s and s[0] and s[0][0] == "Decided within the standard, by month"
    ]
    assert len(months) == 3 + 12 and months[-1][1] == 0.5
    assert render.render_document(read_snapshot(text), "", "en", "xlsx") == render.render_document(
        read_snapshot(text), "", "en", "xlsx"
    )


def test_other_reports_carry_none_of_it(decided: dict[str, AssistanceRequest]) -> None:
    codes = taken(this_month(), "progress")["figures"]
    assert not [
        c
        for c in codes
        if c.startswith(("decided_in_time", "open_requests.region", "open_requests.pillar"))
    ]


def test_the_months_run_over_the_turn_of_a_year() -> None:
    months = months_of(Period(date(2027, 1, 25), date(2027, 2, 1)))
    assert (months[0], months[-1], len(months)) == (date(2026, 2, 1), date(2027, 1, 1), 12)
    assert months_of(Period(date(2026, 10, 1), date(2027, 1, 1)))[-1] == date(2026, 12, 1)


def test_the_dashboard_alone_tells_who_has_how_many_open_requests(
    people: People, client: Client
) -> None:
    """What is stored names nobody: neither the codes nor the names of officers get into a report."""
    case = make.advanced(people, "accepted")
    make.submitted(people.fiji, "FJI")
    AssistanceRequest.objects.filter(pk=case.pk).update(due_on=date(2020, 1, 1))
    assert case.lead_officer == people.officer
    client.force_login(people.manager)
    page = client.get("/programme/").content.decode()
    row = re.search(rf"<th scope=\"row\">{people.officer.name}</th>(.*?)</tr>", page, re.DOTALL)
    nobody = re.search(r"<th scope=\"row\">Nobody</th>(.*?)</tr>", page, re.DOTALL)
    assert row is not None and re.findall(r">(\d+)<", row[1]) == ["1", "1"]
    assert nobody is not None and re.findall(r">(\d+)<", nobody[1]) == ["1", "0"]
    opened = client.get(
        f"/programme/rows/open_overdue.officer.{people.officer.pk}/"
    ).content.decode()
    assert str(case.reference) in opened and people.officer.name in opened
    for kind in ("management", "progress"):
        found = canonical_json(taken(this_month(), kind))
        assert ".officer." not in found and people.officer.name not in found


def test_what_is_due_later_in_a_running_period_is_neither_late_nor_missed_yet(
    people: People,
) -> None:
    """A figure of today says nothing of the days to come, of what a country or the programme may
    still do in time."""
    today = make.programme().today()
    year = period_of("yearly", today)
    case = make.advanced(people, "complete")
    due(case, today)
    AssistanceRequest.objects.filter(pk=case.pk).update(due_on=today)
    now = timezone.now() + timedelta(seconds=1)
    figures = build_snapshot(task(year, now))["figures"]
    assert (
        figures["open_overdue"]["value"] == 0 and "standard_kept.standard.decision" not in figures
    )
    assert figures["open_requests.age.month"]["value"] == 1, "received today"
    due(case, today - timedelta(days=1))
    AssistanceRequest.objects.filter(pk=case.pk).update(due_on=today - timedelta(days=1))
    figures = build_snapshot(task(year, timezone.now() + timedelta(seconds=1)))["figures"]
    assert figures["open_overdue"]["value"] == 1
    if today > year.start:
        assert figures["standard_kept.standard.decision"]["denominator"] == 1

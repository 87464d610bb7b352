"""How requests ended, counted by hand: what countries said, how long it took, what they did not
get. All of it in 2025, as known at a cut-off."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistance.programmes.models import ReasonCode
from assistance.requests.clock_models import CaseClock
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS, WORKFLOW
from assistance.timeline.services import record_event
from reports.documents.assembly import build_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.scope import WHOLE, ReportScope
from reports.schedules.periods import period_before, period_of
from reports.snapshots import rows
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json
from reports.snapshots.types import Snapshot
from tests import make
from tests.make import People
from tests.reports.history import happening_at
from tests.reports.producing import task

pytestmark = pytest.mark.django_db
Q2, Q3 = (period_of("quarterly", date(2025, month, 1)) for month in (4, 7))
JULY = date(2025, 7, 16)  # first day after the cut-off of the second quarter


def at(month: int, day: int) -> datetime:
    """Noon of a day of 2025."""
    return datetime(2025, month, day, 12, tzinfo=UTC)


def taken(
    period: Any = Q2, known: date = JULY, scope: ReportScope = WHOLE, kind: str = "progress"
) -> Snapshot:
    """The report on a period, with what was recorded before a day."""
    midnight = make.programme().midnight
    asked = replace(
        task(
            period,
            midnight(known),
            period_before("quarterly", period),
            midnight(period.start + timedelta(days=15)),
            scope,
        ),
        kind=kind,
    )
    found: Snapshot = json.loads(canonical_json(build_snapshot(asked)))
    return found


def values(found: Snapshot, *codes: str) -> list[Any]:
    """Figures' values, zero where nothing was counted."""
    return [found["figures"].get(code, {"value": 0})["value"] for code in codes]


def numbers(found: Snapshot, code: str) -> tuple[Any, Any, Any]:
    """A figure's value with its numerator and denominator."""
    figure = found["figures"][code]
    return figure["value"], figure["numerator"], figure["denominator"]


def brought(
    people: People, to: str, instant: datetime, iso3: str = "KEN", **given: Any
) -> AssistanceRequest:
    """A request brought to a state at an instant."""
    with happening_at(instant):
        return make.advanced(people, to, iso3, created_at=instant, **given)


def act(actor: Any, case: AssistanceRequest, code: str, instant: datetime, **data: Any) -> None:
    """An action at an instant."""
    with happening_at(instant):
        make.do(actor, case, code, **data)


def completed(
    people: People, submitted: datetime, instant: datetime, iso3: str = "KEN"
) -> AssistanceRequest:
    """Submitted and brought into delivery on one day, completed on another, without any engagement."""
    case = brought(people, "in_delivery", submitted, iso3)
    act(
        people.officer,
        case,
        "complete",
        instant,
        summary="It is done.",
        why_none="Written advice was enough.",
    )
    return case


def confirmed(
    people: People,
    case: AssistanceRequest,
    instant: datetime,
    outcome: str,
    usefulness: int,
    timeliness: int,
) -> None:
    """The country's word."""
    focal = people.kenya if case.country.iso3 == "KEN" else people.fiji
    act(
        focal,
        case,
        "confirm",
        instant,
        outcome=outcome,
        usefulness=str(usefulness),
        timeliness=str(timeliness),
    )


def closed_by_the_clock(case: AssistanceRequest, instant: datetime) -> None:
    """Thirty days without a word."""
    with happening_at(instant):
        assert WORKFLOW.perform_automatic(case.pk, "close_unconfirmed", instant) is not None


def said_late(
    people: People,
    case: AssistanceRequest,
    instant: datetime,
    outcome: str,
    usefulness: int,
    timeliness: int,
) -> None:
    """The country's word on a request that was closed without it."""
    case.refresh_from_db()
    with happening_at(instant):
        fields = ACTIONS["confirm"].fields
        data = {"outcome": outcome, "usefulness": str(usefulness), "timeliness": str(timeliness)}
        record_event(
            case, people.kenya, "confirm", from_state="closed", fields=fields, data=data, at=instant
        )


@pytest.fixture(scope="module")
def closed(kept_for_module: None) -> dict[str, AssistanceRequest]:
    """Closed in the second quarter: `met` and `partly` by the countries, `silent` and `late` by the
    clock, the last answered on 10 July."""
    people = People()
    cases = {
        "met": completed(people, at(1, 6), at(4, 7)),  # 91 days
        "partly": completed(people, at(2, 3), at(5, 5), "FJI"),  # 91 days
        "silent": completed(people, at(3, 10), at(5, 20)),  # 71 days
        "late": completed(people, at(3, 3), at(3, 20)),  # 17 days, in the first quarter
    }
    confirmed(people, cases["met"], at(4, 10), "met", 5, 4)
    confirmed(people, cases["partly"], at(5, 12), "partly_met", 3, 2)
    closed_by_the_clock(cases["silent"], at(6, 20))
    closed_by_the_clock(cases["late"], at(4, 25))
    said_late(people, cases["late"], at(7, 10), "not_met", 2, 1)
    return cases


OUTCOMES = [f"needs_met.outcome.{x}" for x in ("met", "partly_met", "not_met", "not_stated")]


def test_needs_met_are_those_of_the_closings_of_which_the_country_said_anything(
    closed: dict[str, AssistanceRequest],
) -> None:
    found = taken()
    assert numbers(found, "needs_met") == (0.3333, 1, 3)
    assert values(found, *OUTCOMES) == [1, 1, 1, 1]
    assert numbers(found, "usefulness") == (3.33, 3, 4) and numbers(found, "timeliness") == (
        2.33,
        3,
        4,
    )
    opened = rows.open_figure(found, "needs_met", "en")
    assert sorted(str(r["reference"]) for r in opened.rows) == sorted(
        str(closed[x].reference) for x in ("met", "partly", "late")
    )
    assert {r["said"] for r in opened.rows} == {
        "need met · 5/5 · 4/5",
        "need partly met · 3/5 · 2/5",
        "need not met · 2/5 · 1/5",
    }
    assert {r["path"] for r in opened.rows} == {
        f"/requests/{closed[x].pk}/" for x in ("met", "partly", "late")
    }


def test_an_answer_after_the_cut_off_is_not_known_and_one_after_the_closing_is_no_closing(
    closed: dict[str, AssistanceRequest],
) -> None:
    early = taken(known=date(2025, 7, 5))
    assert numbers(early, "needs_met") == (0.5, 1, 2) and values(early, *OUTCOMES) == [1, 1, 0, 2]
    assert numbers(early, "usefulness") == (4.0, 2, 4)
    later = taken(Q3, date(2025, 10, 15))
    assert numbers(later, "needs_met") == (None, 0, 0) and values(
        later, *OUTCOMES, "usefulness"
    ) == [0, 0, 0, 0, None]
    assert (
        later["figures"]["needs_met"]["previous"],
        later["figures"]["needs_met"]["previous_denominator"],
    ) == (0.3333, 3)


def test_days_to_closing_run_from_submission_to_completion_over_the_completions_of_the_period(
    closed: dict[str, AssistanceRequest],
) -> None:
    figure = taken()["figures"]["days_to_closing"]
    assert (figure["value"], figure["counted"], figure["unit"]) == (91.0, 3, "calendar_days")
    assert taken(scope=ReportScope(region="Oceania"))["figures"]["days_to_closing"]["counted"] == 1


def test_a_country_and_a_pillar_have_their_own(closed: dict[str, AssistanceRequest]) -> None:
    kenya, prevention = (
        make.Country.objects.get(iso3="KEN").pk,
        make.Pillar.objects.get(code="prevention").pk,
    )
    assert numbers(taken(scope=ReportScope(countries=(kenya,))), "needs_met") == (0.5, 1, 2)
    assert numbers(taken(scope=ReportScope(pillar=prevention)), "needs_met") == (None, 0, 0)


def test_demand_that_was_not_met_is_told_by_reason(people: People) -> None:
    decline, stop = (
        ReasonCode.objects.filter(used_for=x).order_by("order") for x in ("decline", "discontinue")
    )
    for n, (instant, reason) in enumerate(
        (
            (at(4, 14), decline[0]),
            (at(5, 6), decline[0]),
            (at(6, 3), decline[1]),
            (at(7, 1), decline[1]),
        )
    ):
        case = brought(people, "complete", instant - timedelta(days=4), ("KEN", "FJI")[n % 2])
        act(people.manager, case, "decline", instant, reason_code=reason, note="Not ours.")
    stopped = brought(people, "accepted", at(4, 1))
    act(people.manager, stopped, "discontinue", at(4, 15), reason_code=stop[0], note="No funds.")
    for to, instant in (("plan_proposed", at(5, 20)), ("under_review", at(6, 20))):
        case = brought(people, to, at(4, 2))
        if to == "under_review":
            act(people.officer, case, "ask", at(4, 3), questions="How many?")
        CaseClock.objects.filter(request=case, standard__in=("answer", "agreement")).update(
            reminders=2
        )
        act(people.manager, case, "lapse", instant, note="Nobody answered.")
    found = taken()
    expected = {
        "declined": 3,
        f"declined.reason.{decline[0].code}": 2,
        f"declined.reason.{decline[1].code}": 1,
        "discontinued": 1,
        f"discontinued.reason.{stop[0].code}": 1,
        "lapsed": 2,
        "lapsed.from.returned": 1,
        "lapsed.from.plan_proposed": 1,
    }
    told = {
        code: f["value"]
        for code, f in found["figures"].items()
        if code.startswith(("declined", "discontinued", "lapsed")) and f["value"]
    }
    assert told == expected
    for code in expected:
        assert len({r["id"] for r in rows.open_figure(found, code, "en").rows}) == expected[code], (
            code
        )
    (table,) = [
        t for s in build_document(found, "", "en").sections for t in s.tables if t.code == "unmet"
    ]
    lines = {row[0].text: row[1].text for row in table.rows}
    assert (
        lines["Not accepted"] == "3"
        and lines[f"Not accepted: {decline[0].name}"] == "2"
        and lines["Closed without an answer: Plan proposed"] == "1"
    )


# Readers


def test_a_mean_of_fewer_than_five_answers_stays_with_the_programme(
    closed: dict[str, AssistanceRequest],
) -> None:
    found = taken(
        kind="country", scope=ReportScope(countries=(make.Country.objects.get(iso3="KEN").pk,))
    )
    found["figures"]["usefulness"] |= {"value": 4.2, "numerator": 5, "denominator": 6, "counted": 5}
    own = edition_snapshot(found, "country")["figures"]
    assert (
        own["usefulness"]["value"],
        own["timeliness"]["value"],
        own["timeliness"].get("numerator"),
    ) == (4.2, None, None)
    assert own["timeliness"]["withheld"] and own["needs_met"]["numerator"] == 1, (
        "the country's own requests are no secret to it"
    )
    assert found["figures"]["timeliness"]["value"] == 2.5
    public = edition_snapshot(taken(), "public")["figures"]
    assert [
        public[code]["value"] for code in ("needs_met", "usefulness", "timeliness", OUTCOMES[0])
    ] == [None] * 4


def test_where_an_answer_of_few_stays_out_nothing_that_was_worked_out_from_it_is_told() -> None:
    """Closed 40: met 20, partly 12, not met 1, not stated 7.

    Met and stated, or answered and closed, would tell the one.
    """

    def figure(unit: str, value: Any, **more: Any) -> dict[str, Any]:
        return {"unit": unit, "value": value, "rows": {"kind": "act", "ids": []}} | more

    def given(not_met: int) -> dict[str, Any]:
        counts = dict(zip(OUTCOMES, (20, 12, not_met, 7), strict=True))
        stated = 32 + not_met
        figures = {code: figure("count", n) for code, n in counts.items()}
        figures["needs_met"] = figure("share", 0.6, numerator=20, denominator=stated)
        figures["usefulness"] = figure(
            "score", 4.1, numerator=stated, denominator=stated + 7, counted=stated
        )
        annex: dict[str, Any] = {
            kind: {}
            for kind in (
                "engagement",
                "request",
                "clock",
                "act",
                "record",
                "participation",
                "country",
            )
        }
        made: Any = {"figures": figures, "annex": annex}
        return edition_snapshot(made, "public")["figures"]

    few, many = given(1), given(3)
    assert [few[code]["value"] for code in (*OUTCOMES, "needs_met", "usefulness")] == [
        20,
        12,
        None,
        None,
        None,
        None,
    ]
    assert "counted" not in few["usefulness"] or few["usefulness"]["counted"] is None
    assert [many[code]["value"] for code in (*OUTCOMES, "needs_met", "usefulness")] == [
        20,
        12,
        3,
        7,
        0.6,
        4.1,
    ]


def test_reasons_and_repetitions_are_in_no_edition(closed: dict[str, AssistanceRequest]) -> None:
    found = taken()
    for audience in ("public", "country", "donor"):
        codes = edition_snapshot(found, audience)["figures"]
        assert not [
            c
            for c in codes
            if c.startswith(
                ("declined", "discontinued", "lapsed", "requests_repeated", "accepted_without")
            )
        ], audience
    assert edition_snapshot(found, "public")["annex"]["act"] == {}


# Documents


@pytest.mark.parametrize("kind", ["progress", "management", "dashboard"])
def test_reports_say_what_countries_said(closed: dict[str, AssistanceRequest], kind: str) -> None:
    document = build_document(taken(kind=kind), "", "en")
    (table,) = [t for s in document.sections for t in s.tables if t.code == "closings"]
    lines = {row[0].text: row[1].text for row in table.rows}
    assert lines == {
        "need met": "1",
        "need partly met": "1",
        "need not met": "1",
        "not stated": "1",
        "Needs met": "33\xa0% (1/3)",
        "Usefulness, from 1 to 5": "3.33 (3/4)",
        "Timeliness, from 1 to 5": "2.33 (3/4)",
    }
    said = " ".join(x for s in document.sections for x in s.sentences)
    assert (
        "Needs met: 33\xa0% (1/3)" in said
        and "Calendar days from submission to completion, in the median: 91 (3 requests)." in said
    )


def test_a_brief_says_what_its_country_said(closed: dict[str, AssistanceRequest]) -> None:
    found = taken(
        kind="country", scope=ReportScope(countries=(make.Country.objects.get(iso3="KEN").pk,))
    )
    said = " ".join(x for s in build_document(found, "", "en").sections for x in s.sentences)
    assert "Needs met: 50\xa0% (1/2)." in said and "Usefulness, from 1 to 5: 3.50 (2/3)." in said
    fiji = taken(
        kind="country", scope=ReportScope(countries=(make.Country.objects.get(iso3="FJI").pk,))
    )
    said = " ".join(x for s in build_document(fiji, "", "en").sections for x in s.sentences)
    assert "Needs met: 0\xa0% (0/1)." in said and "Not accepted" not in said

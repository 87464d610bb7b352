"""Results in a progress report: computed and reported values, as of its cut-off, from baseline to
target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from assistance.results import services
from assistance.results.framework_file import read_framework
from assistance.results.loading import load_framework
from assistance.results.models import Indicator
from assistance.results.services import Reported
from assistance.results.value_models import IndicatorValue
from core.workflow.exceptions import DomainError
from reports.documents.assembly import build_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.compute import compute_figures
from reports.figures.counting import Figures
from reports.figures.facts.windows import FigureWindow
from reports.reports import verification
from reports.reports.models import Report
from reports.results.computation import periods_until
from reports.results.snapshot import Results
from reports.schedules.periods import Period, period_before, period_of
from reports.snapshots.types import IndicatorData, Snapshot
from tests import make
from tests.assistance.frameworks import indicator, loaded, the_indicator, written
from tests.make import People
from tests.reports.producing import produced

pytestmark = pytest.mark.django_db
NARROWED = {"figure": "participants", "narrowed_by": {"pillar": "capacity_building"}}


def quarter() -> Period:
    """The quarter in which parts of tests end."""
    last = make.part().ends_on
    assert last is not None
    return period_of("quarterly", last)


@dataclass
class Said:
    """An indicator with its two values: a number, or numerator and denominator."""

    data: IndicatorData
    value: object
    whole: object


def value_in(figures: Figures, code: str) -> object:
    """A figure's value; of a share its numbers; None where there is none."""
    found = figures.get(code)
    if found is None:
        return None
    return (found.numerator, found.denominator) if found.unit == "share" else found.value


def results_in(period: Period, cutoff: datetime | None = None) -> dict[str, Said]:
    """What a report of the period would say, by indicator."""
    window = FigureWindow(make.programme(), period, cutoff or timezone.now())
    with transaction.atomic():
        found = Results.of(window)
        assert found is not None
        cells, parameters = found.own_cells()
        figures = compute_figures(window, only=(), more=cells, parameters=parameters)
        figures |= found.more_figures()
        said = found.as_json(figures)
    return {
        one["code"]: Said(
            one,
            value_in(figures, f"results.{one['code']}"),
            value_in(figures, f"results.{one['code']}.cumulative"),
        )
        for outcome in said["outcomes"]
        for part in (outcome, *outcome["outputs"])
        for one in part["indicators"]
    }


def trained(people: People, women: int, men: int, **values: object) -> None:
    """An engagement that was delivered, with participants of Kenya."""
    deed = make.engagement(people.officer, make.part(KEN={"women": women, "men": men}), **values)
    make.engagement_services.perform_action(
        people.officer, deed.pk, "deliver", {"outcome": "Done."}
    )


def test_a_computed_indicator_counts_what_its_figure_counts_narrowed(people: People) -> None:
    loaded(
        indicator(
            "N", computed_from=NARROWED, baseline={"value": 0}, target={"year": 2029, "value": 100}
        ),
        indicator("W", computed_from={"figure": "participants", "narrowed_by": {"sex": "women"}}),
        indicator(
            "O", computed_from={"figure": "participants", "narrowed_by": {"pillar": "prevention"}}
        ),
        indicator("S", measure="share", computed_from={"figure": "women_share"}),
        indicator("C", computed_from={"figure": "countries_served"}, over_periods="highest"),
        indicator(
            "T",
            measure="share",
            computed_from={"figure": "engagements_with_tool"},
            over_periods="anew",
        ),
        indicator(
            "P",
            measure="share",
            computed_from={
                "figure": "engagements_delivered",
                "narrowed_by": {"type": "training_course, workshop"},
            },
        ),
    )
    trained(people, 3, 4)
    trained(people, 1, 2, tool_codes=["oxford-cmm"], type="study_visit")
    said = results_in(quarter())
    values = {code: (one.value, one.whole) for code, one in said.items()}
    assert values == {
        "N": (10, 10),
        "W": (4, 4),
        "O": (0, 0),
        "S": ((4, 10), (4, 10)),
        "C": (1, 1),
        "T": ((1, 2), (1, 2)),
        "P": ((1, 2), (1, 2)),
    }
    assert said["N"].data["progress"] == "0.1000"


def test_what_adds_up_is_counted_since_the_frameworks_first_day(people: People) -> None:
    loaded(indicator("N", computed_from={"figure": "requests_received"}))
    make.submitted(people.kenya)
    this = period_of("quarterly", make.programme().today())
    now, later = results_in(this), results_in(Period(this.end, this.end + timedelta(days=90)))
    assert now["N"].value == now["N"].whole == 1
    assert later["N"].value == 0 and later["N"].whole == 1


def test_what_stands_at_the_end_is_counted_since_records_began() -> None:
    signed = {
        "figure": "treaty_actions",
        "narrowed_by": {"instrument": "UN-CAC", "action": "signed"},
    }
    loaded(indicator("L", computed_from=signed, over_periods="latest", baseline={"value": 1}))
    said = results_in(Period(date(2026, 7, 1), date(2026, 10, 1)))
    whole, value = said["L"].whole, said["L"].value
    assert isinstance(whole, int) and isinstance(value, int) and whole > 60 > 10 > value
    assert said["L"].data["rating"] == "met"


def reported(
    people: People, start: date, end: date, value: int, approved: datetime | None = None
) -> IndicatorValue:
    """A value, approved now or at an instant."""
    made = services.report_value(
        people.officer, the_indicator(), start, end, Reported("Gazette", Decimal(value))
    )
    if approved is None:
        return services.decide_value(people.manager, made.pk, approve=True)
    made.state, made.decided_by, made.decided_at = made.State.APPROVED, people.manager, approved
    made.save()
    return made


def test_only_values_approved_before_the_cut_off_count_and_a_missing_one_is_no_data(
    people: People,
) -> None:
    loaded(indicator("X1", baseline={"value": 0}, target={"year": 2029, "value": 20}))
    period = Period(date(2026, 1, 1), date(2026, 4, 1))
    assert results_in(period)["X1"].data["rating"] == "no_data"
    reported(people, period.start, period.end, 6)
    assert results_in(period)["X1"].whole == 6
    before = timezone.now() - timedelta(minutes=5)
    assert results_in(period, before)["X1"].data["rating"] == "no_data"
    second = Period(date(2026, 4, 1), date(2026, 7, 1))
    assert results_in(second)["X1"].data["rating"] == "no_data"  # due, and not there
    reported(people, second.start, second.end, 5)
    said = results_in(second)["X1"]
    assert (said.value, said.whole) == (5, 11)
    assert said.data["progress"] == "0.5500" and said.data["rating"] == "on_track"


def test_a_value_of_more_than_the_period_counts_as_cumulative_alone(people: People) -> None:
    loaded(indicator("X1", frequency="yearly"))
    reported(people, date(2025, 1, 1), date(2026, 1, 1), 6)
    said = results_in(Period(date(2025, 10, 1), date(2026, 1, 1)))["X1"]
    assert (said.value, said.whole) == (None, 6)


def test_what_adds_up_begins_with_the_frameworks_first_day(people: People) -> None:
    loaded(indicator("X1"))
    reported(people, date(2025, 1, 1), date(2025, 4, 1), 6)
    later = read_framework(
        written(
            indicator("X1"), version=2, period={"from": date(2026, 1, 1), "until": date(2030, 1, 1)}
        )
    )
    load_framework(make.programme(), later)
    newest = Indicator.objects.select_related("outcome__framework__programme").get(
        outcome__framework__version=2
    )
    made = services.report_value(
        people.officer,
        newest,
        date(2026, 1, 1),
        date(2026, 4, 1),
        Reported("Gazette", Decimal(4)),
    )
    services.decide_value(people.manager, made.pk, approve=True)
    assert results_in(Period(date(2026, 1, 1), date(2026, 4, 1)))["X1"].whole == 4
    with pytest.raises(DomainError, match="reported already"):
        services.report_value(
            people.officer,
            newest,
            date(2026, 1, 1),
            date(2026, 7, 1),
            Reported("Gazette", Decimal(1)),
        )


def test_what_is_approved_late_stands_in_the_next_report_with_its_reason(people: People) -> None:
    loaded(indicator("X1"))
    first, second = date(2026, 1, 1), date(2026, 4, 1)
    value = reported(people, first, second, 6, datetime(2026, 4, 5, tzinfo=UTC))
    newer = services.restate_value(
        people.officer, value, Reported("Gazette", Decimal(4)), "Counted twice"
    )
    services.decide_value(people.manager, newer.pk, approve=True)
    window = FigureWindow(make.programme(), Period(second, date(2026, 7, 1)), timezone.now())
    with transaction.atomic():
        found = Results.of(window, datetime(2026, 5, 1, tzinfo=UTC))
        assert found is not None
        (late,) = found.as_json({})["late"]
    assert (late["before"], late["value"], late["reason"]) == ("6.00", "4.00", "Counted twice")


def test_a_restatement_changes_later_reports_and_not_the_earlier(people: People) -> None:
    loaded(indicator("X1"))
    period = Period(date(2026, 1, 1), date(2026, 4, 1))
    first = reported(people, period.start, period.end, 6, datetime(2026, 4, 5, tzinfo=UTC))
    newer = services.restate_value(
        people.officer, first, Reported("Gazette", Decimal(4)), "Counted twice"
    )
    services.decide_value(people.manager, newer.pk, approve=True)
    then = results_in(period, datetime(2026, 5, 1, tzinfo=UTC))
    assert then["X1"].whole == 6
    assert results_in(period)["X1"].whole == 4


def test_a_persons_rating_stands_beside_the_rules(people: People) -> None:
    loaded(indicator("X1", baseline={"value": 0}, target={"year": 2029, "value": 20}))
    period = Period(date(2026, 1, 1), date(2026, 4, 1))
    reported(people, period.start, period.end, 1)
    services.rate_indicator(
        people.manager, the_indicator(), period.start, period.end, "on_track", "Six laws are ready."
    )
    said = results_in(period)["X1"]
    assert said.data["rating"] == "no_progress"
    assert said.data["given"] == {"rating": "on_track", "reason": "Six laws are ready."}
    assert results_in(Period(date(2026, 4, 1), date(2026, 7, 1)))["X1"].data["given"] is None


def the_report(people: People) -> Report:
    """A progress report of the last quarter, produced with a framework."""
    loaded(
        indicator("N", computed_from=NARROWED),
        indicator("X1"),
        recorded_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    return produced(people)


def test_the_report_has_the_chapter_every_value_opens_and_verify_holds(people: People) -> None:
    report = the_report(people)
    revision = report.current
    assert revision is not None
    whole: Snapshot = revision.contents
    assert whole["results"]["code"] == "RF"
    built = build_document(whole, "", "en")
    chapter = next(s for s in built.sections if s.code == "results")
    (table,) = chapter.tables
    assert [row[0].text.split("\u00a0")[0] for row in table.rows] == ["N", "X1"]
    assert table.rows[0][3].figure == "results.N"
    client = Client()
    client.force_login(people.officer)
    opened = client.get(f"{report.get_absolute_url()}figures/results.N/")
    assert opened.status_code == 200 and "What N measures" in opened.content.decode()
    page = client.get("/results/").content.decode()
    assert "What N measures" in page and "No data" in page
    assert not list(verification.differing_figures(revision, "it"))


def test_no_edition_for_others_has_any_of_it(people: People) -> None:
    report = the_report(people)
    assert report.current is not None
    for audience in ("public", "donor", "country"):
        edition = edition_snapshot(report.current.contents, audience)
        assert "results" not in edition
        assert not [code for code in edition["figures"] if code.startswith("results.")]
        assert "indicator_value" not in edition["annex"]
        assert "What N measures" not in str(build_document(edition, "", "en"))


def test_a_report_narrowed_to_a_part_speaks_of_no_framework(people: People) -> None:
    loaded(indicator("N", computed_from=NARROWED))
    report = produced(people, region="Africa")
    assert report.current is not None and "results" not in report.current.contents


def test_periods_lead_back_to_the_first_day() -> None:
    last = Period(date(2026, 1, 1), date(2026, 4, 1))
    found = periods_until(date(2025, 6, 1), last)
    assert [p.start for p in found] == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]
    odd = Period(date(2026, 1, 5), date(2026, 2, 1))
    assert periods_until(date(2025, 1, 1), odd) == [odd]
    assert period_before("quarterly", last) == found[1]

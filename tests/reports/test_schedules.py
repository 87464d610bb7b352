"""Setting, changing and asking for reports: rhythms, boundaries, past periods, missions."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, cast

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assistance.engagements import follow_up, services
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.programmes.working_days import calendar_of
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.reports import services as report_services
from reports.reports import verification
from reports.reports.models import Report
from reports.reports.production import produce_due
from reports.reports.snapshot_specs import snapshot_spec_of
from reports.schedules import on_demand, versions
from reports.schedules import services as schedule_services
from reports.schedules.models import Schedule
from reports.schedules.periods import Period, Rhythm, period_of
from reports.schedules.periods import period_name as period_name
from reports.schedules.versions import ScheduleValues
from reports.schedules.views import next_dates
from tests import make
from tests.make import People
from tests.reports.producing import contents_of, publish, schedule

pytestmark = pytest.mark.django_db


def starts(planned: Any) -> list[date]:
    """When the periods of a schedule's reports begin."""
    return sorted(
        set(Report.objects.filter(version__schedule=planned).values_list("period_start", flat=True))
    )


# Rhythms


def test_quarters_of_a_fiscal_year_begin_with_it() -> None:
    april = Rhythm("quarterly", 4)
    assert april.containing(date(2026, 3, 31)) == Period(date(2026, 1, 1), date(2026, 4, 1))
    assert Rhythm("yearly", 4).containing(date(2026, 3, 31)) == Period(
        date(2025, 4, 1), date(2026, 4, 1)
    )
    assert Rhythm("half_yearly", 2).containing(date(2026, 1, 5)) == Period(
        date(2025, 8, 1), date(2026, 2, 1)
    )
    assert Rhythm("quarterly", 2).containing(date(2026, 1, 5)) == Period(
        date(2025, 11, 1), date(2026, 2, 1)
    )


def test_given_dates_make_periods_between_them_and_none_outside() -> None:
    given = Rhythm("dates", dates=(date(2026, 6, 1), date(2026, 1, 15), date(2026, 3, 1)))
    assert given.given() == [
        Period(date(2026, 1, 15), date(2026, 3, 1)),
        Period(date(2026, 3, 1), date(2026, 6, 1)),
    ]
    assert (
        given.containing(date(2026, 6, 1)) is None and given.containing(date(2026, 1, 14)) is None
    )
    assert given.before(given.given()[0]) == Period(date(2025, 12, 1), date(2026, 1, 15))


@pytest.mark.parametrize(
    ("rhythm", "day", "expected"),
    [
        (Rhythm("quarterly"), date(2026, 5, 1), Period(date(2025, 4, 1), date(2025, 7, 1))),
        (Rhythm("monthly"), date(2028, 2, 29), Period(date(2027, 2, 1), date(2027, 3, 1))),
        (Rhythm("weekly"), date(2026, 11, 25), Period(date(2025, 11, 24), date(2025, 12, 1))),
        (Rhythm("yearly"), date(2026, 5, 1), None),  # it is the period before
    ],
)
def test_the_same_period_a_year_earlier(rhythm: Rhythm, day: date, expected: Period | None) -> None:
    period = rhythm.containing(day)
    assert period is not None and rhythm.year_before(period) == expected


# Changing


def changes(planned: Schedule, **values: Any) -> ScheduleValues:
    """The schedule as it is, with changes."""
    version = planned.versions.get(valid_until__isnull=True)
    kept: dict[str, Any] = {
        "programme": planned.programme,
        "title": planned.title,
        "frequency": version.frequency,
        "first_month": version.first_month,
        "dates": version.dates,
        "cutoff_days": version.cutoff_days,
        "languages": version.languages,
        "formats": version.formats,
        "attach": version.attach,
        "group": version.group,
        "region": version.region,
        "pillar": version.pillar,
        "donor": version.donor,
        "countries": list(version.countries.all()),
        "recipients": list(version.recipients.all()),
    }
    return cast("ScheduleValues", kept | values)


def test_other_words_languages_and_recipients_need_no_new_version(people: People) -> None:
    planned = schedule(people)
    assert (
        schedule_services.update_schedule(
            people.manager,
            planned.pk,
            changes(
                planned, title="Quarterly", languages=["en", "fr"], recipients=[people.officer]
            ),
        )
        is None
    )
    planned.refresh_from_db()
    version = planned.versions.get()
    assert (planned.title, version.languages, version.number, list(version.recipients.all())) == (
        "Quarterly",
        ["en", "fr"],
        1,
        [people.officer],
    )


def test_another_scope_begins_with_the_next_period_and_leaves_what_is_there(people: People) -> None:
    planned = schedule(people)
    running = period_of("quarterly", make.programme().today())
    before = list(Report.objects.values_list("pk", "version__number"))
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, region="Africa")
        )
        == running.end
    )
    old, new = planned.versions.order_by("number")
    assert (old.valid_until, new.valid_from, old.region, new.region) == (
        running.end,
        running.end,
        "",
        "Africa",
    )
    assert list(Report.objects.values_list("pk", "version__number")) == before


@pytest.mark.parametrize("frequency", ["weekly", "monthly", "half_yearly", "yearly"])
def test_another_frequency_begins_where_its_own_periods_do_without_a_gap(
    people: People, frequency: str
) -> None:
    planned = schedule(people)
    start = schedule_services.update_schedule(
        people.manager, planned.pk, changes(planned, frequency=frequency)
    )
    old, new = planned.versions.order_by("number")
    assert start is not None and start == old.valid_until == new.valid_from
    assert [p.start for p in new.rhythm.since(start, start)] == [start]
    if frequency != "weekly":
        assert period_of("quarterly", start).start == start  # the old one's periods end there, too


def test_a_change_that_has_not_begun_is_replaced_by_the_next_so_that_a_slip_can_be_undone(
    people: People,
) -> None:
    planned = schedule(people)
    running = period_of("quarterly", make.programme().today())
    schedule_services.update_schedule(
        people.manager, planned.pk, changes(planned, region="Africa", languages=["en", "fr"])
    )
    assert (
        schedule_services.update_schedule(people.manager, planned.pk, changes(planned, region=""))
        is None
    )
    version = planned.versions.get()
    assert (version.region, version.valid_until, version.languages) == ("", None, ["en", "fr"])
    schedule_services.update_schedule(people.manager, planned.pk, changes(planned, region="Africa"))
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, region="Asia")
        )
        == running.end
    )
    assert [
        (v.number, v.region, v.valid_from == running.end)
        for v in planned.versions.order_by("number")
    ] == [(1, "", False), (2, "Asia", True)]
    assert starts(planned) == [running.start]


def test_a_schedule_that_has_not_begun_is_set_anew(people: People) -> None:
    later = period_of("yearly", make.programme().today()).end
    planned = schedule(people, frequency="yearly", valid_from=later)
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, frequency="monthly", region="Africa")
        )
        == later
    )
    version = planned.versions.get()
    assert (version.frequency, version.region, version.valid_from, starts(planned)) == (
        "monthly",
        "Africa",
        later,
        [],
    )


def test_other_days_to_the_cut_off_move_what_is_not_cut_off_yet(people: People) -> None:
    planned = schedule(
        people,
        valid_from=period_of("quarterly", make.programme().today() - timedelta(days=200)).start,
    )
    produce_due()
    done = dict(Report.objects.exclude(state="expected").values_list("pk", "cutoff_at"))
    (waiting,) = Report.objects.filter(state="expected", period_end__gt=make.programme().today())
    schedule_services.update_schedule(people.manager, planned.pk, changes(planned, cutoff_days=40))
    moved = Report.objects.get(pk=waiting.pk)
    assert (
        timedelta(days=35) < moved.cutoff_at - waiting.cutoff_at < timedelta(days=60)
        and moved.due_at > moved.cutoff_at
    )
    assert dict(Report.objects.filter(pk__in=done).values_list("pk", "cutoff_at")) == done


def test_what_needs_no_new_version_holds_for_what_waits_under_the_former_one_too(
    people: People,
) -> None:
    planned = schedule(people, cutoff_days=11)
    (running,) = Report.objects.all()
    schedule_services.update_schedule(people.manager, planned.pk, changes(planned, region="Africa"))
    assert (
        schedule_services.update_schedule(
            people.manager,
            planned.pk,
            changes(planned, languages=["en", "fr"], recipients=[people.officer], cutoff_days=40),
        )
        is None
    )
    moved = Report.objects.select_related("version").get(pk=running.pk)
    assert (moved.version.number, moved.version.region, moved.version.languages) == (
        1,
        "",
        ["en", "fr"],
    )
    assert list(moved.version.recipients.all()) == [people.officer]
    assert (
        timedelta(days=35) < moved.cutoff_at - running.cutoff_at < timedelta(days=60)
        and moved.due_at > moved.cutoff_at
    )


def asked_before_it_began(people: People) -> tuple[Any, Report, date]:
    """A quarterly schedule that begins next year, a report of a past quarter that was asked for and
    made, and the day on which it begins."""
    later = period_of("yearly", make.programme().today()).end
    planned = schedule(people, valid_from=later)
    (report,) = on_demand.run_now(people.manager, planned.pk, date(2025, 5, 20))
    assert produce_due() == 1
    return planned, Report.objects.get(pk=report.pk), later


def test_a_schedule_that_has_not_begun_is_not_rewritten_under_a_report_that_was_asked_for(
    people: People,
) -> None:
    planned, report, later = asked_before_it_began(people)
    before = snapshot_spec_of(report)
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, frequency="monthly", region="Africa")
        )
        == later
    )
    old, new = planned.versions.order_by("number")
    assert (old.frequency, old.region, old.valid_until) == ("quarterly", "", later)
    assert (new.frequency, new.region, new.valid_from, new.valid_until) == (
        "monthly",
        "Africa",
        later,
        None,
    )
    assert (
        snapshot_spec_of(Report.objects.get(pk=report.pk)) == before
        and list(verification.findings()) == []
    )
    for day in (
        date(2025, 4, 10),
        date(2025, 5, 20),
    ):  # the quarter of the report begins with the first of these months
        (monthly,) = on_demand.run_now(people.manager, planned.pk, day)
        assert (monthly.version, monthly.period_start) == (new, day.replace(day=1))
    assert versions.uncovered_days(planned) is None and starts_of_next(planned)[0] == later


def test_such_a_change_can_be_undone_or_made_again(people: People) -> None:
    planned, _report, later = asked_before_it_began(people)
    schedule_services.update_schedule(people.manager, planned.pk, changes(planned, region="Africa"))
    assert (
        schedule_services.update_schedule(people.manager, planned.pk, changes(planned, region=""))
        is None
    )
    assert planned.versions.get().valid_until is None
    schedule_services.update_schedule(people.manager, planned.pk, changes(planned, region="Africa"))
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, region="Asia")
        )
        == later
    )
    assert [(v.number, v.region) for v in planned.versions.order_by("number")] == [
        (1, ""),
        (2, "Asia"),
    ]
    first, last = later + timedelta(days=31), later + timedelta(days=100)
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, frequency="dates", dates=[first, last])
        )
        == first
    )
    assert starts_of_next(planned) == [first]


def starts_of_next(planned: Any) -> list[date]:
    """When the periods of the next five reports begin."""
    return [
        line["start"]
        for line in next_dates(
            planned.versions.select_related("schedule__programme"), calendar_of(make.programme())
        )
    ]


def given(people: People, *days: date) -> Any:
    """A schedule from date to date."""
    return schedule(people, frequency="dates", dates=list(days), valid_from=days[0])


def test_other_given_dates_leave_what_has_begun_and_make_no_period_twice(people: People) -> None:
    today = make.programme().today()
    first, second, third, fourth = (today + timedelta(days=n) for n in (-300, -60, 60, 200))
    planned = given(people, first, second, third)
    produce_due()
    before = list(Report.objects.order_by("pk").values_list("pk", "period_start", "state"))
    with pytest.raises(DomainError, match="What has begun stays"):
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, dates=[first, second, today, third])
        )
    with pytest.raises(DomainError, match="What has begun stays"):
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, dates=[date(2020, 1, 1), date(2020, 6, 1)])
        )
    assert planned.versions.count() == 1
    assert (
        schedule_services.update_schedule(
            people.manager, planned.pk, changes(planned, dates=[first, second, third, fourth])
        )
        == third
    )
    assert versions.uncovered_days(planned) is None
    assert list(Report.objects.order_by("pk").values_list("pk", "period_start", "state")) == before


def test_days_that_no_report_speaks_of_are_said(people: People) -> None:
    today = make.programme().today()
    end = period_of("quarterly", today).end + timedelta(days=10)
    planned = given(people, today - timedelta(days=100), end)
    client = Client()
    client.force_login(people.manager)
    sent = {
        "title": "Q",
        "frequency": "quarterly",
        "first_month": "1",
        "valid_from": str(today),
        "cutoff_days": "5",
        "languages": ["en"],
        "formats": ["html"],
    }
    page = client.post(
        reverse("schedule_edit", args=[planned.pk]), sent, follow=True
    ).content.decode()
    following = period_of("quarterly", end).end
    assert planned.versions.latest("number").valid_from == following
    assert (
        versions.uncovered_days(planned) == Period(end, following)
        and "No report of it speaks of" in page
    )
    past = given(people, date(2024, 1, 1), date(2024, 3, 5))
    start = schedule_services.update_schedule(
        people.manager, past.pk, changes(past, frequency="quarterly", dates=[])
    )
    assert start == period_of("quarterly", today).start  # and not every quarter since


def test_dates_that_cannot_be_are_said_in_the_form(people: People) -> None:
    today = make.programme().today()
    planned = given(people, today - timedelta(days=100), today + timedelta(days=10))
    client = Client()
    client.force_login(people.manager)
    sent = {
        "title": "Q",
        "frequency": "dates",
        "dates": "2020-01-01 2020-06-01",
        "cutoff_days": "5",
        "languages": ["en"],
        "formats": ["html"],
    }
    for extra in ({}, {"preview": "yes"}):
        answer = client.post(reverse("schedule_edit", args=[planned.pk]), sent | extra)
        assert (
            answer.status_code == 422
            and "What has begun stays" in answer.content.decode()
            and "2020-06-01" in answer.content.decode()
        )


def test_the_preview_of_a_change_shows_what_saving_it_would_do_and_saves_nothing(
    people: People,
) -> None:
    planned = schedule(people)
    client = Client()
    client.force_login(people.manager)
    sent = {
        "title": "Monthly",
        "frequency": "monthly",
        "first_month": "1",
        "valid_from": "2026-01-01",
        "cutoff_days": "5",
        "languages": ["en"],
        "formats": ["html"],
        "preview": "yes",
    }
    page = client.post(reverse("schedule_edit", args=[planned.pk]), sent).content.decode()
    running = period_of("quarterly", make.programme().today())
    shown = page[page.index("turn-box") :]
    assert period_name(running.start, running.end) in shown
    following = period_of("monthly", running.end)
    assert period_name(following.start, following.end) in shown
    earlier = period_of("monthly", running.start)
    assert period_name(earlier.start, earlier.end) not in shown
    planned.refresh_from_db()
    assert planned.title == "Progress report" and planned.versions.get().frequency == "quarterly"


def test_what_is_over_but_not_due_yet_stands_among_the_next_due_dates(people: People) -> None:
    planned = schedule(
        people,
        frequency="weekly",
        cutoff_days=60,
        valid_from=make.programme().today() - timedelta(days=140),
    )
    version = planned.versions.get()
    first = (
        Report.objects.filter(version=version, due_at__gt=timezone.now()).order_by("due_at").first()
    )
    shown = next_dates([version], calendar_of(make.programme()))
    assert first is not None and shown[0]["due"] == first.due_at and len(shown) == 5


def test_only_the_programmes_managers_change_a_schedule(people: People) -> None:
    planned = schedule(people)
    with pytest.raises(ActionNotAllowed):
        schedule_services.update_schedule(
            people.officer, planned.pk, changes(planned, title="Mine")
        )
    client = Client()
    client.force_login(people.officer)
    assert client.get(reverse("schedule_edit", args=[planned.pk])).status_code == 404


def test_the_page_changes_a_schedule(people: People) -> None:
    planned = schedule(people)
    client = Client()
    client.force_login(people.manager)
    page = reverse("schedule_edit", args=[planned.pk])
    assert client.get(page).status_code == 200
    sent = {
        "title": "Report of Africa",
        "frequency": "quarterly",
        "first_month": "1",
        "valid_from": "2026-01-01",
        "cutoff_days": "5",
        "region": "Africa",
        "languages": ["en"],
        "formats": ["html"],
    }
    assert client.post(page, sent).status_code == 302
    planned.refresh_from_db()
    assert planned.title == "Report of Africa" and planned.versions.count() == 2
    assert client.post(page, sent | {"title": ""}).status_code == 422
    assert (
        "Africa" in client.get(reverse("schedules")).content.decode()
        or planned.versions.latest("number").valid_from > make.programme().today()
    )


# Asking


def test_a_period_before_the_schedule_began_is_produced_on_demand_as_of_its_own_cut_off(
    people: People,
) -> None:
    planned = schedule(people)
    (report,) = on_demand.run_now(people.manager, planned.pk, date(2025, 5, 20))
    assert (report.period_start, report.period_end, report.state) == (
        date(2025, 4, 1),
        date(2025, 7, 1),
        "expected",
    )
    assert report.cutoff_at < timezone.now() - timedelta(days=100)
    assert produce_due() == 1
    # once ever
    assert on_demand.run_now(people.manager, planned.pk, date(2025, 4, 1)) == [report]
    assert produce_due() == 0
    client = Client()
    client.force_login(people.manager)
    page = client.post(
        reverse("schedule_run", args=[planned.pk]), {"day": "2025-04-01"}, follow=True
    ).content.decode()
    assert "The report of this period is there already." in page


def test_a_period_whose_cut_off_is_to_come_is_not_produced_early(people: People) -> None:
    planned = schedule(people)
    with pytest.raises(DomainError, match="cut-off"):
        on_demand.run_now(people.manager, planned.pk, make.programme().today())
    client = Client()
    client.force_login(people.manager)
    answer = client.post(
        reverse("schedule_run", args=[planned.pk]), {"day": str(make.programme().today())}
    )
    assert answer.status_code == 422 and "preview" in answer.content.decode()
    assert (
        client.post(reverse("schedule_run", args=[planned.pk]), {"day": "yesterday"}).status_code
        == 422
    )


def test_a_country_brief_is_one_report_for_each_country_and_a_pillar_summary_one_for_each_pillar(
    people: People,
) -> None:
    countries = list(make.Country.objects.filter(iso3__in=["KEN", "FJI", "UGA"]))
    briefs = schedule(people, kind="country", title="Briefs", countries=countries)
    assert set(
        Report.objects.filter(version__schedule=briefs).values_list("subject_id", flat=True)
    ) == {c.pk for c in countries}
    summaries = schedule(people, kind="pillar", title="Pillars")
    assert Report.objects.filter(version__schedule=summaries).count() == make.Pillar.objects.count()
    everybody = schedule(people, kind="country", title="All briefs", group=None)
    assert Report.objects.filter(version__schedule=everybody).count() > 100


def test_two_given_dates_make_one_report_once(people: People) -> None:
    planned = schedule(
        people,
        frequency="dates",
        dates=[date(2025, 1, 1), date(2025, 6, 16)],
        valid_from=date(2025, 1, 1),
    )
    assert starts(planned) == [date(2025, 1, 1)]
    assert produce_due() == 1 and produce_due() == 0


# Missions


def test_a_mission_report_is_made_of_a_delivered_engagement_on_demand_and_once(
    people: People,
) -> None:
    deed = make.engagement(
        people.officer, make.part(KEN={"women": 3, "men": 4}), objectives="Train twelve officers."
    )
    step = {
        "side": "ours",
        "what": "Send the slides",
        "owner": "Somebody by name",
        "due_on": make.programme().today(),
    }
    follow_up.add_step(people.officer, deed.pk, step)
    with pytest.raises(DomainError, match="delivered"):
        on_demand.mission_report(people.officer, deed)
    services.perform_action(
        people.officer, deed.pk, "deliver", {"outcome": "Twelve officers were trained."}
    )
    deed.refresh_from_db()
    client = Client()
    client.force_login(people.officer)
    answer = client.post(reverse("mission_report", args=[deed.pk]))
    report = Report.objects.get(subject_type="engagement")
    assert answer.status_code == 302 and answer["Location"] == report.get_absolute_url()
    assert produce_due() == 1
    page = client.get(report.get_absolute_url()).content.decode()
    assert (
        "Send the slides" in page and "Somebody by name" not in page and report.current is not None
    )
    assert "Somebody by name" not in json.dumps(contents_of(report.current))
    assert (
        "Twelve officers were trained." in page
        and "Train twelve officers." in page
        and deed.reference in page
    )
    client.post(reverse("mission_report", args=[deed.pk]))
    assert Report.objects.filter(subject_type="engagement").count() == 1
    outsider = Client()
    outsider.force_login(people.kenya)
    assert outsider.post(reverse("mission_report", args=[deed.pk])).status_code == 404


def test_a_mission_report_speaks_of_held_parts_and_of_nothing_struck_or_expected(
    people: People,
) -> None:
    last_week = make.programme().today() - timedelta(days=7)
    days = [
        make.part(last_week - timedelta(days=back), 1, KEN={"women": back, "men": 1})
        for back in (30, 20, 10)
    ]
    deed = make.engagement(people.officer, *days)
    strike = {"part": "2", "why": "entered_by_mistake", "reason": "Twice"}
    services.perform_action(people.officer, deed.pk, "strike", strike)
    services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
    CountryParticipation.objects.filter(part__number=3).update(is_expected=True)
    on_demand.mission_report(people.officer, Engagement.objects.get(pk=deed.pk))
    assert produce_due() == 1
    current = Report.objects.get(subject_type="engagement").current
    assert current is not None
    told = contents_of(current)["mission"]
    kenya = {"country": "KEN", "women": 30, "men": 1}
    assert [part["number"] for part in told["parts"]] == ["1", "3"]
    assert [{key: row[key] for key in kenya} for row in told["participation"]] == [kenya]


def test_a_mission_report_corrected_after_its_dates_were_speaks_of_the_days_as_they_are_now(
    people: People,
) -> None:
    deed = make.engagement(people.officer, make.part(KEN={"women": 3, "men": 4}))
    services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
    report = on_demand.mission_report(people.officer, Engagement.objects.get(pk=deed.pk))
    assert produce_due() == 1
    publish(people, report)
    for model in (EngagementPart, Engagement):
        model.objects.update(
            starts_on=F("starts_on") - timedelta(days=10), ends_on=F("ends_on") - timedelta(days=10)
        )
    report_services.perform_action(
        people.manager, report.pk, "correct", reason="The dates were wrong."
    )
    assert produce_due() == 1
    current = report.current
    assert current is not None
    said = contents_of(current)
    assert (current.number, said["figures"]["participants"]["value"]) == (2, 7)
    assert said["period"]["start"] == str(report.period_start - timedelta(days=10))
    kept = Report.objects.get(pk=report.pk)
    assert (kept.period_start, kept.period_end) == (report.period_start, report.period_end)
    assert list(verification.findings()) == []
    assert on_demand.mission_report(people.officer, Engagement.objects.get(pk=deed.pk)) == report

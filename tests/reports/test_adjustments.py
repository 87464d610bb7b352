"""What became known of a period after it was reported, and how the next report carries it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.engagements.parts import Part
from assistance.engagements.write_serializers import parts_as_they_are
from assistance.programmes.models import Programme
from assistance.requests.models import AssistanceRequest
from core.workflow.exceptions import ActionNotAllowed
from countries.groups.models import CountryGroup, GroupMembership
from reports.documents import render
from reports.documents.assembly import build_document
from reports.documents.storage import rewrite_documents
from reports.reports import reconciliation, verification
from reports.reports import services as report_services
from reports.reports.models import Report, ReportRevision
from reports.snapshots import rows
from reports.snapshots.types import Snapshot
from tests import make
from tests.api import Api
from tests.reports.producing import contents_of
from tests.reports.simulated import QUARTERS, History

Q1, Q2, Q3 = (q.start for q in QUARTERS[:3])


@pytest.fixture
def history(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[History]:
    """A quarterly schedule of a programme of its own, whose rows are committed as they are written."""
    with django_db_blocker.unblock():
        request.getfixturevalue("committed")
        yield History()


@pytest.fixture(autouse=True)
def no_programme_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Reference data outlive a test that commits: the programmes that were made up do not."""
    with django_db_blocker.unblock():
        yield
        Programme.objects.filter(code__startswith="simulated-").delete()
        CountryGroup.objects.filter(code="simulated-group").delete()
        connection.close()


def engagement(history: History, first: date, women: int, cost: int, **values: Any) -> Any:
    """An engagement of one part of a day, logged now."""
    kenya = make.Country.objects.get(iso3="KEN").pk
    part = Part(
        first, first, actual_cost=Decimal(cost), participations={kenya: {"women": women, "men": 1}}
    )
    about = {
        "programme": history.programme,
        "title": "Course",
        "type": "training_course",
        "modality": "in_person",
        "pillar": make.Pillar.objects.get(code="capacity_building"),
        "lead_officer": history.officer,
    }
    made = services.create_engagement(history.officer, about | values, [part])
    services.perform_action(history.officer, made.pk, "deliver", {"outcome": "Done"})
    return made


def change(history: History, pk: int, **values: Any) -> None:
    """The only part of an engagement gets other values; `women` another number."""
    made = Engagement.objects.get(pk=pk)
    (part,) = parts_as_they_are(made)
    for row in part.participations.values():
        row["women"] = values.pop("women", row["women"])
    for name, value in values.items():
        setattr(part, name, value)
    services.update_engagement(history.officer, pk, {}, [part], dates_reason="The list says so")


def made(history: History, quarter: int) -> Report:
    """The report of a quarter, whose cut-off is now."""
    history.reach_cutoff(0, 0)
    history.make_report(0, 0)
    return Report.objects.get(pk=history.reports[quarter].pk)


def publish(history: History, report: Report) -> Report:
    """It is looked through and published."""
    report_services.perform_action(history.officer, report.pk, "review")
    report_services.perform_action(history.manager, report.pk, "publish")
    return Report.objects.get(pk=report.pk)


def whole(report: Report) -> Snapshot:
    """The snapshot of the revision in force."""
    assert report.current is not None
    found: Snapshot = contents_of(report.current)
    return found


def value(report: Report, code: str) -> Any:
    """A figure's value; None where the report has none."""
    figure = whole(report)["figures"].get(code)
    return None if figure is None else figure["value"]


def wrong_figures() -> list[str]:
    """What `verify` finds, but that these reports have no documents."""
    return [sentence for sentence in verification.findings() if "no documents" not in sentence]


def causes(report: Report, code: str) -> list[tuple[Any, Any, str]]:
    """Before, now and cause of the rows behind a figure."""
    return [
        (r["before"], r["now"], str(r["cause"]))
        for r in rows.open_figure(whole(report), code, "en").rows
    ]


def test_late_entries_changes_strikes_and_moved_dates_are_added_to_their_period(
    history: History,
) -> None:
    kept = engagement(history, Q1 + timedelta(days=3), 10, 100)
    mistaken = engagement(history, Q1 + timedelta(days=4), 5, 200)
    moved = engagement(history, Q1 + timedelta(days=5), 7, 300)
    first = publish(history, made(history, 0))
    assert (value(first, "participants"), value(first, "engagements_delivered")) == (25, 3)
    assert "participants.adjustments" not in whole(first)["figures"]

    engagement(history, Q1 + timedelta(days=6), 2, 50)
    change(history, kept.pk, women=12, actual_cost=Decimal(90))
    services.perform_action(
        history.officer,
        mistaken.pk,
        "strike",
        {"part": "1", "why": "entered_by_mistake", "reason": "Twice"},
    )
    change(history, moved.pk, starts_on=Q2, ends_on=Q2)
    second = publish(history, made(history, 1))
    assert value(second, "participants") == 8  # the moved one; nothing of the first quarter
    assert (
        value(second, "participants.adjustments")
        == value(second, f"participants.adjustments.period.{Q1}")
        == 3 + 2 - 6 - 8
    )
    assert value(second, "participants.women.adjustments") == 2 + 2 - 5 - 7
    assert Decimal(value(second, "cost.adjustments")) == 50 - 10 - 200 - 300
    assert value(second, "engagements_delivered.adjustments") == 1 - 1 - 1
    assert sorted(causes(second, f"participants.adjustments.period.{Q1}")) == [
        (0, 3, "late"),
        (6, 0, "struck"),
        (8, 0, "moved"),
        (11, 13, "changed"),
    ]
    assert list(reconciliation.findings()) == []
    assert (
        value(second, "participants")
        + value(first, "participants")
        + value(second, "participants.adjustments")
        == 13 + 3 + 8
    )


def test_what_was_held_counts_whatever_becomes_of_its_engagement(history: History) -> None:
    """Confirmed only, with a part still ahead; then postponed; then cancelled half-way."""
    kenya, ahead = (
        make.Country.objects.get(iso3="KEN").pk,
        history.programme.today() + timedelta(days=20),
    )
    about = {
        "programme": history.programme,
        "title": "Mentoring",
        "type": "mentoring",
        "modality": "in_person",
        "place": "Nairobi",
        "pillar": make.Pillar.objects.get(code="capacity_building"),
        "lead_officer": history.officer,
    }
    over = Part(Q1, Q1, actual_cost=Decimal(100), participations={kenya: {"women": 4, "men": 1}})
    pk = services.create_engagement(
        history.officer, about, [over, Part(ahead, ahead, participations={kenya: {"women": 9}})]
    ).pk
    services.perform_action(history.officer, pk, "confirm")
    first = publish(history, made(history, 0))
    assert (
        value(first, "participants"),
        value(first, "engagements_delivered"),
        Decimal(value(first, "cost")),
    ) == (5, 0, Decimal(100))
    services.perform_action(
        history.officer,
        pk,
        "postpone",
        {"reason": "Elections", "starts_on": ahead + timedelta(days=9)},
    )
    second = publish(history, made(history, 1))
    services.perform_action(history.officer, pk, "cancel", {"reason": "No funds"})
    third = publish(history, made(history, 2))
    for report in (second, third):
        assert value(report, "participants") == value(report, "participants.adjustments") == 0
        assert Decimal(value(report, "cost.adjustments")) == 0
    report_services.perform_action(
        history.manager, first.pk, "correct", reason="To see what is known now"
    )
    history.make_report(0, 0)
    first = Report.objects.get(pk=first.pk)
    assert (value(first, "participants"), Decimal(value(first, "cost"))) == (5, Decimal(100))


def test_the_cause_of_a_whole_engagement_is_what_became_of_its_parts(history: History) -> None:
    twice = engagement(history, Q1, 3, 10)
    publish(history, made(history, 0))
    late = engagement(history, Q1, 3, 10)
    services.perform_action(
        history.officer,
        twice.pk,
        "strike",
        {"part": "1", "why": "entered_by_mistake", "reason": "Twice"},
    )
    second = publish(history, made(history, 1))
    found = rows.open_figure(
        whole(second), f"engagements_delivered.adjustments.period.{Q1}", "en"
    ).rows
    assert sorted((r["reference"], r["cause"]) for r in found) == sorted(
        [(str(late.reference), "late"), (str(twice.reference), "struck")]
    )
    assert value(second, "engagements_delivered.adjustments") == 0


def test_what_is_put_under_another_pillar_is_adjusted_in_the_reports_of_both(
    history: History,
) -> None:
    narrowed = History(pillar="prevention")
    moved = engagement(narrowed, Q1, 5, 10)
    publish(narrowed, made(narrowed, 0))
    prevention = make.Pillar.objects.get(code="prevention")
    services.update_engagement(
        narrowed.officer,
        moved.pk,
        {"pillar": prevention},
        parts_as_they_are(Engagement.objects.get(pk=moved.pk)),
    )
    second = publish(narrowed, made(narrowed, 1))
    assert (
        value(second, "engagements_delivered.adjustments") == 1
        and value(second, "participants.adjustments") == 6
    )
    assert {
        cause
        for code in ("engagements_delivered", "participants")
        for *_n, cause in causes(second, f"{code}.adjustments")
    } == {"reclassified"}
    assert wrong_figures() == []


def test_a_late_membership_of_a_group_is_the_cause_by_itself(history: History) -> None:
    group = CountryGroup.objects.create(code="simulated-group", names={"en": "Group"})
    narrowed = History(group=group.code)
    engagement(narrowed, Q1, 5, 10)
    author, kenya = next(
        (p, c)
        for p, c in zip(narrowed.focal_points, narrowed.countries, strict=True)
        if c.iso3 == "KEN"
    )
    # in the first quarter, or in another whose cut-off is ahead
    narrowed.receive(narrowed.countries.index(kenya), 0)
    AssistanceRequest.objects.filter(author=author).update(received_on=Q1)
    publish(narrowed, made(narrowed, 0))
    GroupMembership.objects.create(group=group, country=kenya, valid_from=make.LONG_AGO)
    second = publish(narrowed, made(narrowed, 1))
    found = {"participants": 6, "engagements_delivered": 1, "requests_received": 1}
    for code, number in found.items():
        assert value(second, f"{code}.adjustments") == number, code
        assert {cause for *_n, cause in causes(second, f"{code}.adjustments")} == {"membership"}, (
            code
        )
    assert wrong_figures() == []


def test_they_stand_in_every_document_and_open_their_rows(history: History, client: Client) -> None:
    publish(history, made(history, 0))
    late = engagement(history, Q1, 4, 70)
    report = publish(history, made(history, 1))
    assert report.current is not None
    built = build_document(whole(report), "", "en")
    tables = {t.code: t for s in built.sections for t in s.tables}
    assert ["Participations", "January to March 2025", "+5"] in [
        [c.text for c in row] for row in tables["adjustments.adjustments"].rows
    ]
    code = f"participants.adjustments.period.{Q1}"
    behind = [[c.text for c in row] for row in tables["adjustments.rows"].rows]
    assert [
        f"{late.reference} · Kenya",
        "Participations",
        "January to March 2025",
        "0",
        "5",
        "Recorded after the period was reported",
    ] in behind
    for form, said in (("html", "Adjustments to earlier periods"), ("csv", code), ("json", code)):
        text = render.render_document(report.current.contents, "", "en", form).decode()
        assert said in text and (form == "csv" or late.reference in text), form
    shown = Api(history.manager).get(f"reports/{report.pk}/figures/{code}/rows/").json()
    assert [(r["reference"], r["before"], r["now"], r["cause"]) for r in shown["results"]] == [
        (late.reference, 0, 5, "late")
    ]
    client.force_login(history.manager)
    page = client.get(reverse("figure", args=[report.pk, code])).content.decode()
    assert late.reference in page and "Recorded after the period was reported" in page
    assert "January to March 2025: +5" in page


def test_a_correction_repeats_them_and_the_next_report_starts_from_it(history: History) -> None:
    first = publish(history, made(history, 0))
    engagement(history, Q1, 4, 70)
    second = publish(history, made(history, 1))
    engagement(history, Q1, 2, 20)
    report_services.perform_action(
        history.manager, first.pk, "correct", reason="Two lists came late"
    )
    history.make_report(0, 0)
    first = publish(history, Report.objects.get(pk=first.pk))
    assert value(first, "participants") == 5 + 3
    report_services.perform_action(
        history.manager, second.pk, "correct", reason="A number was wrong"
    )
    history.make_report(0, 0)
    second = publish(history, Report.objects.get(pk=second.pk))
    assert value(second, "participants.adjustments") == 5  # as it was first published
    engagement(history, Q1, 1, 10)
    third = publish(history, made(history, 2))
    assert value(third, f"participants.adjustments.period.{Q1}") == 2
    previous = whole(third)["previous"]
    assert previous and previous["revision"] == 2
    assert wrong_figures() == []


def test_what_another_publication_outdates_is_made_anew_before_it_is_published(
    history: History,
) -> None:
    engagement(history, Q1, 4, 70)
    first, second = made(history, 0), made(history, 1)
    assert "participants.adjustments" not in whole(second)["figures"]
    assert value(second, f"participants.not_reported.period.{Q1}") == 5
    publish(history, first)
    report_services.perform_action(history.officer, second.pk, "review")
    with pytest.raises(ActionNotAllowed, match="made anew"):
        report_services.perform_action(history.manager, second.pk, "publish")
    current = Report.objects.get(pk=second.pk).current
    assert current is not None and rewrite_documents(current.pk)
    report_services.perform_action(history.manager, second.pk, "publish")
    second = Report.objects.get(pk=second.pk)
    assert value(second, "participants.adjustments") == 0
    assert f"participants.not_reported.period.{Q1}" not in whole(second)["figures"]


def test_a_report_published_after_one_of_a_later_period_adjusts_nothing(history: History) -> None:
    publish(history, made(history, 0))
    second = made(history, 1)
    engagement(history, Q1, 4, 70)
    third = publish(history, made(history, 2))
    assert value(third, f"participants.adjustments.period.{Q1}") == 5
    current = Report.objects.get(pk=second.pk).current
    assert current is not None and rewrite_documents(current.pk)
    second = publish(history, second)
    assert "participants.adjustments" not in whole(second)["figures"]
    assert wrong_figures() == []


def test_what_was_before_the_first_report_is_named_apart(history: History) -> None:
    publish(history, made(history, 0))
    engagement(history, Q1 - timedelta(days=20), 4, 70)
    second = publish(history, made(history, 1))
    assert value(second, "participants.before_first_report") == 5
    assert value(second, "participants.adjustments") == 0


def test_given_dates_adjust_nothing_and_are_compared_with_nothing(history: History) -> None:
    version = history.schedule.versions.get()
    version.frequency, version.dates = "dates", [q.start for q in QUARTERS]
    version.save()
    publish(history, made(history, 0))
    engagement(history, Q1, 4, 70)
    second = publish(history, made(history, 1))
    found = whole(second)
    assert (
        "participants.adjustments" not in found["figures"]
        and found["previous"] is None
        and found["chain"] == {}
    )
    heads = [c.label for t in build_document(found, "", "en").sections[0].tables for c in t.columns]
    assert "Difference" not in heads


def test_cost_of_some_countries_tells_apart_what_was_for_them_alone(history: History) -> None:
    africa = History("Africa")
    kenya, fiji = (make.Country.objects.get(iso3=c).pk for c in ("KEN", "FJI"))
    for countries, cost in (([kenya], 100), ([kenya, fiji], 900)):
        part = Part(
            Q1,
            Q1,
            actual_cost=Decimal(cost),
            participations={c: {"women": 2, "men": 3} for c in countries},
        )
        about = {
            "programme": africa.programme,
            "title": "Course",
            "type": "training_course",
            "modality": "in_person",
            "pillar": make.Pillar.objects.get(code="capacity_building"),
            "lead_officer": africa.officer,
        }
        services.create_engagement(africa.officer, about, [part])
    report = publish(africa, made(africa, 0))
    figures = whole(report)["figures"]
    assert (
        Decimal(str(figures["cost.alone"]["value"])) == 100
        and Decimal(str(figures["cost.shared"]["value"])) == 900
    )
    assert figures["cost.shared"]["others"] == 1 and "cost" not in figures
    (table,) = [
        t
        for s in build_document(whole(report), "", "en").sections
        for t in s.tables
        if t.code == "cost.alone.donor"
    ]
    assert "1 other country" in table.rows[-1][0].text and table.rows[-2][0].is_total


def test_verify_finds_an_adjustment_that_does_not_add_up(history: History) -> None:
    publish(history, made(history, 0))
    engagement(history, Q1, 4, 70)
    second = publish(history, made(history, 1))
    assert list(reconciliation.findings()) == []
    revision = second.current
    assert revision is not None
    forged = revision.stated | {"adjustments": {str(Q1): {"participants": 50}}}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_reportrevision DISABLE TRIGGER USER")
        ReportRevision.objects.filter(pk=revision.pk).update(stated=forged)
        cursor.execute("ALTER TABLE reports_reportrevision ENABLE TRIGGER USER")
    found = list(reconciliation.findings())
    assert any("participants 50 ≠ 5" in sentence for sentence in found)


def test_reports_of_former_rules_stay_and_are_named(history: History) -> None:
    report = publish(history, made(history, 0))
    revision = report.current
    assert revision is not None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_reportrevision DISABLE TRIGGER USER")
        ReportRevision.objects.filter(pk=revision.pk).update(
            stated=revision.stated | {"rules": 1, "values": {"participants": 2}}
        )
        cursor.execute("ALTER TABLE reports_reportrevision ENABLE TRIGGER USER")
    assert list(reconciliation.findings()) == []
    assert list(verification.counted_by_former_rules()) == [f"Report {report.pk}, revision 1"]
    engagement(history, Q1, 4, 70)
    second = publish(history, made(history, 1))
    assert sorted(causes(second, f"participants.adjustments.period.{Q1}")) == [
        (0, 5, "late"),
        (2, 0, "rule"),
    ]
    assert value(second, "participants.adjustments") == 3


def test_what_is_known_later_of_an_ended_chain_stands_on_a_page_of_its_schedule(
    history: History, client: Client
) -> None:
    publish(history, made(history, 0))
    history.schedule.versions.update(valid_until=QUARTERS[0].end)
    engagement(history, Q1, 4, 70)
    client.force_login(history.manager)
    page = client.get(reverse("schedule_later", args=[history.schedule.pk])).content.decode()
    assert "January to March 2025" in page and "+5" in page
    stranger = make.user(Role.MANAGER)
    client.force_login(stranger)
    assert client.get(reverse("schedule_later", args=[history.schedule.pk])).status_code == 404

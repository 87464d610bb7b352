"""How reports are worded in each language: numbers, colons, commas, months, plurals, names."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from assistance.engagements import services
from core.text import join_list, labelled, of_period
from reports.documents.assembly import build_document
from reports.documents.storage import progress_of, set_progress
from reports.documents.structure import Document, group_digits
from reports.documents.writer import Writer
from reports.editions.models import ReportEdition
from reports.kinds.pillar import PillarSummary
from reports.kinds.progress import ProgressReport
from reports.reports.models import Report
from reports.reports.production import produce_due
from reports.schedules import on_demand, periods
from reports.schedules.models import Schedule
from reports.schedules.titles import localised_title
from tests import make
from tests.make import People
from tests.reports.producing import (
    busy_people,
    contents_of,
    produce,
    produced,
    schedule,
    something_happens,
)

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")


def built(report: Any, language: str = "en", **changes: Any) -> Document:
    snapshot: Any = contents_of(report.current) | changes
    return build_document(snapshot, "", language)


def made(people: People, **values: Any) -> Any:
    """A report with something in it."""
    return produced(people, **values)


def sentences(document: Document) -> str:
    return " ".join(s for section in document.sections for s in section.sentences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_thousands_stand_apart_in_every_language(language: str) -> None:
    with translation.override(language):
        assert group_digits(1386680) in ("1,386,680", "1\xa0386\xa0680")


def test_a_colon_and_commas_are_those_of_the_language() -> None:
    with translation.override("fr"):
        assert labelled("Période", "juillet")[7:10] in (" : ", "\xa0: ", "\u202f: ")
    with translation.override("ar"):
        assert (join_list(["أ", "ب"]), of_period("أ", "ب")) == ("أ، ب", "أ، ب")
    with translation.override("zh-hans"):
        assert (join_list(["甲", "乙"]), of_period("甲", "乙")) == ("甲、乙", "甲，乙")
    assert (labelled("Period", "July"), join_list(["a", "b"]), of_period("Report", "July")) == (
        "Period: July",
        "a, b",
        "Report, July",
    )


def test_the_page_of_a_report_in_french_has_french_colons(people: People) -> None:
    report = made(people)
    User.objects.filter(pk=people.manager.pk).update(language="fr")
    page = page_of(people.manager, report.get_absolute_url())
    assert "Période: " not in page and labelled_in("fr", "Période", "") in page


def labelled_in(language: str, label: str, value: str) -> str:
    with translation.override(language):
        return labelled(label, value)


def page_of(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def test_russian_months_are_small_within_a_sentence() -> None:
    with translation.override("ru"):
        assert periods.period_name(date(2026, 4, 1), date(2026, 7, 1)) == "апрель — июнь 2026"
        assert periods.period_name(date(2026, 7, 1), date(2026, 8, 1)) == "июль 2026"
        assert (
            periods.period_name(date(2025, 7, 1), date(2026, 7, 1))
            == periods.period_name(date(2025, 7, 1), date(2026, 7, 1)).lower()
        )


def test_a_country_reads_its_own_name_where_the_programme_reads_theirs(people: People) -> None:
    something_happens(people)
    named = list(make.Country.objects.filter(iso3="KEN"))
    report: Any = produce(schedule(people, kind="country", title="Brief", countries=named))
    snapshot = contents_of(report.current)
    steps = [
        {"engagement": "E", "what": "Train", "side": side, "due_on": "2026-12-01"}
        for side in ("theirs", "ours")
    ]

    def whose(snapshot: Any) -> list[str]:
        snapshot["profile"]["steps"] = steps
        (table,) = (
            t
            for s in build_document(snapshot, "", "en").sections
            for t in s.tables
            if t.code == "profile.steps"
        )
        return [row[2].text for row in table.rows]

    assert whose(snapshot) == ["theirs", "ours"]
    assert whose(contents_of(ReportEdition.objects.get(revision__report=report))) == [
        "Kenya",
        "the programme",
    ]


def test_one_is_written_as_one(people: People) -> None:
    """The sample has one engagement delivered and two requests that wait."""
    said = sentences(built(made(people)))
    assert "1 engagement was delivered." in said and "1 engagements" not in said
    assert "(1 decision)" in said and "1 decisions" not in said
    assert "1 complete requests" not in said
    assert not re.search(
        r"\b1 (decisions|of \d+ participants)|of 1 [a-z]+s\b", said, re.IGNORECASE
    ), said


def test_one_decision_and_one_participant_read_well_in_the_chapters(people: People) -> None:
    snapshot = contents_of(made(people).current)
    one = {
        "unit": "share",
        "value": None,
        "numerator": 1,
        "denominator": 1,
        "previous": None,
        "rows": {"kind": "clock", "ids": []},
    }
    for code in ("standard_kept.standard.decision", "women_share"):
        snapshot["figures"][code] = {**snapshot["figures"].get(code, {}), **one}
    said = sentences(build_document(snapshot, "", "en"))
    assert "Decisions due in the period: 1; taken in time: 1 (100\xa0%)." in said
    assert (
        "Participations where both women and men are reported: 1; women among them: 1 (100\xa0%)."
        in said
    )


def test_what_did_not_occur_a_year_ago_is_zero(people: People) -> None:
    snapshot = contents_of(made(people).current) | {
        "year_before": {"start": "2025-10-01", "end": "2026-01-01"}
    }
    with translation.override("en"):
        w = Writer(snapshot, "en")
        assert [c.text for c in w.line("Magic", "requests_received.pillar.magic")][1:] == [
            "0",
            "0",
            "±0",
            "0",
        ]
        assert w.line("Cost", "cost.donor.nobody")[4].text == "–"


def test_a_change_of_a_share_is_in_points_and_that_of_the_shares_shown(people: People) -> None:
    snapshot = contents_of(made(people).current)
    snapshot["cutoff"] = (  # of a period that still runs nothing is called a rise
        f"{snapshot['period']['end']}T00:00:00+00:00"
    )
    share = {"unit": "share", "value": None, "rows": {"kind": "participation", "ids": []}}
    with translation.override("en"):
        for now, then, text, sentence in (
            (
                (405, 1000),
                (374, 1000),
                "+4 points",
                "41\xa0% (405/1,000), up from 37\xa0% (374/1,000)",
            ),  # 3.1 apart, but shown as 41 and 37
            ((402, 1000), (398, 1000), "±0 points", "40\xa0% (402/1,000), as in the period before"),
            (
                (395, 1000),
                (414, 1000),
                "−1 point",
                "40\xa0% (395/1,000), down from 41\xa0% (414/1,000)",
            ),
        ):
            values = dict(
                zip(
                    ("numerator", "denominator", "previous_numerator", "previous_denominator"),
                    (*now, *then),
                    strict=True,
                )
            )
            snapshot["figures"]["women_share"] = share | values | {"previous": None}
            w = Writer(snapshot, "en")
            assert w.change("women_share").text == text
            assert sentence in w.moved("women_share")[0]


# Names


def test_a_schedules_own_title_heads_its_report_with_the_kind_beside_it(people: People) -> None:
    report = made(people, title="Pacific progress")
    document = built(report)
    assert (document.title, document.kind, document.heading) == (
        "Pacific progress",
        "Progress report",
        f"Pacific progress, {document.period}",
    )
    page = page_of(people.manager, report.get_absolute_url())
    assert (
        f"<h1>Pacific progress, {document.period}</h1>" in page and "· Progress report</p>" in page
    )
    alone = bytes(report.current.internal_documents.get(format="html").content).decode()
    assert (
        f"<title>Pacific progress, {document.period}</title>" in alone
        and "Progress report" in alone
    )


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "Rapport d’étape"), ("zh-hans", "进展报告"), ("en", "Progress report")],
)
def test_a_title_that_is_the_kinds_name_is_shown_in_the_readers_language(
    people: People, language: str, name: str
) -> None:
    report = made(people)
    assert (built(report, language).title, built(report, language).kind) == (name, "")
    User.objects.filter(pk=people.manager.pk).update(language=language)
    for address in (reverse("reports"), reverse("schedules"), report.get_absolute_url(), "/"):
        page = page_of(people.manager, address)
        assert name in page, address
        assert language == "en" or "Progress report" not in page, address


def test_titles_of_people_stay_as_they_wrote_them() -> None:
    with translation.override("fr"):
        assert (
            localised_title(ProgressReport.title, "Progress report of the Pacific")
            == "Progress report of the Pacific"
        )
        assert localised_title(PillarSummary.title, "Pillar summary · Prevention").endswith(
            " · Prevention"
        )
        assert not localised_title(PillarSummary.title, "Pillar summary · Prevention").startswith(
            "Pillar"
        )


def test_a_mission_report_is_made_in_the_language_of_whoever_asks_and_in_english(
    people: People,
) -> None:
    User.objects.filter(pk=people.officer.pk).update(language="fr")
    people.officer.refresh_from_db()

    def delivered() -> Any:
        deed = make.engagement(people.officer, make.part(KEN={"women": 3, "men": 4}))
        services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
        deed.refresh_from_db()
        return deed

    first: Any = on_demand.mission_report(people.officer, delivered())
    assert first.version.languages == ["en", "fr"]
    User.objects.filter(pk=people.manager.pk).update(language="es")
    people.manager.refresh_from_db()
    on_demand.mission_report(people.manager, delivered())
    assert Schedule.objects.get(kind="mission").versions.get().languages == ["en", "fr", "es"]
    assert produce_due() == 2
    assert set(first.current.internal_documents.values_list("language", flat=True)) == {
        "en",
        "fr",
        "es",
    }


def test_nobody_asks_where_a_report_is_while_none_runs_and_a_cache_that_is_away_costs_no_page(
    people: People, settings: Any
) -> None:
    report = made(people)
    set_progress(report.pk, "ar pdf")
    assert progress_of([]) == {} and progress_of([report.pk]) == {report.pk: "ar pdf"}
    assert "arabic, pdf" not in page_of(people.manager, reverse("reports")).lower()  # it is made
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert progress_of([report.pk]) == {}


def test_the_step_of_a_running_report_is_said_in_words(people: People) -> None:
    report = made(people)
    Report.objects.filter(pk=report.pk).update(state="producing")
    for language, said in (("en", "Arabic, PDF"), ("fr", "Arabe, PDF")):
        User.objects.filter(pk=people.manager.pk).update(language=language)
        cache.set(f"report-progress-{report.pk}", "ar pdf", 60)
        page = page_of(people.manager, reverse("reports"))
        assert said.lower() in page.lower() and "ar pdf" not in page
    cache.delete(f"report-progress-{report.pk}")

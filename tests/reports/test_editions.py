"""What readers outside the programme get of a report: nothing that is not theirs, in pages,
documents and the database alike."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.db.country_role import as_country
from countries.models import CountryGroup
from reports.documents.assembly import build_document
from reports.documents.models import ReportDocument
from reports.editions.models import ReportEdition
from reports.editions.snapshots import edition_snapshot
from reports.figures.audiences import EVERYBODY, PUBLIC
from reports.figures.catalogue import FIGURES, readers_of
from reports.figures.definition import Definition, Split
from reports.figures.measures import Count
from reports.reports import services
from reports.reports.models import Report
from reports.reports.production import produce_due
from tests import make
from tests.make import People
from tests.reports.producing import (
    busy_people,
    contents_of,
    produce_all,
    produced,
    publish,
    schedule,
    something_happens,
)

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`


def briefs(people: People, *countries: str, published: bool = True) -> dict[str, Report]:
    """Country briefs, published."""
    something_happens(people)
    named = list(make.Country.objects.filter(iso3__in=countries))
    reports = produce_all(
        schedule(people, kind="country", title="Brief", countries=named, formats=["html", "json"])
    )
    for report in reports if published else []:
        publish(people, report)
    return {make.Country.objects.get(pk=r.subject_id).iso3: r for r in reports}


def signed_in(user: Any) -> Client:
    """A browser of somebody."""
    client = Client()
    client.force_login(user)
    return client


def test_a_country_reads_its_own_published_brief_and_no_other(people: People) -> None:
    made = briefs(people, "KEN", "FJI")
    assert set(made) == {"KEN", "FJI"}
    kenya, fiji = (ReportEdition.objects.get(revision__report=made[c]) for c in ("KEN", "FJI"))
    client = signed_in(people.kenya)
    listed = client.get(reverse("editions")).content.decode()
    assert kenya.get_absolute_url() in listed and fiji.get_absolute_url() not in listed
    page = client.get(kenya.get_absolute_url())
    assert page.status_code == 200 and "Country brief: Kenya" in page.content.decode()
    assert client.get(fiji.get_absolute_url()).status_code == 404
    for document in ReportDocument.objects.filter(revision__report__in=made.values()):
        mine = document.edition_id == kenya.pk
        assert client.get(reverse("edition_document", args=[document.key])).status_code == (
            200 if mine else 404
        )
        # the internal door is closed
        assert client.get(reverse("report_document", args=[document.key])).status_code in (
            403,
            404,
        )


def test_before_it_is_published_nobody_outside_reads_it(people: People) -> None:
    made = briefs(people, "KEN", published=False)
    found = ReportEdition.objects.get(revision__report=made["KEN"])
    assert signed_in(people.kenya).get(found.get_absolute_url()).status_code == 404


def test_the_database_itself_gives_a_focal_point_no_other_edition(people: People) -> None:
    made = briefs(people, "KEN", "FJI")
    kenya = ReportEdition.objects.get(revision__report=made["KEN"])
    with as_country(people.kenya):
        assert list(ReportEdition.objects.values_list("pk", flat=True)) == [kenya.pk]
        assert set(ReportDocument.objects.order_by("pk").values_list("edition_id", flat=True)) == {
            kenya.pk
        }


def test_a_countrys_edition_says_nothing_of_cost_or_of_what_the_programme_notes_for_itself(
    people: People,
) -> None:
    made = briefs(people, "KEN")
    found = ReportEdition.objects.get(revision__report=made["KEN"])
    whole = contents_of(found)
    assert not [
        c for c in whole["figures"] if c.startswith(("cost", "steps_", "engagements_not_verified"))
    ]
    assert "cost" not in json.dumps(whole["annex"]) and "9000" not in json.dumps(
        whole, ensure_ascii=False
    )
    for document in found.documents.all():
        assert b"9,000" not in bytes(document.content) and b"9000" not in bytes(document.content)


def test_a_public_edition_names_no_request_no_country_that_asked_and_no_cell_under_three(
    people: People,
) -> None:
    report = produced(people, formats=["html", "csv", "json", "xlsx"], title="Progress")
    publish(people, report)
    found = ReportEdition.objects.get(revision__report=report)
    whole = contents_of(found)
    assert whole["annex"]["request"] == {} and whole["annex"]["participation"] == {}
    for code, figure in whole["figures"].items():
        if figure["unit"] == "people" or figure["rows"]["kind"] in (
            "request",
            "clock",
            "participation",
        ):
            assert (
                figure["unit"] not in ("count", "people")
                or figure["value"] in (None, 0)
                or figure["value"] >= 3
            ), code
        if figure["rows"]["kind"] == "request" or code.startswith(
            ("countries_asking", "countries_unserved")
        ):
            assert figure["rows"]["ids"] == [], code
    counted = {
        str(pk)
        for f in whole["figures"].values()
        if f["rows"]["kind"] == "country"
        for pk in f["rows"]["ids"]
    }
    assert set(whole["annex"]["country"]) <= counted
    for document in found.documents.all():
        assert b"KEN-20" not in bytes(document.content) and b"FJI-20" not in bytes(
            document.content
        ), document.format
    page = signed_in(people.fiji).get(found.get_absolute_url()).content.decode()
    assert "KEN-20" not in page and "not shown" in page


def test_a_correction_tells_readers_outside_what_changed_of_what_they_were_shown_and_no_reason(
    people: People, client: Client
) -> None:
    report = produced(people, formats=["html", "json", "csv"], title="Progress")
    publish(people, report)
    more = make.engagement(people.officer, make.part(days=1, KEN={"women": 30, "men": 40}))
    make.engagement_services.perform_action(
        people.officer, more.pk, "deliver", {"outcome": "Done."}
    )
    services.perform_action(
        people.manager, report.pk, "correct", reason="FJI-2026-0042 was forgotten"
    )
    produce_due()
    publish(people, report)
    report.refresh_from_db()
    assert report.current is not None
    assert (
        "cost" in contents_of(report.current)["revision"]["before"]
        and "FJI-2026-0042" in report.current.snapshot
    )
    found = report.current.editions.get()
    told = contents_of(found)["revision"]
    assert told["number"] == 2 and "reason" not in told and "participants" in told["changes"]
    assert not [
        code
        for code in {*told["changes"], *told["before"]}
        if code.startswith(("cost", "engagements_without", "engagements_not"))
    ]
    for document in found.documents.all():
        assert all(
            hidden not in bytes(document.content)
            for hidden in (b"FJI-2026-0042", b"18000", b"18,000")
        ), document.format


def test_a_correction_shows_no_number_that_was_or_is_left_out() -> None:
    cell = "requests_received.pillar.prevention"

    def given(value: int, revision: dict[str, Any] | None = None) -> Any:
        counts = (("requests_received", 30), (cell, value))
        figures = {
            code: {"unit": "count", "value": n, "rows": {"kind": "request", "ids": []}}
            for code, n in counts
        }
        empty: dict[str, Any] = {
            "engagement": {},
            "request": {},
            "clock": {},
            "participation": {},
            "country": {},
        }
        return {"figures": figures, "annex": empty} | ({"revision": revision} if revision else {})

    first = edition_snapshot(given(2), "public")
    second = edition_snapshot(
        given(6, {"number": 2, "reason": "x", "changes": [cell], "before": {cell: {"value": 2}}}),
        "public",
        first,
    )
    assert second["revision"] == {"number": 2, "changes": [], "before": {}}
    assert second["figures"][cell]["value"] == 6


def one_figure(code: str) -> Any:
    """A snapshot with nothing but a figure."""
    annex: dict[str, Any] = {
        kind: {}
        for kind in ("engagement", "request", "clock", "act", "record", "participation", "country")
    }
    return {
        "figures": {
            code: {"unit": "count", "value": 30, "rows": {"kind": "engagement", "ids": []}}
        },
        "annex": annex,
    }


def test_a_figure_whose_definition_names_no_reader_is_in_no_edition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unnamed = Definition(
        "brand_new",
        "Brand new",
        "count",
        "Something new.",
        "engagement",
        measure=Count(source="fact_delivered"),
        splits=(Split("type"),),
    )
    monkeypatch.setitem(FIGURES, "brand_new", unnamed)
    for code in ("brand_new", "brand_new.type.workshop", "no_longer_known"):
        assert [
            a for a in EVERYBODY if code in edition_snapshot(one_figure(code), a)["figures"]
        ] == [], code
    monkeypatch.setitem(FIGURES, "brand_new", replace(unnamed, audiences=(PUBLIC,)))
    for code in ("brand_new", "brand_new.type.workshop"):
        assert [
            a for a in EVERYBODY if code in edition_snapshot(one_figure(code), a)["figures"]
        ] == [PUBLIC], code


def test_what_the_programme_notes_for_itself_is_for_nobody_else_and_a_donor_reads_the_cost() -> (
    None
):
    ours = {
        "records_budget",
        "records_in_other_currencies",
        "engagements_without_cost",
        "engagements_without_funding",
        "engagements_not_verified",
        "steps_overdue",
        "open_overdue",
        "requests_without_theme",
        "decided_in_time",
    }
    assert [code for code in sorted(ours) if readers_of(code)] == []
    assert {code for code in FIGURES if readers_of(code) == ("donor",)} >= {
        "cost",
        "cost_in_other_currencies",
    }
    for code in (
        "requests_received.pillar.prevention",
        "participants.women",
        "standard_kept.standard.plan",
        "open_requests.state.planned",
    ):
        assert set(readers_of(code)) == set(EVERYBODY), code


@pytest.mark.parametrize(
    ("scope", "public"),
    [
        ({}, True),
        ({"countries": ["FJI"]}, False),
        ({"region": "Africa"}, True),
        ({"group": "sids"}, True),
    ],
)
def test_a_report_on_few_countries_has_no_public_edition(
    people: People, scope: dict[str, Any], public: bool
) -> None:
    something_happens(people)
    wanted = dict(scope)
    if "countries" in scope:
        wanted["countries"] = list(make.Country.objects.filter(iso3__in=scope["countries"]))
    if "group" in scope:
        wanted["group"] = CountryGroup.objects.get(code=scope["group"])
    (report,) = produce_all(schedule(people, title="Narrow", formats=["json"], **wanted))
    publish(people, report)
    assert ReportEdition.objects.filter(revision__report=report).exists() is public
    listed = signed_in(people.kenya).get(reverse("editions")).content.decode()
    assert ("Narrow" in listed) is public


def test_a_donors_edition_keeps_the_cost_and_leaves_requests_out(people: People) -> None:
    something_happens(people)
    funding = make.funding()
    (report,) = produce_all(schedule(people, kind="donor", donor=funding.donor, formats=["json"]))
    found = contents_of(report.revisions.get().editions.get())
    assert "cost" in found["figures"] and found["annex"]["request"] == {}
    assert (
        signed_in(people.kenya)
        .get(reverse("edition", args=[report.revisions.get().editions.get().pk]))
        .status_code
        == 404
    )


@pytest.mark.parametrize("kind", ["progress", "country", "donor", "pillar", "management"])
def test_every_kind_is_written_in_every_language_for_everybody(people: People, kind: str) -> None:
    something_happens(people)
    make.funding()
    countries = [make.Country.objects.get(iso3="KEN")] if kind == "country" else []
    report = produce_all(schedule(people, kind=kind, countries=countries, formats=["json"]))[0]
    whole = contents_of(report.revisions.get())
    few = {
        "unit": "share",
        "value": 0.2,
        "numerator": 1,
        "denominator": 5,
        "previous": None,
        "rows": {"kind": "clock", "ids": []},
    }
    whole["figures"] |= dict.fromkeys(
        ("standard_kept.standard.decision", "standard_kept.standard.answer", "women_share"), few
    )
    for language, audience in itertools.product(
        ("en", "fr", "es", "ru", "ar", "zh-hans"), ("internal", "public", "country", "donor")
    ):
        document = build_document(edition_snapshot(whole, audience), "", language)
        assert document.title and document.headlines and document.sections
        assert all(
            len(row) == len(t.columns)
            for s in document.sections
            for t in s.tables
            for row in t.rows
        )
        assert not [
            c
            for s in document.sections
            for t in s.tables
            for row in t.rows
            for c in row
            if "None" in c.text
        ]
        assert not [x for s in document.sections for x in s.sentences if "None" in x]


def test_a_country_that_only_asked_is_named_nowhere_outside(people: People) -> None:
    vienna = make.focal_point("AUT")  # not eligible, so that nothing but its request could name it
    make.submitted(vienna, "AUT")
    report = produced(people, formats=["html", "json"])
    publish(people, report)
    found = ReportEdition.objects.get(revision__report=report)
    assert report.current is not None and "Austria" in json.dumps(contents_of(report.current))
    assert "Austria" not in json.dumps(contents_of(found)) and not [
        d for d in found.documents.all() if b"Austria" in bytes(d.content)
    ]

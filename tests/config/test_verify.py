"""`manage.py verify` finds what was done behind the product's back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from assistance.engagements import services
from core.db import append_only
from reports.documents import render
from reports.documents.models import ReportDocument
from reports.documents.render import document_hash
from reports.documents.storage import rewrite_all
from reports.editions.models import ReportEdition
from reports.editions.snapshots import edition_snapshot
from reports.figures.audiences import INTERNAL, PUBLIC
from reports.reports import services as report_services
from reports.reports.chains import stated_by
from reports.reports.models import Report, ReportRevision
from reports.snapshots.canonical import snapshot_hash
from reports.snapshots.storage import store_rows, stored_text, whole_snapshot
from tests import make
from tests.make import People
from tests.reports.producing import produce, schedule

pytestmark = pytest.mark.django_db


def verify(*options: str) -> tuple[int, str]:
    """Exit status and what it says."""
    out = io.StringIO()
    try:
        call_command("verify", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@contextmanager
def behind_its_back(table: str) -> Iterator[None]:
    """With the table's triggers asleep, as somebody with the database's password could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


LANGUAGES = ["en", "ar", "fr"]
FORMATS = ["html", "csv", "json", "xlsx"]


@pytest.fixture(scope="module")
def report(kept_for_module: None) -> Report:
    """A published report in several languages and formats, with a public edition and highlights.

    What it counts stands beside it: a case, an engagement that serves it, a second request.
    """
    people = People()
    case = make.advanced(people, "in_delivery")
    make.submitted(people.kenya, title="A second request")
    deed = make.engagement(people.officer, make.part(KEN={"women": 31, "men": 22}), requests=[case])
    services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
    report = produce(schedule(people, languages=LANGUAGES, formats=FORMATS))
    report_services.set_highlights(people.officer, report.pk, "A laboratory opened.")
    rewrite_all()
    report_services.perform_action(people.officer, report.pk, "review")
    report_services.perform_action(people.manager, report.pk, "publish")
    return report


def test_what_people_did_through_the_product_holds(report: Report) -> None:
    assert verify() == (
        0,
        (
            "rows against their history: holds\nfiles: holds\ntimelines, clocks and references:"
            " holds\nsummaries: holds\nreports: holds\n"
        ),
    )


@pytest.mark.parametrize(
    ("table", "statement", "finding"),
    [
        (
            "assistance_countryparticipation",
            "UPDATE assistance_countryparticipation SET women = 300",
            "assistance.CountryParticipation: 1 rows",
        ),
        (
            "assistance_assistancerequest",
            "UPDATE assistance_assistancerequest SET title = 'x' WHERE state = 'in_delivery'",
            "assistance.AssistanceRequest: 1 rows",
        ),
        (
            "countries_institution",
            (
                "INSERT INTO countries_institution (country_id, name, kind) SELECT min(id), 'X',"
                " 'police' FROM countries_country"
            ),
            "Institution: 1",
        ),
        (
            "assistance_engagementrequest",
            "DELETE FROM assistance_engagementrequest",
            "assistance.EngagementRequest: 1 rows",
        ),
        (
            "assistance_assistancerequest",
            "UPDATE assistance_assistancerequest SET state = 'closed' WHERE state = 'in_delivery'",
            "their last event led to",
        ),
        (
            "assistance_statespan",
            (
                "UPDATE assistance_statespan SET left_at = left_at + interval '1 second' WHERE"
                " left_at IS NOT NULL"
            ),
            "have a gap",
        ),
        (
            "assistance_referencecounter",
            "UPDATE assistance_referencecounter SET last = last + 1 WHERE series = 'KEN'",
            "references with a gap",
        ),
        (
            "assistance_eventtext",
            "UPDATE assistance_eventtext SET text = text || ' or not'",
            "not what their hash says",
        ),
        ("assistance_eventtext", "DELETE FROM assistance_eventtext", "text is missing"),
        (
            "reports_reportrevision",
            "UPDATE reports_reportrevision SET snapshot = snapshot || ' '",
            "the snapshot is not what its hash says",
        ),
        (
            "reports_annexrow",
            "UPDATE reports_annexrow SET content = content || ' ' WHERE audience = 'internal'",
            "the snapshot is not what its hash says",
        ),
        (
            "reports_figurerows",
            "DELETE FROM reports_figurerows WHERE audience = 'public'",
            "the edition “public” is not what its hash says",
        ),
        (
            "reports_reportdocument",
            "UPDATE reports_reportdocument SET content = '\\x00' WHERE format = 'csv'",
            "the csv in en is not what its hash says",
        ),
    ],
)
def test_what_was_altered_behind_the_triggers_is_found(
    report: Report, table: str, statement: str, finding: str
) -> None:
    with behind_its_back(table), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
    status, said = verify()
    assert status == 1
    assert finding in said


def test_a_figure_that_no_longer_follows_from_the_rows_is_found(report: Report) -> None:
    with behind_its_back("assistance_requesthistory"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE assistance_assistancerequest SET received_on = received_on - 200 WHERE"
            " received_on IS NOT NULL"
        )
        cursor.execute(
            "UPDATE assistance_requesthistory SET received_on = received_on - 200 WHERE received_on"
            " IS NOT NULL"
        )
    status, said = verify()
    assert (
        status == 1
        and "counted again, these figures differ" in said
        and "requests_received" in said
    )


def test_a_report_of_former_rules_stays_is_named_and_is_not_counted_again(report: Report) -> None:
    kept = ReportRevision.objects.get()
    found: Any = whole_snapshot(kept.contents) | {"rules": 1}
    found["figures"]["decisions"]["value"] = 9
    for value, form in ((found, PUBLIC), (found, "")):
        shown = edition_snapshot(value, form) if form else value
        text = stored_text(shown)
        table = ReportEdition if form else ReportRevision
        more = {} if form else {"stated": stated_by(value)}
        with (
            behind_its_back(table._meta.db_table),
            behind_its_back("reports_figurerows"),
            behind_its_back("reports_annexrow"),
        ):
            table.objects.update(snapshot=text, sha256=snapshot_hash(text), **more)
            store_rows(shown, kept.pk, form or INTERNAL)
    _status, said = verify()
    assert (
        "reports: holds" in said
        and f"not counted again: Report {kept.report_id}, revision 1" in said
    )


EMPTIED = {
    "assistance_caseevent": "The chain of events does not hold",
    "assistance_caseevent, assistance_eventseal": (
        "Submitted cases without an event"
    ),  # with their seals: nothing is left that could be missing
    "assistance_engagementevent": "The chain of events does not hold",
    "assistance_engagementevent, assistance_eventseal": "Engagements without an event",
    "assistance_eventseal": "is without a seal",
    "assistance_eventtext": "Events whose text is missing",
    "assistance_statespan": "Cases whose present time span is not of their state",
    "assistance_requesthistory": "assistance.AssistanceRequest:",
    "assistance_engagementhistory": "assistance.Engagement:",
    "assistance_countryparticipation": "assistance.CountryParticipation:",
    "reports_annexrow": "the snapshot is not what its hash says",
    "reports_figurerows": "the snapshot is not what its hash says",
    "reports_reportdocument": "it has no documents",
    "reports_reportedition": "reports.ReportEdition:",
    "reports_reportrevision": "reports.ReportRevision:",
}


@pytest.mark.parametrize("tables", EMPTIED)
def test_an_emptied_timeline_and_other_emptied_tables_are_refused_and_where_that_was_slept_through_found(
    report: Report, tables: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if tables in append_only.kept_tables() or "," in tables:
            with pytest.raises(Error, match="append-only"), transaction.atomic():
                cursor.execute(f"TRUNCATE {tables} CASCADE")
        guard_emptying("DISABLE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        guard_emptying("ENABLE")
    status, said = verify()
    assert status == 1 and EMPTIED[tables] in said and "tables can be emptied" not in said


def guard_emptying(word: str) -> None:
    """Puts the triggers that refuse to empty a table to sleep, or wakes them: DISABLE or ENABLE."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in append_only.kept_tables():
            cursor.execute(f'ALTER TABLE "{table}" {word} TRIGGER {append_only.EMPTYING}')


def test_a_sleeping_guard_against_emptying_is_found(report: Report) -> None:
    guard_emptying("DISABLE")
    assert "tables can be emptied" in verify()[1]


def forge(document: ReportDocument, old: bytes, new: bytes) -> None:
    """Alters a document with its hash and size, in row and history, so that nothing but its words
    tells."""
    body = bytes(document.content).replace(old, new, 1)
    assert body != bytes(document.content)
    values: list[Any] = [document_hash(body), len(body), document.pk]
    with (
        behind_its_back("reports_reportdocument"),
        behind_its_back("reports_reportdocumentevent"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE reports_reportdocument SET content = %s, sha256 = %s, size = %s WHERE id = %s",
            [body, *values],
        )
        cursor.execute(
            "UPDATE reports_reportdocumentevent SET sha256 = %s, size = %s WHERE pgh_obj_id = %s",
            values,
        )


def said_of_documents() -> tuple[int, str]:
    """Exit status, and what is said of documents made anew."""
    status, said = verify("--documents")
    return status, said[said.index("documents made anew") :]


def test_documents_made_anew_are_the_stored_ones_and_what_is_not_remade_is_counted(
    report: Report,
) -> None:
    status, said = said_of_documents()
    count = ReportDocument.objects.exclude(format="xlsx").count()
    sheets = ReportDocument.objects.filter(format="xlsx").count()
    assert count == 2 * len(LANGUAGES) * 3 and sheets == 2 * len(LANGUAGES)
    assert (status, said) == (
        0,
        (
            f"documents made anew: holds\n  {count} documents are the same to the byte, 0 of an"
            f" earlier renderer agree in figures and text\n  {sheets} documents were not remade:"
            " xlsx, of which only the hash is compared\n"
        ),
    )


@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("csv", b'"53"', b'"54"'),
        ("json", b'"numerator": ', b'"numerator": 9'),
        ("html", b"53", b"54"),
    ],
)
def test_a_document_that_was_forged_with_its_hash_is_found_in_row_and_history(
    report: Report, audience: str, form: str, old: bytes, new: bytes
) -> None:
    document = ReportDocument.objects.get(audience=audience, format=form, language="en")
    old, new = (b",53,", b",54,") if form == "csv" else (old, new)
    forge(document, old, new)
    status, said = verify("--documents")
    holds = (
        "rows against their history: holds\nfiles: holds\ntimelines, clocks and references:"
        " holds\nsummaries: holds\nreports: holds\n"
    )
    assert said.startswith(holds)  # nothing else tells
    assert (
        status == 1
        and f"the {form} in en for “{audience}” is not what follows from its snapshot" in said
        and "1 findings" in said
    )


@pytest.mark.parametrize(
    ("form", "old", "new", "what"),
    [
        ("csv", b",53,", b",54,", "cost_per_participation"),
        ("json", b'"value": 53', b'"value": 54', "participants"),
        ("html", b">53<", b">5399<", "5399"),
        ("json", b"A laboratory", b"No laboratory", "highlights"),
        ("csv", b'"code"', b'"c"', "cannot be read"),
    ],
)
def test_a_document_of_an_earlier_renderer_must_agree_in_figures_and_text(
    report: Report, form: str, old: bytes, new: bytes, what: str
) -> None:
    with (
        behind_its_back("reports_reportrevision"),
        behind_its_back("reports_reportrevisionevent"),
        connection.cursor() as cursor,
    ):
        for table in ("reports_reportrevision", "reports_reportrevisionevent"):
            cursor.execute(f"UPDATE {table} SET template_version = '6'")
    reworded = {
        "csv": (b'"Participations', b'"People who came'),
        "html": (b"</title>", b" </title>"),
        "json": (b"\n", b"\n \n"),
    }
    for document in ReportDocument.objects.filter(format__in=reworded, language="en"):
        forge(document, *reworded[document.format])
    document = ReportDocument.objects.get(audience="internal", format=form, language="en")
    if new == b'"c"':
        assert said_of_documents()[0] == 0
    forge(document, old, new)
    status, said = said_of_documents()
    assert (
        status == 1
        and f"the {form} in en for “internal”" in said
        and what in said
        and "1 findings" in said
    )


def test_what_todays_renderer_cannot_read_is_counted_and_not_passed_over(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: Any) -> bytes:
        raise KeyError("names")

    monkeypatch.setattr(render, "render_document", fails)
    assert said_of_documents()[0] == 1
    monkeypatch.setattr(render, "TEMPLATE_VERSION", "999")
    status, said = said_of_documents()
    assert (
        status == 0
        and "18 documents were not remade: today's renderer cannot read the snapshot of renderer"
        in said
    )

"""What people type and send, where it comes out again: cells, spreadsheets, mails, hosts, cookies,
names of files."""

from __future__ import annotations

import csv
import io
import itertools
import re
import resource
import unicodedata
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.invitations import send_invitation
from accounts.models import Role, User
from assistance.requests.models import AssistanceRequest
from assistance.tools.models import Tool
from core.csv import escape_formula, writer_to
from countries.models import Instrument, Process, ProcessSession, SessionAttendance, TreatyAction
from files.models import attach_file
from notifications.models import Notification
from notifications.tasks import send_notifications
from reports.documents.csv_json import as_csv
from reports.documents.storage import rewrite_all
from reports.reports import services
from tests import make
from tests.accounts.test_walk import patterns
from tests.api import Api
from tests.assistance.test_import_tracker import nothing_is_loaded
from tests.make import PASSWORD, People
from tests.reports.producing import produce, schedule

pytestmark = pytest.mark.django_db

# the wide ones are taken for the narrow ones
SIGNS = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\ufe63",
)
BEFORE = ("", " ", "\t", "\r", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "  \t")
HOSTILE = [f"{before}{sign}cmd|' /C calc'!A0" for sign in SIGNS for before in BEFORE]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program could take a cell of a CSV for a formula: by its first visible
    sign, wide or narrow."""
    bare = "".join(
        c
        for c in unicodedata.normalize("NFKC", cell)
        if unicodedata.category(c) not in ("Cf", "Cc", "Zs")
    )
    if not bare.startswith(("=", "+", "-", "@")):
        return False
    return not re.fullmatch(r"[+-]?\d+(\.\d+)?", bare)


# Cells


def test_no_cell_is_a_formula_and_each_can_still_be_read() -> None:
    for text in HOSTILE:
        cell = escape_formula(text)
        assert cell.replace("'", "") == text.replace("'", "") and not is_formula(cell), repr(text)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0;=1+1", "'=cmd|' /C calc'!A0;'=1+1"),
        ("Places: 3;\uff1d1+1", "Places: 3;'\uff1d1+1"),
        ('a; "=1+1"', 'a;\' "=1+1"'),
        ("Needs:\r\n- boats\n@SUM(A1)", "Needs:\r\n'- boats\n'@SUM(A1)"),
        ("a\t+1", "a\t'+1"),
        ("a; b = c;", "a; b = c;"),
    ],
)
def test_nor_is_what_another_separator_would_make_a_cell(text: str, cell: str) -> None:
    assert escape_formula(text) == cell


def test_no_separator_makes_a_formula_of_what_was_typed() -> None:
    for signs in itertools.product(('"', ";", "=1", "\n", "\t", ","), repeat=4):
        out = io.StringIO(newline="")
        writer = writer_to(out)
        for cells in (("", "".join(signs), "x"), ("A-1", "x;", "".join(signs)), ("A-2", 3, "x")):
            writer.writerow([escape_formula(c) for c in cells])
        for separator in (",", ";", "\t"):
            found = [
                c
                for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator)
                for c in row
            ]
            assert [c for c in found if is_formula(c)] == [], (signs, separator)


@pytest.mark.parametrize("text", ["Course = good", "a-b", "ليس معادلة", "", " plain", "(+1)"])
def test_a_plain_cell_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


def type_into_programme_lists(people: People, text: str) -> None:
    """The same text in what else is exported: a tool, a treaty action, the title of a session."""
    number = Tool.objects.count()
    Tool.objects.create(code=f"tool-{number}", title=text, kind="guide", owner=text, note=text)
    TreatyAction.objects.create(
        instrument=Instrument.objects.get(code="UN-CAC"),
        organisation=f"{text} {number}",
        action="signed",
        date=date(2026, 1, 5),
        source=text,
        note=text,
    )
    session = ProcessSession.objects.create(
        process=Process.objects.get(code="states-parties"),
        names={"en": text},
        starts_on=date(2026, 1, 1) + timedelta(days=number),
        ends_on=date(2026, 1, 1) + timedelta(days=number),
    )
    country = make.Country.objects.get(iso3="KEN")
    SessionAttendance.objects.create(session=session, country=country)


def test_every_export_is_without_formulas_whatever_was_typed(people: People) -> None:
    bad = [
        "=1+1",
        " =1+1",
        "\uff1d1+1",
        "\t@SUM(A1)",
        "-1+1",
        "+1+1",
        "Boats;=1+1",
        "Boats:\n=1+1\n- two",
    ]
    ministry = make.Institution.objects.create(
        country=make.Country.objects.get(iso3="KEN"), name="=HYPERLINK(1)", kind="ministry"
    )
    for text in bad:
        make.submitted(
            people.kenya,
            title=text,
            problem=text,
            beneficiaries=text,
            signatory_name=text,
            institution=ministry,
        )
        part = make.part(KEN={"women": 1, "institutions": text})
        make.engagement(
            people.officer, part, title=text, objectives=text, partners=text, place=text
        )
        type_into_programme_lists(people, text)
    client = Client()
    client.force_login(people.officer)
    exports = [
        u.name
        for _w, u in patterns(get_resolver())
        if (u.name or "").endswith("_export") and "<" not in str(u.pattern)
    ]
    assert {"requests_export", "engagements_export"} <= set(exports)
    cells = 0
    for name in exports:
        body = b"".join(client.get(reverse(str(name))).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        for separator in (
            ",",
            ";",
            "\t",
        ):  # the first is ours, the others those with which a spreadsheet may read it
            found = [
                cell
                for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator)
                for cell in row
            ]
            cells += len(found)
            assert [c for c in found if is_formula(c)] == []
            assert any("1+1" in c for c in found)
    assert cells > 300


def test_a_reports_tables_hold_neither_formulas_nor_links(people: People) -> None:
    programme = make.programme()
    programme.title = '=HYPERLINK("http://evil.example")'
    programme.names = {"en": programme.title}
    programme.save()
    make.Pillar.objects.update(names={"en": " =1+1"})
    make.advanced(people, "accepted", title="=1+1")
    report = produce(
        schedule(people, title="http://evil.example", formats=["html", "csv", "xlsx", "json"])
    )
    services.set_highlights(people.officer, report.pk, "=1+1 and https://evil.example/")
    rewrite_all()
    report.refresh_from_db()
    assert report.current is not None
    documents = {d.format: bytes(d.content) for d in report.current.internal_documents}
    rows = list(csv.reader(io.StringIO(documents["csv"].decode("utf-8-sig"))))
    assert len(rows) > 10 and [c for row in rows for c in row if is_formula(c)] == []
    with zipfile.ZipFile(io.BytesIO(documents["xlsx"])) as book:
        whole = {n: book.read(n).decode() for n in book.namelist() if n.endswith((".xml", ".rels"))}
    sheets = "".join(text for name, text in whole.items() if "worksheets/" in name)
    assert "<f>" not in sheets and "<f " not in sheets and "<hyperlink" not in sheets
    assert not [name for name, text in whole.items() if "relationships/hyperlink" in text]
    assert "<t>=HYPERLINK(" in sheets  # readable, as text
    snapshot: Any = {
        "figures": {"requests_received": {"unit": "count", "value": "\uff1d1+1", "rows": {}}}
    }
    assert "'\uff1d1+1" in as_csv(snapshot | {"labels": {}, "names": {}}, "en").decode("utf-8-sig")


# Spreadsheets that come in


LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def workbook_with(folder: Path, member: str, body: bytes) -> Path:
    """A good workbook, one of whose files is another."""
    good, bad = folder / "good.xlsx", folder / "tracker.xlsx"
    book = xlsxwriter.Workbook(good)
    sheet = book.add_worksheet("Sheet")
    sheet.write_row(0, 0, ["Country", "Title"])
    sheet.write_row(1, 0, ["Fiji", "Course"])
    book.close()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, body if name == member else source.read(name))
        if member not in source.namelist():
            target.writestr(member, body)
    return bad


@pytest.mark.parametrize(
    "member",
    [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ],
)
def test_a_workbook_with_entities_is_refused_with_a_sentence_and_takes_no_memory(
    tmp_path: Path, member: str
) -> None:
    root = {"xl/workbook.xml": "workbook", "xl/sharedStrings.xml": "sst"}.get(member, "worksheet")
    body = f"{LAUGHS}]><{root}>&j;&j;&j;</{root}>".encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert nothing_is_loaded(workbook_with(tmp_path, member, body))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # kilobytes


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/media/image1.png"])
def test_a_small_workbook_that_unpacks_to_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, member: str
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = workbook_with(tmp_path, member, b" " * (301 * 1024 * 1024))
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert path.stat().st_size < 1024 * 1024
    assert "too large when unpacked" in nothing_is_loaded(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, made) < 50 * 1024


# Mails


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "%0d%0a", "\x0b", "\x85"])
def test_a_line_break_in_a_title_or_a_name_makes_no_header(people: People, end: str) -> None:
    title = f"Training{end}Bcc: evil@example.org{end}{end}Click here"
    User.objects.filter(pk=people.officer.pk).update(
        name=f"Anna{end}Bcc: evil@example.org", title=title
    )
    made = Api(people.kenya).post("requests/", {"title": title, "country": "KEN"})
    assert made.status_code in (201, 400)
    client = Client()
    client.force_login(people.kenya)
    client.post(
        reverse("request_new"),
        {
            "title": title,
            "pillar": make.Pillar.objects.get(code="capacity_building").pk,
            "language": "en",
        },
    )
    for case in AssistanceRequest.objects.all():
        AssistanceRequest.objects.filter(pk=case.pk).delete()
    case = make.submitted(people.kenya, title=title)
    make.do(
        User.objects.get(pk=people.officer.pk),
        case,
        "start_review",
        lead_officer=people.officer,
        letter="authenticated",
    )
    send_invitation(people.fiji)
    assert send_notifications() > 0 and mail.outbox
    for sent in mail.outbox:
        head, _blank, _body = sent.message().as_bytes().partition(b"\n\n")
        assert sent.message()["Bcc"] is None and sent.message()["Cc"] is None
        assert not re.search(rb"^bcc:", head, re.IGNORECASE | re.MULTILINE), head
        assert len(sent.recipients()) == 1 and sent.recipients()[0] != "evil@example.org"
    assert not Notification.objects.filter(tries__gt=0).exists()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1"])
def test_links_in_mails_lead_to_the_base_address_whatever_host_was_asked(
    people: People, settings: Any, host: str
) -> None:
    settings.BASE_URL = "https://meridian.example.org"
    Client(headers={"host": host}).post(
        reverse("account_reset_password"), {"email": people.kenya.email}
    )
    send_invitation(people.fiji)
    send_notifications()
    links = [link for sent in mail.outbox for link in re.findall(r"https?://\S+", str(sent.body))]
    assert len(links) >= 2
    assert [link for link in links if not link.startswith("https://meridian.example.org/")] == []


@pytest.mark.parametrize(
    "header", ["host", "x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded"]
)
def test_no_header_sets_the_host_that_a_page_or_an_answer_names(
    people: People, header: str
) -> None:
    make.submitted(people.kenya)
    client = Client()
    client.force_login(people.kenya)
    for address in ("/requests/", "/api/v1/requests/?page_size=1", "/accounts/password/reset/"):
        answer: Any = client.get(address, headers={header: "evil.example"})
        assert answer.status_code == (400 if header == "host" else 200)
        assert b"evil.example" not in answer.content


# Sessions and cookies


def test_a_session_changes_its_key_at_sign_in_and_ends_with_sign_out_and_a_new_password(
    people: People,
) -> None:
    client, other = Client(), Client()
    client.cookies["sessionid"] = "chosenbyanattacker0123456789abcd"
    client.post(reverse("account_login"), {"login": people.kenya.email, "password": PASSWORD})
    key = client.cookies["sessionid"].value
    assert key != "chosenbyanattacker0123456789abcd" and len(key) >= 32
    assert client.get("/account/").status_code == 200
    other.post(reverse("account_login"), {"login": people.kenya.email, "password": PASSWORD})
    assert other.cookies["sessionid"].value != key
    new = "another long pass phrase"
    changed = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert changed.status_code == 302
    assert other.get("/account/").status_code == 302
    client.post(reverse("account_login"), {"login": people.kenya.email, "password": new})
    assert client.get("/account/").status_code == 200
    kept = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=kept).exists()
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/account/").status_code == 302


def test_cookies_are_for_this_site_alone_and_out_of_the_reach_of_scripts(people: People) -> None:
    client = Client()
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": people.kenya.email, "password": PASSWORD})
    client.post(reverse("set_language"), {"language": "fr"})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert (
            cookie["httponly"]
            and cookie["samesite"] in ("Lax", "Strict")
            and not cookie["domain"]
            and cookie["path"] == "/"
        ), name


def test_a_file_name_of_any_kind_makes_no_header(people: People) -> None:
    case = make.submitted(people.kenya)
    client = Client()
    client.force_login(people.kenya)
    for name in (
        'a"\r\nSet-Cookie: x=1.pdf',
        "a\n.pdf",
        '"; filename="evil.exe',
        "\u202efdp.exe.pdf",
        "a\x00.pdf",
    ):
        upload = make.pdf()
        upload._name = name  # type: ignore[attr-defined]
        answer: Any = client.get(
            attach_file("request", case.pk, upload, people.kenya).get_absolute_url()
        )
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
        assert (
            answer.headers["Content-Disposition"].startswith("attachment;")
            and "\n" not in answer.headers["Content-Disposition"]
        )


def test_an_invited_person_of_every_role_gets_one_link_that_works_once(settings: Any) -> None:
    settings.BASE_URL = "http://testserver"
    for role in Role:
        person = make.user(role)
        send_invitation(person)
        send_notifications()
        link = re.findall(r"https?://\S+", str(mail.outbox[-1].body))[-1]
        assert Client().get(link, follow=True).status_code == 200

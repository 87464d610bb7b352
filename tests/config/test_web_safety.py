"""What a browser or a program can send or be told: cells, spreadsheets, mails, hosts, redirects, sessions, forged and broken requests.

Addresses and methods are found by introspection, so that a new one is asked, too.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from accounts.invitations import invite
from accounts.models import Notification, Role, User
from accounts.tasks import send_notifications
from accounts.tokens.models import ApiToken
from assistance.requests.export import harmless
from assistance.requests.models import AssistanceRequest
from config.urls import urlpatterns as ours
from files.models import attach
from reports import reviewing
from reports.documents.flat import as_csv
from tests import make
from tests.accounts.test_walk import path_of, patterns
from tests.accounts.test_walk import things as things_of_kenya
from tests.api import Api
from tests.assistance.test_import_tracker import nothing_is_loaded
from tests.make import PASSWORD, People
from tests.reports.producing import produce, schedule

pytestmark = pytest.mark.django_db
things = things_of_kenya  # the fixture

SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe63")  # the wide ones are taken for the narrow ones
BEFORE = ("", " ", "\t", "\r", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "  \t")
HOSTILE = [f"{before}{sign}cmd|' /C calc'!A0" for sign in SIGNS for before in BEFORE]


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A page with a mistake in it."""
    raise RuntimeError("secret words of an error")


urlpatterns = [*ours, path("broken/", broken)]  # for the test that needs such a page


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program could take a cell of a CSV for a formula: by its first visible sign, wide or narrow."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", cell) if unicodedata.category(c) not in ("Cf", "Cc", "Zs"))
    if not bare.startswith(("=", "+", "-", "@")):
        return False
    return not re.fullmatch(r"[+-]?\d+(\.\d+)?", bare)


# Cells


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_and_each_can_still_be_read(text: str) -> None:
    cell = harmless(text)
    assert cell == f"'{text}" and not is_formula(cell)


@pytest.mark.parametrize("text", ["Course = good", "a-b", "ليس معادلة", "", " plain", "(+1)"])
def test_a_plain_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_every_export_is_without_formulas_whatever_was_typed(people: People) -> None:
    bad = ["=1+1", " =1+1", "\uff1d1+1", "\t@SUM(A1)", "-1+1", "+1+1"]
    ministry = make.Institution.objects.create(country=make.Country.objects.get(iso3="KEN"), name="=HYPERLINK(1)", kind="ministry")
    for text in bad:
        make.submitted(people.kenya, title=text, problem=text, beneficiaries=text, signatory_name=text, institution=ministry)
        part = make.part(KEN={"women": 1, "institutions": text})
        make.engagement(people.officer, part, title=text, objectives=text, partners=text, place=text)
    client = Client()
    client.force_login(people.officer)
    exports = [u.name for _w, u in patterns(get_resolver()) if (u.name or "").endswith("_export") and "<" not in str(u.pattern)]
    assert {"requests_export", "engagements_export"} <= set(exports)
    cells = 0
    for name in exports:
        body = b"".join(client.get(reverse(str(name))).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        found = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
        cells += len(found)
        assert [c for c in found if is_formula(c)] == []
        assert any("1+1" in c for c in found)
    assert cells > 300


def test_a_reports_tables_hold_neither_formulas_nor_links(people: People) -> None:
    programme = make.programme()
    programme.title = '=HYPERLINK("http://evil.example")'
    programme.save()
    make.Pillar.objects.update(title=" =1+1")
    make.advanced(people, "accepted", title="=1+1")
    report = produce(schedule(people, title="http://evil.example", formats=["html", "csv", "xlsx", "json"]))
    reviewing.set_highlights(people.officer, report.pk, "=1+1 and https://evil.example/")
    report.refresh_from_db()
    assert report.current is not None
    documents = {d.format: bytes(d.content) for d in report.current.documents.all()}
    rows = list(csv.reader(io.StringIO(documents["csv"].decode("utf-8-sig"))))
    assert len(rows) > 10 and [c for row in rows for c in row if is_formula(c)] == []
    with zipfile.ZipFile(io.BytesIO(documents["xlsx"])) as book:
        whole = {n: book.read(n).decode() for n in book.namelist() if n.endswith((".xml", ".rels"))}
    sheets = "".join(text for name, text in whole.items() if "worksheets/" in name)
    assert "<f>" not in sheets and "<f " not in sheets and "hyperlink" not in "".join(whole.values()).lower().replace("=hyperlink(", "")
    assert "=HYPERLINK(" in whole["xl/sharedStrings.xml"]  # readable, as text
    snapshot = {"figures": {"x": {"unit": "count", "value": "\uff1d1+1", "rows": {}}}}
    assert "'\uff1d1+1" in as_csv(snapshot | {"labels": {}, "names": {}}, "en").decode("utf-8-sig")


# Spreadsheets that come in


LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)  # fmt: skip


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


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_with_entities_is_refused_with_a_sentence_and_takes_no_memory(tmp_path: Path, member: str) -> None:
    root = {"xl/workbook.xml": "workbook", "xl/sharedStrings.xml": "sst"}.get(member, "worksheet")
    body = f"{LAUGHS}]><{root}>&j;&j;&j;</{root}>".encode()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert nothing_is_loaded(workbook_with(tmp_path, member, body))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # kilobytes
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/media/image1.png"])
def test_a_small_workbook_that_unpacks_to_much_is_refused_before_it_is_unpacked(tmp_path: Path, member: str) -> None:
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
    User.objects.filter(pk=people.officer.pk).update(name=f"Anna{end}Bcc: evil@example.org", title=title)
    made = Api(people.kenya).post("requests/", {"title": title, "country": "KEN"})
    assert made.status_code in (201, 400)
    client = Client()
    client.force_login(people.kenya)
    client.post(reverse("request_new"), {"title": title, "pillar": make.Pillar.objects.get(code="capacity_building").pk, "language": "en"})
    for case in AssistanceRequest.objects.all():
        AssistanceRequest.objects.filter(pk=case.pk).delete()
    case = make.submitted(people.kenya, title=title)
    make.do(User.objects.get(pk=people.officer.pk), case, "start_review", lead_officer=people.officer, letter="authenticated")
    invite(people.fiji)
    assert send_notifications() > 0 and mail.outbox
    for sent in mail.outbox:
        head, _blank, _body = sent.message().as_bytes().partition(b"\n\n")
        assert sent.message()["Bcc"] is None and sent.message()["Cc"] is None
        assert not re.search(rb"^bcc:", head, re.IGNORECASE | re.MULTILINE), head
        assert len(sent.recipients()) == 1 and sent.recipients()[0] != "evil@example.org"
    assert not Notification.objects.filter(tries__gt=0).exists()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1"])
def test_links_in_mails_lead_to_the_base_address_whatever_host_was_asked(people: People, settings: Any, host: str) -> None:
    settings.BASE_URL = "https://meridian.example.org"
    Client(headers={"host": host}).post(reverse("account_reset_password"), {"email": people.kenya.email})
    invite(people.fiji)
    send_notifications()
    links = [link for sent in mail.outbox for link in re.findall(r"https?://\S+", str(sent.body))]
    assert len(links) >= 2
    assert [link for link in links if not link.startswith("https://meridian.example.org/")] == []


@pytest.mark.parametrize("header", ["host", "x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded"])
def test_no_header_sets_the_host_that_a_page_or_an_answer_names(people: People, header: str) -> None:
    make.submitted(people.kenya)
    client = Client()
    client.force_login(people.kenya)
    for address in ("/requests/", "/api/v1/requests/?page_size=1", "/accounts/password/reset/"):
        answer: Any = client.get(address, headers={header: "evil.example"})
        assert answer.status_code == (400 if header == "host" else 200)
        assert b"evil.example" not in answer.content


# Redirects


ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "http:evil.example",
    "https:/evil.example", "/\t/evil.example", "\x00//evil.example", "data:text/html,x", " //evil.example", "https://testserver@evil.example",
    "https://testserver.evil.example/",
)  # fmt: skip


def leads_away(answer: Any) -> bool:
    """Whether a redirect leaves this site in any browser's reading."""
    there = answer.headers.get("Location", "")
    there = re.sub(r"[\t\r\n\x00]", "", there).replace("\\", "/").strip()
    return bool(re.match(r"(//|[a-z][a-z0-9+.-]*:)", there, re.IGNORECASE)) and not re.match(r"https?://testserver(/|$)", there)


def everything() -> list[tuple[str, URLPattern]]:
    """Every address there is, the libraries' own included."""
    return [(p, u) for p, u in patterns(get_resolver()) if "format" not in p]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_address_leads_to_another_site(people: People, there: str) -> None:
    names = ("next", "url", "redirect", "return", "continue")
    stranger, signed_in = Client(), Client()
    for client, user in ((stranger, None), (signed_in, people.administrator)):
        for whole, _pattern in everything():
            if "<" in whole or "logout" in whole:
                continue
            address = "/" + re.sub(r"[\^$\\]", "", whole)
            if user is not None:
                client.force_login(user)
            for answer in (client.get(address, dict.fromkeys(names, there)), client.post(address, dict.fromkeys(names, there))):
                assert not leads_away(answer), (address, answer.headers["Location"])
                assert answer.status_code < 500 or address == "/readyz", address
    for address in (reverse("account_login"), "/admin/login/", reverse("account_logout"), reverse("set_language")):
        client = Client()
        if "logout" in address:
            client.force_login(people.kenya)
        sent = {"login": people.kenya.email, "password": PASSWORD, "username": people.kenya.email, "next": there, "language": "fr"}
        for answer in (client.post(address, sent), client.post(f"{address}?next=", sent)):
            assert not leads_away(answer), address
    message = Notification.objects.create(user=people.kenya, kind="x", subject="x", path=there.replace("\x00", ""))
    client = Client()
    client.force_login(people.kenya)
    assert not leads_away(client.post(reverse("notification", args=[message.pk])))


# Sessions and cookies


def test_a_session_changes_its_key_at_sign_in_and_ends_with_sign_out_and_a_new_password(people: People) -> None:
    client, other = Client(), Client()
    client.cookies["sessionid"] = "chosenbyanattacker0123456789abcd"
    client.post(reverse("account_login"), {"login": people.kenya.email, "password": PASSWORD})
    key = client.cookies["sessionid"].value
    assert key != "chosenbyanattacker0123456789abcd" and len(key) >= 32
    assert client.get("/account/").status_code == 200
    other.post(reverse("account_login"), {"login": people.kenya.email, "password": PASSWORD})
    assert other.cookies["sessionid"].value != key
    new = "another long pass phrase"
    changed = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
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
        assert cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict") and not cookie["domain"] and cookie["path"] == "/", name


# Forged requests, methods, headers


def given_path(whole: str, pattern: URLPattern, things: dict[str, dict[str, Any]]) -> str:
    """An address of something that is there where we know one, else of anything."""
    try:
        return path_of(whole, pattern, things)[0]
    except KeyError:
        return "/" + re.sub(r"\(\?P<\w+>(?:[^()]|\([^)]*\))*\)|<(?:\w+:)?\w+>", "1", whole).replace("^", "").replace("$", "").replace("\\", "")


def test_no_form_and_no_call_with_a_session_works_without_the_token(people: People, things: dict[str, dict[str, Any]]) -> None:
    client, checks = Client(enforce_csrf_checks=True), 0
    before = AssistanceRequest.objects.filter(pk=things["request"]["pk"]).values().get()
    for user in (people.kenya, people.manager, people.administrator):
        client.force_login(user)
        for whole, pattern in everything():
            address = given_path(whole, pattern, things)
            for method in ("post", "put", "patch", "delete"):
                answer: Any = getattr(client, method)(address, {}, content_type="application/json") if method != "post" else client.post(address, {})
                checks += 1
                assert answer.status_code in (403, 404, 405), (method, address, answer.status_code)
                if method == "post" and not address.startswith("/api/"):
                    assert answer.status_code in (403, 405), (address, answer.status_code)
    print(f"{checks} checks")
    assert checks > 1500 and AssistanceRequest.objects.filter(pk=things["request"]["pk"]).values().get() == before


def test_pages_are_asked_and_sent_and_nothing_else(people: People, things: dict[str, dict[str, Any]]) -> None:
    client = Client()
    client.force_login(people.administrator)
    for whole, pattern in everything():
        address = given_path(whole, pattern, things)
        for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "MADE-UP"):
            if address.startswith("/api/") and method in ("PUT", "DELETE", "PATCH"):
                continue  # the API has methods of its own, which the table knows
            answer = client.generic(method, address)
            assert answer.status_code in (405, 404, 403), (method, address, answer.status_code)


def guarded(answer: Any) -> list[str]:
    """What is missing of the headers that every answer bears."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong = [] if "default-src 'none'" in policy or "/docs/" in answer.request["PATH_INFO"] else [f"policy {policy}"]
    if "frame-ancestors 'none'" not in policy and answer.headers.get("X-Frame-Options") != "DENY":
        wrong.append("frames")
    wrong += [n for n in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy") if not answer.headers.get(n)]
    return wrong + [n for n in ("Server", "X-Powered-By") if n in answer.headers]


def test_every_answer_bears_the_headers_and_none_that_is_somebodys_is_kept(people: People, things: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for user in (None, people.kenya, people.manager, people.administrator):
        client = Client()
        if user is not None:
            client.force_login(user)
        for whole, pattern in everything():
            address = given_path(whole, pattern, things)
            if "logout" in address:
                continue
            answer: Any = client.get(address)
            wrong += [f"{address}: {w}" for w in guarded(answer)]
            kept = answer.headers.get("Cache-Control", "")
            if user is not None and answer.status_code == 200 and not ("no-store" in kept or "private" in kept):
                wrong.append(f"{address}: Cache-Control {kept!r}")
    assert not wrong, "\n".join(wrong)


def test_what_a_token_gets_is_kept_by_nobody_either(people: People) -> None:
    _token, key = ApiToken.issue(people.kenya)
    answer = Client(headers={"authorization": f"Token {key}"}).get("/api/v1/requests/")
    assert answer.status_code == 200 and "private" in answer.headers["Cache-Control"]


@pytest.mark.urls(__name__)
def test_error_pages_bear_the_headers_and_tell_nothing_of_the_inside(people: People) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people.kenya)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(people.kenya)
    answers = {
        400: Client(headers={"host": "evil.example"}).get("/requests/"),
        403: client.get("/admin/"),
        404: client.get("/requests/987654321/"),
        405: client.put("/requests/"),
        500: client.get("/broken/"),
        4030: forged.post("/requests/new/", {"title": "x"}),
        4040: client.get("/nothing/at/all/"),
        4031: client.get("/audit/"),
    }
    for status, answer in answers.items():
        words = answer.content.decode()
        assert guarded(answer) == [], status
        assert not re.search(r"Traceback|secret words|/work/|site-packages|\.py\b|Django|DEBUG|5\.2|urlpatterns|csrf_token|psycopg", words), (
            status,
            words,
        )
    assert {s: a.status_code for s, a in answers.items() if s < 500} == {400: 400, 403: answers[403].status_code, 404: 404, 405: 405}
    assert answers[500].status_code == 500 and answers[4030].status_code == 403


# Broken and hostile bodies


def writable() -> list[tuple[str, URLPattern]]:
    """Addresses of the API that take something."""
    found = []
    for whole, pattern in everything():
        view: Any = pattern.callback
        if whole.startswith("api/") and hasattr(view, "actions") and {"post", "patch", "put"} & set(view.actions):
            found.append((whole, pattern))
    return found


BODIES: dict[str, tuple[bytes, str]] = {
    "deep": (b"[" * 100_000 + b"]" * 100_000, "application/json"),
    "deep object": (b'{"title":' * 50_000 + b"1" + b"}" * 50_000, "application/json"),
    "nan": (b'{"title": NaN, "women": NaN}', "application/json"),
    "infinite": (b'{"institution": 1e400, "lead_officer": 1e400, "funding": 1e400, "text": 1e400, "estimate": 1e400}', "application/json"),
    "huge number": (b'{"participants": ' + b"9" * 4000 + b', "institution": ' + b"9" * 4000 + b"}", "application/json"),
    "huger number": (b'{"institution": ' + b"9" * 100_000 + b"}", "application/json"),
    "not utf-8": (b'{"title": "\xff\xfe"}', "application/json"),
    "another charset": ('{"title": "é"}'.encode("utf-16"), "application/json; charset=utf-16"),
    "unknown charset": (b'{"title": "x"}', "application/json; charset=nonsense"),
    "nul": (b'{"title": "a\\u0000b", "text": "a\\u0000b", "request": "a\\u0000b", "reason": "\\u0000"}', "application/json"),
    "surrogate": (b'{"title": "\\ud800", "text": "\\ud800", "request": "\\ud800", "reason": "\\ud800", "programme": "\\ud800"}', "application/json"),
    "nothing": (b"", "application/json"),
    "null": (b"null", "application/json"),
    "list": (b"[1]", "application/json"),
    "text": (b'"x"', "application/json"),
    "number": (b"1", "application/json"),
    "xml": (b"<x/>", "application/xml"),
    "plain": (b"x", "text/plain"),
    "no kind": (b"x", ""),
    "broken kind": (b"x", "application/json;;;=\x7f"),
    "broken multipart": (b"--x\r\nContent-Disposition: form-data\r\n\r\nx", "multipart/form-data; boundary=x"),
    "no boundary": (b"x", "multipart/form-data"),
    "many fields": (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
    "large form": (b"title=" + b"x" * 6 * 1024 * 1024, "application/x-www-form-urlencoded"),
    "large json": (b'{"title": "' + b"x" * 6 * 1024 * 1024 + b'"}', "application/json"),
    "form not utf-8": (b"title=%ff%fe&text=%ff&request=%00", "application/x-www-form-urlencoded"),
    "same name twice": (b'{"title": "a", "title": "b", "__proto__": {"x": 1}, "colour": 1}', "application/json"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_broken_body_is_answered_with_a_problem_and_no_error(name: str, people: People, things: dict[str, dict[str, Any]]) -> None:
    body, kind = BODIES[name]
    wrong, checks = [], 0
    for user in (people.kenya, people.manager):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for whole, pattern in writable():
            view: Any = pattern.callback
            address = given_path(whole, pattern, things)
            for method in view.actions:
                if method not in ("post", "patch", "put"):
                    continue
                with transaction.atomic():
                    answer: Any = client.generic(method.upper(), address, body, content_type=kind)
                    transaction.set_rollback(True)
                checks += 1
                if view.actions[method] in ("pause", "resume") or "charset" in kind:
                    wrong += [f"{method} {address}: {answer.status_code}"] if answer.status_code >= 500 else []
                    continue  # they read no body, or what can be read after all
                fine = 400 <= answer.status_code < 500 and answer.headers["Content-Type"].startswith("application/problem+json")
                if not fine or not json.loads(answer.content).get("detail"):
                    wrong.append(f"{method} {address}: {answer.status_code} {answer.content[:150]!r}")
    assert not wrong, "\n".join(wrong)
    assert checks >= 10


def forms_of(page: str) -> Iterator[tuple[str, list[str]]]:
    """Where each form of a page is sent to (empty: to the page), and the names of its fields."""
    for tag, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        if "post" in tag.lower():
            target = re.search(r'action="([^"]*)"', tag)
            yield target[1] if target else "", [n for n in re.findall(r'\bname="([^"]+)"', inside) if n != "csrfmiddlewaretoken"]


UNSTORABLE = ("a\x00b", "\x00", "\ud800".encode("utf-8", "surrogatepass"), "9" * 400, "-1", "x" * 20_000, "\u202e", "[]", "../../etc/passwd", "1e999")


def test_nonsense_in_any_field_of_any_form_breaks_no_page(people: People, things: dict[str, dict[str, Any]]) -> None:
    wrong, checks, seen = [], 0, set()
    for user in (people.kenya, people.manager, people.administrator):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for whole, pattern in everything():
            page = given_path(whole, pattern, things)
            if page.startswith("/api/") or "logout" in page:
                continue
            answer: Any = client.get(page)
            if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
                continue
            for target, names in forms_of(answer.content.decode()):
                address = target if target.startswith("/") else page
                if (user.pk, address, tuple(names)) in seen or "logout" in address:
                    continue
                seen.add((user.pk, address, tuple(names)))
                for value in UNSTORABLE:
                    with transaction.atomic():
                        sent = client.post(address, dict.fromkeys(names, value))
                        transaction.set_rollback(True)
                    client.force_login(user)
                    checks += 1
                    if sent.status_code >= 500:
                        wrong.append(f"{user.role}: {address} {value[:9]!r}")
    print(f"{checks} checks")
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert checks > 200


BROKEN = (
    (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
    (b"title=" + b"x" * 6 * 1024 * 1024, "application/x-www-form-urlencoded"),
    (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary=" + "x" * 300),
    (b"title=%ff&name=%00", "application/x-www-form-urlencoded"),
    (b"title=x", "application/x-www-form-urlencoded; charset=nonsense"),
    (b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\\x00../../a\"\r\nContent-Type: a/b\r\n\r\nx\r\n--x--\r\n", "multipart/form-data; boundary=x"),
)  # fmt: skip


def test_a_broken_form_breaks_no_page(people: People, things: dict[str, dict[str, Any]]) -> None:
    wrong = []
    for user in (None, people.kenya, people.manager, people.administrator):
        client = Client(raise_request_exception=False)
        for whole, pattern in everything():
            address = given_path(whole, pattern, things)
            if address.startswith("/api/"):
                continue
            for body, kind in BROKEN:
                if user is not None:
                    client.force_login(user)
                with transaction.atomic():
                    answer = client.generic("POST", address, body, content_type=kind)
                    transaction.set_rollback(True)
                if answer.status_code >= 500 and address != "/readyz":
                    wrong.append(f"{address}: {answer.status_code} {kind[:60]}")
    assert not wrong, "\n".join(sorted(set(wrong)))


STRANGE = (
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "9" * 30,
    "-1",
    "x" * 3000,
    "%E2%80%AE",
    "..%2f..%2fetc%2fpasswd",
    "%0d%0aSet-Cookie:x=1",
    "'",
    "%25",
)


def test_nonsense_in_any_address_or_filter_breaks_no_page(people: People, things: dict[str, dict[str, Any]]) -> None:
    filters = (
        "q",
        "page",
        "country",
        "state",
        "group",
        "theme",
        "pillar",
        "lead_officer",
        "request",
        "received_from",
        "cursor",
        "lang",
        "sort",
        "month",
        "year",
    )
    wrong, checks = [], 0
    for user in (people.kenya, people.manager, people.administrator):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for whole, pattern in everything():
            address = given_path(whole, pattern, things)
            if "logout" in address:
                continue
            for value in STRANGE:
                places = [f"{address}?" + "&".join(f"{n}={value}" for n in filters)]
                places += [f"{address}?{n}={value}" for n in ("q", "page", "country")] if "<" not in whole else []
                if "<" in whole:
                    places.append("/" + re.sub(r"\(\?P<\w+>(?:[^()]|\([^)]*\))*\)|<(?:\w+:)?\w+>", value, whole).replace("^", "").replace("$", ""))
                for place in places:
                    answer: Any = client.get(place)
                    checks += 1
                    if answer.status_code >= 500 and not place.startswith("/readyz"):
                        wrong.append(f"{place[:150]}: {answer.status_code}")
                    elif "Set-Cookie" in answer.headers or answer.headers.get("X"):
                        wrong.append(f"{place[:150]}: a header of the visitor's own")
    print(f"{checks} checks")
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_a_file_name_of_any_kind_makes_no_header(people: People) -> None:
    case = make.submitted(people.kenya)
    client = Client()
    client.force_login(people.kenya)
    for name in ('a"\r\nSet-Cookie: x=1.pdf', "a\n.pdf", '"; filename="evil.exe', "\u202efdp.exe.pdf", "a\x00.pdf"):
        upload = make.pdf()
        upload._name = name  # type: ignore[attr-defined]
        answer: Any = client.get(attach("request", case.pk, upload, people.kenya).get_absolute_url())
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Disposition"].startswith("attachment;") and "\n" not in answer.headers["Content-Disposition"]


def test_an_invited_person_of_every_role_gets_one_link_that_works_once(settings: Any) -> None:
    settings.BASE_URL = "http://testserver"
    for role in Role:
        person = make.user(role)
        invite(person)
        send_notifications()
        link = re.findall(r"https?://\S+", str(mail.outbox[-1].body))[-1]
        assert Client().get(link, follow=True).status_code == 200

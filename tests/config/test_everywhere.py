"""Every address asked with forged, broken and hostile requests: what answers bears the headers,
tells nothing and changes nothing.

Addresses, methods and forms are found by introspection, so that a new one is asked, too.
"""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from accounts.tokens.models import ApiToken
from assistance.requests.models import AssistanceRequest
from config import errors
from config.urls import urlpatterns as ours
from core.view_flags import ViewFlags, flagged
from notifications.models import Notification
from tests.accounts.test_walk import LIBRARIES, guarded, kept
from tests.accounts.test_walk import people as people_of_the_walk
from tests.accounts.test_walk import things as things_of_kenya
from tests.config.everywhere import Walker, everything, filled, forms_of, given_path, writable
from tests.make import PASSWORD, People
from tests.processes import ROOT

pytestmark = pytest.mark.django_db
people, things = people_of_the_walk, things_of_kenya  # the fixtures


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A page with a mistake in it."""
    raise RuntimeError("secret words of an error")


# for the test that needs such pages
urlpatterns = [
    *ours,
    path("broken/", broken),
    path("api/v1/broken", flagged(broken, ViewFlags(is_api=True))),
]
handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.server_error,
)


# Redirects


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "https:/evil.example",
    "/\t/evil.example",
    "\x00//evil.example",
    "data:text/html,x",
    " //evil.example",
    "https://testserver@evil.example",
    "https://testserver.evil.example/",
)


def leads_away(answer: Any) -> bool:
    """Whether a redirect leaves this site in any browser's reading."""
    there = answer.headers.get("Location", "")
    there = re.sub(r"[\t\r\n\x00]", "", there).replace("\\", "/").strip()
    return bool(re.match(r"(//|[a-z][a-z0-9+.-]*:)", there, re.IGNORECASE)) and not re.match(
        r"https?://testserver(/|$)", there
    )


def test_no_address_leads_to_another_site(people: People) -> None:
    names, number = ("next", "url", "redirect", "return", "continue"), 0
    for user in (None, people.administrator):
        client = Walker(user)
        for whole, _pattern in everything():
            if "<" in whole:
                continue
            address = filled(whole, "")
            number += 1
            for ask in (client.get, client.post):
                with client.taken_back():
                    answer: Any = ask(
                        address, dict.fromkeys(names, ELSEWHERE[number % len(ELSEWHERE)])
                    )
                assert not leads_away(answer), (address, answer.headers["Location"])
                assert answer.status_code < 500 or address == "/readyz", address


@pytest.mark.parametrize("there", ELSEWHERE)
def test_whatever_is_asked_to_go_on_to_is_a_page_of_this_site(people: People, there: str) -> None:
    for address in (
        reverse("account_login"),
        "/admin/login/",
        reverse("account_logout"),
        reverse("set_language"),
    ):
        client = Client()
        if "logout" in address:
            client.force_login(people.kenya)
        sent = {
            "login": people.kenya.email,
            "password": PASSWORD,
            "username": people.kenya.email,
            "next": there,
            "language": "fr",
        }
        for answer in (client.post(address, sent), client.post(f"{address}?next=", sent)):
            assert not leads_away(answer), address
    message = Notification.objects.create(
        user=people.kenya, kind="x", subject="x", path=there.replace("\x00", "")
    )
    client = Client()
    client.force_login(people.kenya)
    assert not leads_away(client.post(reverse("notification", args=[message.pk])))


# Forged requests, methods, headers


def test_no_form_and_no_call_with_a_session_works_without_the_token(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    checks = 0
    before = AssistanceRequest.objects.filter(pk=things["request"]["pk"]).values().get()
    for user in (people.kenya, people.manager, people.administrator):
        client = Walker(user, enforce_csrf_checks=True)
        for whole, pattern in everything():
            if user != people.manager and (user == people.administrator) != whole.startswith(
                "admin/"
            ):
                # the manager asks everywhere, the others where they get further than the door
                continue
            address = given_path(whole, pattern, things)
            others = (
                ("put", "patch", "delete")
                if address.startswith("/api/") and user == people.manager
                else ()
            )
            for method in ("post", *others):
                kind = {} if method == "post" else {"content_type": "application/json"}
                answer: Any = getattr(client, method)(address, {}, **kind)
                checks += 1
                assert answer.status_code in (403, 404, 405), (method, address, answer.status_code)
                if method == "post" and not address.startswith("/api/"):
                    assert answer.status_code in (403, 405), (address, answer.status_code)
    print(f"{checks} checks")
    assert (
        checks > 650
        and AssistanceRequest.objects.filter(pk=things["request"]["pk"]).values().get() == before
    )


def test_pages_are_asked_and_sent_and_nothing_else(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    client = Walker(people.administrator)
    for whole, pattern in everything():
        address = given_path(whole, pattern, things)
        for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "MADE-UP"):
            if address.startswith("/api/") and method in ("PUT", "DELETE", "PATCH"):
                continue  # the API has methods of its own, which the table knows
            answer = client.generic(method, address)
            assert answer.status_code in (405, 404, 403), (method, address, answer.status_code)


def test_every_answer_of_the_libraries_bears_the_headers_and_none_that_is_somebodys_is_kept(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    """Of our own addresses the walk of `tests/accounts/test_walk.py` asks the same."""
    wrong = []
    for user in (None, people.kenya, people.administrator):
        client = Walker(user)
        for whole, pattern in everything():
            if user is not None and not whole.startswith(LIBRARIES):
                continue
            address = given_path(whole, pattern, things)
            answer: Any = client.get(address)
            wrong += [f"{address}: {w}" for w in [*guarded(answer), *kept(answer, user)]]
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
        assert str(ROOT) not in words, status
        assert not re.search(
            r"Traceback|secret"
            r" words|site-packages|\.py\b|Django|DEBUG|5\.2|urlpatterns|csrf_token|psycopg",
            words,
        ), (
            status,
            words,
        )
    assert {s: a.status_code for s, a in answers.items() if s < 500} == {
        400: 400,
        403: answers[403].status_code,
        404: 404,
        405: 405,
    }
    assert answers[500].status_code == 500 and answers[4030].status_code == 403


@pytest.mark.urls(__name__)
def test_errors_outside_every_view_of_the_api_are_problems_too(people: People) -> None:
    client = Walker(people.manager)
    for address, status in (
        ("/api/v1/audit/%0A/1/", 404),
        ("/api/v1/%0A", 404),
        ("/api/v1/broken", 500),
    ):
        answer: Any = client.get(address)
        problem = json.loads(answer.content)
        assert (
            answer.status_code == problem["status"] == status
            and problem["detail"]
            and "secret" not in str(problem)
        ), address
        assert answer["Content-Type"] == "application/problem+json" and guarded(answer) == []


# Broken and hostile bodies


BODIES: dict[str, tuple[bytes, str]] = {
    "deep": (b"[" * 100_000 + b"]" * 100_000, "application/json"),
    "deep object": (b'{"title":' * 50_000 + b"1" + b"}" * 50_000, "application/json"),
    "nan": (b'{"title": NaN, "women": NaN}', "application/json"),
    "infinite": (
        (
            b'{"institution": 1e400, "lead_officer": 1e400, "funding": 1e400, "text": 1e400,'
            b' "estimate": 1e400}'
        ),
        "application/json",
    ),
    "huge number": (
        b'{"participants": ' + b"9" * 4000 + b', "institution": ' + b"9" * 4000 + b"}",
        "application/json",
    ),
    "huger number": (b'{"institution": ' + b"9" * 100_000 + b"}", "application/json"),
    "not utf-8": (b'{"title": "\xff\xfe"}', "application/json"),
    "another charset": ('{"title": "é"}'.encode("utf-16"), "application/json; charset=utf-16"),
    "unknown charset": (b'{"title": "x"}', "application/json; charset=nonsense"),
    "nul": (
        b'{"title": "a\\u0000b", "text": "a\\u0000b", "request": "a\\u0000b", "reason": "\\u0000"}',
        "application/json",
    ),
    "surrogate": (
        (
            b'{"title": "\\ud800", "text": "\\ud800", "request": "\\ud800", "reason": "\\ud800",'
            b' "programme": "\\ud800"}'
        ),
        "application/json",
    ),
    "nothing": (b"", "application/json"),
    "null": (b"null", "application/json"),
    "list": (b"[1]", "application/json"),
    "text": (b'"x"', "application/json"),
    "number": (b"1", "application/json"),
    "xml": (b"<x/>", "application/xml"),
    "plain": (b"x", "text/plain"),
    "no kind": (b"x", ""),
    "broken kind": (b"x", "application/json;;;=\x7f"),
    "broken multipart": (
        b"--x\r\nContent-Disposition: form-data\r\n\r\nx",
        "multipart/form-data; boundary=x",
    ),
    "no boundary": (b"x", "multipart/form-data"),
    "many fields": (
        b"&".join(b"a%d=1" % n for n in range(3000)),
        "application/x-www-form-urlencoded",
    ),
    "large form": (b"title=" + b"x" * 6 * 1024 * 1024, "application/x-www-form-urlencoded"),
    "large json": (b'{"title": "' + b"x" * 6 * 1024 * 1024 + b'"}', "application/json"),
    "form not utf-8": (b"title=%ff%fe&text=%ff&request=%00", "application/x-www-form-urlencoded"),
    "same name twice": (
        b'{"title": "a", "title": "b", "__proto__": {"x": 1}, "colour": 1}',
        "application/json",
    ),
}


# an action may need nothing; JSON is UTF-8 whatever is said of it
READABLE = (
    "nothing",
    "broken multipart",
    "another charset",
    "unknown charset",
)


def refused_well(answer: Any) -> bool:
    """Whether the API refused with a problem that says what is wrong."""
    if not (
        400 <= answer.status_code < 500
        and answer.headers["Content-Type"].startswith("application/problem+json")
    ):
        return False
    return bool(json.loads(answer.content).get("detail"))


def test_a_broken_body_is_answered_with_a_problem_and_no_error(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    wrong, checks = [], 0
    client = Walker(people.manager)
    for (place, (whole, pattern)), (number, (name, (body, kind))) in itertools.product(
        enumerate(writable()), enumerate(BODIES.items())
    ):
        if (place + number) % 3:
            # one reader reads the bodies of all: each address meets a third of them, each body a
            # third of the addresses
            continue
        view: Any = pattern.callback
        address = given_path(whole, pattern, things)
        for method in sorted({"post", "patch", "put"} & set(view.actions)):
            with client.taken_back():
                answer: Any = client.generic(method.upper(), address, body, content_type=kind)
            checks += 1
            # the latter read no body
            may_be_read = name in READABLE or view.actions[method] in (
                "pause",
                "resume",
            )
            if not (answer.status_code < 500 if may_be_read else refused_well(answer)):
                wrong.append(
                    f"{name}: {method} {address}: {answer.status_code} {answer.content[:150]!r}"
                )
    assert not wrong, "\n".join(wrong)
    assert checks >= 80


UNSTORABLE = ("a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "9" * 400, "1e999")


def test_nonsense_in_any_field_of_any_form_breaks_no_page(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    wrong, checks = [], 0
    for user in (people.kenya, people.manager, people.administrator):
        client, seen = Walker(user), set()
        for whole, pattern in everything():
            if whole.startswith("api/") or (
                whole.startswith("admin/") and user != people.administrator
            ):
                # the API has no forms, and nobody else gets through the administration's door
                continue
            page = given_path(whole, pattern, things)
            answer: Any = client.get(page)
            if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
                continue
            for target, names in forms_of(answer.content.decode()):
                address = target if target.startswith("/") else page
                if (address, tuple(names)) in seen or "logout" in address:
                    continue
                seen.add((address, tuple(names)))
                value = UNSTORABLE[len(seen) % 4]
                with client.taken_back():
                    sent = client.post(address, dict.fromkeys(names, value))
                checks += 1
                if sent.status_code >= 500:
                    wrong.append(f"{user.role}: {address} {value[:9]!r}")
    print(f"{checks} checks")
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert checks > 50


BROKEN = (
    (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
    (b"title=" + b"x" * 6 * 1024 * 1024, "application/x-www-form-urlencoded"),
    (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary=" + "x" * 300),
    (b"title=%ff&name=%00", "application/x-www-form-urlencoded"),
    (b"title=x", "application/x-www-form-urlencoded; charset=nonsense"),
    (
        (
            b'--x\r\nContent-Disposition: form-data; name="file";'
            b' filename="\\x00../../a"\r\nContent-Type: a/b\r\n\r\nx\r\n--x--\r\n'
        ),
        "multipart/form-data; boundary=x",
    ),
)


def test_a_broken_form_breaks_no_page(people: People, things: dict[str, dict[str, Any]]) -> None:
    wrong, number = [], 0
    for user in (None, people.manager, people.administrator):
        client = Walker(user)
        for whole, pattern in everything():
            address = given_path(whole, pattern, things)
            if address.startswith("/api/") or (user is None) != whole.startswith("accounts/"):
                continue  # strangers are asked to sign in everywhere else
            if user is not None and (user == people.administrator) != whole.startswith("admin/"):
                continue  # each of them where they get further than the door
            number += 1
            for body, kind in BROKEN[
                number % 4 :: 4
            ]:  # Django reads the bodies of all pages: each meets two of them
                with client.taken_back():
                    answer = client.generic("POST", address, body, content_type=kind)
                if answer.status_code >= 500 and address != "/readyz":
                    wrong.append(f"{address}: {answer.status_code} {kind[:60]}")
    assert not wrong, "\n".join(sorted(set(wrong)))


STRANGE = ("%00", "%ed%a0%80", "9" * 30, "..%2f..%2fetc%2fpasswd", "%0d%0aSet-Cookie:x=1")
FILTERS = (
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
    "q",
)


def test_nonsense_in_any_address_or_filter_breaks_no_page(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    wrong, checks = [], 0
    for turn, user in enumerate((people.kenya, people.manager, people.administrator)):
        client = Walker(user)
        for number, (whole, pattern) in enumerate(everything()):
            if (user == people.administrator) != whole.startswith("admin/"):
                continue  # each of them where they get further than the door
            # an address meets half with one reader, half with the other
            values = STRANGE[(number + turn) % 2 :: 2]
            for value in values:
                filters = "&".join(f"{name}={value}" for name in FILTERS)
                place = (
                    filled(whole, value)
                    if "<" in whole
                    else f"{given_path(whole, pattern, things)}?{filters}"
                )
                answer: Any = client.get(place)
                checks += 1
                if answer.status_code >= 500 and not place.startswith("/readyz"):
                    wrong.append(f"{place[:150]}: {answer.status_code}")
                elif "Set-Cookie" in answer.headers or answer.headers.get("X"):
                    wrong.append(f"{place[:150]}: a header of the visitor's own")
    print(f"{checks} checks")
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert checks > 300


def lookups_of(pattern: URLPattern) -> list[str]:
    """What a list of the administration can be asked with: each by itself, since it leaves the rest
    unread after one that it does not know."""
    administered: Any = getattr(pattern.callback, "model_admin", None)
    if administered is None or not str(pattern.name).endswith("_changelist"):
        return []
    filtered = [str(name) for name in administered.list_filter]
    dated = (
        [f"{administered.date_hierarchy}__{part}" for part in ("year", "month", "day")]
        if administered.date_hierarchy
        else []
    )
    return [
        *(f"{name}{how}" for name in filtered for how in ("__exact", "__id__exact")),
        *dated,
        "q",
        "p",
        "o",
    ]


def test_nonsense_in_any_filter_of_the_administration_breaks_no_list(people: People) -> None:
    wrong, checks = [], 0
    client = Walker(people.administrator)
    search = {"term": "a", "app_label": "accounts", "model_name": "user", "field_name": "deputy"}
    asked = [
        (f"/admin/autocomplete/?{urlencode({k: v for k, v in search.items() if k != name})}&", name)
        for name in search
    ]
    asked += [
        (f"{filled(whole, '')}?", name)
        for whole, pattern in everything()
        for name in lookups_of(pattern)
    ]
    asked += [
        ("/admin/assistance/holiday/?day__year=2026&", "day__month"),
        ("/admin/assistance/holiday/?day__month=12&", "day__year"),
    ]
    for (address, name), value in itertools.product(asked, ("%00", "9" * 30, "9999")):
        answer: Any = client.get(f"{address}{name}={value}")
        checks += 1
        if answer.status_code >= 500:
            wrong.append(f"{address}{name}={value}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert checks > 150

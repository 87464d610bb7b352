"""What strangers read: what its country agreed to, in words that an officer released, and nothing
else; from the moment of withdrawal, nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assistance.publications.services import set_publication
from core.view_flags import ViewFlags
from portal.news.models import NewsItem, NewsText
from portal.news.services import move_news
from portal.public.models import PublicRequest
from portal.public.wall.role import ROLE
from reports.documents.models import ReportDocument
from tests import make
from tests.databases import connect
from tests.make import People
from tests.portal.public_world import (
    HOME,
    PUBLIC_TITLE,
    REGISTER,
    entry_path,
    read,
    released,
    world,
)
from tests.reports.producing import produced, publish

people = world  # the fixture
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def public_patterns(patterns: Any = None) -> Iterator[URLPattern]:
    """Every address for strangers, found by introspection."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from public_patterns(pattern.url_patterns)
        elif getattr(pattern.callback, "view_flags", ViewFlags()) == ViewFlags(is_public=True):
            yield pattern  # those with a key: test_donor_links.py


def addresses(**things: object) -> list[str]:
    """All public addresses in all languages, with these things in them."""
    found = []
    for pattern in public_patterns():
        for language in LANGUAGES:
            code = "UN-CAC" if pattern.name == "public_instrument" else "ad-hoc-committee"
            given = {
                "language": language,
                "programme": "cybercrime",
                "code": code,
                "size": "small",
                **things,
            }
            names = pattern.pattern.converters
            found.append(reverse(pattern.name or "", kwargs={name: given[name] for name in names}))
    return found


def test_no_public_address_tells_anything_else(people: People) -> None:
    case = released(
        people,
        make.advanced(
            people,
            "in_delivery",
            title="Aaaaa",
            problem="Bbbbb",
            assistance_asked="Ccccc",
            signatory_name="Ddddd",
            letter_reference="Eeeee",
            beneficiaries="Fffff",
        ),
    )
    hidden = make.submitted(people.fiji, "FJI", title="Ggggg")
    institution = str(people.kenya.designations.get().institution)
    foreign = [
        *("Aaaaa", "Bbbbb", "Ccccc", "Ddddd", "Eeeee", "Fffff", "Ggggg", institution),
        *(case.reference or "", hidden.reference or ""),
        *(p.name for p in (people.kenya, people.fiji, people.officer, people.manager)),
        *(p.email for p in (people.kenya, people.officer)),
        "Seen:",
        "What there is to say on",
        "Donor A",
        f"/requests/{case.pk}",
    ]
    report = publish(people, produced(people, languages=["en", "ar"]))
    key = ReportDocument.objects.filter(
        audience="public", format="html", language="en", edition__revision__report=report
    ).get()
    set_publication(
        people.kenya, case.country, case.programme, has_page=True, names_institution=False
    )
    item = NewsItem.objects.create(
        programme=case.programme, happened_on="2026-10-01", author=people.officer
    )
    for language in LANGUAGES:
        NewsText.objects.create(item=item, language=language, title="News", text="Text")
    picture = item.pictures.create(
        taken_by="A. Photographer", agreement="Hidden", width=1, height=1, added_by=people.officer
    )
    move_news(people.officer, item.pk, "send_to_review")
    move_news(people.manager, item.pk, "publish")
    paths = addresses(pk=PublicRequest.objects.get().pk, key=key.key, iso3="KEN")
    paths = [path.replace(f"/news/{key.key}/", f"/news/{item.key}/") for path in paths]
    paths = [path.replace(f"/pictures/{key.key}/", f"/pictures/{picture.key}/") for path in paths]
    assert len(paths) == len(LANGUAGES) * len(list(public_patterns())) >= 36
    for path in paths:
        answer = Client().get(path, follow=True)
        assert answer.status_code == 200, path
        text = unescape(bytes(answer.content).decode(errors="replace"))
        assert [word for word in foreign if word and word in text] == [], path
        assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", ""), path
        assert "csrf" not in text.lower(), path


def test_whoever_is_signed_in_reads_what_strangers_read(people: People) -> None:
    case = released(people, make.submitted(people.kenya))
    make.submitted(people.kenya, title="Not for strangers")
    known = Client()
    known.force_login(people.officer)
    for path in (HOME, REGISTER, entry_path()):
        assert read(path, client=known) == read(path)
        assert people.officer.name not in read(path, client=known)
    assert case.reference and case.reference not in read(client=known)


def test_public_pages_ask_the_public_connection_alone(people: People) -> None:
    released(people, make.submitted(people.kenya))
    known = Client()
    known.force_login(people.officer)
    with (
        CaptureQueriesContext(connection) as own,
        CaptureQueriesContext(connections["public"]) as public,
    ):
        read(client=known)
    assert len(own) == 0 and len(public) > 0


def test_strangers_only_read(people: People) -> None:
    browser = Client()
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(browser, method)(HOME)
        assert answer.status_code == 405, method
    assert browser.head(HOME).status_code == 200


CANNOT_BE_ASKED = (
    ("?country=XXX", "No request in this list has “XXX”."),
    ("?year=then", "No request in this list has “then”."),
    ("?pillar=%27%3B+DROP+TABLE+x%3B--", "No request in this list has"),
    ("?page=none", "There is no page “none”"),
    ("?page=99999", "There is no page"),
)
LEADS_NOWHERE = (
    "/xx/cybercrime/",
    "/en/nothing/",
    f"{REGISTER}1/",
    f"{REGISTER}' OR 1=1/",
    f"{REGISTER}{'a' * 500}/",
    f"{HOME}reports/00000000-0000-0000-0000-000000000000/",
    f"{HOME}reports/1/",
)


def test_what_cannot_be_asked_is_said_and_an_address_of_nothing_leads_nowhere(
    people: People,
) -> None:
    released(people, make.submitted(people.kenya))
    for query, sentence in CANNOT_BE_ASKED:
        page = unescape(read(REGISTER + query))
        assert sentence in page and PUBLIC_TITLE in page, query
    for path in LEADS_NOWHERE:
        assert PUBLIC_TITLE not in read(path, 404)


def test_nothing_that_a_stranger_adds_gets_into_a_kept_page(people: People) -> None:
    for _number in range(26):
        released(people, make.submitted(people.kenya), publish="title")
    evil = "call-0900-for-your-grant"
    assert evil not in read(f"{REGISTER}?x={evil}&page=1")
    page = read(f"{REGISTER}?page=1")
    assert evil not in page and "page=2" in page and evil not in read()


def test_what_is_asked_wrongly_is_not_kept(people: People) -> None:
    released(people, make.submitted(people.kenya))
    for path in (f"{REGISTER}?page=none", f"{REGISTER}?year=then", f"{HOME}tools/?page=7"):
        asked = path.replace("none", "nobody").replace("then", "never")
        read(asked)
        with CaptureQueriesContext(connections["public"]) as queries:
            read(asked)
        assert (len(queries) == 1) == ("tools" in path), path


def test_a_compressed_copy_is_known_again(people: People) -> None:
    browser = Client(headers={"accept-encoding": "gzip"})
    first = browser.get(f"{HOME}tools/")
    assert first.headers["ETag"].startswith('W/"') and first.headers["Content-Encoding"] == "gzip"
    again = browser.get(f"{HOME}tools/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_figures_and_documents_are_those_of_public_editions(people: People) -> None:
    assert "from the last published report" not in read(HOME)
    report = produced(people)
    documents = ReportDocument.objects.filter(revision__report=report, format="html")
    assert {d.audience for d in documents} >= {"internal", "public"}
    paths = {d.audience: f"{HOME}reports/{d.key}/" for d in documents}
    read(paths["public"], 404)  # not published yet
    publish(people, report)
    home = read(HOME)
    assert "from the last published report" in home and "Engagements delivered" in home
    assert re.search(r'class="v2">\s*<title>Kenya: took part', home)
    assert f"{HOME}countries/" not in re.sub(r"<nav.*?</nav>", "", home, flags=re.DOTALL)
    kenya = make.Country.objects.get(iso3="KEN")
    set_publication(people.kenya, kenya, make.programme(), has_page=True, names_institution=False)
    assert f'href="{HOME}countries/KEN/"' in read(HOME)
    answer = Client().get(paths["public"])
    assert answer.status_code == 200 and "sandbox" in answer.headers["Content-Security-Policy"]
    assert paths["public"] in read(f"{HOME}reports/")
    read(paths["internal"], 404)


def test_a_stranger_is_led_to_the_public_page_where_there_is_one(people: People) -> None:
    browser = Client(headers={"accept-language": "ar"})
    answer = browser.get("/", follow=True)
    assert (
        answer.redirect_chain[-1][0] == "/ar/cybercrime/" and 'dir="rtl"' in answer.content.decode()
    )
    make.Programme.objects.update(is_public=False)
    assert browser.get("/").headers["Location"] == "/accounts/login/?next=/"
    assert browser.get("/ar/cybercrime/").status_code == 404
    assert browser.get("/ar/").status_code == 404


@override_settings(HAS_PUBLIC_PAGES=False)
def test_without_a_password_of_the_role_there_are_none(people: People) -> None:
    assert Client().get(HOME).status_code == 404
    assert Client().get("/").headers["Location"] == "/accounts/login/?next=/"


def test_a_database_that_does_not_answer_is_said(people: People) -> None:
    released(people, make.submitted(people.kenya))
    read()
    with connect(connection.settings_dict["NAME"], "postgres") as owner:
        connections["public"].close()
        owner.execute(f"ALTER ROLE {ROLE} NOLOGIN")
        try:
            page = read(REGISTER, 503)
        finally:
            owner.execute(f"ALTER ROLE {ROLE} LOGIN")
    assert "This page cannot be shown now." in page and PUBLIC_TITLE not in page
    assert PUBLIC_TITLE in read()


def test_the_map_for_search_engines_names_every_page_in_every_language(people: People) -> None:
    released(people, make.submitted(people.kenya))
    loc = re.compile(r"<loc>http://[^/]+([^<]+)</loc>")
    maps = loc.findall(read("/sitemap.xml"))
    assert maps == [f"/{code}/cybercrime/sitemap.xml" for code in LANGUAGES]
    for language in ("en", "ar"):
        found = loc.findall(read(f"/{language}/cybercrime/sitemap.xml"))
        assert len(found) == len(set(found))
        here = f"/{language}/cybercrime/"
        assert {
            here,
            f"{here}requests/",
            entry_path(language),
            f"{here}instruments/UN-CAC/",
        } <= set(found)
        for path in found:
            read(path)
    assert "Disallow: /\n" in read("/robots.txt") and "Allow: /zh-hans/" in read("/robots.txt")


def test_pages_are_light_and_say_what_they_are(people: People) -> None:
    publish(people, produced(people))
    for path in (HOME, REGISTER, "/ar/cybercrime/instruments/BUDAPEST/", f"{HOME}tools/"):
        answer = Client().get(path, headers={"accept-encoding": "gzip"})
        assert len(answer.content) < 20_000, path
        page = read(path)
        assert len(re.findall(r'<link rel="alternate"\s+hreflang=', page)) == len(LANGUAGES) + 1
        assert re.search(r'<meta name="description" content="[^"]{10,}">', page), path
    seeded = make.programme()
    make.Programme.objects.update(names={"en": "A </script> title"})
    try:
        found = re.search(
            r'<script type="application/ld\+json">(.*?)</script>', read(HOME), re.DOTALL
        )
        assert found is not None and json.loads(found[1])["name"] == "A </script> title"
    finally:
        make.Programme.objects.update(names=seeded.names)

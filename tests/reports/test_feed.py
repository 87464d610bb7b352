"""The feed: who has its address reads the list of what its owner may read now, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import FeedKey, Role, User
from assistance.programmes.models import ProgrammeMembership
from tests import make
from tests.make import People
from tests.reports.producing import busy_people, produced, publish, strangers

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`
ATOM = "{http://www.w3.org/2005/Atom}"


def address_of(user: User) -> str:
    """A new one, from the account's page."""
    client = Client()
    client.force_login(user)
    page = client.post("/account/feed/", {"do": "replace"}).content.decode()
    found = re.search(r'value="https?://[^/"]+(/reports/feed\.atom\?key=[\w-]+)"', page)
    assert found is not None
    return found.group(1)


def read(address: str) -> ElementTree.Element:
    """The feed, by a program that is not signed in."""
    answer = Client().get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith(
        "application/atom+xml"
    )
    assert "private" in answer.headers["Cache-Control"]
    return ElementTree.fromstring(answer.content)


def test_it_lists_published_reports_with_stable_ids_and_links_to_their_pages(
    people: People,
) -> None:
    report = produced(people)
    address = address_of(people.officer)
    assert read(address).findall(f"{ATOM}entry") == []  # in review
    publish(people, report)
    (entry,) = read(address).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id", "").startswith("tag:") and entry.findtext(f"{ATOM}updated")
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.attrib["href"].endswith(report.get_absolute_url())
    (again,) = read(address_of(people.officer)).findall(f"{ATOM}entry")
    assert again.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id") and again.findtext(
        f"{ATOM}updated"
    ) == entry.findtext(f"{ATOM}updated")


def test_it_speaks_its_owners_language(people: People) -> None:
    User.objects.filter(pk=people.officer.pk).update(language="ar")
    assert (
        read(address_of(User.objects.get(pk=people.officer.pk))).attrib[
            "{http://www.w3.org/XML/1998/namespace}lang"
        ]
        == "ar"
    )


def test_it_opens_to_nobody_without_a_key_that_is_alive(people: People) -> None:
    address = address_of(people.officer)
    for wrong in (
        "/reports/feed.atom",
        "/reports/feed.atom?key=",
        f"{address}x",
        "/reports/feed.atom?key=%ff",
    ):
        assert Client().get(wrong).status_code == 404, wrong
    assert Client().get("/reports/feed.atom?key=%00").status_code == 400
    signed_in = Client()
    signed_in.force_login(people.manager)
    assert signed_in.get("/reports/feed.atom").status_code == 404
    newer = address_of(people.officer)
    assert Client().get(address).status_code == 404 and Client().get(newer).status_code == 200
    client = Client()
    client.force_login(people.officer)
    client.post("/account/feed/", {"do": "end"})
    assert Client().get(newer).status_code == 404


def test_who_was_made_inactive_or_left_the_programme_reads_nothing_through_it(
    people: People,
) -> None:
    report = produced(people)
    publish(people, report)
    address = address_of(people.officer)
    ProgrammeMembership.objects.filter(user=people.officer).update(valid_until=date(2021, 1, 1))
    assert read(address).findall(f"{ATOM}entry") == []
    User.objects.filter(pk=people.officer.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_an_address_stays_dead_when_its_owner_is_made_active_again(people: People) -> None:
    idle = make.staff(Role.OFFICER)  # with no work to hand over
    address = address_of(idle)
    administrator = Client()
    administrator.force_login(people.administrator)
    ProgrammeMembership.objects.filter(user=idle).update(valid_until=date(2021, 1, 1))
    sent = {
        n: getattr(idle, n)
        for n in ("email", "name", "title", "phone", "role", "language", "time_zone")
    }
    assert administrator.post(f"/admin/accounts/user/{idle.pk}/change/", sent).status_code == 302
    assert not User.objects.get(pk=idle.pk).is_active
    assert (
        administrator.post(
            f"/admin/accounts/user/{idle.pk}/change/", sent | {"is_active": "on"}
        ).status_code
        == 302
    )
    assert User.objects.get(pk=idle.pk).is_active
    assert Client().get(address).status_code == 404


def test_it_gives_no_stranger_a_report_of_the_programme(people: People) -> None:
    report = produced(people)
    publish(people, report)
    for user in strangers(people):
        if user == people.administrator:
            continue  # reads no report and gets no address
        assert (
            report.get_absolute_url() not in ElementTree.tostring(read(address_of(user))).decode()
        )
    client = Client()
    client.force_login(people.administrator)
    assert client.post("/account/feed/").status_code == 403


def test_the_key_is_kept_as_a_hash_and_opens_nothing_else(people: People) -> None:
    address = address_of(people.officer)
    key = address.partition("key=")[2]
    assert (
        FeedKey.objects.get().digest != key
        and not FeedKey.objects.filter(digest__contains=key).exists()
    )
    for headers in ({"authorization": f"Token {key}"}, {"authorization": f"Bearer {key}"}):
        assert Client().get("/api/v1/reports/", headers=headers).status_code == 401
    assert Client().get(f"/reports/?key={key}").status_code == 302


def test_over_a_line_that_can_be_read_it_is_refused_and_not_led_to_tls(
    people: People, settings: Any
) -> None:
    address = address_of(people.officer)
    settings.SECURE_SSL_REDIRECT = True
    assert (
        Client().get(address).status_code == 403
        and Client().get(address, secure=True).status_code == 200
    )


def test_it_is_read_no_more_often_than_pages(people: People, settings: Any) -> None:
    settings.CALLS_PER_MINUTE = 3
    address = address_of(people.officer)
    answers = [Client().get(address) for _ in range(8)]
    assert answers[-1].status_code == 429 and answers[-1].headers["Retry-After"]


def test_a_focal_point_reads_their_feed_signed_in_or_not_and_nobody_elses(people: People) -> None:
    own, others = address_of(people.kenya), address_of(people.fiji)
    client = Client()
    client.force_login(people.kenya)
    assert client.get(own).status_code == 200 and client.get(others).status_code == 404
    assert client.get("/account/").status_code == 200

"""The register of requests: what its country agreed to, in words that an officer released; from the
moment of withdrawal, nothing."""

from __future__ import annotations

import re
import threading
from html import unescape
from time import sleep
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.requests.models import AssistanceRequest
from portal.public.models import PublicRequest
from tests import make
from tests.databases import connect
from tests.make import People
from tests.portal.public_world import (
    PUBLIC_TITLE,
    REGISTER,
    SUMMARY,
    TITLE,
    entry_path,
    read,
    released,
    world,
)

people = world  # the fixture


def test_nothing_is_read_before_consent_and_release(people: People) -> None:
    case = make.submitted(people.kenya)
    assert "No country has agreed to publish a request yet." in read()
    case = make.do(people.kenya, case, "set_consent", **SUMMARY)
    assert PUBLIC_TITLE not in read()
    make.do(people.officer, case, "release_text")
    page = read()
    assert PUBLIC_TITLE in page and SUMMARY["public_summary"] in page and "Kenya" in page
    assert PUBLIC_TITLE in read(entry_path())


@pytest.mark.parametrize(
    ("consent", "shown", "hidden"),
    [
        ({"publish": "title"}, TITLE, SUMMARY["public_summary"]),
        (SUMMARY | {"publish": "title"}, PUBLIC_TITLE, SUMMARY["public_summary"]),
        (SUMMARY, PUBLIC_TITLE, TITLE),
    ],
)
def test_of_a_request_no_more_is_read_than_was_consented(
    people: People, consent: dict[str, Any], shown: str, hidden: str
) -> None:
    released(people, make.submitted(people.kenya), **consent)
    for page in (read(), read(entry_path())):
        assert shown in page and hidden not in page


def test_a_text_that_changed_waits_again_and_the_other_stays(people: People) -> None:
    case = released(people, make.submitted(people.kenya))
    changed = SUMMARY | {"public_summary": "It names a suspect."}
    make.do(people.kenya, case, "set_consent", **changed)
    assert PUBLIC_TITLE in read() and "suspect" not in read()
    make.do(people.kenya, case, "set_consent", **(changed | {"public_title": "Another"}))
    assert "Another" not in read() and PUBLIC_TITLE not in read()


def test_what_is_withdrawn_is_gone_at_once_from_list_page_and_copy(people: People) -> None:
    case = released(people, make.submitted(people.kenya))
    path, browser = entry_path(), Client()
    assert PUBLIC_TITLE in read(path)
    mark = browser.get(path).headers["ETag"]
    assert browser.get(path, headers={"If-None-Match": mark}).status_code == 304
    make.do(people.kenya, case, "set_consent", publish="nothing")
    assert PUBLIC_TITLE not in read()
    assert PUBLIC_TITLE not in read(path, 404)
    assert browser.get(path, headers={"If-None-Match": mark}).status_code == 404


def test_a_reader_who_began_before_a_withdrawal_puts_no_old_page_back(people: People) -> None:
    case = released(people, make.submitted(people.kenya))
    answers: list[str] = []

    def render() -> None:
        answers.append(read())
        connections.close_all()

    with connect(connection.settings_dict["NAME"], "postgres") as other:
        # the register asks for the last report after its rows
        with other.transaction():
            other.execute("LOCK TABLE reports_reportedition IN ACCESS EXCLUSIVE MODE")
            reader = threading.Thread(target=render)
            reader.start()
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            for _attempt in range(200):
                if other.execute(waits).fetchone() == (1,):
                    break
                sleep(0.02)
            else:
                pytest.fail("the reader was not held")
            make.do(people.kenya, case, "set_consent", publish="nothing")
        reader.join(20)
    assert PUBLIC_TITLE in answers[0], "it had been read before"
    assert PUBLIC_TITLE not in read()


def test_the_register_asks_as_much_for_one_line_as_for_many(people: People) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connections["public"]) as queries:
            read()
        return len(queries)

    released(people, make.submitted(people.kenya))
    one = asked()
    for _number in range(4):
        released(people, make.submitted(people.fiji, "FJI"), publish="title")
    assert asked() == one <= 9
    with CaptureQueriesContext(connections["public"]) as kept:
        read()
    assert len(kept) == 1, "a kept page asks for the number alone"


def test_filters_narrow_the_register(people: People) -> None:
    released(people, make.submitted(people.kenya))
    released(people, make.submitted(people.fiji, "FJI"), publish="title")
    page = read(f"{REGISTER}?country=FJI")
    assert TITLE in page and PUBLIC_TITLE not in page
    year = AssistanceRequest.objects.values_list("received_on__year", flat=True).first()
    assert PUBLIC_TITLE in read(f"{REGISTER}?year={year}&pillar=capacity_building")


def test_state_and_need_are_read_as_strangers_may(people: People) -> None:
    case = released(people, make.advanced(people, "in_delivery"))
    assert "under way" in read() and "need" not in re.sub(
        r"<title>.*?</title>", "", read(entry_path())
    )
    with connect(connection.settings_dict["NAME"], "postgres") as owner:
        closed = "UPDATE assistance_assistancerequest SET state = 'closed', outcome = 'not_met' WHERE id = %s"
        owner.execute(closed, [case.pk])
    assert "completed" in read() and "need not met" not in read()
    make.do(people.kenya, AssistanceRequest.objects.get(), "set_consent", **SUMMARY, show_need=True)
    assert "need not met" in read()


def test_the_line_on_the_page_of_consent_is_the_line_of_the_register(people: People) -> None:
    case = make.submitted(people.kenya)
    browser = Client()
    browser.force_login(people.kenya)
    path = reverse("request_act", args=[case.pk, "set_consent"])
    assert "Nothing: strangers do not learn of this request." in read(path, client=browser)
    sent = {**SUMMARY, "version": case.version, "preview": "line"}
    previewed = browser.post(path, sent).content.decode()
    assert not PublicRequest.objects.exists() and "Show the line with what I typed" in previewed
    released(people, case)
    row = re.compile(r"<tbody>(.*?)</tbody>", re.DOTALL)

    def line(page: str) -> list[str]:
        found = row.search(page)
        assert found is not None
        return unescape(re.sub(r"<[^>]+>", " ", found[1])).split()

    assert line(previewed) == line(read()) == line(read(path, client=browser))

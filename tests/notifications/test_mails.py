"""Mails: text and HTML, in the reader's language, and nothing of what the reader may not see when
they go out."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail

from accounts.invitations import send_invitation
from accounts.models import User
from assistance.programmes.models import ProgrammeMembership
from countries.models import FocalPoint
from notifications.mails import mail_of
from notifications.models import Notification
from notifications.tasks import send_notifications
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def page_of(sent: Any) -> str:
    """The HTML part."""
    (part,) = sent.alternatives
    assert part.mimetype == "text/html"
    return str(part.content)


def told(user: User) -> list[Any]:
    """Mails that somebody got."""
    return [m for m in mail.outbox if m.to == [user.email]]


def test_a_mail_says_the_same_in_text_and_html_with_a_link_and_why_it_came(people: People) -> None:
    case = make.submitted(people.kenya)
    send_notifications()
    (sent,) = told(people.officer)
    page = page_of(sent)
    for said in (case.title, case.get_absolute_url(), "/account/#email", "You get this because"):
        assert said in sent.body and said in page
    headers = sent.message()
    assert headers["Auto-Submitted"] == "auto-generated" and headers["Message-ID"].endswith(
        "@meridian>"
    )


def test_the_html_loads_nothing_runs_nothing_and_escapes_what_people_typed(people: People) -> None:
    row = Notification(
        user=people.kenya,
        kind="request.ask",
        subject="<b>Look</b>",
        body='<script>x</script>\n"quoted"',
        path="/requests/1/",
    )
    page = page_of(mail_of(row))
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            tags.append((tag, dict(attrs)))

    Reader().feed(page)
    assert not {tag for tag, _ in tags} & {
        "img",
        "script",
        "link",
        "iframe",
        "style",
        "form",
        "object",
    }
    assert (
        not any("src" in attributes or "background" in attributes for _, attributes in tags)
        and "url(" not in page
    )
    assert "&lt;script&gt;" in page and "&lt;b&gt;Look" in page
    assert [a["lang"] for tag, a in tags if tag == "html"] == ["en"] and [
        tag for tag, _ in tags
    ].count("h1") == 1


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("zh-hans", "ltr")]
)
def test_a_mail_has_the_language_and_direction_of_its_reader(
    people: People, language: str, direction: str
) -> None:
    people.kenya.language = language
    page = page_of(
        mail_of(
            Notification(user=people.kenya, kind="request.ask", subject="x", path="/requests/1/")
        )
    )
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_an_invitation_leads_to_the_choice_of_a_password_and_offers_no_choice_of_mails(
    people: People,
) -> None:
    send_invitation(people.fiji)
    send_notifications()
    page = page_of(told(people.fiji)[0])
    assert re.search(r'href="http[^"]+/accounts/password/reset/key/', page) and "#email" not in page


def test_who_lost_the_country_or_the_programme_before_the_mail_went_out_gets_none(
    people: People,
) -> None:
    case = make.submitted(people.kenya)
    make.do(
        people.officer, case, "start_review", lead_officer=people.officer, letter="authenticated"
    )
    FocalPoint.objects.filter(user=people.kenya).update(valid_until=date(2021, 1, 1))
    ProgrammeMembership.objects.filter(user=people.officer).update(valid_until=date(2021, 1, 1))
    send_notifications()
    assert told(people.kenya) == [] and told(people.officer) == []
    rows = Notification.objects.filter(user__in=[people.kenya, people.officer])
    assert (
        rows
        and {r.last_error for r in rows} == {"The page is no longer the user's to read."}
        and all(r.given_up_at and not r.sent_at for r in rows)
    )


def test_an_internal_note_goes_to_nobody_who_is_no_longer_staff(people: People) -> None:
    case = make.submitted(people.kenya)
    row = Notification.objects.create(
        user=people.kenya, kind="request.note", subject="A note", path=case.get_absolute_url()
    )
    send_notifications()
    row.refresh_from_db()
    assert (
        row.sent_at is None and row.given_up_at and "A note" not in [m.subject for m in mail.outbox]
    )


def test_who_was_made_inactive_gets_no_mail(people: People) -> None:
    make.submitted(people.kenya)
    User.objects.filter(pk=people.officer.pk).update(is_active=False)
    send_notifications()
    assert told(people.officer) == []
    assert (
        Notification.objects.get(user=people.officer).last_error == "The user is no longer active."
    )

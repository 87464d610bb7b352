"""Who is asked months later, when, and how often; who is not."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from assistance.engagements.models import Engagement
from assistance.evaluation import follow_ups
from assistance.evaluation.signed_links import read_survey_key
from assistance.evaluation.survey_models import Survey, SurveyAnswer, SurveyInvitation
from assistance.evaluation.surveys import take_answer
from assistance.participants import services as participants
from assistance.participants.models import Person
from assistance.programmes.models import Programme
from assistance.tasks import ask_after_engagements
from core.days import months_later
from tests import make
from tests.assistance.evaluation import attendees, delivered, ended_on
from tests.make import People

pytestmark = pytest.mark.django_db


def on(day: date) -> int:
    """What the task does on a day."""
    with mock.patch.object(Programme, "today", return_value=day):
        return ask_after_engagements()


@pytest.fixture
def course(people: People) -> Engagement:
    """One that ended on the last day of August, with five people who agreed."""
    deed = ended_on(delivered(people), date(2026, 8, 31))
    attendees(deed, 5, keep_until=date(2030, 1, 1))
    return deed


def waves() -> list[tuple[int, int, date]]:
    """Wave, how many are asked, and since when."""
    rows = Survey.objects.order_by("wave")
    return [(row.wave, row.asked, row.opened_on) for row in rows]


def test_people_are_asked_three_six_and_twelve_calendar_months_after_the_last_part(
    course: Engagement,
) -> None:
    assert on(date(2026, 11, 29)) == 0 and waves() == []
    assert on(date(2026, 11, 30)) == 5  # the last day of a shorter month
    assert on(date(2027, 2, 28)) == 5
    assert on(date(2027, 8, 31)) == 5
    assert waves() == [
        (3, 5, date(2026, 11, 30)),
        (6, 5, date(2027, 2, 28)),
        (12, 5, date(2027, 8, 31)),
    ]


def test_two_reminders_follow_and_the_link_lives_sixty_days(course: Engagement) -> None:
    first = months_later(course.ends_on or date.min, 3)
    sent = {day: on(first + timedelta(days=day)) for day in range(62)}
    assert {day: number for day, number in sent.items() if number} == {0: 5, 7: 5, 14: 5}
    survey = Survey.objects.get()
    assert not survey.is_open and survey.answered == 0 and not survey.invitations.exists()
    assert "ask once more" not in mail.outbox[0].body and "ask once more" in mail.outbox[5].body


def test_who_answered_gets_no_reminder(course: Engagement) -> None:
    first = date(2026, 11, 30)
    on(first)
    link = next(line for line in mail.outbox[0].body.splitlines() if "/survey/?key=" in line)
    key = read_survey_key(link.partition("key=")[2])
    assert key.invitation is not None
    with mock.patch.object(Programme, "today", return_value=first):
        take_answer(key, SurveyAnswer(use="often"))
    assert on(first + timedelta(days=7)) == 4
    assert mail.outbox[0].to[0] not in {m.to[0] for m in mail.outbox[5:]}


def test_who_did_not_agree_was_erased_or_is_not_kept_any_more_is_not_asked(
    people: People,
) -> None:
    deed = ended_on(delivered(people), date(2026, 8, 31))
    attendees(deed, 1, may_be_asked=False, keep_until=date(2030, 1, 1))
    attendees(deed, 1, email="", keep_until=date(2030, 1, 1))
    attendees(deed, 1, keep_until=date(2026, 11, 29))
    (gone,) = attendees(deed, 1, keep_until=date(2030, 1, 1))
    participants.erase_person(Person.objects.filter(pk=gone.pk))
    assert on(date(2026, 11, 30)) == 0 and waves() == []


def test_who_is_erased_or_agrees_no_more_is_asked_no_more(course: Engagement) -> None:
    with mock.patch.object(follow_ups, "send_mails", return_value=0):
        on(date(2026, 11, 30))
    gone, unwilling, taken_off, *asked = Person.objects.order_by("pk")
    participants.erase_person(Person.objects.filter(pk=gone.pk))
    Person.objects.filter(pk=unwilling.pk).update(may_be_asked=False)
    Person.objects.filter(pk=taken_off.pk).update(is_contact=True)
    participants.remove_attendance(taken_off.attendances.get())
    assert on(date(2026, 11, 30)) == 2
    assert {m.to[0] for m in mail.outbox} == {person.email for person in asked}
    assert Survey.objects.get().asked == 5
    assert SurveyInvitation.objects.count() == 2


def test_fewer_than_five_people_are_not_asked(people: People) -> None:
    deed = ended_on(delivered(people), date(2026, 8, 31))
    attendees(deed, 4, keep_until=date(2030, 1, 1))
    assert on(date(2026, 11, 30)) == 0 and waves() == []


def test_what_is_long_over_is_not_caught_up_with(people: People) -> None:
    deed = ended_on(delivered(people), date(2020, 1, 31))
    attendees(deed, 1, keep_until=date(2030, 1, 1))
    assert on(date(2026, 11, 30)) == 0 and waves() == []


@pytest.mark.parametrize(
    ("refusal", "next_days"),
    [
        (SMTPRecipientsRefused({"attendee0@police.example": (550, b"no such user")}), [0]),
        (SMTPDataError(550, b"looks like spam"), [0]),
        (SMTPDataError(451, b"greylisted"), [0, 1]),
        (ValueError("header"), [0]),
    ],
)
def test_a_mail_that_is_refused_holds_up_nobody(
    course: Engagement, refusal: Exception, next_days: list[int]
) -> None:
    really, tried = EmailMessage.send, []

    def send(message: EmailMessage) -> int:
        if message.to == ["attendee0@police.example"]:
            tried.append(True)
            raise refusal
        return really(message)

    first = date(2026, 11, 30)
    with mock.patch.object(EmailMessage, "send", send):
        assert on(first) == 4
        assert on(first) == 0
        on(first + timedelta(days=1))
    assert len(tried) == len(next_days)


def test_a_mail_server_that_is_not_there_is_tried_again_and_holds_up_no_other_programme(
    course: Engagement,
) -> None:
    with mock.patch.object(EmailMessage, "send", side_effect=SMTPServerDisconnected("gone")):
        assert on(date(2026, 11, 30)) == 0
    assert Survey.objects.get().asked == 5
    assert on(date(2026, 11, 30)) == 5


def test_a_mail_speaks_the_language_of_the_countrys_focal_points(course: Engagement) -> None:
    make.focal_point("KEN", language="fr")
    make.focal_point("KEN", language="fr")
    on(date(2026, 11, 30))
    assert "mois" in mail.outbox[0].body or "questions" in mail.outbox[0].body
    person = Person.objects.order_by("pk")[0]
    assert follow_ups.language_of(person) == "fr"

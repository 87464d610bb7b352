"""Digests: one mail with all that waited, at seven where the person is; never twice, nothing lost."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import User
from core.db.models import OutboxModel
from countries.models import FocalPoint
from notifications import preferences
from notifications.digests import digest_for, first_after, moment_on
from notifications.models import Digest, Notification
from notifications.tasks import send_notifications
from tests import make
from tests.make import People

VIENNA = ZoneInfo("Europe/Vienna")


def told(user: User) -> list[Any]:
    """Mails that somebody got."""
    return [m for m in mail.outbox if m.to == [user.email]]


def make_due() -> None:
    """The morning has come."""
    Digest.objects.update(next_try_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.django_db
def test_what_happens_in_a_day_comes_in_one_mail(people: People) -> None:
    preferences.save_paces(people.kenya, dict.fromkeys(preferences.paces_of(people.kenya), "daily"))
    case = make.advanced(people, "accepted")
    send_notifications()
    assert told(people.kenya) == []
    rows = Notification.objects.filter(user=people.kenya).count()
    assert rows >= 2 and Digest.objects.filter(user=people.kenya).count() == 1
    make_due()
    send_notifications()
    (sent,) = told(people.kenya)
    assert str(rows) in sent.subject and str(sent.body).count(str(case.reference)) >= rows
    assert (
        case.get_absolute_url() in str(sent.body)
        and case.get_absolute_url() in sent.alternatives[0].content
    )
    assert not Notification.objects.unsent().filter(user=people.kenya).exists()
    make_due()
    send_notifications()
    assert len(told(people.kenya)) == 1


@pytest.mark.django_db
def test_a_digest_tells_nothing_of_what_the_person_may_not_read_any_more(people: People) -> None:
    preferences.save_paces(people.kenya, dict.fromkeys(preferences.paces_of(people.kenya), "daily"))
    make.advanced(people, "under_review")
    send_notifications()
    FocalPoint.objects.filter(user=people.kenya).update(valid_until=date(2021, 1, 1))
    make_due()
    send_notifications()
    assert told(people.kenya) == []
    assert {r.last_error for r in Notification.objects.filter(user=people.kenya)} == {
        "The page is no longer the user's to read."
    }


@pytest.mark.django_db
def test_who_wants_mails_at_once_again_gets_what_waited_for_the_digest_and_who_wants_none_gets_none(
    people: People,
) -> None:
    for person in (people.kenya, people.fiji):
        preferences.save_paces(person, dict.fromkeys(preferences.paces_of(person), "weekly"))
    for person, iso3 in ((people.kenya, "KEN"), (people.fiji, "FJI")):
        make.do(
            people.officer,
            make.submitted(person, iso3),
            "start_review",
            lead_officer=people.officer,
            letter="authenticated",
        )
    send_notifications()
    preferences.save_paces(people.kenya, {"cases": "now"})
    preferences.save_paces(people.fiji, {"cases": "never"})
    send_notifications()
    make_due()
    send_notifications()
    # the receipt of the submission, and that the review has begun
    assert len(told(people.kenya)) == 2 and told(people.fiji) == []


@pytest.mark.django_db
def test_a_mail_server_that_fails_costs_no_digest(people: People, settings: Any) -> None:
    preferences.save_paces(people.officer, {"turn": "daily"})
    make.submitted(people.kenya)
    send_notifications()
    make_due()
    working, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_notifications()
    digest = Digest.objects.get(user=people.officer)
    assert (
        digest.tries == 1
        and digest.sent_at is None
        and digest.last_error
        and digest.next_try_at > timezone.now()
    )
    settings.EMAIL_BACKEND = working
    make_due()
    send_notifications()
    digest.refresh_from_db()
    assert digest.sent_at and len(told(people.officer)) == 1
    assert told(people.officer)[0].extra_headers["Message-ID"] == f"<{digest.message_id}@meridian>"
    assert OutboxModel.TRIES == 8


def row_of(user: User, at: datetime) -> Notification:
    """Something told at an instant."""
    return Notification.objects.create(user=user, kind="request.submit", subject="x", created_at=at)


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_change_of_the_clocks_leaves_out_no_day_and_doubles_none(
    people: People, change: date, hours: int
) -> None:
    days = [change + timedelta(days=n) for n in (-1, 0, 1)]
    moments = [moment_on(day, VIENNA) for day in days]
    assert [m.astimezone(VIENNA).hour for m in moments] == [7, 7, 7]
    assert moments[1] - moments[0] == timedelta(hours=hours)
    instant, seen = moments[0] - timedelta(days=1, minutes=1), []
    while (
        instant < moments[2]
    ):  # every quarter of an hour belongs to exactly the next seven o'clock
        seen.append(first_after(instant, VIENNA, "daily"))
        instant += timedelta(minutes=15)
    assert sorted(set(seen)) == [days[0] - timedelta(days=1), *days] and seen == sorted(seen)
    User.objects.filter(pk=people.kenya.pk).update(time_zone="Europe/Vienna")
    person = User.objects.get(pk=people.kenya.pk)
    for wall in (0, 1, 2, 3, 6):
        at = datetime(change.year, change.month, change.day, wall, 30, tzinfo=VIENNA).astimezone(
            UTC
        )
        assert digest_for(row_of(person, at), "daily", at).day == change
    assert Digest.objects.count() == 1 and Digest.objects.get().due_at == moments[1]


@pytest.mark.django_db
def test_weekly_ones_go_out_on_monday_in_the_persons_own_zone(people: People) -> None:
    User.objects.filter(pk=people.fiji.pk).update(time_zone="Pacific/Fiji")
    person = User.objects.get(pk=people.fiji.pk)
    at = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # Monday, half past six in Fiji
    digest = digest_for(row_of(person, at), "weekly", at)
    assert digest.day == date(2026, 11, 23) and digest.due_at == datetime(
        2026, 11, 22, 19, 0, tzinfo=UTC
    )
    late = at + timedelta(hours=1)
    assert digest_for(row_of(person, late), "weekly", late).day == date(2026, 11, 30)


@pytest.mark.django_db
def test_what_was_told_while_nobody_worked_comes_at_once_in_one_digest_and_a_sent_one_takes_nothing_more(
    people: People,
) -> None:
    now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    olds = [row_of(people.kenya, now - timedelta(days=n)) for n in (3, 2, 1)]
    digests = {digest_for(row, "daily", now).pk for row in olds}
    assert len(digests) == 1
    digest = Digest.objects.get()
    assert digest.day == date(2026, 11, 25) and digest.due_at <= now
    Digest.objects.update(sent_at=now)
    assert digest_for(olds[0], "daily", now).day == date(2026, 11, 26)


def test_two_workers_at_once_send_one_digest_and_every_row_once(committed: None) -> None:
    people = People()
    preferences.save_paces(people.kenya, dict.fromkeys(preferences.paces_of(people.kenya), "daily"))
    make.advanced(people, "in_delivery")
    total = Notification.objects.exclude(user=people.kenya).count()
    start = threading.Barrier(3)

    def work() -> None:
        try:
            start.wait()
            send_notifications()
        finally:
            connection.close()

    for _round in range(2):
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        make_due()
    assert len(told(people.kenya)) == 1 and Digest.objects.count() == 1
    assert len(mail.outbox) == total + 1
    assert not Notification.objects.unsent().exists()

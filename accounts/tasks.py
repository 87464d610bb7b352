"""Sends the outbox."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from celery import shared_task
from celery.utils.log import get_task_logger
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts import invitations
from accounts.models import Notification

log = get_task_logger(__name__)
TRIES = 8  # with waits of 1, 2, 4 … minutes: a little over four hours


@shared_task
def send_notifications() -> int:
    """Sends what is due; each row is claimed by a lock that others skip, so that two workers never send the same at once."""
    sent = 0
    while send_one():
        sent += 1
    return sent


@shared_task
def clear_sessions() -> int:
    """Removes sessions that have run out, with the address and browser that they were opened from. Returns how many."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def send_one() -> bool:
    """Sends one row; False where nothing is due. A failure is written on the row with the time of the next try.

    Only a crash between the mail server's acceptance and the commit can repeat a mail, and then under the same Message-ID.
    """
    with transaction.atomic():
        row = (
            Notification.objects.to_send()
            .select_related("user")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("next_try_at", "pk")
            .first()
        )
        if row is None:
            return False
        if not row.user.is_active:
            row.given_up_at, row.last_error = timezone.now(), "The user is no longer active."
        else:
            try:
                mail_of(row).send()
                row.sent_at = timezone.now()
            except Exception as error:  # whatever the mail server or the line throws: written down and tried again
                row.tries += 1
                row.last_error = str(error)[:300]
                row.next_try_at = timezone.now() + timedelta(minutes=2 ** (row.tries - 1))
                if row.tries >= TRIES:
                    row.given_up_at = timezone.now()
                log.warning("Notification %s was not sent (try %s): %s", row.pk, row.tries, error)
        row.save()
        return True


def mail_of(row: Notification) -> EmailMessage:
    """The mail of a row; line breaks cannot get into its headers."""
    path = invitations.path_of(row.user) if row.kind == invitations.KIND else row.path
    link = f"{settings.BASE_URL}{path}" if path else ""
    body = "\n\n".join(part for part in (row.body, link) if part)
    return EmailMessage(subject=" ".join(row.subject.split()), body=body, to=[row.user.email], headers={"Message-ID": f"<{row.message_id}@meridian>"})

"""Sending the outbox: a row by itself, or many in a digest. What is due is read from the database,
and claimed there by locks that others skip.

Only a crash between the mail server's acceptance and the commit can repeat a mail, and then under
the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications import types
from notifications.digests import digest_for
from notifications.mails import mail_of, mail_of_digest
from notifications.models import Digest, Notification
from notifications.preferences import pace_of
from notifications.types import Pace

log = logging.getLogger(__name__)
INACTIVE = "The user is no longer active."
UNSEEN = "The page is no longer the user's to read."
UNWANTED = "The user wants no e-mail of this kind."


def put_message(user: User, kind: str, subject: str, body: str) -> None:
    """A message without a page behind it, in the caller's transaction."""
    Notification.objects.create(user=user, kind=kind, subject=subject, body=body)


def why_not(row: Notification) -> str:
    """The reason for which a row is not sent any more; empty where it is."""
    if not row.user.is_active:
        return INACTIVE
    return "" if types.kind_of(row.kind).may_read(row.user, row.path) else UNSEEN


def send_one() -> bool:
    """Sends one row, or puts it into its digest; False where nothing is due.

    A failure is written on the row with the time of the next try.
    """
    with transaction.atomic():
        row = Notification.objects.to_send().claim("user")
        if row is None:
            return False
        pace = pace_of(row.user, types.kind_of(row.kind).group)
        reason = why_not(row) or (UNWANTED if pace == Pace.NEVER else "")
        if reason:
            row.give_up(reason)
        elif pace in (Pace.DAILY, Pace.WEEKLY):
            row.digest = digest_for(row, pace, timezone.now())
        else:
            try:
                mail_of(row).send()
                row.sent_at = timezone.now()
            except (
                Exception
            ) as error:  # whatever the mail server or the line throws: written down and tried again
                put_off(row, error)
        row.save()
        return True


def put_off(row: Notification | Digest, error: Exception) -> None:
    """Writes a failure down, on the row and in the log."""
    row.put_off(str(error))
    log.warning("%s %s was not sent (try %s): %s", type(row).__name__, row.pk, row.tries, error)


def send_one_digest() -> bool:
    """Sends one digest that is due; False where there is none.

    Its rows are sent with it, or given up with it after the last try.
    """
    now = timezone.now()
    with transaction.atomic():
        digest = Digest.objects.due().claim("user")
        if digest is None:
            return False
        rows = wanted_rows(digest, now)
        if not rows:
            digest.given_up_at, digest.last_error = now, "Nothing was left to tell."
        else:
            try:
                mail_of_digest(digest, rows).send()
                digest.sent_at = timezone.now()
            except Exception as error:  # as for a single row
                put_off(digest, error)
        digest.save()
        Notification.objects.filter(pk__in=[r.pk for r in rows]).update(
            sent_at=digest.sent_at,
            given_up_at=digest.given_up_at,
            tries=digest.tries,
            last_error=digest.last_error,
        )
        return True


def wanted_rows(digest: Digest, now: datetime) -> list[Notification]:
    """The digest's rows, locked, oldest first.

    Those that may not or need not be told any more are given up, with the reason.
    """
    rows = list(digest.rows.unsent().select_for_update(of=("self",)).order_by("pk"))
    paces: dict[str, str] = {}
    wanted = []
    for row in rows:
        row.user = digest.user
        group = types.kind_of(row.kind).group
        pace = paces.setdefault(group.code, pace_of(digest.user, group))
        reason = why_not(row) or (UNWANTED if pace == Pace.NEVER else "")
        if reason:
            row.given_up_at, row.last_error = now, reason
        else:
            wanted.append(row)
    Notification.objects.bulk_update(
        [r for r in rows if r.given_up_at], ["given_up_at", "last_error"]
    )
    return wanted

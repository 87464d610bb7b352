"""Mails of the outbox: text, and the same in HTML without pictures or anything that tells who
opened them."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from accounts import invitations
from accounts.models import User
from notifications import types
from notifications.models import Digest, Notification

MOST_LISTED = 100  # messages in one digest; the rest is counted


class Listed(TypedDict):
    """A message in a digest."""

    row: Notification
    link: str


def link_of(row: Notification) -> str:
    """The address of the page that a row is about; of an invitation, the one where a password is
    chosen. Empty where there is none."""
    path = invitations.path_of(row.user) if row.kind == invitations.KIND else row.path
    return f"{settings.BASE_URL}{path}" if path else ""


def mail_of(row: Notification) -> EmailMultiAlternatives:
    """The mail of a row, in the person's language; line breaks cannot get into its headers."""
    kind, link = types.kind_of(row.kind), link_of(row)
    with translation.override(row.user.language):
        shown = {
            "subject": row.subject,
            "body": row.body,
            "link": link,
            "why": kind.group.why,
            "choices": "" if kind.group.fixed else choices_link(),
        }
        page = render_to_string("mail/notification.html", shown | language_and_direction(row.user))
        foot = "\n".join(part for part in (str(shown["why"]), str(shown["choices"])) if part)
    text = "\n\n".join(part for part in (row.body or row.subject, link, foot) if part)
    mail = compose_mail(row.user, row.subject, text, page, row.message_id)
    for name, content, media_type in kind.attach(row.user, row.path):
        mail.attach(name, content, media_type)
    return mail


def mail_of_digest(digest: Digest, rows: Sequence[Notification]) -> EmailMultiAlternatives:
    """One mail with all rows, oldest first, in the person's language and time."""
    user = digest.user
    with translation.override(user.language), timezone.override(zoneinfo.ZoneInfo(user.time_zone)):
        subject = ngettext("Meridian: %(n)s message", "Meridian: %(n)s messages", len(rows)) % {
            "n": len(rows)
        }
        more = len(rows) - MOST_LISTED
        rest = (
            ngettext(
                "And %(n)s more message under Messages.",
                "And %(n)s more messages under Messages.",
                more,
            )
            % {"n": more}
            if more > 0
            else ""
        )
        listed: list[Listed] = [{"row": row, "link": link_of(row)} for row in rows[:MOST_LISTED]]
        why = _("You chose to get these messages once a day or once a week.")
        page = render_to_string(
            "mail/digest.html",
            {
                "subject": subject,
                "listed": listed,
                "rest": rest,
                "why": why,
                "choices": choices_link(),
            }
            | language_and_direction(user),
        )
        lines = [
            "\n".join(
                part for part in (each["row"].subject, each["row"].body, each["link"]) if part
            )
            for each in listed
        ]
        text = "\n\n".join([*lines, *([rest] if rest else []), f"{why}\n{choices_link()}"])
    return compose_mail(user, subject, text, page, digest.message_id)


def compose_mail(
    user: User, subject: str, text: str, page: str, message_id: UUID
) -> EmailMultiAlternatives:
    """Both parts under one stable Message-ID, marked as written by no person (RFC 3834)."""
    headers = {"Message-ID": f"<{message_id}@meridian>", "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()), body=text, to=[user.email], headers=headers
    )
    mail.attach_alternative(page, "text/html")
    return mail


def choices_link() -> str:
    """Where people choose how soon they get mails."""
    return f"{settings.BASE_URL}{reverse('account')}#email"


def language_and_direction(user: User) -> dict[str, str]:
    """Language and direction of the page."""
    return {"language": user.language, "direction": "rtl" if get_language_bidi() else "ltr"}

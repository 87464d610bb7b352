"""Forwarding, setting aside and erasing messages of strangers; telling staff of new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from assistance.programmes.models import Programme, ProgrammeMembership
from core import access
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import FocalPoint
from notifications.models import Notification
from portal.public_messages.models import PublicMessage

KEPT_DAYS = 90
ARRIVED = "public_message.arrived"
FORWARDED = "public_message.forwarded"
State = PublicMessage.State


@transaction.atomic
def handle_message(user: User, pk: int, state: str) -> PublicMessage:
    """Forwards a new message to its country's focal points, or sets it aside.

    Raises ActionNotAllowed for who does not work for the programme, DomainError where it was
    handled already or there is nobody to whom it can be forwarded.
    """
    message = PublicMessage.objects.select_for_update(of=("self",)).get(pk=pk)
    if message.programme_id not in access.programme_ids(user):
        raise ActionNotAllowed(_("Messages are handled by staff of the programme."))
    if message.state != State.NEW:
        raise DomainError(_("Somebody has handled this message already."))
    message.state, message.handled_by, message.handled_at = State(state), user, timezone.now()
    message.save(update_fields=["state", "handled_by", "handled_at"])
    if message.state == State.FORWARDED:
        people = readers_of(message)
        if not people:
            raise DomainError(_("The country has no focal point to whom it could be forwarded."))
        notify_country(people, message)
    return message


def readers_of(message: PublicMessage) -> list[User]:
    """The active focal points of the country that it is for, for the programme; of none nobody."""
    if message.country_id is None:
        return []
    speakers = FocalPoint.objects.speaking_for(message.country_id, message.programme_id)
    ids = speakers.values("user_id")
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("name"))


def notify_country(people: Iterable[User], message: PublicMessage) -> None:
    """One row of the outbox a person, without words of the message."""
    rows = []
    for person in people:
        with translation.override(person.language):
            subject = _("The programme forwarded a message to you")
        rows.append(notification(person, FORWARDED, subject, message.get_absolute_url()))
    Notification.objects.bulk_create(rows)


def notification(person: User, kind: str, subject: str, path: str) -> Notification:
    """A row of the outbox."""
    return Notification(user=person, kind=kind, subject=subject, body="", path=path)


@transaction.atomic
def tell_staff() -> int:
    """Tells the staff of each programme how many messages came in since. Returns how many."""
    new = PublicMessage.objects.select_for_update(skip_locked=True).filter(told_at=None)
    told = list(new)
    counts = Counter(message.programme_id for message in told)
    for programme in Programme.objects.filter(pk__in=counts):
        members = ProgrammeMembership.objects.active_on(programme.today())
        ids = members.filter(programme=programme).values("user_id")
        rows = []
        for person in User.objects.filter(pk__in=ids, is_active=True).order_by("name"):
            with translation.override(person.language):
                n = counts[programme.pk]
                subject = ngettext(
                    "%(n)s message of the public arrived", "%(n)s messages of the public arrived", n
                ) % {"n": n}
            rows.append(notification(person, ARRIVED, subject, reverse("public_messages")))
        Notification.objects.bulk_create(rows)
    PublicMessage.objects.filter(pk__in=[message.pk for message in told]).update(
        told_at=timezone.now()
    )
    return len(told)


def erase_old_messages() -> int:
    """Erases messages after KEPT_DAYS. Returns how many."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return PublicMessage.objects.filter(received_at__lt=before).delete()[0]

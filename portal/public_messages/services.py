"""Forwarding, setting aside and erasing messages of strangers; telling staff of new ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.programmes.models import Programme, ProgrammeMembership
from core import access
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country, FocalPoint
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
        people = readers_in(message.country) if message.country is not None else []
        if not people:
            raise DomainError(_("The country has no focal point to whom it could be forwarded."))
        notify(people, FORWARDED, message.get_absolute_url())
    return message


def readers_in(country: Country) -> list[User]:
    """The active focal points of a country."""
    ids = FocalPoint.objects.active().filter(country=country).values("user_id")
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("name"))


def notify(people: Iterable[User], kind: str, path: str) -> None:
    """One row of the outbox a person, without words of the message."""
    rows = []
    for person in people:
        with translation.override(person.language):
            subject = (
                _("The programme forwarded a message to you")
                if kind == FORWARDED
                else _("A message of the public arrived")
            )
        rows.append(Notification(user=person, kind=kind, subject=subject, body="", path=path))
    Notification.objects.bulk_create(rows)


@transaction.atomic
def tell_staff() -> int:
    """Tells the officers of a programme of messages that came in since. Returns of how many."""
    new = PublicMessage.objects.select_for_update(skip_locked=True).filter(told_at=None)
    told = list(new)
    for programme in Programme.objects.filter(pk__in={message.programme_id for message in told}):
        members = ProgrammeMembership.objects.active_on(programme.today()).filter(
            programme=programme
        )
        staff = User.objects.filter(pk__in=members.values("user_id"), is_active=True)
        path = next(m.get_absolute_url() for m in told if m.programme_id == programme.pk)
        notify(staff.order_by("name"), ARRIVED, path)
    PublicMessage.objects.filter(pk__in=[message.pk for message in told]).update(
        told_at=timezone.now()
    )
    return len(told)


def erase_old_messages() -> int:
    """Erases messages after KEPT_DAYS. Returns how many."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return PublicMessage.objects.filter(received_at__lt=before).delete()[0]

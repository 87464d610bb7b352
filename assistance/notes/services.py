"""Writing and erasing notes on countries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy.models import Look
from assistance.notes.models import CountryNote
from assistance.programmes.models import Programme
from core import access
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country, FocalPoint
from notifications.models import Notification

KIND = "country.note"


@transaction.atomic
def note_contact(
    user: User,
    *,
    programme: Programme,
    country: Country,
    whom: str,
    held_on: date,
    by: str,
    said: str,
    is_shared: bool,
) -> CountryNote:
    """Records a call, a meeting or a message; the country's people are told of one that is shared.

    Raises ActionNotAllowed for who does not work for the programme, DomainError for a day ahead.
    """
    if not user.is_programme_staff or programme.pk not in access.programme_ids(user):
        raise ActionNotAllowed(_("Notes are written by staff of the programme."))
    if held_on > programme.today():
        raise DomainError(_("Write the day on which you spoke: today or before."), "when")
    note = CountryNote.objects.create(
        programme=programme,
        country=country,
        author=user,
        whom=whom,
        held_on=held_on,
        by=by,
        said=said,
        is_shared=is_shared,
    )
    if is_shared:
        notify_country(note)
    return note


def readers_of(note: CountryNote) -> Iterable[User]:
    """The active focal points of its country for its programme."""
    speakers = FocalPoint.objects.speaking_for(note.country_id, note.programme_id)
    ids = speakers.values("user_id")
    return User.objects.filter(pk__in=ids, is_active=True).order_by("name")


def notify_country(note: CountryNote) -> None:
    """One row of the outbox a person, without the words of the note."""
    rows = []
    for person in readers_of(note):
        with translation.override(person.language):
            subject = _("%(country)s: a note was shared with you") % {"country": note.country.name}
        path = note.get_absolute_url()
        rows.append(Notification(user=person, kind=KIND, subject=subject, body="", path=path))
    Notification.objects.bulk_create(rows)


@transaction.atomic
def erase_note(pk: int, *, path: str) -> None:
    """The words of a note; that there was one stays. Raises CountryNote.DoesNotExist."""
    note = CountryNote.objects.select_for_update().get(pk=pk)
    if note.erased_at is None:
        CountryNote.objects.filter(pk=pk).update(said="", whom="", erased_at=timezone.now())
    Look.objects.create(act=Look.Act.ERASED, subject="note", subject_id=pk, path=path)

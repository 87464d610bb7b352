"""How names come in, how long they are kept, and how they go: the rules of persons (rules of the programme, sections 3 and 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.encryption import marks
from accounts.personal.models import Look
from assistance.engagements.models import Engagement, EngagementPart
from assistance.persons.models import PERSONAL, Attendance, Person
from assistance.programmes.models import Programme
from assistance.requests.errors import Refused

BATCH = 500  # persons erased in one transaction


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def kept_after(programme: Programme, day: date) -> date:
    """Until when names are kept that were last needed on this day."""
    return months_after(day, programme.names_kept_months)


def known(programme: Programme, country_id: int, email: str) -> Person | None:
    """Somebody of this country whom the programme has under the same e-mail address."""
    if not email:
        return None
    return Person.objects.filter(programme=programme, country_id=country_id, identity__in=marks("email", email)).select_for_update().first()


@transaction.atomic
def attend(user: Any, part: EngagementPart, rows: Sequence[dict[str, Any]]) -> int:
    """Adds people to the list of a part and returns how many are new on it; all of them or, where one is refused, none.

    Who is known to the programme by e-mail is the same person, with what is newly said of them. Names are kept from the end of the last
    part that somebody attended. Raises Refused where an engagement does not count participants.
    """
    engagement = part.engagement
    if not engagement.has_participants:
        raise Refused(_("Nobody attends an engagement of this type: it has no list."))
    added = 0
    for row in rows:
        person = known(engagement.programme, row["country"].pk, row.get("email", "")) or Person(
            programme=engagement.programme, keep_until=kept_after(engagement.programme, part.ends_on), recorded_by=user
        )
        for name, value in row.items():
            if value not in ("", None) or person.pk is None:
                setattr(person, name, value)
        person.keep_until = max(person.keep_until, kept_after(engagement.programme, part.ends_on))
        person.save()
        added += Attendance.objects.get_or_create(part=part, person=person)[1]
    return added


@transaction.atomic
def strike(attendance: Attendance) -> None:
    """Takes somebody off a list; who then stands on none and is no contact is not kept either."""
    person = Person.objects.select_for_update().get(pk=attendance.person_id)
    attendance.delete()
    last = person.attendances.aggregate(last=Max("part__ends_on"))["last"]
    if last is None and not person.is_contact:
        person.delete()
    elif last is not None and not person.is_contact:
        person.keep_until = kept_after(person.programme, last)
        person.save()


def confirm(person: Person) -> None:
    """A contact is still right: kept for as long again, counted from today."""
    person.keep_until = max(person.keep_until, kept_after(person.programme, person.programme.today()))
    person.save()


def erase(person: Person) -> None:
    """Nothing personal is left. The row stays, so that lists keep their number of people and women."""
    for name in PERSONAL:
        setattr(person, name, "")
    person.is_contact = person.may_be_asked = False
    person.erased_at = timezone.now()
    person.save()


def erase_expired() -> int:
    """Erases everybody whose date has passed at their programme's duty station; safe to run twice and at the same time. Returns how many."""
    erased = 0
    for programme in Programme.objects.all():
        while rows := erase_some(programme):
            erased += rows
    return erased


@transaction.atomic
def erase_some(programme: Programme) -> int:
    """One batch."""
    rows = list(Person.objects.filter(programme=programme).expired_on(programme.today()).select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    for person in rows:
        erase(person)
    Look.objects.bulk_create([Look(act=Look.Act.ERASED, subject="person", subject_id=p.pk, path="retention date") for p in rows])
    return len(rows)


def compared(engagement: Engagement) -> list[dict[str, Any]]:
    """By country, what the lists say beside what the record says: people and women. Where they differ somebody should look."""
    from collections import Counter

    listed: Counter[tuple[int, str]] = Counter()
    for country, sex in Attendance.objects.filter(part__engagement=engagement).values_list("person__country", "person__sex"):
        listed[country, sex] += 1
    recorded: dict[int, Any] = {}
    for part in engagement.parts.prefetch_related("participations__country"):
        for row in part.participations.all():
            entry = recorded.setdefault(row.country_id, {"country": row.country, "people": None, "women": None})
            for name, value in (("people", row.total), ("women", row.women)):
                if value is not None:
                    entry[name] = (entry[name] or 0) + value
    return [
        entry | {
            "listed": sum(n for (c, _sex), n in listed.items() if c == country), "listed_women": listed[country, "woman"],
            "differs": entry["people"] is not None and entry["people"] != sum(n for (c, _sex), n in listed.items() if c == country),
        }
        for country, entry in recorded.items()
    ]  # fmt: skip

"""How names come in, how long they are kept, and how they go: the rules of persons (rules of the
programme, sections 3 and 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Required, TypedDict

from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Lower, Trim
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy.models import Look
from assistance.engagements.models import Engagement, NextStep
from assistance.engagements.part_models import EngagementPart
from assistance.evaluation.survey_models import SurveyInvitation
from assistance.participants.models import PERSONAL, Attendance, Person
from assistance.plans.models import PlannedStep
from assistance.programmes.models import Programme
from core.days import months_later
from core.encryption import blind_index
from core.workflow.exceptions import DomainError
from countries.models import Country

TOLD = [
    "name",
    "sex",
    "institution",
    "function",
    "email",
    "phone",
    "identity",
    "may_be_asked",
    "is_contact",
    "keep_until",
]
BATCH = 500  # persons erased in one transaction


class Attendee(TypedDict, total=False):
    """Somebody as a form or a list tells of them."""

    country: Required[Country]
    name: Required[str]
    sex: str
    institution: str
    function: str
    email: str
    phone: str
    may_be_asked: bool
    is_contact: bool


def kept_after(programme: Programme, day: date) -> date:
    """Until when names are kept that were last needed on this day."""
    return months_later(day, programme.names_kept_months)


@transaction.atomic
def add_attendance(user: User, part: EngagementPart, rows: Sequence[Attendee]) -> int:
    """Adds people to the list of a part and returns how many are new on it; all of them or, where
    one is refused, none.

    Who is known to the programme by e-mail is the same person, with what is newly said of them.
    Names are kept from the end of the last part that somebody attended. Raises DomainError where an
    engagement does not count participants. The number of queries does not grow with rows.
    """
    programme = part.engagement.programme
    if not part.engagement.has_participants:
        raise DomainError(_("Nobody attends an engagement of this type: it has no list."))
    until = kept_after(programme, part.ends_on)
    known = known_by_email(programme, [row["email"] for row in rows if row.get("email")])
    people: list[Person] = []
    for row in rows:
        key = (
            (row["country"].pk, blind_index("email", row["email"])[0]) if row.get("email") else None
        )
        person = known.get(key) if key else None
        if person is None:
            person = Person(programme=programme, keep_until=until, recorded_by=user)
            people.append(person)
            if key:
                known[key] = person
        elif person not in people:
            people.append(person)
        for name, value in row.items():
            if value not in ("", None) or person.pk is None:
                setattr(person, name, value)
        person.keep_until = max(person.keep_until, until)
    return put_on_list(part, people)


def known_by_email(programme: Programme, emails: Sequence[str]) -> dict[tuple[int, str], Person]:
    """People of the programme who have one of these addresses, locked, by country and the address's
    mark under the present key."""
    wanted = {
        mark: all_of_one[0]
        for email in emails
        for all_of_one in [blind_index("email", email)]
        for mark in all_of_one
    }
    found = (
        Person.objects.filter(programme=programme, identity__in=wanted)
        .select_for_update()
        .order_by("pk")
        if wanted
        else []
    )
    return {(p.country_id, wanted[p.identity]): p for p in found}


def put_on_list(part: EngagementPart, people: Sequence[Person]) -> int:
    """Saves people and their attendance, in bulk. Returns how many are new on the list."""
    for person in people:
        person.mark()
    Person.objects.bulk_update([p for p in people if p.pk], TOLD)
    Person.objects.bulk_create([p for p in people if not p.pk])
    before = part.attendances.count()
    Attendance.objects.bulk_create(
        [Attendance(part=part, person=p) for p in people], ignore_conflicts=True
    )
    return part.attendances.count() - before


@transaction.atomic
def remove_attendance(attendance: Attendance) -> None:
    """Takes somebody off a list; who then stands on none and is no contact is not kept either."""
    person = Person.objects.select_for_update().get(pk=attendance.person_id)
    engagement = attendance.part.engagement_id
    attendance.delete()
    if not person.attendances.filter(part__engagement=engagement).exists():
        person.invitations.filter(survey__engagement=engagement).delete()
    last = person.attendances.aggregate(last=Max("part__ends_on"))["last"]
    if last is None and not person.is_contact:
        person.delete()
    elif last is not None and not person.is_contact:
        person.keep_until = kept_after(person.programme, last)
        person.save()


def confirm_contact(person: Person) -> None:
    """A contact is still right: kept for as long again, counted from today."""
    person.keep_until = max(
        person.keep_until, kept_after(person.programme, person.programme.today())
    )
    person.save()


def erase_person(persons: QuerySet[Person]) -> None:
    """Nothing personal is left, and nobody who is erased is asked anything.

    The rows stay, so that lists keep their number of people and women.
    """
    SurveyInvitation.objects.filter(person__in=persons).delete()
    persons.update(
        **dict.fromkeys(PERSONAL, ""),
        is_contact=False,
        may_be_asked=False,
        erased_at=timezone.now(),
    )


def blank_in_steps(names: Iterable[str]) -> None:
    """Takes somebody who is erased at their wish out of the steps that they were to do: those in
    which the name stands alone, in any case."""
    wanted = {name.strip().lower() for name in names} - {""}
    if wanted:
        NextStep.objects.alias(named=Lower(Trim("owner"))).filter(named__in=wanted).update(owner="")
        PlannedStep.objects.alias(named=Lower(Trim("who"))).filter(named__in=wanted).update(who="")


def erase_expired() -> int:
    """Erases everybody whose date has passed at their programme's duty station; safe to run twice
    and at the same time. Returns how many."""
    erased = 0
    for programme in Programme.objects.all():
        while rows := erase_some(programme):
            erased += rows
    return erased


@transaction.atomic
def erase_some(programme: Programme) -> int:
    """One batch."""
    due = (
        Person.objects.filter(programme=programme)
        .expired_on(programme.today())
        .select_for_update(skip_locked=True)
        .order_by("pk")
    )
    ids = list(due.values_list("pk", flat=True)[:BATCH])
    erase_person(Person.objects.filter(pk__in=ids))
    Look.objects.bulk_create(
        [
            Look(act=Look.Act.ERASED, subject="person", subject_id=pk, path="retention date")
            for pk in ids
        ]
    )
    return len(ids)


def compare_with_record(engagement: Engagement) -> list[dict[str, object]]:
    """By country, what the lists say beside what the record says: people and women.

    Where they differ somebody should look.
    """
    listed: Counter[tuple[int, str]] = Counter()
    for pk, sex in Attendance.objects.filter(part__engagement=engagement).values_list(
        "person__country", "person__sex"
    ):
        listed[pk, sex] += 1
    countries: dict[int, Country] = {}
    recorded: dict[tuple[int, str], int] = {}
    for part in engagement.parts.prefetch_related("participations__country"):
        for row in part.participations.all():
            countries.setdefault(row.country_id, row.country)
            for name, value in (("people", row.total), ("women", row.women)):
                if value is not None:
                    key = (row.country_id, name)
                    recorded[key] = recorded.get(key, 0) + value
    people: Counter[int] = Counter()
    for (pk, _sex), number in listed.items():
        people[pk] += number
    return [
        {
            "country": country,
            "people": recorded.get((pk, "people")),
            "women": recorded.get((pk, "women")),
            "listed": people[pk],
            "listed_women": listed[pk, "woman"],
            "differs": recorded.get((pk, "people")) not in (None, people[pk]),
        }
        for pk, country in countries.items()
    ]

"""Reminders of next steps: three working days before, on the day, then weekly three times.

Source: the rules of the programme, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.models import Engagement, NextStep
from assistance.programmes.models import Programme
from assistance.programmes.working_days import WorkingDays, calendar_of
from countries.models import FocalPoint
from notifications.models import Notification
from notifications.types import pk_in

KIND = "engagement.step"
BEFORE = 3  # working days
WEEK, WEEKS = timedelta(days=7), 3
# from the first reminder to the last, with room for holidays
EARLIEST, LATEST = timedelta(days=21), WEEK * (WEEKS + 1)


def reminder_days(due: date, calendar: WorkingDays) -> list[date]:
    """The days on which a step that is due on a day is recalled."""
    return [calendar.add(due, -BEFORE), due, *(due + WEEK * n for n in range(1, WEEKS + 1))]


def is_recalled_on(step: NextStep, today: date, calendar: WorkingDays) -> bool:
    """Whether a reminder of this step goes out today: one of its days has come since the last one,
    not longer than a week ago."""
    come = [day for day in reminder_days(step.due_on, calendar) if day <= today]
    if not come or today - come[-1] >= WEEK:
        return False
    return step.reminded_on is None or step.reminded_on < come[-1]


def remind_of_steps(programme: Programme) -> int:
    """Sends what is due today, once a day and step however often it runs. Returns how many steps."""
    today, calendar, sent = programme.today(), calendar_of(programme), 0
    near = NextStep.objects.filter(
        done_on__isnull=True,
        engagement__programme=programme,
        due_on__gt=today - LATEST,
        due_on__lt=today + EARLIEST,
    )
    for step in near.only("due_on", "reminded_on"):
        if is_recalled_on(step, today, calendar):
            sent += remind_of_step(step.pk, today, calendar)
    return sent


@transaction.atomic
def remind_of_step(pk: int, today: date, calendar: WorkingDays) -> int:
    """One step; nothing where another worker was quicker, or it is done by now."""
    step = (
        NextStep.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("engagement", "engagement__lead_officer")
        .filter(pk=pk, done_on__isnull=True)
        .first()
    )
    if step is None or not is_recalled_on(step, today, calendar):
        return 0
    rows = [reminder_for(person, step, today) for person in people_of(step)]
    if not rows:
        return 0
    step.reminded_on = today
    step.save(update_fields=["reminded_on"])
    Notification.objects.bulk_create(rows)
    return 1


def people_of(step: NextStep) -> Iterable[User]:
    """Of a country's step its active focal points; of ours the officer who leads the engagement."""
    if step.side == NextStep.Side.THEIRS:
        ids = FocalPoint.objects.active().filter(country=step.country).values("user_id")
        return User.objects.filter(pk__in=ids, is_active=True)
    lead = step.engagement.lead_officer
    return [lead] if lead is not None and lead.is_active else []


def reminder_for(person: User, step: NextStep, today: date) -> Notification:
    """In the person's language; without the words of the step, which may name somebody."""
    with translation.override(person.language):
        asked = {
            "reference": step.engagement.reference,
            "date": date_format(step.due_on, "DATE_FORMAT"),
        }
        subject = (
            _("%(reference)s: a next step was due on %(date)s") % asked
            if step.due_on < today
            else _("%(reference)s: a next step is due on %(date)s") % asked
        )
    path = f"{step.engagement.get_absolute_url()}#steps"
    return Notification(user=person, kind=KIND, subject=subject, body="", path=path)


def reads_engagement(user: User, path: str) -> bool:
    """Whether the engagement is still one that the person sees."""
    pk = pk_in(path.partition("#")[0], "engagement")
    return pk is not None and Engagement.objects.visible_to(user).filter(pk=pk).exists()

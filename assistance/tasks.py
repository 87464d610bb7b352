"""What the clock does to cases by itself.

Derived from the database, safe to run twice and at the same time.
"""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings
from django.db import transaction

from assistance.engagements.step_reminders import remind_of_steps
from assistance.evaluation.follow_ups import run_follow_ups
from assistance.participants import services
from assistance.programmes.models import Programme
from assistance.programmes.working_days import calendar_of
from assistance.requests import notifications
from assistance.requests.clock_models import CaseClock
from assistance.requests.clocks import REMINDER_EVERY, REMINDERS
from assistance.requests.states import State
from assistance.requests.workflow import WORKFLOW
from assistance.tools.link_checks import check_links

log = logging.getLogger(__name__)


@shared_task
def erase_expired_names() -> int:
    """Erases names of participants and contacts whose date has passed. Returns how many."""
    return services.erase_expired()


@shared_task
def remind_of_next_steps() -> int:
    """Reminds those who are to take a next step. Returns of how many steps."""
    return sum(remind_of_steps(programme) for programme in Programme.objects.all())


@shared_task
def ask_after_engagements() -> int:
    """Closes surveys that are over, opens those that are due, and mails the questions. Returns how many
    mails."""
    sent = 0
    for programme in Programme.objects.all():
        try:
            sent += run_follow_ups(programme)
        except Exception:  # one programme's trouble holds up no other
            log.exception("The follow-up of %s stopped", programme.code)
    return sent


@shared_task
def check_tool_links() -> int:
    """Looks at the links of tools, where CHECK_LINKS is set. Returns how many are broken."""
    return check_links() if settings.CHECK_LINKS else 0


@shared_task
def close_unconfirmed() -> int:
    """Closes delivered cases whose country has said nothing in its time, and reminds countries of
    what they owe. Returns how many acts."""
    done = 0
    for programme in Programme.objects.all():
        overdue = CaseClock.objects.running().filter(
            standard="confirmation",
            due_on__lt=programme.today(),
            request__programme=programme,
            request__state=State.DELIVERED,
        )
        for pk in overdue.values_list("request_id", flat=True):
            done += WORKFLOW.perform_automatic(pk, "close_unconfirmed") is not None
        done += remind_countries(programme)
    return done


def remind_countries(programme: Programme) -> int:
    """Two reminders follow the country's date, five working days apart; then the case stands on the
    manager's home."""
    today, calendar, sent = programme.today(), calendar_of(programme), 0
    late = CaseClock.objects.running().filter(
        standard__in=("answer", "agreement"),
        due_on__lt=today,
        reminders__lt=REMINDERS,
        request__programme=programme,
    )
    # a clock that was late already goes on, but nothing is asked of the country
    late = late.exclude(request__state=State.ON_HOLD)
    for pk in late.values_list("pk", flat=True):
        with transaction.atomic():
            clock = (
                CaseClock.objects.select_for_update(skip_locked=True)
                .filter(pk=pk, ended_on__isnull=True, reminders__lt=REMINDERS)
                .first()
            )
            if clock is None or (
                clock.reminded_on and calendar.between(clock.reminded_on, today) < REMINDER_EVERY
            ):
                continue
            clock.reminders, clock.reminded_on = clock.reminders + 1, today
            clock.save(update_fields=["reminders", "reminded_on"])
            notifications.remind_country(clock, clock.request)
            sent += 1
    return sent

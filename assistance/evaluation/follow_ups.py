"""Asking people 3, 6 and 12 months later: who is asked, by mail and two reminders.

Asked are those who attended and agreed, unless they were erased or their time of keeping has passed.
Safe to run twice and at the same time. Source: the rules of the programme, section 9.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.evaluation.choices import FEWEST, FOLLOW_UPS, Wave
from assistance.evaluation.knowledge_tests import forget_words
from assistance.evaluation.signed_links import personal_link
from assistance.evaluation.survey_models import Survey, SurveyInvitation
from assistance.evaluation.surveys import LIVES, close_by_id
from assistance.participants.models import Attendance, Person
from assistance.programmes.models import Programme
from core.days import months_later
from core.encryption import DecryptionFailed
from countries.models import FocalPoint

REMINDERS = (timedelta(days=7), timedelta(days=14))  # after the survey was opened
BY_A_PROGRAM = {"Auto-Submitted": "auto-generated"}  # RFC 3834: nothing answers by itself
DEFAULT_LANGUAGE = "en"
AT_ONCE = 500  # mails a run
PERMANENT = 500  # and above: what a mail server answers where trying again is of no use
# the mail server is not there, or lets nobody in: every mail would fail
ENDS_THE_RUN = (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPHeloError,
    SMTPServerDisconnected,
)
log = logging.getLogger(__name__)


def run_follow_ups(programme: Programme) -> int:
    """Closes what is over, opens what is due, sends what is to be sent. Returns how many mails."""
    today = programme.today()
    over = Survey.objects.to_close_on(today).filter(engagement__programme=programme)
    for pk in over.values_list("pk", flat=True):
        close_by_id(pk)
    forget_words(programme, today)
    for engagement, wave in due_waves(programme, today):
        open_follow_up(engagement, wave, today)
    return send_mails(programme, today)


def due_on(engagement: Engagement, wave: int) -> date | None:
    """The day from which people are asked; None for an engagement without dates."""
    return months_later(engagement.ends_on, wave) if engagement.ends_on else None


def due_waves(programme: Programme, today: date) -> Iterator[tuple[Engagement, Wave]]:
    """Engagements whose people are to be asked now and were not. A wave that is later than a link
    lives is not caught up with: what people say then is of another time."""
    agreeing = Attendance.objects.filter(
        part__engagement=OuterRef("pk"), person__may_be_asked=True, person__keep_until__gte=today
    )
    for wave in FOLLOW_UPS:
        # a month has 31 days at most, so that nothing due is left out
        first, last = today - LIVES - timedelta(days=31 * wave), today - timedelta(days=28 * wave)
        rows = (
            Engagement.objects.filter(
                programme=programme,
                state__in=DONE,
                did_not_take_place=False,
                ends_on__gte=first,
                ends_on__lte=last,
            )
            .exclude(surveys__wave=wave)
            .filter(Exists(agreeing))  # most lists hold nobody who agreed
            .select_related("programme")
            .order_by("pk")
        )
        for engagement in rows:
            day = due_on(engagement, wave)
            if day is not None and day <= today < day + LIVES:
                yield engagement, wave


def people_to_ask(engagement: Engagement, today: date) -> list[Person]:
    """Who attended a part that was held, agreed to be asked, and can still be reached."""
    rows = Person.objects.filter(
        attendances__part__in=engagement.parts.held(), may_be_asked=True, keep_until__gte=today
    )
    return [person for person in rows.distinct().order_by("pk") if can_be_asked(person, today)]


def can_be_asked(person: Person, today: date) -> bool:
    """Whether somebody agrees, is not erased, is still to be kept, and has an address that a key opens."""
    has_address = bool(person.email) and not isinstance(person.email, DecryptionFailed)
    return person.may_be_asked and has_address and person.keep_until >= today


@transaction.atomic
def open_follow_up(engagement: Engagement, wave: Wave, today: date) -> Survey | None:
    """Asks who agreed; None where fewer than five did, of whom nothing could be said, or another run was
    faster."""
    locked = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    if locked.state not in DONE or locked.surveys.filter(wave=wave).exists():
        return None
    people = people_to_ask(locked, today)
    if len(people) < FEWEST:
        return None
    survey = Survey.objects.create(
        engagement=locked,
        wave=wave,
        asked=len(people),
        opened_on=today,
        closes_on=today + LIVES,
    )
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=survey, person=person, next_mail_on=today) for person in people
    )
    return survey


def send_mails(programme: Programme, today: date) -> int:
    """Sends what is due, at most 500 mails. Returns how many. A mail that the server refuses for good is
    given up, one that it refuses for now is put off; where it is not there the run ends, and the
    next one tries again."""
    due = (
        SurveyInvitation.objects.filter(
            next_mail_on__lte=today,
            survey__engagement__programme=programme,
            survey__closed_at__isnull=True,
        )
        .order_by("next_mail_on", "pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    sent = 0
    for pk in list(due):
        try:
            sent += send_one(pk, today)
        except ENDS_THE_RUN:
            raise
        except (SMTPException, ValueError) as error:
            later = None if is_final(error) else today + timedelta(days=1)
            log.warning("A mail of a survey was refused: %s", type(error).__name__)
            SurveyInvitation.objects.filter(pk=pk).update(next_mail_on=later)
    return sent


def is_final(error: Exception) -> bool:
    """Whether the mail server refuses this mail for good, and not for now (RFC 5321: 5xx and 4xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _said in error.recipients.values())
    return not isinstance(error, SMTPResponseException) or error.smtp_code >= PERMANENT


def send_one(pk: UUID, today: date) -> bool:
    """Sends a mail and notes it, together: where the mail server refuses, nothing is noted. Who agrees
    no more is not asked."""
    with transaction.atomic():
        rows = SurveyInvitation.objects.select_for_update(skip_locked=True, of=("self",))
        found = (
            rows.select_related("survey__engagement__programme", "person")
            .filter(pk=pk, next_mail_on__lte=today)
            .first()
        )
        if found is None:  # answered or erased meanwhile, or another run is at it
            return False
        if not can_be_asked(found.person, today):
            found.delete()
            return False
        is_reminder, later = found.mails > 0, REMINDERS[found.mails : found.mails + 1]
        found.mails += 1
        # counted from the day of opening, and never two on one day
        found.next_mail_on = (
            max(found.survey.opened_on + later[0], today + timedelta(days=1)) if later else None
        )
        found.save(update_fields=["mails", "next_mail_on"])
        mail_for(found, is_reminder=is_reminder).send()
    return True


def mail_for(invitation: SurveyInvitation, *, is_reminder: bool) -> EmailMessage:
    """The question, in the language in which the person's country writes to us."""
    survey, person = invitation.survey, invitation.person
    with translation.override(language_of(person)):
        context = {
            "engagement": survey.engagement,
            "programme": survey.engagement.programme.name,
            "link": personal_link(invitation),
            "closes_on": survey.closes_on,
            "is_reminder": is_reminder,
        }
        text = render_to_string("evaluation/invitation.txt", context)
        subject = _("A few questions about “%(title)s”") % {"title": survey.engagement.title}
    return EmailMessage(
        " ".join(subject.split()), text, to=[str(person.email)], headers=BY_A_PROGRAM
    )


def language_of(person: Person) -> str:
    """That of most of the country's focal points; English where there are none. The page offers all
    six."""
    spoken = FocalPoint.objects.filter(country=person.country_id).values_list(
        "user__language", flat=True
    )
    most = Counter(spoken).most_common(1)
    return most[0][0] if most else DEFAULT_LANGUAGE

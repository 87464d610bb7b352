"""What people answer at the end and months later, without anything that leads back to them.

Answers bear their wave only: no time, no running number, no history. While a wave is open they are
written anew, in random order, with each one that comes in, so that neither the place nor the
transaction of a row tells whose it is. Source: the rules of the programme, section 9.
"""

from __future__ import annotations

import uuid

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.engagements.models import Engagement
from assistance.evaluation.choices import FEWEST, Obstacle, Use, Wave
from assistance.evaluation.querysets import SurveyQuerySet
from assistance.participants.models import Person, Sex
from core.text import Label

LONGEST_COMMENT = 2000
RATINGS = ("relevance", "content", "trainers", "organisation")  # 1 to 5, asked at the end

CLOSED_STAYS = """
    IF OLD.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'The results of survey % do not change', OLD.id;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
ANSWERS_STAY = """
    IF EXISTS (
        SELECT FROM assistance_survey
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.survey_id ELSE OLD.survey_id END
          AND closed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A closed survey takes no answers and gives none back';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Survey(models.Model):
    """One wave of questions to the people of an engagement.

    Once it is closed its numbers stand: how many were asked and answered, and of each question that
    a figure counts, how many answered it and how many said yes.
    """

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="surveys")
    wave = models.PositiveSmallIntegerField(choices=Wave.choices)
    asked = models.PositiveIntegerField(_("people who are asked"))
    opened_on = models.DateField()
    closes_on = models.DateField()  # last day on which its links work
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    answered = models.PositiveIntegerField(null=True)
    rated = models.PositiveIntegerField(null=True)  # answers to “useful for your work”
    satisfied = models.PositiveIntegerField(null=True)  # of these, 4 and 5 of 5
    told_use = models.PositiveIntegerField(null=True)  # answers to whether it is used
    in_use = models.PositiveIntegerField(null=True)
    told_results = models.PositiveIntegerField(null=True)  # answers to whether results can be shown
    with_results = models.PositiveIntegerField(null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["engagement", "wave"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "wave"],
                name="survey_wave_once",
                violation_error_message=_("This wave was asked already."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_on__isnull=True, answered__isnull=True)
                | Q(closed_at__isnull=False, closed_on__isnull=False, answered__lte=F("asked")),
                name="survey_closed_with_its_numbers",
                violation_error_message=_("There are more answers than people who were asked."),
            ),
        ]
        indexes = [
            models.Index(fields=["closed_on"], name="survey_by_close"),
            models.Index(
                fields=["closes_on"], name="survey_open", condition=Q(closed_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="survey_closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=CLOSED_STAYS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.wave}"

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken, as far as is recorded."""
        return self.closed_at is None

    @property
    def is_shown(self) -> bool:
        """Whether it is closed and enough people answered for anything to be said of them."""
        return self.answered is not None and self.answered >= FEWEST


class SurveyInvitation(models.Model):
    """That somebody is asked and has not answered. Goes with the answer, with the person, and when the
    survey is closed. In no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    mails = models.PositiveSmallIntegerField(default=0)  # sent: the question, then two reminders
    next_mail_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        constraints = [
            models.UniqueConstraint(fields=["survey", "person"], name="survey_invitation_once")
        ]
        indexes = [
            models.Index(
                fields=["next_mail_on"],
                name="survey_invitation_to_mail",
                condition=Q(next_mail_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"


def rating(label: Label) -> models.PositiveSmallIntegerField[int | None, int | None]:
    """A question that is answered from 1 to 5."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class SurveyAnswer(models.Model):
    """What one person answered: nothing says who or when, and no question has to be answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")
    sex = models.CharField(
        _("You are"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN, blank=True
    )
    relevance = rating(_("How useful is it for your work?"))
    content = rating(_("How good was what was taught?"))
    trainers = rating(_("How good were those who taught?"))
    organisation = rating(_("How well was it organised?"))
    use = models.CharField(
        _("Do you use at work what you learnt?"), max_length=9, choices=Use.choices, blank=True
    )
    obstacle = models.CharField(
        _("What stood most in the way?"), max_length=9, choices=Obstacle.choices, blank=True
    )
    passed_on = models.BooleanField(_("Have you passed it on to colleagues?"), null=True)
    results = models.BooleanField(
        _("Has it led to results that can be shown, such as cases, rules or procedures?"), null=True
    )
    comment = models.TextField(
        _("What else would you say?"), max_length=LONGEST_COMMENT, blank=True
    )

    class Meta:
        ordering = ["id"]  # random
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        triggers = [
            pgtrigger.Trigger(
                name="survey_answers_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=ANSWERS_STAY,
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"

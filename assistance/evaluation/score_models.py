"""Tests before and after an engagement: their questions, and what people scored. Level 2.

Scores bear no name. What a figure counts are sheets of scores, which are append-only: a later sheet
takes the place of an earlier one, so that a report counts the one that was there at its cut-off.
"""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.engagements.models import Engagement
from assistance.evaluation.choices import FEWEST
from assistance.participants.models import Sex

LONGEST_QUESTION, LONGEST_ANSWER = 500, 200
HUNDRED = Decimal(100)


class ScoreSheet(models.Model):
    """Scores of an engagement's people in the test before and the test after it, in points.

    `tested`, `improved` and `gain` are worked out of its scores when it is recorded: people with both
    tests, those of them who gained, and their gains together, each in percentage points of the
    test's maximum.
    """

    class Source(models.TextChoices):
        """How the scores came in."""

        SHEET = "sheet", _("a sheet")
        LINK = "link", _("the link")

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="score_sheets")
    before_maximum = models.DecimalField(
        _("most points in the test before"), max_digits=7, decimal_places=2
    )
    after_maximum = models.DecimalField(
        _("most points in the test after"), max_digits=7, decimal_places=2
    )
    tested = models.PositiveIntegerField(editable=False)
    improved = models.PositiveIntegerField(editable=False)
    gain = models.DecimalField(max_digits=12, decimal_places=4, editable=False)
    source = models.CharField(max_length=5, choices=Source.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("scores of tests")
        verbose_name_plural = _("scores of tests")
        constraints = [
            models.CheckConstraint(
                condition=Q(before_maximum__gt=0, after_maximum__gt=0),
                name="score_sheet_maximum_above_zero",
                violation_error_message=_("The most points are a number above zero."),
            ),
            models.CheckConstraint(
                condition=Q(improved__lte=F("tested")), name="score_sheet_improved_are_tested"
            ),
        ]
        indexes = [models.Index(fields=["engagement", "-recorded_at"], name="score_sheet_last")]
        triggers = [
            pgtrigger.Protect(
                name="score_sheet_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.tested}"

    @property
    def is_shown(self) -> bool:
        """Whether enough people have both tests for anything to be said of them."""
        return self.tested >= FEWEST

    @property
    def mean_gain(self) -> Decimal | None:
        """In percentage points, of people with both tests; None of fewer than five."""
        return self.gain / self.tested if self.is_shown else None

    @property
    def improved_share(self) -> Decimal | None:
        """In per cent, of people with both tests; None of fewer than five."""
        return HUNDRED * self.improved / self.tested if self.is_shown else None


class PersonScore(models.Model):
    """What one person scored in either test; None where they did not take it."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores")
    before = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    after = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)

    class Meta:
        ordering = ["sheet", "pk"]
        verbose_name = _("score of tests")
        verbose_name_plural = _("scores of tests")
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="person_score_of_one_test",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="person_score_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.before} → {self.after}"


class KnowledgeTest(models.Model):
    """A test that people take by a link, the same before and after, until it is closed: its scores are
    then a sheet, and what was answered is gone."""

    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="knowledge_test")
    closes_on = models.DateField()  # last day on which its links work
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("test by a link")
        verbose_name_plural = _("tests by a link")

    def __str__(self) -> str:
        return f"{self.engagement_id}"


class KnowledgeQuestion(models.Model):
    """A question with one right answer, in the words of who teaches."""

    test = models.ForeignKey(KnowledgeTest, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_QUESTION)
    right = models.CharField(max_length=LONGEST_ANSWER)
    wrong = ArrayField(models.CharField(max_length=LONGEST_ANSWER))

    class Meta:
        ordering = ["test", "number"]
        verbose_name = _("question of a test")
        verbose_name_plural = _("questions of tests")
        constraints = [
            models.UniqueConstraint(fields=["test", "number"], name="knowledge_question_once")
        ]

    def __str__(self) -> str:
        return self.text


class KnowledgeAttempt(models.Model):
    """Points of one person in an open test, found again by a word of their own that is kept as a keyed
    hash. Goes when the test is closed."""

    test = models.ForeignKey(KnowledgeTest, models.CASCADE, related_name="attempts")
    mark = models.CharField(max_length=64)
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("test that somebody took")
        verbose_name_plural = _("tests that somebody took")
        constraints = [
            models.UniqueConstraint(
                fields=["test", "mark"],
                name="knowledge_attempt_once",
                violation_error_message=_("Somebody uses this word: choose another."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.test_id}"

"""What models of several apps have in common: days of validity, and messages that are sent and tried
again."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Expression, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.functions import DateRange
from core.text import Label

M = TypeVar("M", bound=models.Model)


def in_force(day: date | Expression, *, until: date | None = None) -> Q:
    """The condition that a row is in force on a day or, with another, at some time before that."""
    began = Q(valid_from__lt=until) if until else Q(valid_from__lte=day)
    return began & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class ValidityQuerySet(models.QuerySet[M]):
    """Rows by day."""

    def on(self, day: date | Expression) -> Self:
        """Those in force on this day."""
        return self.filter(in_force(day))


class ValidityModel(models.Model):
    """Something that holds from a day until (not including) another; without that, until further
    notice."""

    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("first day after"), null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_begins(name: str, message: Label) -> models.CheckConstraint:
    """The constraint of a table with days of validity that the last comes after the first."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
        name=name,
        violation_error_message=message,
    )


def once_at_a_time(name: str, *fields: str, message: Label) -> ExclusionConstraint:
    """The constraint that no two rows with the same values of some fields are in force on one day."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
        ],
        violation_error_message=message,
    )


class OutboxQuerySet(models.QuerySet[M]):
    """Messages by what is still to be done with them."""

    def unsent(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def due(self) -> Self:
        """Unsent, and due for a try."""
        return self.unsent().filter(next_try_at__lte=timezone.now())

    def claim(self, related: str) -> M | None:
        """The first that is due, locked until the transaction ends, with what it is sent to; others
        that look meanwhile pass it by. None where nothing is due."""
        return (
            self.select_related(related)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("next_try_at", "pk")
            .first()
        )


class OutboxModel(models.Model):
    """A message that is sent once, tried again after longer and longer waits, and given up in the
    end.

    `message_id` is stable: should it be sent a second time, it carries the same.
    """

    TRIES = 8  # with waits of 1, 2, 4 … minutes: a little over two hours

    message_id = models.UUIDField(default=uuid.uuid4, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def put_off(self, reason: str) -> None:
        """Notes a failure: why, and when it is tried again; after the last try, never. Saves
        nothing."""
        self.tries += 1
        self.last_error = reason[:300]
        self.next_try_at = timezone.now() + timedelta(minutes=2 ** (self.tries - 1))
        if self.tries >= self.TRIES:
            self.given_up_at = timezone.now()

    def give_up(self, reason: str) -> None:
        """Notes that it is not sent any more, and why. Saves nothing."""
        self.given_up_at, self.last_error = timezone.now(), reason


def index_of_unsent(name: str) -> models.Index:
    """The index by which an outbox finds what is due."""
    return models.Index(
        fields=["next_try_at"],
        name=name,
        condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
    )

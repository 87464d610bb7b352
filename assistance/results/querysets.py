"""Frameworks and values, each reader's own part of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch

from core import access

if TYPE_CHECKING:
    from accounts.models import User
    from assistance.programmes.models import Programme
    from assistance.results.models import ResultsFramework
    from assistance.results.value_models import IndicatorRating, IndicatorValue


class FrameworkQuerySet(models.QuerySet["ResultsFramework"]):
    """Versions of frameworks."""

    def visible_to(self, user: User) -> FrameworkQuerySet:
        """Those of the programmes for which staff work (rules of the programme, section 4)."""
        if not user.is_authenticated or not user.is_active or not user.is_programme_staff:
            return self.none()
        return self.filter(programme__in=access.programme_ids(user))

    def in_force(
        self, programme: Programme, day: date, known: datetime | None = None
    ) -> ResultsFramework | None:
        """The version that holds on a day, as known at an instant; None where there is none."""
        held = self.filter(programme=programme, valid_from__lte=day)
        if known is not None:
            held = held.filter(recorded_at__lt=known)
        return held.order_by("-valid_from", "-version").first()

    def whole(self) -> FrameworkQuerySet:
        """With outcomes, outputs, indicators and targets, in a query a table."""
        from assistance.results.models import Indicator

        indicators = Indicator.objects.prefetch_related("targets")
        return self.select_related("programme").prefetch_related(
            "outcomes__outputs__pillar",
            Prefetch("outcomes__outputs__indicators", indicators),
            Prefetch("outcomes__indicators", indicators.filter(output__isnull=True), to_attr="own"),
        )


class ValueQuerySet(models.QuerySet["IndicatorValue"]):
    """Values that people report."""

    def visible_to(self, user: User) -> ValueQuerySet:
        """Those of the programmes for which staff work."""
        if not user.is_authenticated or not user.is_active or not user.is_programme_staff:
            return self.none()
        return self.filter(indicator__outcome__framework__programme__in=access.programme_ids(user))

    def approved(self, known: datetime | None = None) -> ValueQuerySet:
        """Those that another person approved, before an instant, and that no value approved before it
        restates."""
        from assistance.results.value_models import IndicatorValue

        restated = IndicatorValue.objects.filter(
            restates=models.OuterRef("pk"), state=IndicatorValue.State.APPROVED
        )
        found = self.filter(state=IndicatorValue.State.APPROVED)
        if known is not None:
            found = found.filter(decided_at__lt=known)
            restated = restated.filter(decided_at__lt=known)
        return found.filter(~models.Exists(restated))


class RatingQuerySet(models.QuerySet["IndicatorRating"]):
    """Ratings that people give."""

    def known(self, at: datetime | None = None) -> RatingQuerySet:
        """Those given before an instant, the latest first."""
        found = self if at is None else self.filter(rated_at__lt=at)
        return found.order_by("-rated_at", "-pk")

"""Finding engagements and participation: who sees which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from assistance.engagements.states import AHEAD
from core import access

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.users.models import User
    from assistance.engagements.models import Engagement
    from assistance.engagements.part_models import CountryParticipation, EngagementPart


class EngagementQuerySet(models.QuerySet["Engagement"]):
    """Engagements, each reader's own part of them."""

    def visible_to(self, user: User) -> EngagementQuerySet:
        """Staff: those of their programmes or linked to a case of theirs. Focal points: those that
        concern their countries.

        Of a shared engagement a focal point reads the shared face only: see `visibility.py`.
        """
        from assistance.engagements.models import EngagementRequest, RecordedCountry
        from assistance.engagements.part_models import CountryParticipation

        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            countries = access.country_ids(user)
            concerned = CountryParticipation.objects.filter(
                part__engagement=OuterRef("pk"), country__in=countries
            )
            recorded = RecordedCountry.objects.filter(
                engagement=OuterRef("pk"), country__in=countries
            )
            return self.filter(Exists(concerned) | Exists(recorded))
        if user.is_programme_staff:
            programmes = access.programme_ids(user)
            linked = EngagementRequest.objects.filter(
                engagement=OuterRef("pk"), request__programme__in=programmes
            )
            return self.filter(Q(programme__in=programmes) | Exists(linked))
        return self.none()

    def editable_by(self, user: User) -> EngagementQuerySet:
        """Staff of the owning programme."""
        return (
            self.visible_to(user).filter(programme__in=access.programme_ids(user))
            if user.is_programme_staff
            else self.none()
        )

    def to_record_on(self, day: date) -> EngagementQuerySet:
        """Over, but nobody has said that they were delivered."""
        return self.filter(state__in=AHEAD, ends_on__lt=day, did_not_take_place=False)

    def with_list_relations(self) -> EngagementQuerySet:
        """With what a line of a list shows."""
        return self.select_related("pillar", "lead_officer", "programme").defer(
            "objectives", "outcome", "follow_up"
        )


class PartQuerySet(models.QuerySet["EngagementPart"]):
    """Dated parts of engagements."""

    def live(self) -> PartQuerySet:
        """Those that are not struck out."""
        return self.filter(struck_on__isnull=True)

    def held(self) -> PartQuerySet:
        """Those that took place, as far as is recorded."""
        return self.live().filter(held_on__isnull=False)


class ParticipationQuerySet(models.QuerySet["CountryParticipation"]):
    """Participation by reader."""

    def held_in(
        self, engagements: Iterable[int] | models.QuerySet[Engagement]
    ) -> ParticipationQuerySet:
        """Who came to the parts of these engagements that were held; what was only expected is left
        out."""
        return self.filter(
            part__engagement__in=engagements,
            part__held_on__isnull=False,
            part__struck_on__isnull=True,
            is_expected=False,
        )

    def of_live_parts(self, engagement: Engagement) -> ParticipationQuerySet:
        """Of an engagement's parts that are not struck out."""
        return self.filter(part__engagement=engagement, part__struck_on__isnull=True)

    def visible_to(self, user: User) -> ParticipationQuerySet:
        """Staff: of the engagements they may read; focal points: the rows of their own countries."""
        from assistance.engagements.models import Engagement

        rows = self.filter(part__engagement__in=Engagement.objects.visible_to(user))
        return rows.filter(country__in=access.country_ids(user)) if user.is_focal_point else rows

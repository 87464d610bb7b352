"""Naming what a request or an engagement serves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.commitments.models import CommitmentLink
from assistance.engagements.models import Engagement
from assistance.requests.models import AssistanceRequest
from core.workflow.exceptions import EditConflict
from countries.instruments.models import Obligation
from countries.processes.models import SessionRecommendation


@dataclass(frozen=True)
class Named:
    """What a record serves, by ids of obligations and recommendations."""

    obligations: list[int]
    recommendations: list[int]

    @property
    def initial(self) -> dict[str, list[int]]:
        """For the form."""
        return {"obligations": self.obligations, "recommendations": self.recommendations}

    @property
    def stamp(self) -> str:
        """By which it is known whether somebody has changed it."""
        return f"{self.obligations}{self.recommendations}"


def codes_served(record: AssistanceRequest | Engagement) -> dict[str, list[str]]:
    """What a record serves, by codes, as a program reads it. One query; for staff alone."""
    links = list(record.commitment_links.values_list("obligation__code", "recommendation__code"))
    return {
        "obligations": sorted(code for code, _other in links if code),
        "recommendations": sorted(code for _other, code in links if code),
    }


def named_now(record: AssistanceRequest | Engagement) -> Named:
    """What is named. One query."""
    links = list(record.commitment_links.values_list("obligation_id", "recommendation_id"))
    return Named(
        sorted(obligation for obligation, _other in links if obligation),
        sorted(recommendation for _other, recommendation in links if recommendation),
    )


@transaction.atomic
def name_commitments(
    user: User,
    record: AssistanceRequest | Engagement,
    obligations: Iterable[Obligation],
    recommendations: Iterable[SessionRecommendation],
    *,
    expected: str | None = None,
) -> None:
    """These and no others; history keeps which were named before. Raises EditConflict where others
    are named than when the page was made (`Named.stamp`)."""
    type(record)._default_manager.select_for_update().get(pk=record.pk)
    if expected is not None and named_now(record).stamp != expected:
        raise EditConflict(
            _("Somebody named others in the meantime. They stand beside; saving takes their place.")
        )
    column = "request" if isinstance(record, AssistanceRequest) else "engagement"
    entered = {
        (link.obligation_id, link.recommendation_id): link
        for link in CommitmentLink.objects.filter(**{column: record})
    }
    wanted: dict[tuple[int | None, int | None], dict[str, object]] = {
        (one.pk, None): {"obligation": one} for one in obligations
    }
    wanted |= {(None, one.pk): {"recommendation": one} for one in recommendations}
    gone = [link.pk for key, link in entered.items() if key not in wanted]
    CommitmentLink.objects.filter(pk__in=gone).delete()
    CommitmentLink.objects.bulk_create(
        CommitmentLink(**{column: record}, **what, named_by=user)
        for key, what in wanted.items()
        if key not in entered
    )

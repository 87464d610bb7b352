"""Whose history is read here: requests, engagements, and what a programme is set up with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min

from assistance.engagements.models import Engagement
from assistance.funding.models import Donor, Funding
from assistance.programmes.models import (
    Holiday,
    Pillar,
    Programme,
    ProgrammeMembership,
    ReasonCode,
    Standard,
    Theme,
)
from assistance.publications.models import CountryPublication
from assistance.requests.models import AssistanceRequest
from assistance.results.value_models import IndicatorValue
from assistance.tools.models import Tool
from audit.registry import Part, Subject, history_of
from core.access import managed_ids
from files.models import Attachment


def submitted_from(pk: int) -> datetime | None:
    """When a request came to the programme, as history tells time: from here on its values are the
    programme's to read."""
    first: datetime | None = (
        history_of(AssistanceRequest)
        .objects.filter(pgh_obj_id=pk, reference__isnull=False)
        .aggregate(at=Min("pgh_created_at"))["at"]
    )
    return first


def own_subjects() -> Iterator[Subject]:
    """What the audit trail can show of this app."""
    yield Subject(
        "request",
        AssistanceRequest,
        managed=lambda user: AssistanceRequest.objects.visible_to(user).filter(
            reference__isnull=False, programme__in=managed_ids(user)
        ),
        sealed=True,
        by=("reference",),
        parts=(Part(Attachment, "owner_id", (("owner_type", "request"),)),),
        shown_from=submitted_from,
    )
    yield Subject(
        "engagement",
        Engagement,
        managed=lambda user: Engagement.objects.visible_to(user).filter(
            programme__in=managed_ids(user)
        ),
        sealed=True,
        by=("reference",),
        parts=(Part(Attachment, "owner_id", (("owner_type", "engagement"),)),),
    )
    yield Subject(
        "programme",
        Programme,
        managed=lambda user: Programme.objects.filter(pk__in=managed_ids(user)),
        by=("code",),
    )
    for code, model in (
        ("membership", ProgrammeMembership),
        ("funding", Funding),
        ("standard", Standard),
        ("holiday", Holiday),
        ("publication", CountryPublication),
    ):
        yield Subject(
            code,
            model,
            managed=lambda user, model=model: model.objects.filter(programme__in=managed_ids(user)),  # type: ignore[misc]
        )
    yield Subject(
        "indicator_value",
        IndicatorValue,
        managed=lambda user: IndicatorValue.objects.visible_to(user).filter(
            indicator__outcome__framework__programme__in=managed_ids(user)
        ),
    )
    yield Subject("pillar", Pillar, by=("code",))
    yield Subject("theme", Theme, by=("code",))
    yield Subject("reason", ReasonCode, by=("code",))
    yield Subject("donor", Donor, by=("title",))
    yield Subject("tool", Tool, managed=lambda user: Tool.objects.all(), by=("code",))

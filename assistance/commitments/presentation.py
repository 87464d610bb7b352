"""What the page of a request or an engagement says of the commitments that it serves."""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse

from assistance.commitments.models import CommitmentLink
from assistance.engagements.models import Engagement
from assistance.requests.models import AssistanceRequest


class CommitmentContext(TypedDict):
    """What `commitments/_named.html` shows; the address is empty where nothing can be named."""

    commitments: list[CommitmentLink]
    commitments_address: str


def commitments_of(record: AssistanceRequest | Engagement, *, may_name: bool) -> CommitmentContext:
    """For staff: the countries' role has no right on these rows."""
    kind = "request" if isinstance(record, AssistanceRequest) else "engagement"
    address = reverse(f"{kind}_commitments", args=[record.pk]) if may_name else ""
    links = record.commitment_links.select_related(
        "obligation__instrument", "recommendation__session__process"
    )
    return {"commitments": list(links), "commitments_address": address}

"""Some notifications that the sample people have not read yet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from assistance.requests.workflow import WORKFLOW
from notifications.models import Notification
from sample.bulk_copy import Record

if TYPE_CHECKING:
    from sample.simulated_request import SimulatedRequest
    from sample.simulation import World

# state, who is told, the act
TOLD = (
    ("returned", "country", "ask"),
    ("delivered", "country", "complete"),
    ("plan_proposed", "country", "propose_plan"),
    ("submitted", "officer", "submit"),
    ("under_review", "manager", "mark_complete"),
    ("accepted", "officer", "accept"),
)


def make_notifications(world: World) -> None:
    """Recent, unread, and marked as sent, so that no mail goes out."""
    for case in world.sample_cases:
        for state, audience, code in TOLD:
            if case.state == state:
                person = {
                    "country": case.land.primary,
                    "officer": world.people.officers[0],
                    "manager": world.people.managers[0],
                }[audience]
                Record(
                    world.writer[Notification],
                    world.now,
                    user=person,
                    kind=f"request.{code}",
                    subject=f"{case.reference}: {WORKFLOW.label_of(code)}",
                    body=case.title,
                    path=page_of(case),
                    created_at=case.updated_at,
                    sent_at=case.updated_at,
                    next_try_at=case.updated_at,
                    message_id=uuid.UUID(int=world.rng.getrandbits(128), version=4),
                )


def page_of(case: SimulatedRequest) -> str:
    """The path of a case's page; empty where the site has none."""
    try:
        return reverse("request", args=[case.pk])
    except NoReverseMatch:
        return ""

"""Due diligence of the sample: a finding for each accepted request of security forces."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from assistance.due_diligence.models import DueDiligence
from assistance.programmes.models import Programme
from assistance.requests.choices import YesNo
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State

MANAGER = "manager@example.org"
HOLDS = timedelta(days=730)
ASSESSMENT = (
    "Public reports, the country team and the unit's own record of complaints were looked at. No"
    " pattern of grave violations was found in the unit itself."
)
CONDITIONS = "Names of participants are checked before each course; human rights are taught in it."
WITH_FINDING = (
    State.ACCEPTED,
    State.PLAN_PROPOSED,
    State.PLANNED,
    State.IN_DELIVERY,
    State.DELIVERED,
    State.CLOSED,
)


def add_due_diligence(programme: Programme) -> int:
    """Findings of a manager, of the day of the first decision; every third under conditions. Returns how
    many."""
    manager = User.objects.get(email=MANAGER)
    cases = AssistanceRequest.objects.filter(
        programme=programme,
        security_force=YesNo.YES,
        state__in=WITH_FINDING,
        first_decided_on__isnull=False,
    ).select_related("institution")
    rows = []
    for case in cases.order_by("pk"):
        day, conditional = case.first_decided_on, case.pk % 3 == 0
        assert day is not None, "the query asks for it"
        finding = DueDiligence.Finding
        rows.append(
            DueDiligence(
                request=case,
                unit=str(case.institution) if case.institution else "Cybercrime unit of the police",
                risk=DueDiligence.Risk.MEDIUM if conditional else DueDiligence.Risk.LOW,
                assessment=ASSESSMENT,
                finding=finding.WITH_CONDITIONS if conditional else finding.MAY_PROCEED,
                conditions=CONDITIONS if conditional else "",
                decided_on=day,
                valid_until=day + HOLDS,
                decided_by=manager,
                recorded_at=programme.midnight(day),
            )
        )
    DueDiligence.objects.bulk_create(rows, batch_size=1000)
    return len(rows)

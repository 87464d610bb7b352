"""Recording a finding, and what is refused without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.due_diligence.models import DueDiligence
from assistance.requests.choices import YesNo
from assistance.requests.models import AssistanceRequest
from core import access
from core.workflow.exceptions import ActionNotAllowed, DomainError

# of a request, and of an engagement: with them help to a unit begins
OF_REQUESTS, OF_ENGAGEMENTS = ("start_delivery",), ("confirm",)


@transaction.atomic
def record_due_diligence(
    user: User, case: AssistanceRequest, values: Mapping[str, object]
) -> DueDiligence:
    """A finding of a manager of the programme. Raises ActionNotAllowed for anybody else, DomainError for a
    finding without its conditions or that ends before it begins."""
    if case.programme_id not in access.managed_ids(user):
        raise ActionNotAllowed(_("Only managers of the programme decide this."))
    found = DueDiligence(request=case, decided_by=user, **values)
    if found.finding == DueDiligence.Finding.WITH_CONDITIONS and not found.conditions.strip():
        raise DomainError(_("Write the conditions."), "conditions")
    if found.valid_until < found.decided_on:
        raise DomainError(_("It cannot end before it begins."), "valid_until")
    found.save()
    return found


def needs_due_diligence(case: AssistanceRequest) -> bool:
    """Whether the country says that security forces are among those who receive help."""
    return case.security_force == YesNo.YES


def refuse_without(cases: Iterable[AssistanceRequest], today: date) -> None:
    """Raises DomainError where one of these requests is for security forces and no finding lets help be
    given today. What it says is no finding: who reads it may not know that."""
    wanting = [case for case in cases if needs_due_diligence(case)]
    if not wanting:
        return
    rows = DueDiligence.objects.filter(request__in=wanting).order_by("pk")
    last = {row.request_id: row for row in rows}
    for case in wanting:
        found = last.get(case.pk)
        if found is None or not found.allows(today):
            raise DomainError(
                _(
                    "%(reference)s is for security forces: this waits for due diligence on human"
                    " rights, which a manager of the programme records on the page of the request."
                )
                % {"reference": case.reference}
            )

"""The form of an action, made from the fields of the action.

Pages and API validate through the same one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from assistance.plans.models import ResponsePlan
from assistance.requests import consent
from assistance.requests.assessments import PARTS, Assessment
from assistance.requests.lifecycle import Action, fields_of, is_on_behalf
from assistance.requests.models import AssistanceRequest
from core.validators import PrintableFormMixin
from core.workflow.fields import ActionField

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement


class ActionForm(PrintableFormMixin, forms.Form):
    """One form field a field of the action.

    `case` is the request or engagement that the action is taken on; the cleaned values are what
    `perform_action` takes.
    """

    def __init__(
        self,
        action_fields: Sequence[ActionField],
        case: AssistanceRequest | Engagement,
        user: Any,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
        *,
        code: str = "",
    ) -> None:
        super().__init__(data, files, initial=initial)  # type: ignore[arg-type]
        self.action_fields, self.case, self.user = tuple(action_fields), case, user
        for field in self.action_fields:
            self.fields[field.name] = field.form_field(case, code)

    @property
    def has_rows(self) -> bool:
        """Whether there is a table in it, which wants the whole width of the page."""
        return any(field.is_table for field in self.action_fields)


def form_for(
    action: Action,
    case: AssistanceRequest,
    user: Any,
    data: Mapping[str, Any] | None = None,
    files: Any = None,
    initial: Mapping[str, Any] | None = None,
) -> ActionForm:
    """The form of an action on a request, with the evidence where staff act on the country's
    behalf, and with what is likely filled in."""
    action_fields = fields_of(action, case, on_behalf=is_on_behalf(user, action, case))
    likely = likely_values(action, case, user) if data is None else {}
    return ActionForm(
        action_fields, case, user, data, files, likely | dict(initial or {}), code=action.code
    )


def likely_values(action: Action, case: AssistanceRequest, user: Any) -> dict[str, Any]:
    """What most people would choose: the officer who has the case or takes it; the plan that is to
    be revised; what was said before."""
    values: dict[str, Any] = {}
    if action.code == "mark_complete":
        values = last_assessment(case)
    if action.code == "set_consent":
        names = ("publish", "public_title", "public_summary", "show_need")
        values = {name: getattr(case, name) for name in names} | {
            "donors": sorted(consent.donors_of(case))
        }
    if action.code in ("start_review", "accept"):
        values["lead_officer"] = case.lead_officer_id or (
            user.pk if action.code == "start_review" else None
        )
    if action.code in ("propose_plan", "revise_plan"):
        plan = case.plans.exclude(status=ResponsePlan.Status.PROPOSED).order_by("-version").first()
        if plan is not None:
            values["summary"] = plan.summary
            values["steps"] = list(plan.steps.values("what", "starts_on", "ends_on", "who", "cost"))
            values["indicators"] = list(
                plan.indicators.values("title", "unit", "baseline", "target")
            )
    return values


def last_assessment(case: AssistanceRequest) -> dict[str, Any]:
    """What an officer wrote last, to go on from; empty where there is nothing yet."""
    assessment = Assessment.objects.filter(request=case).first()
    if assessment is None:
        return {}
    notes = {f"note_{code}": note for code, note in assessment.notes.items()}
    return notes | {
        name: getattr(assessment, name) for name in (*PARTS, "recommendation", "reasons")
    }

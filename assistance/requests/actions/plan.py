"""The response plan, its revisions, and delivery. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.engagements.states import DONE, EngagementState
from assistance.plans.models import PlanIndicator, PlannedStep, ResponsePlan
from assistance.requests.action_context import CaseContext
from assistance.requests.actors import FOCAL_POINT, OFFICER, Recipient
from assistance.requests.field_sets import PLAN_FIELDS
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State as S
from core.workflow.actions import SAME, Action
from core.workflow.exceptions import DomainError
from core.workflow.fields import Line, Text

UNDER_WAY = (EngagementState.CONFIRMED, *DONE)  # what starts delivery


def propose_plan(doing: CaseContext) -> None:
    """A new version; an earlier one that nobody agreed to is superseded, an agreed one stays in
    force."""
    for name in ("steps", "indicators"):
        if not doing.data.get(name):
            raise DomainError(_("Fill in one row or more."), name)
    for number, step in enumerate(doing.data["steps"]):
        if step["ends_on"] < step["starts_on"]:
            raise DomainError(
                _("Step %(number)s ends before it begins.") % {"number": number + 1}, "steps"
            )
    case = doing.case
    case.plans.filter(status=ResponsePlan.Status.PROPOSED).update(
        status=ResponsePlan.Status.SUPERSEDED
    )
    plan = ResponsePlan.objects.create(
        request=case,
        version=case.plans.count() + 1,
        summary=doing.data.get("summary", ""),
        proposed_by=doing.user,
        proposed_at=doing.now,
    )
    PlannedStep.objects.bulk_create(
        [PlannedStep(plan=plan, order=i + 1, **row) for i, row in enumerate(doing.data["steps"])]
    )
    PlanIndicator.objects.bulk_create(
        [
            PlanIndicator(plan=plan, order=i + 1, **row)
            for i, row in enumerate(doing.data["indicators"])
        ]
    )
    doing.extra["plan"] = plan.version


def agree(doing: CaseContext) -> None:
    """Both names and dates on the agreed version; the one before is superseded."""
    case = doing.case
    case.plans.filter(status=ResponsePlan.Status.AGREED).update(
        status=ResponsePlan.Status.SUPERSEDED
    )
    plan = case.plans.get(status=ResponsePlan.Status.PROPOSED)
    plan.status, plan.agreed_by, plan.agreed_at, plan.agreed_by_name = (
        ResponsePlan.Status.AGREED,
        doing.user,
        doing.now,
        doing.data["agreed_by_name"],
    )
    plan.save()
    doing.extra["plan"] = plan.version


def send_plan_back(doing: CaseContext) -> None:
    """The version stays on record."""
    doing.case.plans.filter(status=ResponsePlan.Status.PROPOSED).update(
        status=ResponsePlan.Status.SENT_BACK
    )


def has_proposed_version(case: AssistanceRequest) -> bool:
    """Whether a version of the plan waits for the country."""
    return bool(case.plans.filter(status=ResponsePlan.Status.PROPOSED).exists())


def has_no_proposed_version(case: AssistanceRequest) -> bool:
    """Whether none waits."""
    return not has_proposed_version(case)


def plan_before(case: AssistanceRequest, user: User) -> dict[str, object]:
    """The plan that is to be revised."""
    plan = case.plans.exclude(status=ResponsePlan.Status.PROPOSED).order_by("-version").first()
    if plan is None:
        return {}
    return {
        "summary": plan.summary,
        "steps": list(plan.steps.values("what", "starts_on", "ends_on", "who", "cost")),
        "indicators": list(plan.indicators.values("title", "unit", "baseline", "target")),
    }


def proposed_plan(case: AssistanceRequest, user: User) -> dict[str, object]:
    """The version that is agreed to or sent back."""
    proposed = case.plans.filter(status=ResponsePlan.Status.PROPOSED)
    return {"plan": proposed.prefetch_related("steps", "indicators__values").first()}


def starts_delivery(case: AssistanceRequest) -> str | None:
    """Delivery starts by itself where an engagement is confirmed already."""
    under_way = case.engagements.filter(state__in=UNDER_WAY).exists()
    return "start_delivery" if under_way else None


ACTIONS = (
    Action(
        "propose_plan",
        gettext_lazy("Propose the plan"),
        gettext_lazy("Plan proposed"),
        (S.ACCEPTED,),
        S.PLAN_PROPOSED,
        OFFICER,
        PLAN_FIELDS,
        (Recipient.COUNTRY,),
        weight=1,
        effect=propose_plan,
        initial=plan_before,
        calls_for_action=True,
    ),
    Action(
        "agree",
        gettext_lazy("Agree to the plan"),
        gettext_lazy("Plan agreed"),
        (S.PLAN_PROPOSED,),
        S.PLANNED,
        FOCAL_POINT,
        (
            Line(
                "agreed_by_name",
                gettext_lazy("Name of the person who agrees"),
                gettext_lazy("As it should stand under the plan."),
            ),
        ),
        (Recipient.OFFICER, Recipient.MANAGER),
        weight=1,
        effect=agree,
        follows=starts_delivery,
        beside=proposed_plan,
        calls_for_action=True,
    ),
    Action(
        "send_plan_back",
        gettext_lazy("Send the plan back"),
        gettext_lazy("Plan sent back"),
        (S.PLAN_PROPOSED,),
        S.ACCEPTED,
        FOCAL_POINT,
        (Text("changes", gettext_lazy("What is to change")),),
        (Recipient.OFFICER,),
        weight=20,
        effect=send_plan_back,
        calls_for_action=True,
    ),
    Action(
        "revise_plan",
        gettext_lazy("Revise the plan"),
        gettext_lazy("New version of the plan proposed"),
        (S.PLANNED, S.IN_DELIVERY),
        SAME,
        OFFICER,
        PLAN_FIELDS,
        (Recipient.COUNTRY,),
        weight=40,
        effect=propose_plan,
        guard=has_no_proposed_version,
        initial=plan_before,
        calls_for_action=True,
    ),
    Action(
        "agree_revision",
        gettext_lazy("Agree to the new version"),
        gettext_lazy("New version of the plan agreed"),
        (S.PLANNED, S.IN_DELIVERY),
        SAME,
        FOCAL_POINT,
        (Line("agreed_by_name", gettext_lazy("Name of the person who agrees")),),
        (Recipient.OFFICER,),
        weight=10,
        effect=agree,
        guard=has_proposed_version,
        beside=proposed_plan,
    ),
    Action(
        "send_revision_back",
        gettext_lazy("Send the new version back"),
        gettext_lazy("New version of the plan sent back"),
        (S.PLANNED, S.IN_DELIVERY),
        SAME,
        FOCAL_POINT,
        (Text("changes", gettext_lazy("What is to change")),),
        (Recipient.OFFICER,),
        weight=20,
        effect=send_plan_back,
        guard=has_proposed_version,
        beside=proposed_plan,
    ),
    Action(
        "start_delivery",
        gettext_lazy("Start delivery"),
        gettext_lazy("Delivery started"),
        (S.PLANNED,),
        S.IN_DELIVERY,
        OFFICER,
        notify=(Recipient.COUNTRY,),
        weight=1,
    ),
)

"""How drafts about engagements are named in a person's list of drafts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.drafts.models import Draft
from accounts.drafts.registry import DRAFT_NAMES, DraftName
from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.engagements.workflow import WORKFLOW
from assistance.plans.models import PlannedStep
from assistance.requests.models import AssistanceRequest
from countries.processes.models import ProcessSession

NEW = "engagement.new"
OF_SESSION = "engagement.session"  # one that brings delegates to a session
OF_STEP = "engagement.step"  # one that carries out a step of a plan


def name_engagement_drafts(user: User, drafts: Sequence[Draft]) -> dict[int, DraftName]:
    """By draft; those about an engagement that the person no longer sees have no name. A new one is
    named after the request from which it was begun."""
    new = {d.object_id for d in drafts if d.form == NEW}
    cases = AssistanceRequest.objects.visible_to(user).filter(pk__in=new)
    references: dict[int, str | None] = dict(cases.values_list("pk", "reference"))
    known = Engagement.objects.visible_to(user).filter(
        pk__in=[d.object_id for d in drafts if d.form not in (NEW, OF_SESSION, OF_STEP)]
    )
    meant = [d.object_id for d in drafts if d.form == OF_SESSION]
    sessions = ProcessSession.objects.select_related("process").in_bulk(meant)
    steps = PlannedStep.objects.filter(
        pk__in=[d.object_id for d in drafts if d.form == OF_STEP],
        plan__request__in=AssistanceRequest.objects.visible_to(user),
    )
    carried_out: dict[int, str] = dict(steps.values_list("pk", "what"))
    engagements: dict[int, str] = dict(known.values_list("pk", "reference"))
    names = {}
    for draft in drafts:
        if draft.form == NEW:
            about = references.get(draft.object_id) or ""
            names[draft.pk] = DraftName(_("Log an engagement"), about)
        elif draft.form == OF_SESSION:
            session = sessions.get(draft.object_id)
            names[draft.pk] = DraftName(_("Log an engagement"), str(session) if session else "")
        elif draft.form == OF_STEP:
            about = carried_out.get(draft.object_id, "")
            names[draft.pk] = DraftName(_("Log an engagement"), about)
        elif draft.object_id in engagements:
            names[draft.pk] = DraftName(what_of(draft), engagements[draft.object_id])
    return names


def what_of(draft: Draft) -> str:
    """What the form is for."""
    code = draft.form.removeprefix("engagement.")
    action = WORKFLOW.actions.get(code)
    if code == "like":
        return _("Log an engagement")
    return str(action.label) if action else _("Change the record")


def register_own_names() -> None:
    """Of drafts about engagements."""
    DRAFT_NAMES.register("engagement", name_engagement_drafts)

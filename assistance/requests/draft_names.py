"""How drafts about requests are named in a person's list of drafts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.drafts.models import Draft
from accounts.drafts.registry import DRAFT_NAMES, DraftName
from accounts.models import User
from assistance.requests import fields
from assistance.requests.decision_page import ENTRIES, IN_PART
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import WORKFLOW


def name_request_drafts(user: User, drafts: Sequence[Draft]) -> dict[int, DraftName]:
    """By draft; those about a request that the person no longer sees have no name."""
    cases = (
        AssistanceRequest.objects.visible_to(user)
        .filter(pk__in=[draft.object_id for draft in drafts])
        .only("pk", "reference", "title")
        .in_bulk()
    )
    names = {}
    for draft in drafts:
        case = cases.get(draft.object_id)
        if case is not None:
            names[draft.pk] = DraftName(what_of(draft), case.reference or case.title)
        elif draft.object_id == 0:
            names[draft.pk] = DraftName(str(_("New request")))
    return names


def what_of(draft: Draft) -> str:
    """What the form is for."""
    _subject, _point, code = draft.form.partition(".")
    if code == "message":
        return _("Message")
    if code == IN_PART:
        return str(ENTRIES[IN_PART].label)
    step = code.removeprefix("step.")
    if step != code:
        return str(fields.STEPS.get(step, step))
    action = WORKFLOW.actions.get(code)
    return str(action.label if action else code)


def register_own_names() -> None:
    """Of drafts about requests."""
    DRAFT_NAMES.register("request", name_request_drafts)

"""The page on which a manager decides: the memo, and one list of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.drafts.form_drafts import FormDraft
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.decision_memo import MemoFunds, memo_of
from assistance.requests.models import AssistanceRequest
from assistance.requests.presentation import awaited_words, state_words
from assistance.requests.told import ToldLine, told_lines
from assistance.requests.workflow import ACTIONS, WORKFLOW
from core.text import Label
from core.workflow.forms import ActionForm, form_for

IN_PART = "accept_in_part"  # the same action as accepting, with what is not covered
ENTRIES: dict[
    str, tuple[str, Label, Label]
] = {  # by key: the action, its name in the list, what it means
    "accept": (
        "accept",
        gettext_lazy("Accept"),
        gettext_lazy("All that was asked for. A plan follows."),
    ),
    IN_PART: (
        "accept",
        gettext_lazy("Accept in part"),
        gettext_lazy("You say what is not covered; the country reads it."),
    ),
    "waitlist": (
        "waitlist",
        gettext_lazy("Put on the waiting list"),
        gettext_lazy("Right, but not now. You name the day on which you look again."),
    ),
    "refer": (
        "refer",
        gettext_lazy("Pass on to another provider"),
        gettext_lazy("To somebody better placed, with the country's consent."),
    ),
    "decline": (
        "decline",
        gettext_lazy("Decline"),
        gettext_lazy("With a reason that the country reads."),
    ),
    "return_assessment": (
        "return_assessment",
        gettext_lazy("Return the assessment"),
        gettext_lazy("No decision yet: the officer works on it once more. No clock is touched."),
    ),
}


@dataclass
class Decision:
    """One entry of the list: its form, its draft, who will be told what."""

    key: str
    code: str
    label: Label
    meaning: Label
    form: ActionForm
    draft: FormDraft
    told: list[ToldLine]
    is_open: bool
    version: int


def is_decision(code: str) -> bool:
    """Whether an action stands in the list of decisions."""
    return any(code == action for action, _label, _meaning in ENTRIES.values())


def key_of(request: AuthenticatedRequest, code: str) -> str:
    """Which entry of the list an address or a form means."""
    asked = IN_PART in request.GET or IN_PART in request.POST or request.POST.get("not_covered")
    in_part = code == "accept" and bool(asked)
    return IN_PART if in_part else code


def fit_form(form: ActionForm, key: str) -> ActionForm:
    """The fields that an entry asks for, with ids of their own: several forms stand on the page."""
    if key == "accept":
        del form.fields["not_covered"]
    elif key == IN_PART:
        form.fields["not_covered"].required = True
        form.fields["not_covered"].label = _("What is not covered")
    form.auto_id = f"id_{key}_%s"
    return form


def render_decision(
    request: AuthenticatedRequest,
    case: AssistanceRequest,
    chosen: str,
    form: ActionForm,
    draft: FormDraft,
    *,
    version: int,
    status: int,
) -> HttpResponse:
    """The memo and the list, with the chosen entry open."""
    user = request.user
    memo = memo_of(case, user)
    entries = []
    for key, (code, label, meaning) in ENTRIES.items():
        action, is_chosen = ACTIONS[code], key == chosen
        if not is_chosen and not WORKFLOW.may_take(user, action, case):
            continue
        if is_chosen:
            shown, kept = form, draft
        else:
            kept = entry_draft(request, case, key)
            blank = partial(entry_form, case, user, key)
            shown = blank()
            if request.method != "POST":
                kept.show_in(shown, blank)
        offer_funds(shown, memo["fitting"], memo["refused"])
        entries.append(
            Decision(
                key=key,
                code=code,
                label=label,
                meaning=meaning,
                form=shown,
                draft=kept,
                told=told_lines(
                    action,
                    case,
                    user,
                    [f for f in shown.action_fields if f.name in shown.fields],
                ),
                is_open=is_chosen,
                version=version if is_chosen else case.version,
            )
        )
    known = known_of([case], inside=True)[case.pk]
    context = {
        "case": case,
        "form": form,
        "draft": draft,
        "entries": entries,
        "state": state_words(case, user),
        "awaited": awaited_words(case, known, Reader(user)),
        **memo,
    }
    return render(request, "requests/decide.html", context, status=status)


def entry_form(case: AssistanceRequest, user: User, key: str) -> ActionForm:
    """The form of an entry, with what is likely filled in."""
    return fit_form(form_for(WORKFLOW, ACTIONS[ENTRIES[key][0]], case, user), key)


def offer_funds(form: ActionForm, fitting: list[MemoFunds], refused: list[MemoFunds]) -> None:
    """Offers the contributions that can be set against the request, with what is left of each; one
    that was chosen all the same stays chosen."""
    if "funding" not in form.fields:
        return
    chosen = str(form["funding"].value() or "")
    offered = [*fitting, *(fund for fund in refused if str(fund.balance.funding.pk) == chosen)]
    widget = form.fields["funding"].widget
    assert isinstance(widget, forms.Select), "it is chosen from a list"
    widget.choices = [("", "—"), *((fund.balance.funding.pk, str(fund)) for fund in offered)]


def entry_draft(request: AuthenticatedRequest, case: AssistanceRequest, key: str) -> FormDraft:
    """The draft of an entry, whose page is the entry itself."""
    code = ENTRIES[key][0]
    page = f"{case.get_absolute_url()}do/{code}/" + (f"?{IN_PART}=1" if key == IN_PART else "")
    return FormDraft(request, f"request.{key}", case.pk, case.version, page=page, action=page)

"""The page on which a manager decides: the memo, and one list of decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.drafts.form_drafts import FormDraft
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.requests.action_pages import ActionPage
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.decision_memo import Memo, MemoFunds, memo_of
from assistance.requests.models import AssistanceRequest
from assistance.requests.notification_preview import ToldLine, told_lines
from assistance.requests.presentation import awaited_words, state_words
from assistance.requests.workflow import ACTIONS, WORKFLOW
from core.text import Label
from core.workflow.forms import ActionForm, form_for

IN_PART = "accept_in_part"  # the same action as accepting, with what is not covered


@dataclass(frozen=True)
class Entry:
    """A decision in the list: the action that it takes, its name, and what it means."""

    code: str
    label: Label
    meaning: Label


ENTRIES = {
    "accept": Entry(
        "accept", gettext_lazy("Accept"), gettext_lazy("All that was asked for. A plan follows.")
    ),
    IN_PART: Entry(
        "accept",
        gettext_lazy("Accept in part"),
        gettext_lazy("You say what is not covered; the country reads it."),
    ),
    "waitlist": Entry(
        "waitlist",
        gettext_lazy("Put on the waiting list"),
        gettext_lazy("Right, but not now. You name the day on which you look again."),
    ),
    "refer": Entry(
        "refer",
        gettext_lazy("Pass on to another provider"),
        gettext_lazy("To somebody better placed, with the country's consent."),
    ),
    "decline": Entry(
        "decline",
        gettext_lazy("Decline"),
        gettext_lazy("With a reason that the country reads."),
    ),
    "return_assessment": Entry(
        "return_assessment",
        gettext_lazy("Return the assessment"),
        gettext_lazy("No decision yet: the officer works on it once more. No clock is touched."),
    ),
}
DECISIONS = frozenset(entry.code for entry in ENTRIES.values())


@dataclass(frozen=True)
class Decision:
    """An entry on the page: its form, its draft, who will be told what."""

    key: str
    entry: Entry
    form: ActionForm
    draft: FormDraft
    told: list[ToldLine]
    is_open: bool
    version: int


class DecisionPage(ActionPage):
    """The address of each decision opens the same page, with that decision unfolded."""

    template: ClassVar[str] = "requests/decide.html"

    @cached_property
    def key(self) -> str:
        """Which entry of the list the address or the form means."""
        sent, asked = self.request.POST, self.request.GET
        in_part = IN_PART in asked or IN_PART in sent or sent.get("not_covered")
        return IN_PART if self.action.code == "accept" and in_part else self.action.code

    @cached_property
    def memo(self) -> Memo:
        """What is decided on."""
        return memo_of(self.case, self.user)

    def make_draft(self) -> FormDraft:
        """Of the entry."""
        return entry_draft(self.request, self.case, self.key)

    def blank_form(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
    ) -> ActionForm:
        """Of the entry."""
        return entry_form(self.case, self.user, self.key, data)

    def context(self) -> dict[str, object]:
        """The memo, and the list with the chosen entry open."""
        known = known_of([self.case], inside=True)[self.case.pk]
        return {
            "case": self.case,
            "form": self.form,
            "draft": self.draft,
            "entries": list(self.entries()),
            "state": state_words(self.case, self.user),
            "awaited": awaited_words(self.case, known, Reader(self.user)),
            **self.memo,
            "own_currency": self.case.programme.currency,
            "fitting": [
                fund.after(self.estimate(), self.case, self.memo["own_cost"])
                for fund in self.memo["fitting"]
            ],
        }

    def estimate(self) -> Decimal | None:
        """The amount that stands in the form, if it is one."""
        if "estimate" not in self.form.fields:
            return None
        typed = self.form["estimate"].value()
        try:
            amount = self.form.fields["estimate"].clean("" if typed is None else str(typed))
        except ValidationError:
            return None
        return amount if isinstance(amount, Decimal) else None

    def entries(self) -> Iterable[Decision]:
        """Those that can be taken now, and the chosen one in any case."""
        for key, entry in ENTRIES.items():
            is_chosen = key == self.key
            if is_chosen or WORKFLOW.may_take(self.user, ACTIONS[entry.code], self.case):
                yield self.decision(key, entry, is_chosen)

    def decision(self, key: str, entry: Entry, is_chosen: bool) -> Decision:
        """One entry; those that were not chosen show their drafts too."""
        form, draft = self.form, self.draft
        if not is_chosen:
            blank = partial(entry_form, self.case, self.user, key)
            form = blank()
            draft = entry_draft(self.request, self.case, key, is_opened=True)
            draft.show_in(form, blank)
        offer_funds(form, self.memo["fitting"], self.memo["refused"])
        asked = [field for field in form.action_fields if field.name in form.fields]
        return Decision(
            key=key,
            entry=entry,
            form=form,
            draft=draft,
            told=told_lines(ACTIONS[entry.code], self.case, self.user, asked),
            is_open=is_chosen,
            version=self.version if is_chosen else self.case.version,
        )


def entry_form(
    case: AssistanceRequest, user: User, key: str, data: QueryDict | None = None
) -> ActionForm:
    """The form of an entry, with what is likely filled in; its fields have ids of their own, since
    several forms stand on the page."""
    form = form_for(WORKFLOW, ACTIONS[ENTRIES[key].code], case, user, data)
    if key == "accept":
        del form.fields["not_covered"]
    elif key == IN_PART:
        form.fields["not_covered"].required = True
        form.fields["not_covered"].label = _("What is not covered")
    if "estimate" in form.fields:
        currency = {"currency": case.programme.currency}
        form.fields["estimate"].help_text = _("In %(currency)s.") % currency
    form.auto_id = f"id_{key}_%s"
    return form


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


def entry_draft(
    request: AuthenticatedRequest, case: AssistanceRequest, key: str, *, is_opened: bool = False
) -> FormDraft:
    """The draft of an entry, whose page is the entry itself."""
    address = f"{case.get_absolute_url()}do/{ENTRIES[key].code}/"
    page = address + (f"?{IN_PART}=1" if key == IN_PART else "")
    return FormDraft(
        request,
        f"request.{key}",
        case.pk,
        case.version,
        page=page,
        action=page,
        is_opened=is_opened,
    )

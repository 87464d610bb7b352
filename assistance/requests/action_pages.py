"""The page of one action: what it needs, who will be told what, and then the doing of it.

What was typed is kept when it fails. Actions whose page has more on it have a class of their own
(`action_views.py` names them).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.drafts.form_drafts import FormDraft
from accounts.types import AuthenticatedRequest
from assistance.requests import presentation
from assistance.requests.actors import MANAGER
from assistance.requests.assessment_presentation import present_assessment
from assistance.requests.models import AssistanceRequest
from assistance.requests.notification_preview import told_lines
from assistance.requests.workflow import WORKFLOW
from core.side_by_side import show_beside
from core.workflow import rows
from core.workflow.actions import Action
from core.workflow.forms import ActionForm, form_for
from core.workflow.views import perform_sent, sent_version
from files.parked_files import files_sent, forget_parked, park_files


class ActionPage:
    """Answers one call of the page; `form` is there once `handle_request` has judged or shown it."""

    template: ClassVar[str] = "requests/act.html"
    form: ActionForm

    def __init__(
        self, request: AuthenticatedRequest, case: AssistanceRequest, action: Action
    ) -> None:
        self.request, self.user = request, request.user
        self.case, self.action = case, action
        self.version = sent_version(request) or case.version
        self.draft = self.make_draft()

    def make_draft(self) -> FormDraft:
        """What the person typed here before."""
        code = f"request.{self.action.code}"
        return FormDraft(self.request, code, self.case.pk, self.case.version)

    def blank_form(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
    ) -> ActionForm:
        """The form as it is without a draft, or with what was sent."""
        return form_for(WORKFLOW, self.action, self.case, self.user, data, files)

    def handle_request(self) -> HttpResponse:
        """The answer to a call, whatever it asks for."""
        if (answer := self.draft.answer_buttons()) is not None:
            return answer
        if self.request.method != "POST":
            return self.open_page()
        return self.show_unjudged() if self.is_unjudged() else self.take_action()

    def is_unjudged(self) -> bool:
        """Whether a row is added or removed, or another window went on with the draft: the action is
        not taken."""
        return rows.CHANGE in self.request.POST or self.draft.other is not None

    def open_page(self) -> HttpResponse:
        """The page, with the draft where there is one."""
        if not WORKFLOW.in_force(self.action, self.case):
            messages.error(
                self.request,
                _("“%(action)s” cannot be done now: the request is “%(state)s”.")
                % {
                    "action": self.action.label,
                    "state": presentation.state_words(self.case, self.user),
                },
            )
            if self.draft.kept is None:  # what somebody wrote is shown all the same
                return redirect(self.case)
        self.form = self.blank_form()
        self.draft.show_in(self.form, self.blank_form)
        return self.render(200)

    def show_unjudged(self) -> HttpResponse:
        """What was sent, unjudged."""
        self.form = self.blank_form()
        rows.show_changed(self.form, self.request.POST)
        self.draft.show_in(self.form, self.blank_form)
        return self.render(409 if self.draft.other is not None else 200)

    def take_action(self) -> HttpResponse:
        """Takes the action; where it cannot be taken, the page says why and keeps what was typed."""
        self.form = self.blank_form(self.request.POST, files_sent(self.request))
        was_valid = self.form.is_valid()
        status = perform_sent(self.request, WORKFLOW, self.action, self.case, self.form)
        if status == 200:
            self.draft.discard()
            forget_parked(self.request)
            return self.redirect_onwards()
        park_files(self.request, self.form)
        if was_valid:  # refused: the page shows what there is now
            self.version = self.case.version
        if status == 409:
            show_beside(self.form, self.blank_form())
        return self.render(status)

    def redirect_onwards(self) -> HttpResponse:
        """Where the person goes from here: to the request, if they still see it."""
        if self.action.code == "submit":
            return redirect("request_submitted", pk=self.case.pk)
        seen = AssistanceRequest.objects.visible_to(self.user).filter(pk=self.case.pk).exists()
        return redirect(self.case if seen else "requests")

    def context(self) -> dict[str, object]:
        """What the template shows."""
        context: dict[str, object] = {
            "case": self.case,
            "action": self.action,
            "form": self.form,
            "draft": self.draft,
            "told": told_lines(self.action, self.case, self.user, self.form.action_fields),
            "on_behalf": WORKFLOW.is_on_behalf(self.user, self.action),
            "version": self.version,
        }
        if self.action.actor is MANAGER:
            context |= present_assessment(self.case, self.user)
        if self.action.beside:
            context |= self.action.beside(self.case, self.user)
        return context

    def render(self, status: int) -> HttpResponse:
        """The page."""
        return render(self.request, self.template, self.context(), status=status)

"""The draft of a plan: what an officer types is their own, what they save is the officers' of the
programme. Who saves second is shown both.

Source: the rules of the programme, section 8.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.drafts import services
from accounts.drafts.form_drafts import FormDraft
from accounts.models import User
from assistance.plans.models import PlanDraft
from assistance.requests.models import AssistanceRequest
from core.numbers import number_in
from core.side_by_side import show_texts_beside

NUMBER = "plan_number"  # hidden field: the saving of the shared draft that the page knows


class PlanDraftChanged(Exception):
    """Another officer saved meanwhile; `draft` is what stands there."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__()
        self.draft = draft


@transaction.atomic
def save_plan_draft(
    user: User, case: AssistanceRequest, texts: services.Texts, number: int
) -> PlanDraft:
    """Keeps the officers' draft; `number` is the saving that the page knew last. Raises
    PlanDraftChanged: nothing is overwritten."""
    values = {"texts": dict(texts), "saved_by": user}
    draft, created = PlanDraft.objects.select_for_update().get_or_create(
        request=case, defaults=values
    )
    if created or draft.texts == texts:
        return draft
    if draft.number != number:
        raise PlanDraftChanged(draft)
    draft.texts, draft.saved_by, draft.saved_at = dict(texts), user, timezone.now()
    draft.number = number + 1
    draft.save()
    return draft


class PlanFormDraft(FormDraft):
    """The officer's own words where there are some, else the officers' draft."""

    notice: ClassVar[str] = "requests/_plan_draft_notice.html"

    def __init__(self, *args: object, case: AssistanceRequest, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as those of every draft
        self.case = case

    @cached_property
    def shared(self) -> PlanDraft | None:
        """What the programme's officers have saved."""
        return PlanDraft.objects.select_related("saved_by").filter(request=self.case).first()

    @property
    def shared_number(self) -> int:
        """The saving of it that this page knows."""
        if isinstance(self.other, PlanDraft):
            return self.other.number
        if self.is_sent:
            return number_in(self.request.POST.get(NUMBER, "")) or 0
        if self.kept is not None:  # one's own words were begun from this saving
            return number_in(services.as_data(self.kept.texts).get(NUMBER, "")) or 0
        return self.shared.number if self.shared else 0

    @property
    def is_behind(self) -> bool:
        """Whether a colleague has saved since the officer's own words were begun."""
        own = not self.is_sent and self.kept is not None
        return own and self.shared is not None and self.shared.number != self.shared_number

    def show_in(self, form: forms.BaseForm, recorded: Callable[[], forms.BaseForm]) -> None:
        """The officers' draft stands beside one's own words, where it has moved on."""
        super().show_in(form, recorded)
        if self.is_behind and self.shared is not None:
            show_texts_beside(form, services.as_data(self.shared.texts))

    @property
    def number(self) -> int:
        """Of the officer's own words."""
        if isinstance(self.other, PlanDraft):
            return services.number_sent(self.request.POST)
        return super().number

    @property
    def is_shared(self) -> bool:
        """Whether the page shows the officers' draft."""
        return not self.is_sent and self.kept is None and self.shared is not None

    @property
    def data(self) -> QueryDict | None:
        """The officer's own words, else the officers' draft."""
        if self.is_shared and self.shared is not None:
            return services.as_data(self.shared.texts)
        return super().data

    def save(self) -> HttpResponseRedirect | None:
        """Keeps the plan for all officers, and goes back to it."""
        texts = services.typed_texts(self.request.POST)
        texts.pop(NUMBER, None)
        if services.size_of(texts) > services.MOST:
            messages.error(self.request, _("This is too long to be kept as a draft."))
            return None
        try:
            save_plan_draft(self.user, self.case, texts, self.shared_number)
        except PlanDraftChanged as refusal:
            self.other = refusal.draft
            return None
        super().discard_asked()
        messages.success(
            self.request,
            _("Draft saved. The programme's officers see it, the country does not."),
        )
        return redirect(self.page)

    def discard_asked(self) -> None:
        """What the page showed: one's own words, or that saving of the officers' draft."""
        if NUMBER in self.request.POST:
            self.discard_shared()
        else:
            super().discard_asked()

    def discard(self) -> None:
        """The plan was proposed; what a colleague has saved since stays."""
        super().discard()
        self.discard_shared()

    def discard_shared(self) -> None:
        """The saving that the page names."""
        number = number_in(self.request.POST.get(NUMBER, "")) or 0
        PlanDraft.objects.filter(request=self.case, number=number).delete()

"""A page's hold on the draft of its form: the stamp, what was typed before, the buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import ClassVar, Protocol

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.drafts import services
from accounts.drafts.models import Draft
from accounts.drafts.services import DraftChanged, DraftTooLong
from accounts.drafts.stamps import Stamp
from accounts.types import AuthenticatedRequest
from core.side_by_side import show_beside, show_texts_beside
from core.workflow.rows import show_changed
from core.workflow.views import sent_version

STAYS_SIGNED_IN = "stays_signed_in"  # of the session: the box at sign-in was ticked


class KeptTexts(Protocol):
    """Words of a form that are kept somewhere, and which saving they are."""

    texts: dict[str, list[str]]
    number: int


class FormDraft:
    """The draft of a form on the page that is asked for.

    `version` is that of the object now: a draft that was begun from another one shows both texts.
    `page` is where the form stands and `action` where it is sent, if these are not the address of
    this request; `is_opened` where another form of the page was sent, and not this one.
    """

    notice: ClassVar[str] = "parts/_draft_notice.html"  # what the page says of it

    def __init__(
        self,
        request: AuthenticatedRequest,
        form: str,
        object_id: int = 0,
        version: int | None = None,
        *,
        page: str = "",
        action: str = "",
        is_opened: bool = False,
    ) -> None:
        self.request, self.user = request, request.user
        self.form, self.object_id, self.version = form, object_id, version
        self.page = (page or request.get_full_path())[:300]
        self.action = action or request.get_full_path()
        self.is_opened = is_opened
        self.other: KeptTexts | None = None  # what was saved in another window meanwhile

    @cached_property
    def kept(self) -> Draft | None:
        """What is kept."""
        return services.draft_of(self.user, self.form, self.object_id)

    @cached_property
    def stamp(self) -> str:
        """For the form; a draft stays one of the version from which it was begun."""
        version = self.kept.version if self.kept and not self.is_sent else self.version
        return Stamp(self.user.pk, self.form, self.object_id, version, self.page).signed()

    @property
    def is_sent(self) -> bool:
        """Whether the form comes back now, instead of being opened."""
        return self.request.method == "POST" and not self.is_opened

    @property
    def number(self) -> int:
        """The saving that this page knows."""
        if self.other is not None:
            return self.other.number
        if self.is_sent:
            return services.number_sent(self.request.POST)
        return self.kept.number if self.kept else 0

    @property
    def is_shown(self) -> bool:
        """Whether the page shows what was typed before."""
        return self.kept is not None and not self.is_sent

    @property
    def is_outdated(self) -> bool:
        """Whether the object was changed since the draft was begun."""
        return self.kept is not None and self.kept.version != self.version

    @property
    def stays_on_device(self) -> bool:
        """Whether the browser may hold what is not confirmed yet: the person ticked, at sign-in, to
        stay signed in on this device."""
        return bool(self.request.session.get(STAYS_SIGNED_IN))

    @property
    def data(self) -> QueryDict | None:
        """What the page shows in place of what is recorded: typed before, or just now in a window
        that came second."""
        if self.other is not None:
            return self.request.POST
        return services.as_data(self.kept.texts) if self.kept and self.is_shown else None

    def show_in(self, form: forms.BaseForm, recorded: Callable[[], forms.BaseForm]) -> None:
        """Puts what was typed into a form without data, unjudged; `recorded` makes the form as it is
        without a draft, for the texts that stand beside where there are two."""
        if self.data is None:
            return
        show_changed(form, self.data)
        if self.other is not None:
            show_texts_beside(form, services.as_data(self.other.texts))
        elif self.is_outdated:
            show_beside(form, recorded())

    def answer_buttons(self) -> HttpResponse | None:
        """What “Save draft” and “Discard the draft” answer; None where neither was pressed, or where
        another window saved meanwhile (then `data` and `other` hold both texts)."""
        if not self.is_sent:
            return None
        if services.DISCARD in self.request.POST:
            self.discard_asked()
            messages.success(self.request, _("Draft discarded."))
            return redirect(self.page)
        if services.SAVE not in self.request.POST:
            return None
        return self.save()

    def save(self) -> HttpResponseRedirect | None:
        """Keeps what the form sent, and goes back to it."""
        stamp = Stamp(self.user.pk, self.form, self.object_id, self.begun_from(), self.page)
        number = services.number_sent(self.request.POST)
        try:
            services.save_draft(stamp, services.typed_texts(self.request.POST), number)
        except DraftChanged as refusal:
            self.other = refusal.draft
            messages.error(self.request, str(refusal))
            return None
        except DraftTooLong:
            messages.error(self.request, _("This is too long to be kept as a draft."))
            return None
        messages.success(self.request, _("Draft saved. Only you see it."))
        self.warn_of_files()
        return redirect(self.page)

    def warn_of_files(self) -> None:
        """A draft keeps words alone, and says so to who had chosen a file."""
        parked = any(name.startswith(services.FILES) for name in self.request.POST)
        if parked or any(self.request.FILES.values()):
            messages.warning(
                self.request,
                _("Files are not kept with a draft: choose them again when you send it."),
            )

    def begun_from(self) -> int | None:
        """The version from which the person wrote."""
        if self.kept is not None:
            return self.kept.version
        sent = sent_version(self.request)
        return self.version if sent is None else sent

    def discard_asked(self) -> None:
        """What the button “Discard the draft” removes."""
        services.discard_draft(self.user, self.form, self.object_id)

    def discard(self) -> None:
        """The form was sent; what another window has written since stays."""
        services.forget_sent(self.user, self.form, self.object_id, self.request.POST)

"""Gives back what was typed in a session that has ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.drafts import services
from accounts.drafts.stamps import STAMP, Stamp, read_stamp
from core.view_flags import flags_of

Next = Callable[[HttpRequest], HttpResponseBase]


class LateFormMiddleware:
    """Keeps a form that is sent after its session has ended, for the person it was made for alone,
    and asks them to sign in; nothing else is done with it.

    The same where somebody else has signed in meanwhile: they read nothing of it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Before anybody's role is taken: the row is that of whom the page was made for. The stamp
        is the proof; nothing else is done that a forged form could ask for."""
        if request.method == "POST" and not flags_of(request).is_api and STAMP in request.POST:
            stamp = read_stamp(request.POST[STAMP])
            if stamp is not None and stamp.user_id != request.user.pk:
                is_kept = services.keep_sent_late(stamp, services.typed_texts(request.POST))
                return late_answer(request, stamp, is_kept)
        return self.get_response(request)


def late_answer(request: HttpRequest, stamp: Stamp, is_kept: bool) -> HttpResponseBase:
    """The way to sign in; to who is somebody else, their own first page."""
    if request.user.is_authenticated:
        said = _("That page was opened by somebody who has signed out since. Nothing was changed.")
        if "fetch" in request.headers.get("X-Requested-With", ""):
            return JsonResponse({"said": said}, status=403)
        messages.error(request, said)
        return redirect("home")
    said = (
        _(
            "Your session had ended. Sign in again: what you typed is kept for two hours. Files have"
            " to be chosen again."
        )
        if is_kept
        else _("Your session had ended, and what you sent is too long to be kept. Sign in again.")
    )
    if "fetch" in request.headers.get("X-Requested-With", ""):
        return JsonResponse({"said": said}, status=401)
    messages.warning(request, said)
    return redirect_to_login(stamp.page)

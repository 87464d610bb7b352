"""Gives back what was typed in a session that has ended."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

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
        stamp = None
        if request.method == "POST" and not flags_of(request).is_api and STAMP in request.POST:
            stamp = read_stamp(request.POST[STAMP])
        if stamp is None:
            return self.get_response(request)
        texts = services.typed_texts(request.POST)
        if stamp.user_id != request.user.pk:
            return late_answer(request, stamp, services.keep_sent_late(stamp, texts))
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN and not was_let_through(request):
            # they signed in anew in another window: the page's token is of the former session
            return stale_answer(request, stamp, services.keep_sent_late(stamp, texts))
        return response


def was_let_through(request: HttpRequest) -> bool:
    """Whether the form's token was the session's."""
    return bool(getattr(request, "csrf_processing_done", False))


def is_script(request: HttpRequest) -> bool:
    """Whether a page's script asks, and not the browser itself."""
    return "fetch" in request.headers.get("X-Requested-With", "")


def stale_answer(request: HttpRequest, stamp: Stamp, is_kept: bool) -> HttpResponseBase:
    """Back to the page, with what was typed."""
    said = (
        _(
            "You have signed in anew since this page was opened. What you typed is kept: send it now."
        )
        if is_kept
        else _("You have signed in anew since this page was opened. Open it again.")
    )
    if is_script(request):
        return JsonResponse({"said": said, "kept": is_kept}, status=HTTPStatus.UNAUTHORIZED)
    messages.warning(request, said)
    return redirect(stamp.page)


def late_answer(request: HttpRequest, stamp: Stamp, is_kept: bool) -> HttpResponseBase:
    """The way to sign in; to who is somebody else, their own first page."""
    if request.user.is_authenticated:
        said = _("That page was opened by somebody who has signed out since. Nothing was changed.")
        if is_script(request):
            return JsonResponse({"said": said}, status=HTTPStatus.FORBIDDEN)
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
    if is_script(request):
        return JsonResponse({"said": said, "kept": is_kept}, status=HTTPStatus.UNAUTHORIZED)
    messages.warning(request, said)
    return redirect_to_login(stamp.page)

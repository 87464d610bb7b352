"""How people are told outside the product: the pace of their mails, and the address of their feed."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import permission_required
from accounts.models import FeedKey, User
from accounts.types import AuthenticatedRequest
from notifications import preferences
from portal.account.views import render_account


@require_POST
@permission_required("account.read")
def mail_paces(request: AuthenticatedRequest) -> HttpResponse:
    """Keeps the pace of every group."""
    person = locked_user(request)
    form = preferences.PreferencesForm(request.POST, user=person, prefix="email")
    if not form.is_valid():
        return render_account(request, person, paces=form)
    preferences.save_paces(person, form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('account')}#email")


@require_POST
@permission_required("report.read")
def feed_address(request: AuthenticatedRequest) -> HttpResponse:
    """Makes an address in place of the former one and shows it this once; or ends it."""
    person = locked_user(request)
    if request.POST.get("do") == "end":
        FeedKey.end(person)
        messages.success(request, _("The address is ended."))
        return redirect(f"{reverse('account')}#feed")
    key = FeedKey.replace(person)
    return render_account(
        request, person, feed=f"{settings.BASE_URL}{reverse('report_feed')}?key={key}"
    )


def locked_user(request: AuthenticatedRequest) -> User:
    """Who asks, read anew."""
    return User.objects.get(pk=request.user.pk)

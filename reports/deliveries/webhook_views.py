"""The page of webhooks, for the managers of a programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.programmes.models import Programme
from core import access, outgoing_http
from core.forms import posted_data, row_field
from core.validators import PrintableModelForm
from reports.deliveries import webhook_outbox
from reports.deliveries.models import Webhook, WebhookDelivery

MOST = 20  # of one programme


class WebhookForm(PrintableModelForm[Webhook]):
    """A new address. Its secret is made here, not chosen."""

    class Meta:
        model = Webhook
        fields = ["programme", "url"]
        widgets = {"url": forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"})}
        help_texts = {
            "url": gettext_lazy(
                "Messages are posted here, signed. Write an address such as"
                " https://example.org/meridian."
            )
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Programme.objects.filter(pk__in=access.managed_ids(user))
        row_field(self, "programme").queryset = offered
        row_field(self, "programme").empty_label = None

    def clean_url(self) -> str:
        """An address that can be posted to; whether its host is on the internet is looked at when
        it is."""
        try:
            outgoing_http.parts_of(self.cleaned_data["url"])
        except outgoing_http.ForbiddenAddress as refusal:
            raise ValidationError(str(refusal)) from refusal
        return str(self.cleaned_data["url"])

    def clean(self) -> dict[str, object]:
        """Not without bounds."""
        given = super().clean() or {}
        if (
            given.get("programme")
            and Webhook.objects.filter(programme=given["programme"]).count() >= MOST
        ):
            raise ValidationError(
                _(
                    "There are %(n)s webhooks already. Switch one on again instead of adding"
                    " another."
                ),
                params={"n": MOST},
            )
        return given


def manageable_webhook(request: AuthenticatedRequest, pk: int) -> Webhook:
    """A webhook of a programme that the reader manages. Raises Http404."""
    user = request.user
    found: Webhook = get_object_or_404(
        Webhook.objects.visible_to(user)
        .filter(programme__in=access.managed_ids(user))
        .select_related("programme"),
        pk=pk,
    )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("schedule.manage")
def webhook_list(request: AuthenticatedRequest) -> HttpResponse:
    """All of them with what became of the last message; a new one is added here, and its secret
    shown this once."""
    user = request.user
    form = WebhookForm(
        posted_data(request),
        user=user,
        instance=Webhook(created_by=user, secret=Webhook.new_secret()),
    )
    made = None
    if request.method == "POST" and form.is_valid():
        made = form.save()
        form = WebhookForm(user=user)
    newest = (
        WebhookDelivery.objects.filter(webhook=OuterRef("pk"))
        .order_by("-created_at", "-pk")
        .values("pk")[:1]
    )
    managed: QuerySet[Webhook] = Webhook.objects.visible_to(user).filter(
        programme__in=access.managed_ids(user)
    )
    hooks = list(managed.select_related("programme").annotate(last=Subquery(newest)))
    results = WebhookDelivery.objects.in_bulk([h.last for h in hooks if h.last])
    lines = [{"hook": hook, "last": results.get(hook.last)} for hook in hooks]
    context = {"lines": lines, "form": form, "made": made}
    return render(request, "reports/webhooks.html", context, status=422 if form.is_bound else 200)


@require_POST
@permission_required("schedule.manage")
def webhook_action(request: AuthenticatedRequest, pk: int, action: str) -> HttpResponse:
    """Switches one on or off, or sends a test."""
    hook = manageable_webhook(request, pk)
    if action == "test" and hook.is_active:
        webhook_outbox.announce_test(hook)
        messages.success(
            request,
            _("A test is on its way. Load the page again in a minute to see what became of it."),
        )
    elif action in ("on", "off"):
        hook.is_active = action == "on"
        hook.save(update_fields=["is_active"])
        messages.success(request, _("Saved."))
    else:
        raise Http404
    return redirect("webhooks")

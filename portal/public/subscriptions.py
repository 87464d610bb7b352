"""Asking for news by mail, confirming it and ending it. Links of mails open a page with one button,
since scanners of mail open every link; programs of readers end it by a POST (RFC 8058)."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.validators import PrintableFormMixin
from portal.public.addresses import address_digest
from portal.public.functions import is_done
from portal.public.models import PublicProgramme
from portal.public.responses import (
    LONGEST_ADDRESS,
    Context,
    page_context,
    private,
    public_page,
    public_programme,
    reads,
    takes_posts,
)


class SubscriptionForm(PrintableFormMixin, forms.Form):
    """An address."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        help_text=gettext_lazy(
            "Kept for these mails alone, and erased when you end them. You are asked to confirm first."
        ),
    )


@takes_posts
@reads()
def subscribe(request: HttpRequest, language: str, programme: str) -> HttpResponse:
    """The form. The answer is the same for an address that is known."""
    about = public_programme(programme)
    form, status = SubscriptionForm(request.POST if request.method == "POST" else None), 200
    form.auto_id = "%s"
    if request.method == "POST":
        status = 422
        if form.is_valid():
            taken = is_done(
                "SELECT public_subscribe(%s, %s, %s, %s)",
                about.pk,
                form.cleaned_data["email"],
                language,
                address_digest(request),
            )
            if taken:
                sent = redirect("subscription_asked", language, programme)
                sent.status_code = 303
                return sent
            form.add_error(
                None, _("Nothing was sent: too many messages came in. Please try again later.")
            )
            status = 429
    context = {**page_context(request, language, about), "form": form}
    text = render_to_string("public/subscribe.html", context)
    return private(HttpResponse(text, status=status))


@public_page("public/subscription_asked.html")
def asked(request: HttpRequest, programme: PublicProgramme) -> Context:
    """What comes next."""
    return {}


@takes_posts
@reads("key")
def confirm(request: HttpRequest, language: str, programme: str) -> HttpResponse:
    """The button that confirms."""
    return by_button(
        request, language, programme, "confirm", "SELECT public_confirm_subscription(%s, %s)"
    )


@takes_posts
@reads("key")
def end(request: HttpRequest, language: str, programme: str) -> HttpResponse:
    """The button that ends it; a second time it says the same."""
    return by_button(request, language, programme, "end", "SELECT public_end_subscription(%s, %s)")


def by_button(
    request: HttpRequest, language: str, programme: str, what: str, statement: str
) -> HttpResponse:
    """A page with one button, and what it did. Raises Http404 for a key that is none."""
    about = public_programme(programme)
    key = key_in(request)
    is_pressed = request.method == "POST"
    done = is_done(statement, key, about.pk) if is_pressed else False
    context = page_context(request, language, about) | {
        "what": what,
        "is_pressed": is_pressed,
        "is_done": done or what == "end",
        "key": key,
    }
    return private(HttpResponse(render_to_string("public/subscription.html", context)))


def key_in(request: HttpRequest) -> UUID:
    """The key of the address. Raises Http404 for one that is none."""
    try:
        return UUID(request.GET.get("key", ""))
    except ValueError:
        raise Http404 from None

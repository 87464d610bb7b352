"""The form by which strangers write to a programme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal.public.contact import ContactForm, send_message
from portal.public.models import PublicProgramme
from portal.public.references import countries_in_order
from portal.public.responses import (
    Context,
    page_context,
    public_page,
    public_programme,
    reads,
    takes_posts,
)
from portal.public_messages.services import KEPT_DAYS


@takes_posts
@reads("country")
def contact(request: HttpRequest, language: str, programme: str) -> HttpResponse:
    """Where a stranger writes to the programme, or through it to a country's focal points."""
    about = public_programme(programme)
    listed = [c for c in countries_in_order() if c.has_focal_point]
    status = 200
    if request.method == "POST":
        form = ContactForm(request.POST, listed)
        status = 422
        if form.is_valid():
            if send_message(request, about, form.cleaned_data, language):
                sent = redirect("public_contact_sent", language, programme)
                sent.status_code = 303
                return sent
            form.add_error(
                None, _("Nothing was sent: too many messages came in. Please try again later.")
            )
            status = 429
    else:
        form = ContactForm(None, listed, {"country": request.GET.get("country", "")})
    context = {**page_context(request, language, about), "form": form}
    response = HttpResponse(render_to_string("public/contact.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response


@public_page("public/contact_sent.html")
def contact_sent(request: HttpRequest, programme: PublicProgramme) -> Context:
    """What becomes of it."""
    return {"days": KEPT_DAYS}

"""The page on which a country says whether it has a public page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.programmes.models import Programme
from assistance.publications.forms import PublicationForm
from assistance.publications.services import FIELDS, publication_of, set_publication
from core import access
from core.workflow.exceptions import DomainError
from countries.models import Country


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("country.publish")
def publication(request: AuthenticatedRequest, iso3: str, code: str) -> HttpResponse:
    """Of a country that the reader speaks for, for a programme with public pages."""
    programme = get_object_or_404(Programme, code=code, is_public=True, is_active=True)
    own = Country.objects.filter(pk__in=access.countries_for(request.user, programme.pk))
    country = get_object_or_404(own, iso3=iso3.upper())
    said = publication_of(country, programme)
    sent = request.POST if request.method == "POST" else None
    form = PublicationForm(sent, initial={name: getattr(said, name) for name in FIELDS})
    if sent is not None and form.is_valid():
        try:
            set_publication(request.user, country, programme, **form.cleaned_data)
        except DomainError as refusal:
            refusal.add_to_form(form)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect(country)
    context = {"form": form, "country": country, "programme": programme, "said": said}
    status = 422 if form.errors else 200
    return render(request, "countries/publication.html", context, status=status)

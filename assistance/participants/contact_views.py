"""Contacts in a country, and one person: corrected, confirmed, erased."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import permission_required
from accounts.privacy.models import Look, accesses_of, log_access
from accounts.types import AuthenticatedRequest
from assistance.participants import services
from assistance.participants.forms import ContactForm, PersonForm, seen_of
from assistance.participants.models import Person
from assistance.participants.querysets import naming_programmes
from assistance.programmes.models import Programme
from core.forms import posted_data
from countries.models import Country


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("person.read")
def contact_list(request: AuthenticatedRequest, iso3: str) -> HttpResponse:
    """Whom the reader's programmes ask in this country; a POST adds one.

    404 for who may not read names in any programme.
    """
    country = get_object_or_404(Country.objects.visible_to(request.user), iso3=iso3.upper())
    programmes = Programme.objects.filter(pk__in=naming_programmes(request.user))
    get_object_or_404(programmes[:1])
    form = ContactForm(posted_data(request), programmes=programmes)
    if request.method == "POST" and form.is_valid():
        person: Person = form.save(commit=False)
        person.programme, person.country, person.is_contact, person.recorded_by = (
            form.cleaned_data["programme"],
            country,
            True,
            request.user,
        )
        person.keep_until = services.kept_after(person.programme, person.programme.today())
        with transaction.atomic():
            person.save()
            log_access(request, Look.Act.ADDED, "country", country.pk)
        messages.success(request, _("Saved."))
        return redirect("contacts", country.iso3)
    rows = list(
        Person.objects.visible_to(request.user)
        .contacts()
        .filter(country=country)
        .select_related("programme")
        .order_by("pk")
    )
    log_access(request, Look.Act.READ, "country", country.pk, len(rows))
    context = {
        "country": country,
        "rows": rows,
        "form": form,
        "looks": accesses_of("country", country.pk),
    }
    return render(
        request, "participants/contacts.html", context, status=422 if form.is_bound else 200
    )


def get_person_or_404(request: AuthenticatedRequest, pk: int, *, to_change: bool = False) -> Person:
    """Somebody who is not erased, for who may read names; 404 else.

    `to_change` locks the row, so that an erasure is never undone by a save.
    """
    rows = (
        Person.objects.visible_to(request.user)
        .filter(erased_at__isnull=True)
        .select_related("programme", "country")
    )
    return get_object_or_404(rows.select_for_update(of=("self",)) if to_change else rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("person.record")
def person_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One person: what is known, where they attended, who looked, until when it is kept.

    Of two who save at once the second is told.
    """
    status, form = 200, PersonForm(instance=get_person_or_404(request, pk))
    if request.method == "POST":
        with transaction.atomic():
            form = PersonForm(request.POST, instance=get_person_or_404(request, pk, to_change=True))
            status = 409 if form.overtaken else 422
            if form.is_valid():
                form.save()
                log_access(request, Look.Act.CHANGED, "person", pk)
                messages.success(request, _("Saved."))
                return redirect("person", pk)
    shown = get_person_or_404(request, pk)
    log_access(request, Look.Act.READ, "person", pk)
    attended = shown.attendances.select_related("part__engagement").order_by("-part__ends_on")
    seen = request.POST.get("seen", "") if status == 422 else seen_of(shown)
    context = {
        "person": shown,
        "form": form,
        "seen": seen,
        "attended": attended,
        "looks": accesses_of("person", pk),
    }
    return render(request, "participants/person.html", context, status=status)


@require_POST
@permission_required("person.record")
def person_confirm(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A contact is still right and kept for as long again."""
    with transaction.atomic():
        shown = get_person_or_404(request, pk, to_change=True)
        services.confirm_contact(shown)
        log_access(request, Look.Act.CHANGED, "person", pk)
    messages.success(request, _("Confirmed."))
    return redirect("contacts", shown.country.iso3)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("person.erase")
def person_erase(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """At a person's wish, or because they are no contact any more: asked once, then gone for good."""
    shown = get_person_or_404(request, pk)
    if request.method != "POST":
        return render(request, "participants/erase.html", {"person": shown})
    with transaction.atomic():
        services.blank_in_steps([shown.name])
        services.erase_person(Person.objects.filter(pk=shown.pk))
        log_access(request, Look.Act.ERASED, "person", pk)
    messages.success(request, _("Erased. Lists keep the number of people, without the name."))
    return redirect("country", shown.country.iso3)

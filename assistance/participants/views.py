"""The attendance list of an engagement: read, added to, corrected, taken out.

Every look is recorded before it is shown.
"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.privacy.models import Look, accesses_of, log_access
from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement
from assistance.participants import services
from assistance.participants.forms import AttendeeForm, RosterForm
from assistance.participants.models import Attendance
from assistance.participants.querysets import naming_programmes
from core.csv import escape_formula, writer_to
from core.workflow.exceptions import DomainError
from countries.geography.querysets import CountryQuerySet
from countries.models import Country


def get_engagement_with_names(request: AuthenticatedRequest, pk: int) -> Engagement:
    """The engagement, for who may read its names; 404 for everybody else."""
    rows = Engagement.objects.visible_to(request.user).filter(
        programme__in=naming_programmes(request.user)
    )
    return get_object_or_404(rows.select_related("programme"), pk=pk)


def countries_of(engagement: Engagement) -> CountryQuerySet:
    """Those that take part."""
    return Country.objects.filter(participations__part__engagement=engagement).distinct().in_order()


def attendance_rows(engagement: Engagement) -> list[Attendance]:
    """Everybody on its lists, by part and country."""
    rows = Attendance.objects.filter(part__engagement=engagement).select_related(
        "part", "person__country"
    )
    return list(rows.order_by("part__number", "person__country__iso3", "pk"))


def render_attendance(
    request: AuthenticatedRequest, engagement: Engagement, status: int = 200, **bound: BaseForm
) -> HttpResponse:
    """The list. `bound` holds a form that was refused."""
    rows = attendance_rows(engagement)
    log_access(request, Look.Act.READ, "engagement", engagement.pk, len(rows))
    parts, countries = engagement.parts.all(), countries_of(engagement)
    context = {
        "engagement": engagement,
        "rows": rows,
        "compared": services.compare_with_record(engagement),
        "attendee_form": AttendeeForm(parts=parts, countries=countries),
        "roster_form": RosterForm(parts=parts, countries=countries),
        "looks": accesses_of("engagement", engagement.pk),
    }
    return render(request, "participants/attendance.html", context | bound, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("person.read")
def attendance_list(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who attended; a POST adds one person."""
    engagement = get_engagement_with_names(request, pk)
    if request.method != "POST":
        return render_attendance(request, engagement)
    form = AttendeeForm(
        request.POST, parts=engagement.parts.all(), countries=countries_of(engagement)
    )
    return add_rows(
        request, engagement, form, [form.row()] if form.is_valid() else [], "attendee_form"
    )


@require_POST
@permission_required("person.record")
def paste_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A whole list at once, all of it or nothing."""
    engagement = get_engagement_with_names(request, pk)
    form = RosterForm(
        request.POST,
        request.FILES,
        parts=engagement.parts.all(),
        countries=countries_of(engagement),
    )
    return add_rows(
        request,
        engagement,
        form,
        form.cleaned_data["rows"] if form.is_valid() else [],
        "roster_form",
    )


def add_rows(
    request: AuthenticatedRequest,
    engagement: Engagement,
    form: AttendeeForm | RosterForm,
    rows: list[services.Attendee],
    name: str,
) -> HttpResponse:
    """Puts rows on the list, or shows the form again with what is wrong."""
    if form.is_valid():
        try:
            with transaction.atomic():
                added = services.add_attendance(request.user, form.cleaned_data["part"], rows)
                log_access(request, Look.Act.ADDED, "engagement", engagement.pk, added)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("On the list now: %(n)s more.") % {"n": added})
            return redirect("attendance", engagement.pk)
    return render_attendance(request, engagement, 422, **{name: form})


@require_POST
@permission_required("person.record")
def remove_from_list(request: AuthenticatedRequest, pk: int, row: int) -> HttpResponse:
    """Takes one person off the list."""
    engagement = get_engagement_with_names(request, pk)
    attendance = get_object_or_404(Attendance.objects.filter(part__engagement=engagement), pk=row)
    with transaction.atomic():
        services.remove_attendance(attendance)
        log_access(request, Look.Act.CHANGED, "engagement", engagement.pk)
    messages.success(request, _("Taken off the list."))
    return redirect("attendance", engagement.pk)


@require_safe
@permission_required("person.take_out")
def export_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The list as CSV, for managers; that it was taken out is recorded."""
    engagement = get_engagement_with_names(request, pk)
    rows = attendance_rows(engagement)
    log_access(request, Look.Act.TAKEN_OUT, "engagement", engagement.pk, len(rows))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="{engagement.reference}-attendance.csv"'
    )
    response.write("\ufeff")
    writer = writer_to(response)
    writer.writerow(
        [
            _("Part"),
            _("Country"),
            _("Name"),
            _("Sex"),
            _("Institution"),
            _("Function"),
            _("E-mail"),
            _("Telephone"),
            _("Agrees to be asked again later"),
            _("Kept until"),
        ]
    )
    for row in rows:
        p = row.person
        cells = (
            row.part.number,
            p.country.iso3,
            p.name,
            p.get_sex_display(),
            p.institution,
            p.function,
            p.email,
            p.phone,
            "x" if p.may_be_asked else "",
            p.keep_until,
        )
        writer.writerow([escape_formula(c) for c in cells])
    return response

"""The list of attendance, and its entry by a grid or out of a table."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from core.forms import posted_data
from core.lists import back_to_list, export_list, list_context
from core.pasted_tables import PastedTable, PastedTableForm
from core.workflow.exceptions import DomainError, EditConflict
from core.workflow.views import sent_version
from countries.processes.attendance_forms import AttendanceGrid, removed_countries
from countries.processes.attendance_import import COLUMNS, read_attendance_table
from countries.processes.filters import AttendanceFilter
from countries.processes.models import ProcessSession, SessionAttendance
from countries.processes.services import AttendanceLine, record_attendance, supported_at
from countries.processes.tables import ATTENDANCES, attendance_rows

FORM_METHODS = ["GET", "HEAD", "POST"]


def filtered_attendance(request: AuthenticatedRequest) -> AttendanceFilter:
    """What the filters leave of what the reader may see."""
    rows = SessionAttendance.objects.visible_to(request.user)
    return AttendanceFilter(request.GET, queryset=rows, request=request)


@require_safe
@permission_required("attendance.read")
def attendance_list(request: AuthenticatedRequest) -> HttpResponse:
    """Which countries attended which sessions."""
    found = filtered_attendance(request)
    rows = found.qs.select_related("country", "session__process")
    context = list_context(
        request, request.user, ATTENDANCES, found, rows, partial(attendance_rows, request.user)
    )
    context["export"] = "session_attendances_export"
    return render(request, "parts/list_page.html", context)


@require_safe
@permission_required("attendance.read")
def export_attendance(request: AuthenticatedRequest) -> HttpResponseBase:
    """The list as CSV; what is invented says so."""
    found = filtered_attendance(request)
    if not found.is_valid():
        return back_to_list(request, "session_attendances")
    rows = found.qs.select_related("country", "session__process")
    return export_list(
        "attendance.csv", request.user, ATTENDANCES, rows, partial(attendance_rows, request.user)
    )


@require_http_methods(FORM_METHODS)
@permission_required("attendance.record")
def edit_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The grid of a session: a line a country."""
    session = get_object_or_404(ProcessSession.objects.select_related("process"), pk=pk)
    supported = supported_at(session, request.user)
    status, wrong = 200, ""
    version = sent_version(request) if request.method == "POST" else session.version
    entered: list[SessionAttendance] = []
    if request.method != "POST":
        grid = AttendanceGrid.of_session(session, supported)
    elif "more" in request.POST:
        grid = AttendanceGrid.of_sent(request.POST, supported, is_judged=False)
    else:
        grid = AttendanceGrid.of_sent(request.POST, supported, is_judged=True)
        status = 422
        if grid.is_valid():
            try:
                # without a version it is no form of ours, and would empty the list
                save_grid(request.user, session, grid, version or 0)
            except DomainError as refusal:
                wrong = str(refusal)
                if isinstance(refusal, EditConflict):
                    status = 409
                    session.refresh_from_db()
                    version = session.version
                    entered = list(session.attendances.select_related("country"))
            else:
                messages.success(request, _("The attendance is saved."))
                return redirect(session)
    context = {
        "session": session,
        "grid": grid,
        "wrong": wrong,
        "entered": entered,
        "version": version,
    }
    return render(request, "processes/attendance.html", context, status=status)


def save_grid(user: User, session: ProcessSession, grid: AttendanceGrid, version: int) -> None:
    """Enters the lines; what was entered and stands in none goes. Raises DomainError."""
    lines = grid.entered()
    record_attendance(
        user,
        session,
        lines,
        is_whole=grid.is_whole,
        removed=removed_countries(session, lines),
        expected_version=version,
    )


@require_http_methods(FORM_METHODS)
@permission_required("attendance.record")
def import_attendance(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A list that is pasted, or a CSV file: first shown as what it would enter."""
    session = get_object_or_404(ProcessSession.objects.select_related("process"), pk=pk)
    form = PastedTableForm(posted_data(request), request.FILES or None)
    table: PastedTable[AttendanceLine] | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            table = read_attendance_table(request.user, session, form.cleaned_data["text"])
            status = 422 if table.errors else 200
            if not table.errors and "import" in request.POST:
                if table.is_confirmed_by(request):
                    return take_attendance(request, session, table)
                status = 409
    context: dict[str, object] = {"session": session, "form": form, "preview": table}
    context["is_stale"] = status == 409
    context["columns"] = [column.heads[0] for column in COLUMNS]
    if table is not None:
        context["text"] = form.cleaned_data["text"]
    return render(request, "processes/import.html", context, status=status)


def take_attendance(
    request: AuthenticatedRequest, session: ProcessSession, table: PastedTable[AttendanceLine]
) -> HttpResponse:
    """Enters what is new or changed."""
    lines = [row.made for row in table.rows if row.outcome != "known"]
    try:
        record_attendance(
            request.user,
            session,
            lines,
            is_whole=session.attendance_is_whole,
            expected_version=session.version,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("session_attendance_import", session.pk)
    sentence = ngettext("%(n)s country entered.", "%(n)s countries entered.", len(lines))
    messages.success(request, sentence % {"n": len(lines)})
    return redirect(session)

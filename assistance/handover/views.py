"""The page on which an administrator says who takes over.

Administrators see no case: it tells numbers and programmes, never a title or reference.
"""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.handover.forms import NOBODY, HandoverForm, ends_from
from assistance.handover.notifications import KINDS as WORDS
from assistance.handover.querysets import Work, open_work
from assistance.handover.services import hand_over
from assistance.handover.terminations import KINDS, Terminable, person_of, responsibilities_lost
from core.db.fields import column_of
from core.forms import posted_data
from core.workflow.exceptions import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("administer.user")
def handover(request: AuthenticatedRequest, kind: str, pk: int) -> HttpResponse:
    """Shows how much open work there is and asks for successors; a POST ends and moves everything
    at once."""
    if kind not in KINDS:
        raise Http404
    row = KINDS[kind].objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    person, admin_page = person_of(row), admin_address(row)
    ends = ends_from(kind, KINDS[kind].objects.get(pk=pk), request.GET)
    gone = responsibilities_lost(row, ends.after(row)) if ends else None
    work = open_work(person, gone) if gone else Work(person)
    if ends is None or not gone or (request.method != "POST" and not work):
        messages.info(request, _("Nothing is to be handed over here."))
        return redirect(admin_page)
    form = HandoverForm(posted_data(request), work=work)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                hand_over(
                    request.user, person.pk, ends, form.chosen, seen=form.cleaned_data["seen"]
                )
                log_change(
                    request.user,
                    row,
                    [name for name, value in ends.values.items() if value != getattr(row, name)],
                )
        except DomainError as refusal:
            form = renewed_form(form, refusal, open_work(person, gone))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Handed over. Everybody who takes something over is told."))
            return redirect(admin_page)
    context: dict[str, object] = {
        "form": form,
        "row": row,
        "person": person,
        "admin_page": admin_page,
        "parts": question_rows(form),
        "alone": countries_left_alone(form),
        "ends": ends,
    }
    context |= {
        "kind": kind,
        "until": later_day(ends.values.get("valid_until")),
        "deputies": len(form.work.deputies),
    }
    return render(request, "handover/handover.html", context, status=422 if form.is_bound else 200)


def renewed_form(form: HandoverForm, refusal: DomainError, work: Work) -> HandoverForm:
    """The form with the work as it is now: what was chosen is kept, the mark of what is seen is
    new."""
    data = {name: form.data[name] for name in form.data} | {"seen": work.seen}
    again = HandoverForm(data, work=work)
    again.is_valid()
    for name, sentences in refusal.errors.items():
        for sentence in sentences:
            if sentence not in again.errors.get(name, []):
                again.add_error(name if name in again.fields else None, sentence)
    return again


def question_rows(form: HandoverForm) -> list[dict[str, object]]:
    """Each question with its numbers by kind and programme, and what happens where nobody could
    take it."""
    return [
        {
            "slot": slot,
            "lines": [
                (WORDS[kind], programme, n)
                for kind, rows in slot.found.items()
                for programme, n in form.work.lines(rows)
            ],
            "field": form[slot.name] if slot.name in form.fields else None,
            "nobody": NOBODY[slot.part],
            "plan_steps": "plan_steps" in slot.found,
        }
        for slot in form.work.slots
    ]


def countries_left_alone(form: HandoverForm) -> list[dict[str, object]]:
    """Each country that nobody will speak for, with its open requests by programme."""
    work = form.work
    return [
        {"country": work.countries[pk], "lines": work.lines(rows), "field": form[f"alone_{pk}"]}
        for pk, rows in work.alone.items()
    ]


def later_day(day: object) -> date | None:
    """The day, if it is still to come."""
    return day if isinstance(day, date) and day > timezone.now().date() else None


def admin_address(row: Terminable) -> str:
    """The row in the administration."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def log_change(administrator: User, row: Terminable, fields: list[str]) -> None:
    """A line in the administration's own log, as any change there has."""
    labels = [str(column_of(type(row), name).verbose_name) for name in fields]
    LogEntry.objects.log_actions(
        administrator.pk, [row], CHANGE, [{"changed": {"fields": labels}}], single_object=True
    )

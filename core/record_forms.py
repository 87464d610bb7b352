"""The page on which one record is written: its form, or what follows once it is saved. Of two who
write at once the second is shown what the first has written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms import FileField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.side_by_side import put_beside
from core.text import Label

Row = TypeVar("Row", bound=Model)
SEEN = "seen"  # the field that brings back what the record said when its form was made


def edit_record(
    request: HttpRequest,
    make_form: Callable[[Row], ModelForm[Row]],
    record: Row,
    *,
    title: Label,
    back: str,
    leads_to: Callable[[Row], object] = lambda row: row,
    template: str = "parts/record_form.html",
) -> HttpResponse:
    """Saves what was sent where it is valid and leads to `leads_to` (an address, or what has one);
    else the form, with 422 where something is wrong, and with 409 and both texts where the record
    has changed since its form was made."""
    if request.method != "POST":
        form = make_form(record)
        context = {"form": form, "title": title, "back": back, SEEN: stamp_of(form)}
        return render(request, template, context)
    with transaction.atomic():
        record = locked(record)
        form = make_form(record)
        stamp, status = stamp_of(form), 422
        if record.pk is not None and request.POST.get(SEEN) != stamp:
            status = 409
            show_what_is_stored(form)
        elif form.is_valid():
            try:
                with transaction.atomic():
                    saved = form.save()
            except IntegrityError:  # somebody entered the same in the meantime
                form.add_error(None, _("This is entered already."))
            else:
                messages.success(request, _("Saved."))
                return redirect(leads_to(saved))  # type: ignore[call-overload, no-any-return]
    context = {"form": form, "title": title, "back": back, SEEN: stamp}
    return render(request, template, context, status=status)


def locked(record: Row) -> Row:
    """A record that is there already, as it is now, until the end of the transaction."""
    if record.pk is None:
        return record
    rows = type(record)._default_manager.select_for_update()
    return get_object_or_404(rows, pk=record.pk)


def stamp_of(form: ModelForm[Row]) -> str:
    """What the record says in the fields of its form."""
    values = [
        (name, form.get_initial_for_field(field, name))
        for name, field in sorted(form.fields.items())
        if not isinstance(field, FileField)
    ]
    return hashlib.sha256(repr(values).encode()).hexdigest()


def show_what_is_stored(form: ModelForm[Row]) -> None:
    """Beside each field what it says by now, and above all that it does."""
    form.is_valid()
    for name, field in form.fields.items():
        put_beside(form, name, form.get_initial_for_field(field, name))
    form.add_error(
        None,
        _(
            "Somebody changed this record in the meantime. What it says now stands beside your"
            " text; saving again takes its place."
        ),
    )

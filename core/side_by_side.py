"""Two texts of one form beside each other, where the record or another window has moved on: neither
is overwritten, and the person chooses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from core.workflow.rows import RowsField


def show_beside(form: forms.BaseForm, other: forms.BaseForm) -> None:
    """Puts beside each field of a form what another form of the same fields has there, where the two
    differ."""
    for name in form.fields.keys() & other.fields.keys():
        put_beside(form, name, other[name].value())


def show_texts_beside(form: forms.BaseForm, data: QueryDict) -> None:
    """The same with texts as a form was sent them."""
    for name, field in form.fields.items():
        put_beside(form, name, field.widget.value_from_datadict(data, {}, form.add_prefix(name)))


def put_beside(form: forms.BaseForm, name: str, value: object) -> None:
    """The other value of one field, for `templates/parts/field.html`; files have none."""
    field = form.fields[name]
    theirs = "" if isinstance(field, forms.FileField) else text_of(field, value)
    if theirs and theirs != text_of(field, form[name].value()):
        field.beside = theirs  # type: ignore[attr-defined]


def text_of(field: forms.Field, value: object) -> str:
    """What a person reads of a field's value; of a table a line a row."""
    if value is None or value in ("", [], ()):
        return ""
    if isinstance(field, RowsField):
        return "\n".join(
            " · ".join(str(row[name]) for name, _f in field.columns if row.get(name))
            for row in (value if isinstance(value, list) else [])
            if isinstance(row, dict)
        ).strip()
    if isinstance(field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(filter(None, (name_of_row(field, v) for v in values)))
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # flat, or in groups
        flat: list[tuple[object, object]] = list(flatten_choices(choices))
        labels = {str(code): str(label) for code, label in flat}
        return ", ".join(labels.get(str(v), str(v)) for v in values)
    return str(value).replace("\r\n", "\n").strip()


def name_of_row(field: forms.ModelChoiceField[Model], value: object) -> str:
    """The name of a row that was chosen; nothing of one that is not offered."""
    if isinstance(value, Model):
        return str(field.label_from_instance(value))
    key = field.to_field_name or "pk"
    try:
        row = field.queryset.filter(**{key: value}).first() if field.queryset is not None else None
    except (ValueError, TypeError):
        return ""
    return str(field.label_from_instance(row)) if row is not None else ""

"""Form fields that answer with a sentence where Django's own would let the database complain."""

from __future__ import annotations

import re
from collections.abc import Container
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext, gettext_lazy

from core.text import Label
from core.types import TakesTypes
from core.validators import validate_printable_text

NO_DATE = gettext_lazy("Write a date that exists as year-month-day, such as 2026-03-31.")


def posted_data(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, if it was: one that was sent empty is judged too."""
    return request.POST if request.method == "POST" else None


def free_code(code: str, taken: Container[str]) -> str:
    """The code, under which no other page stands. Raises ValidationError for one of `taken`."""
    if code in taken:
        raise ValidationError(gettext("“%(code)s” is taken. Choose another.") % {"code": code})
    return code


class FieldArguments(TypedDict):
    """What every form field is made with."""

    label: Label
    help_text: Label
    required: bool


if TYPE_CHECKING:
    ModelChoiceField = forms.ModelChoiceField
else:

    class ModelChoiceField(TakesTypes, forms.ModelChoiceField):
        """Django's."""


class CodeChoiceField(ModelChoiceField[Model]):
    """A row by its id or code; what cannot be a code is answered like one that does not exist."""

    def to_python(self, value: object) -> Model | None:
        """The row."""
        if isinstance(value, str):
            try:
                validate_printable_text(value)
            except ValidationError:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": "?"},
                ) from None
        return super().to_python(value)


class NumberField(forms.DecimalField):
    """A number as people write it: with spaces between thousands, with a point or a comma."""

    def to_python(self, value: object) -> Any:
        """The number; raises ValidationError with a sentence for what is none."""
        text = re.sub(r"[\s\u00a0\u202f'’]", "", str(value if value is not None else ""))
        if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
            text = text.replace(",", "")
        return super().to_python(text.replace(",", "."))


WRITTEN_NUMBER = re.compile(r"[0-9][0-9.,'’\s\u00a0\u202f]*")


def written_number(text: str) -> Decimal:
    """A number of zero or more in a cell, as people write one in a form: neither exponents nor signs
    between digits but those of thousands. Raises ValidationError."""
    found = (
        NumberField(min_value=0, max_digits=16, decimal_places=4).clean(text)
        if WRITTEN_NUMBER.fullmatch(text.strip())
        else None
    )
    if found is None:
        raise ValidationError(gettext("Write a number, such as 20000 or 20000.50."))
    return Decimal(found)


class OneLineField(forms.CharField):
    """Words in one line: line ends that came with them, as from a copied table, become spaces."""

    def to_python(self, value: object) -> str:
        """The words, in one line."""
        return re.sub(r"\s*[\r\n]\s*", " ", str(super().to_python(value) or ""))


def date_input() -> forms.DateInput:
    """A date as browsers ask for it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def choice_field(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A form's field of choices. Raises TypeError for one that is none."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    return field


def row_field(form: forms.BaseForm, name: str) -> forms.ModelChoiceField[Any]:
    """A form's field of rows. Raises TypeError for one that is none."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    return field

"""Form fields that answer with a sentence where Django's own would let the database complain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.validators import validate_printable_text

NO_DATE = gettext_lazy("Write a date that exists as year-month-day, such as 2026-03-31.")


class CodeChoiceField(forms.ModelChoiceField):
    """A row by its id or code; what cannot be a code is answered like one that does not exist."""

    def to_python(self, value: Any) -> Any:
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

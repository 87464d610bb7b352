"""Form fields that answer with a sentence where Django's own would let the database complain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NO_DATE = gettext_lazy("Write a date that exists as year-month-day, such as 2026-03-31.")


def refuse_unstorable(text: str) -> None:
    """Raises ValidationError for characters that the database cannot keep: NUL, and halves of a pair (JSON can carry them)."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValidationError(_("This holds a character that cannot be kept. Type the text again, or paste it as plain text."))


class CodeChoiceField(forms.ModelChoiceField):
    """A row by its id or code; what cannot be a code is answered like one that does not exist."""

    def to_python(self, value: Any) -> Any:
        """The row."""
        if isinstance(value, str):
            try:
                refuse_unstorable(value)
            except ValidationError:
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "?"}) from None
        return super().to_python(value)

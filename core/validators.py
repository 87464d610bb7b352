"""The one rule for signs that no text may hold, asked wherever text comes in: forms, API,
administration, imports, queries.

Refused are control signs (Unicode's category Cc but for the tab and the ends of lines), U+FFFE and
U+FFFF, and halves of a pair, which JSON can carry: the database keeps no NUL, XML none of the
others, and a terminal obeys them. One-line labels, such as names and titles, are also kept from
signs that turn the direction of what stands around them, in which one name passes for another.
Passwords are not asked: they are kept as hashes only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core.text import Label
from core.types import TakesTypes

Row = TypeVar("Row", bound=Model)
Validator = Callable[..., None]  # of a form, a column or a serializer
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# embedding, override, isolate; the plain marks U+200E and U+200F may stay
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
HOLDS = _(
    "This holds a character that cannot be kept: %(sign)s, at place %(place)s. Delete it, type the"
    " text again, or paste it as plain text."
)
TURNS = _(
    "This holds a character that turns the direction of writing: %(sign)s, at place %(place)s. A"
    " name or a title goes without. Delete it."
)


def validate_printable_text(text: str) -> None:
    """Raises ValidationError, naming sign and place, for control signs and others that cannot be
    kept or sent on."""
    _refuse(UNPRINTABLE, text, HOLDS)


def validate_printable_line(text: str) -> None:
    """The same for a label of one line, such as a name, which turns no direction either."""
    validate_printable_text(text)
    _refuse(TURNING, text, TURNS)


def without_unprintable(text: str) -> str:
    """A text that was stored before the rule, with a space for what XML 1.0 cannot carry."""
    return UNPRINTABLE.sub(" ", text)


def _refuse(signs: re.Pattern[str], text: str, sentence: Label) -> None:
    """Raises ValidationError for the first of the signs."""
    found = signs.search(text) if isinstance(text, str) else None
    if found:
        name = unicodedata.name(found[0], "")
        sign = f"U+{ord(found[0]):04X}" + (f" ({name})" if name else "")
        raise ValidationError(
            sentence, code="unprintable", params={"sign": sign, "place": found.start() + 1}
        )


class PrintableFormMixin(forms.BaseForm):
    """For every form: its texts keep the rule. Fields of several lines are texts, others lines."""

    def full_clean(self) -> None:
        """Cleans all fields, with the rule among their validators."""
        require_printable(self.fields.values())
        super().full_clean()


if TYPE_CHECKING:
    ModelForm = forms.ModelForm
else:

    class ModelForm(TakesTypes, forms.ModelForm):
        """Django's."""


class PrintableModelForm(PrintableFormMixin, ModelForm[Row]):
    """What the administration makes its forms from."""


def require_printable(fields: Iterable[forms.Field]) -> None:
    """Gives fields of text the rule, in the place of Django's own for NUL, which says the same of
    one sign."""
    for field in fields:
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
            rule = (
                validate_printable_text
                if isinstance(field.widget, forms.Textarea)
                else validate_printable_line
            )
            field.validators = [rule, *without_rule(field.validators)]


def without_rule(validators: Iterable[Validator]) -> list[Validator]:
    """The validators without this rule's and Django's for NUL."""
    own = (validate_printable_text, validate_printable_line)
    return [
        v for v in validators if v not in own and not isinstance(v, ProhibitNullCharactersValidator)
    ]

"""What an action asks for: fields declared once, from which forms, the API, the timeline and the
documentation are made.

A class a kind of value. It knows the form field, what shape the API takes, what is kept for good
and how that is shown. What needs rows of the database is declared where those rows are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import days
from core.filters import NO_CHOICE
from core.forms import NO_DATE, FieldArguments, NumberField, OneLineField
from core.text import Label
from core.types import Json
from core.validators import validate_printable_line, validate_printable_text
from core.workflow.rows import MOST_ROWS, Against, RowsField

LONGEST_TEXT = 20_000  # characters
LONGEST_LINE = 300
RADIOS = 5  # up to so many choices are all shown
TOO_LONG = gettext_lazy(
    "This has %(show_value)s characters; at most %(limit_value)s can be kept. Shorten it, or send"
    " it as a file."
)
Names = Mapping[type["ActionField"], Mapping[int, str]]  # of rows, by the field that chooses them


@dataclass(frozen=True)
class ActionField:
    """One field of an action. `label` and `help` are translatable; `shared` says whether the other
    side reads it.

    What is kept `apart` stands in a table that countries' people do not reach, and not in the event.
    """

    name: str
    label: Label
    help: Label = ""
    _: KW_ONLY
    required: bool = True
    shared: bool = True
    apart: bool = False

    code: ClassVar[str]  # the kind of the field, as the API says it
    is_words: ClassVar[bool] = False  # somebody's words, kept in the side table of texts
    is_file: ClassVar[bool] = False
    is_table: ClassVar[bool] = False

    def form_field(self, subject: Any, action: str = "") -> forms.Field:
        """The form field; `subject` says of which programme and country the choices are, `action`
        for which action the reasons."""
        raise NotImplementedError

    @property
    def of_form(self) -> FieldArguments:
        """What every form field is made with."""
        return {"label": self.label, "help_text": self.help, "required": self.required}

    def wrong_shape(self, value: Json) -> str:
        """A sentence where a JSON value is of a shape that the field cannot have."""
        if isinstance(value, bool | list | Mapping):
            return _("Write one value: text, or a number.")
        return ""

    def form_value(self, value: Json) -> object:
        """A JSON value of the right shape, as the form reads it."""
        return str(value)

    def kept(self, value: object) -> object:
        """What an event keeps of a cleaned value, for good."""
        return stored_value(value)

    def shown(self, value: Json, names: Names) -> str:
        """A kept value in the reader's language; `names` holds those of `named_ids`."""
        return str(value)

    def named_ids(self, value: Json) -> Iterable[int]:
        """Ids in a kept value whose names are shown."""
        return ()

    @classmethod
    def names_of(cls, ids: Iterable[int]) -> dict[int, str]:
        """The names of these rows, with one query."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Words(ActionField):
    """Somebody's words. `longest` in characters, where the database keeps fewer than is usual."""

    longest: int | None = None

    is_words: ClassVar[bool] = True
    usual_most: ClassVar[int]
    form_class: ClassVar[type[forms.CharField]]
    rule: ClassVar[Callable[[str], None]]

    def widget(self) -> forms.Widget:
        """Where it is typed."""
        raise NotImplementedError

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """The rule stands here too, since cells of rows belong to no form."""
        most = self.longest or self.usual_most
        validators: list[Callable[[str], None]] = [
            type(self).rule,
            MaxLengthValidator(most, message=TOO_LONG),
        ]
        field = self.form_class(**self.of_form, widget=self.widget(), validators=validators)
        field.widget.attrs["maxlength"] = most
        return field


@dataclass(frozen=True, kw_only=True)
class Text(Words):
    """Words in several lines."""

    code: ClassVar[str] = "text"
    usual_most: ClassVar[int] = LONGEST_TEXT
    form_class: ClassVar[type[forms.CharField]] = forms.CharField
    rule: ClassVar[Callable[[str], None]] = staticmethod(validate_printable_text)

    def widget(self) -> forms.Widget:
        """Several lines."""
        return forms.Textarea(attrs={"rows": 5, "dir": "auto"})


@dataclass(frozen=True, kw_only=True)
class Line(Words):
    """Words in one line."""

    code: ClassVar[str] = "line"
    usual_most: ClassVar[int] = LONGEST_LINE
    form_class: ClassVar[type[forms.CharField]] = OneLineField
    rule: ClassVar[Callable[[str], None]] = staticmethod(validate_printable_line)

    def widget(self) -> forms.Widget:
        """One line."""
        return forms.TextInput(attrs={"dir": "auto"})


@dataclass(frozen=True, kw_only=True)
class Day(ActionField):
    """A day that can be meant."""

    code: ClassVar[str] = "date"

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """Within the bounds of `core.days`."""

        def within_bounds(day: date) -> None:
            if sentence := days.implausible_day(day):
                raise ValidationError(sentence)

        return forms.DateField(
            **self.of_form,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            validators=[within_bounds],
            error_messages={"invalid": NO_DATE},
        )

    def shown(self, value: Json, names: Names) -> str:
        """Day, month and year."""
        day = parse_date(str(value))
        return date_format(day, "DATE_FORMAT") if day else str(value)


@dataclass(frozen=True, kw_only=True)
class Number(ActionField):
    """A number with at most two digits after the point."""

    code: ClassVar[str] = "decimal"
    least: ClassVar[int | None] = None

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """As people write numbers."""
        errors = {
            "invalid": gettext_lazy("Write a number, such as 20000 or 20000.50."),
            "min_value": gettext_lazy("Write a number of zero or above."),
            "max_decimal_places": gettext_lazy("Write at most two digits after the point."),
        }
        return NumberField(
            **self.of_form,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
            min_value=self.least,
            max_digits=14,
            decimal_places=2,
            error_messages=errors,
        )

    def shown(self, value: Json, names: Names) -> str:
        """With thousands apart."""
        return number_format(Decimal(str(value)), use_l10n=True, force_grouping=True)


@dataclass(frozen=True, kw_only=True)
class Money(Number):
    """An amount, never below zero. In a table it is added up, where `currency` says in which
    currency of the subject."""

    currency: Callable[[Any], str] | None = None

    code: ClassVar[str] = "money"
    least: ClassVar[int | None] = 0


@dataclass(frozen=True, kw_only=True)
class Score(ActionField):
    """1 to 5."""

    code: ClassVar[str] = "score"

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """Five radio buttons."""
        return forms.ChoiceField(
            **self.of_form,
            choices=[(str(n), str(n)) for n in range(1, 6)],
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": NO_CHOICE},
        )


@dataclass(frozen=True, kw_only=True)
class Choice(ActionField):
    """One of a few words."""

    choices: Sequence[tuple[str, Label]] = ()

    code: ClassVar[str] = "choice"

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """All of them at a glance where they are few."""
        few = len(self.choices) <= RADIOS
        return forms.ChoiceField(
            **self.of_form,
            choices=list(self.choices) if few else [("", "—"), *self.choices],
            widget=forms.RadioSelect if few else forms.Select,
            error_messages={"invalid_choice": NO_CHOICE},
        )

    def shown(self, value: Json, names: Names) -> str:
        """The label of each."""
        labels: dict[object, Label] = dict(self.choices)
        chosen = value if isinstance(value, list) else [value]
        return " · ".join(str(labels.get(v, v)) for v in chosen)


@dataclass(frozen=True, kw_only=True)
class Checklist(Choice):
    """Every item must be ticked."""

    code: ClassVar[str] = "checklist"

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """A box an item."""

        def all_of_them(ticked: list[str]) -> None:
            left = [str(label) for code, label in self.choices if code not in ticked]
            if left:
                raise ValidationError(
                    _("Still to be ticked: %(items)s.") % {"items": "; ".join(left)}
                )

        sentence = gettext_lazy("Every item has to be ticked.")
        return forms.MultipleChoiceField(
            **self.of_form,
            choices=self.choices,
            widget=forms.CheckboxSelectMultiple,
            validators=[all_of_them],
            error_messages={"invalid_choice": NO_CHOICE, "required": sentence},
        )

    def wrong_shape(self, value: Json) -> str:
        """Takes a list."""
        return "" if isinstance(value, list) else _("Send a list of the items that are ticked.")

    def form_value(self, value: Json) -> object:
        """A text an item."""
        return [str(item) for item in value] if isinstance(value, list) else value


@dataclass(frozen=True, kw_only=True)
class Yes(ActionField):
    """A box; where it is required it must be ticked."""

    code: ClassVar[str] = "yes"

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """A box."""
        return forms.BooleanField(
            **self.of_form, error_messages={"required": gettext_lazy("Tick this to go on.")}
        )

    def wrong_shape(self, value: Json) -> str:
        """Takes true or false."""
        return "" if isinstance(value, bool) else _("Write true or false.")

    def form_value(self, value: Json) -> object:
        """As it is."""
        return value

    def shown(self, value: Json, names: Names) -> str:
        """A tick, or no."""
        return "✓" if value else str(_("No"))


@dataclass(frozen=True, kw_only=True)
class Rows(ActionField):
    """A table of the fields in `columns`. `naming` are columns that may hold a person's name: it
    stands where it can be erased, and not in the event."""

    columns: tuple[ActionField, ...] = ()
    naming: tuple[str, ...] = ()
    # of the subject: what the sum is compared with
    against: Callable[[Any], Against | None] | None = None

    code: ClassVar[str] = "rows"
    is_table: ClassVar[bool] = True

    def form_field(self, subject: object, action: str = "") -> forms.Field:
        """A cell of words grows with what is typed into it; money is added up."""
        columns = []
        for column in self.columns:
            field = column.form_field(subject)
            if isinstance(column, Line):
                field.widget = forms.Textarea(attrs=field.widget.attrs | {"rows": 1})
            columns.append((column.name, field))
        sums = {
            column.name: column.currency(subject)
            for column in self.columns
            if isinstance(column, Money) and column.currency is not None
        }
        against = self.against(subject) if self.against is not None else None
        return RowsField(
            **self.of_form, columns=columns, sums=sums, against=against, agree=days_in_order
        )

    def wrong_shape(self, value: Json) -> str:
        """Takes a list of objects."""
        if isinstance(value, list):
            return ""
        return _("Send a list of objects, at most %(most)s.") % {"most": MOST_ROWS}

    def form_value(self, value: Json) -> object:
        """As it is: the form field reads it cell by cell."""
        return value

    def kept(self, value: object) -> object:
        """All but the columns that may name a person."""
        rows = value if isinstance(value, list | tuple) else []
        return [
            {k: stored_value(v) for k, v in row.items() if k not in self.naming} for row in rows
        ]


def days_in_order(row: Mapping[str, object]) -> dict[str, str]:
    """What a row with a first and a last day says where they are the wrong way round."""
    first, last = row.get("starts_on"), row.get("ends_on")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        return {"ends_on": _("This is before the day on which it begins.")}
    return {}


def stored_value(value: object) -> object:
    """A cleaned value as JSON keeps it: rows of the database by their id, dates and decimals as
    text."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, list | tuple | models.QuerySet):
        return [stored_value(v) for v in value]
    if isinstance(value, dict):
        return {k: stored_value(v) for k, v in value.items()}
    return value

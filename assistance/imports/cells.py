"""What a cell says: fields of a form that take what a spreadsheet holds (text, numbers, dates) and
answer mistakes with a sentence."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assistance.engagements.choices import MOST_PEOPLE
from core.validators import validate_printable_line, validate_printable_text

FORMULA_ERRORS = frozenset(
    (
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
    )
)
BLANKS = re.compile("[ \u00a0\u202f\u2009'’]")
PLAIN = re.compile(r"\d+(?:\.\d+)?|\d+,\d{1,2}")
ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
SPACED = re.compile("\\d{1,3}(?:[ \u00a0\u202f\u2009'’]\\d{3})+(?:[.,]\\d+)?")
EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # one thousand and something, or a decimal fraction
CENT = Decimal("0.01")
MOST_AMOUNT = Decimal(10) ** 14  # the database keeps 14 digits before the point
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
DAY_FIRST = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")


def text_of(value: object) -> str:
    """A cell as text: whole numbers without a point, dates in ISO 8601, no control characters, no
    blanks around."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def refuse_formula_error(value: object) -> None:
    """Raises ValidationError for a cell whose formula failed."""
    if isinstance(value, str) and value.strip().upper() in FORMULA_ERRORS:
        raise ValidationError(
            _(
                "the cell holds the error %(error)s of a formula. Mend the formula or write the"
                " value."
            )
            % {"error": value.strip()}
        )


class TextCell(forms.CharField):
    """Text; numbers are written out.

    `one_line` joins lines. The length of what is stored is bounded by `most`.
    """

    def __init__(self, *, most: int | None = None, one_line: bool = True) -> None:
        super().__init__(required=False)
        self.most, self.one_line = most, one_line

    def to_python(self, value: object) -> str:
        """Raises ValidationError for the error of a formula or for too many characters."""
        refuse_formula_error(value)
        if isinstance(value, str):
            (validate_printable_line if self.one_line else validate_printable_text)(value.strip())
        text = text_of(value)
        if self.one_line:
            text = re.sub(r"\s*[\n\t]\s*", " ", text)
        if self.most and len(text) > self.most:
            sentence = _(
                "the text has %(length)s characters; at most %(most)s are kept. Shorten it."
            )
            raise ValidationError(sentence % {"length": len(text), "most": self.most})
        return text


class Cell(forms.Field):
    """A cell that may be blank: None then, and never zero."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> object:
        """Raises ValidationError with a sentence."""
        refuse_formula_error(value)
        return None if text_of(value) == "" else self.read(value)

    def read(self, value: object) -> object:
        """What a filled cell says."""
        raise NotImplementedError


class AmountCell(Cell):
    """An amount of money with cents.

    Takes 1234.5, “1,234.50”, “1 234,50”, “1.234,50” and amounts of zero and below.
    """

    def read(self, value: object) -> Decimal:
        """Raises ValidationError for what is no number or could be two."""
        if isinstance(value, bool | date):
            raise ValidationError(_("“%(value)s” is not a number.") % {"value": text_of(value)})
        number = (
            Decimal(repr(value)) if isinstance(value, int | float) else read_amount(text_of(value))
        )
        if not number.is_finite() or abs(number) >= MOST_AMOUNT:
            raise ValidationError(
                _("“%(value)s” is too large; less than 100,000,000,000,000 can be kept.")
                % {"value": text_of(value)}
            )
        return number.quantize(CENT, ROUND_HALF_UP)


def read_amount(text: str) -> Decimal:
    """A number as people in several countries write it. Raises ValidationError."""
    sign, digits = ("-", text[1:-1]) if text.startswith("(") and text.endswith(")") else ("", text)
    digits = digits.strip().replace("\u2212", "-")
    if digits[:1] in ("-", "+"):
        sign, digits = ("-" if digits[0] == "-" else sign), digits[1:].strip()
    if EITHER.fullmatch(digits):
        whole, part = digits.split(".")
        raise ValidationError(
            _(
                "“%(value)s” could be %(thousands)s or %(fraction)s. Write the amount without a"
                " separator of thousands."
            )
            % {
                "value": text,
                "thousands": whole + part,
                "fraction": f"{Decimal(digits).quantize(CENT, ROUND_HALF_UP)}",
            }
        )
    if ENGLISH.fullmatch(digits):
        digits = digits.replace(",", "")
    elif CONTINENTAL.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif PLAIN.fullmatch(digits) or SPACED.fullmatch(digits):
        digits = BLANKS.sub("", digits).replace(",", ".")
    else:
        raise ValidationError(
            _("“%(value)s” is not a number. Write it as 1234.50, without a currency.")
            % {"value": text}
        )
    try:
        return Decimal(sign + digits)
    except InvalidOperation:
        raise ValidationError(
            _("“%(value)s” is not a number. Write it as 1234.50, without a currency.")
            % {"value": text}
        ) from None


class DayCell(Cell):
    """A date: a date of the spreadsheet, 2026-03-31, 31.03.2026 or 31/03/2026 (the day first)."""

    def read(self, value: object) -> date:
        """Raises ValidationError for what is no date."""
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = text_of(value)
        if isinstance(value, str) and (parts := ISO_DAY.fullmatch(text)):
            year, month, day = parts[1], parts[2], parts[3]
        elif isinstance(value, str) and (parts := DAY_FIRST.fullmatch(text)):
            day, month, year = parts[1], parts[3], parts[4]
        else:
            raise ValidationError(
                _("“%(value)s” is not a date. Write it as 2026-03-31, 31.03.2026 or 31/03/2026.")
                % {"value": text}
            )
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(
                _("there is no day “%(value)s” in the calendar (the day comes before the month).")
                % {"value": text}
            ) from None


class PeopleCell(Cell):
    """A number of people: whole and not below zero. A blank is not zero."""

    def read(self, value: object) -> int:
        """Raises ValidationError for what is no number of people."""
        text = text_of(value)
        digits = BLANKS.sub("", text)
        if digits[:1] in ("-", "\u2212"):
            sentence = _(
                "a number of participants cannot be below zero (“%(value)s”). Leave the cell blank"
                " where it is not known."
            )
            raise ValidationError(sentence % {"value": text})
        if isinstance(value, bool | date) or not (digits.isascii() and digits.isdecimal()):
            sentence = _(
                "“%(value)s” is not a number of participants. Write a whole number, or leave the"
                " cell blank where it is not known."
            )
            raise ValidationError(sentence % {"value": text})
        if len(digits) > 9 or int(digits) > MOST_PEOPLE:
            raise ValidationError(
                _("“%(value)s” participants are too many to be true; at most 1,000,000.")
                % {"value": text}
            )
        return int(digits)

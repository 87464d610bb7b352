"""A reported value told apart: by sex, by country, by whatever the indicator names.

Parts add up to the value, or say of how many they are. Source: the rules of the programme, section 9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.forms import written_number
from core.validators import validate_printable_line

MOST_PARTS, LONGEST_NAME = 60, 60
SEPARATORS = re.compile(r"[;\n\r]+")
# by dimension, the number of each part as text
Parts = Mapping[str, Mapping[str, str]]


def read_parts(text: str) -> dict[str, str]:
    """“women: 5; men: 6” as the number of each part. Raises ValidationError with what is wrong."""
    found: dict[str, str] = {}
    for piece in filter(None, map(str.strip, SEPARATORS.split(text))):
        name, colon, number = piece.rpartition(":")
        name = name.strip()
        if not colon or not name or ":" in name:
            raise ValidationError(
                _("“%(part)s”: write a name and a number, such as women: 5; men: 6.")
                % {"part": piece[:40]}
            )
        validate_printable_line(name)
        if name in found:
            raise ValidationError(_("“%(name)s” stands twice.") % {"name": name[:40]})
        if len(name) > LONGEST_NAME or len(found) >= MOST_PARTS:
            raise ValidationError(
                _("At most %(n)s parts, each with a name of at most %(longest)s characters.")
                % {"n": MOST_PARTS, "longest": LONGEST_NAME}
            )
        found[name] = str(number_of(number, name))
    return found


def number_of(text: str, name: str) -> Decimal:
    """A number of zero or more, as the value itself is written. Raises ValidationError."""
    try:
        return written_number(text)
    except ValidationError:
        raise ValidationError(
            _("“%(name)s” needs a number of zero or more.") % {"name": name[:40]}
        ) from None


def written_parts(parts: Mapping[str, str]) -> str:
    """The same as somebody would type it."""
    return "; ".join(f"{name}: {number}" for name, number in parts.items())


def sum_of(parts: Mapping[str, str]) -> Decimal:
    """What the parts of one dimension are together."""
    return sum((Decimal(number) for number in parts.values()), Decimal(0))


def too_many(parts: Parts, whole: Decimal | int | None) -> list[str]:
    """Dimensions whose parts are more than the value together."""
    if whole is None:
        return []
    return [dimension for dimension, of_it in parts.items() if sum_of(of_it) > whole]


def parts_in_words(parts: Parts, whole: Decimal | int | None) -> list[str]:
    """A line a dimension: “sex: women 5 · men 4 (9 of 11)”, of how many only where some are missing."""
    lines = []
    for dimension, of_it in parts.items():
        told = " · ".join(f"{name} {shown(Decimal(number))}" for name, number in of_it.items())
        known = sum_of(of_it)
        if whole is not None and known != whole:
            told = _("%(parts)s (%(known)s of %(whole)s)") % {
                "parts": told,
                "known": shown(known),
                "whole": shown(Decimal(whole)),
            }
        lines.append(f"{dimension}: {told}")
    return lines


def shown(number: Decimal) -> str:
    """As the reader's language writes it."""
    places = 0 if number == number.to_integral_value() else None
    return number_format(number, places, force_grouping=True)

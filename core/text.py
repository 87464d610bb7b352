"""Small joints of sentences, which each language writes its own way: colons, and commas of lists
and titles, in the active language; and text as it is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Choices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Label: TypeAlias = StrOrPromise
else:
    Label = str | Promise  # a text; a promise is translated when it is shown


NOT_A_LETTER = re.compile(r"[\W_]+")


@cache
def _labels(choices: type[Choices], language: str | None) -> dict[object, str]:
    """All labels of some choices, once a language."""
    return {value: str(label) for value, label in choices.choices}


def label_of(choices: type[Choices], value: object) -> str:
    """The label of a choice; of what is none, the value itself.

    For lists, in the place of `get_…_display`, which translates all labels to find one.
    """
    return _labels(choices, get_language()).get(value, str(value))


def labelled(label: object, value: object) -> str:
    """A label and what it says: “Period: July 2026”; in French with a space before the colon."""
    return _("%(what)s: %(now)s") % {"what": label, "now": value}


def join_list(items: Iterable[object]) -> str:
    """Items one after the other, with the comma of the language between them."""
    return _(", ").join(str(item) for item in items)


def of_period(title: object, period: object) -> str:
    """A title and the period it is on: “Progress report, July 2026”."""
    return _("%(title)s, %(period)s") % {"title": title, "period": period}


def days_in_words(first: date, last: date) -> str:
    """A day, or the first and the last of several."""
    return " – ".join(date_format(day, "DATE_FORMAT") for day in dict.fromkeys((first, last)))


def normalise(text: str) -> str:
    """Small letters and digits with single blanks between them; accents are gone.

    >>> normalise("  Côte d’Ivoire ")
    'cote d ivoire'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return NOT_A_LETTER.sub(" ", "".join(c for c in apart if not unicodedata.combining(c))).strip()

"""Names in the six languages of the United Nations, and the keys by which people's eyes expect them
sorted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Protocol

from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from core.db.search import joined

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


def current_language() -> str:
    """The reader's language as the two letters that name columns carry; English where it is none of
    the six."""
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGES else "en"


class Collator(Protocol):
    """What is asked of ICU's, which brings no types."""

    def getSortKey(self, text: str) -> bytes:
        """Bytes that sort as its language does."""


@cache
def _collator(language: str) -> Collator:
    import icu

    collator: Collator = icu.Collator.createInstance(
        icu.Locale("zh@collation=pinyin" if language == "zh" else language)
    )
    return collator


def sort_key(text: str, language: str) -> bytes:
    """Bytes that sort as readers of this language expect (ICU): the database has no collation that
    does."""
    return bytes(_collator(language).getSortKey(text))


def name_in(names: Mapping[str, str], language: str | None = None) -> str:
    """Of names by language, the one in the reader's language or in another, else the English one."""
    wanted = current_language() if language is None else language[:2]
    return names.get(wanted) or names.get("en", "")


def name_expression(names: str) -> Coalesce:
    """`name_in` for the database: `names` is the path of a JSON column of names by language."""
    in_reader_language = NullIf(KeyTextTransform(current_language(), names), Value(""))
    return Coalesce(
        in_reader_language, KeyTextTransform("en", names), Value(""), output_field=TextField()
    )


def all_names(*columns: str) -> Combinable:
    """The names in all languages as one text, to be searched in: of JSON columns of names by
    language."""
    return joined(*(KeyTextTransform(code, column) for column in columns for code in LANGUAGES))


def country_name_expression(country: str) -> Coalesce:
    """`Country.name` for the database: `country` is the path to the country."""
    in_reader_language = NullIf(F(f"{country}__name_{current_language()}"), Value(""))
    return Coalesce(in_reader_language, F(f"{country}__name_en"))


class Named(models.Model):
    """Something that the programme's texts name in six languages: a JSON object by language,
    English always there."""

    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language, else in English."""
        return name_in(self.names)

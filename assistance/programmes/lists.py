"""Whether a record keeps to the lists of its programme: its pillars and themes.

Pages and API refuse the same in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _
from rest_framework import serializers

from assistance.programmes.models import Pillar, Programme, Theme


class ListedRecord(Protocol):
    """A request or an engagement."""

    programme: Programme
    pillar_id: int | None
    theme_codes: list[str]


def wrong_lists(
    programme: Programme | None,
    pillar: Pillar | None,
    themes: Iterable[str],
    *,
    kept_pillar: int | None = None,
    kept_themes: Iterable[str] = (),
) -> Iterator[tuple[str, str]]:
    """By field, what is not of the programme's lists; what a record has already stays as it is. One
    query for each field that is given."""
    if programme is None:
        return
    if (
        pillar is not None
        and pillar.pk != kept_pillar
        and not programme.pillars.filter(pk=pillar.pk).exists()
    ):
        sentence = _("“%(name)s” is no pillar of %(programme)s.")
        yield "pillar", sentence % {"name": pillar.name, "programme": programme.name}
    new = set(themes) - set(kept_themes)
    if new:
        own = set(programme.themes.filter(code__in=new).values_list("code", flat=True))
        foreign = Theme.objects.filter(code__in=new - own).order_by("code")
        sentence = _("“%(name)s” is no theme of %(programme)s.")
        for theme in foreign:
            yield "theme_codes", sentence % {"name": theme.name, "programme": programme.name}


def refuse_foreign_lists(values: Mapping[str, Any], record: ListedRecord | None) -> None:
    """Raises the API's ValidationError where what is written of a record, or of a new one, is not of its
    programme's lists."""
    wrong: dict[str, list[str]] = {}
    for name, sentence in wrong_lists(
        values.get("programme") or (record.programme if record else None),
        values.get("pillar"),
        values.get("theme_codes") or (),
        kept_pillar=record.pillar_id if record else None,
        kept_themes=record.theme_codes if record else (),
    ):
        wrong.setdefault(name, []).append(sentence)
    if wrong:
        raise serializers.ValidationError(wrong)

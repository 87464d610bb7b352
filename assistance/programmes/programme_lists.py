"""Whether a record keeps to the lists of its programme: its pillars and themes.

Pages and API refuse the same in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext as _
from rest_framework import serializers

from assistance.programmes.models import Pillar, Programme, Theme

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement
    from assistance.requests.models import AssistanceRequest

ListedRecord: TypeAlias = "AssistanceRequest | Engagement"


@dataclass(frozen=True)
class StoredLists:
    """What a record has of its programme's lists, before a form's own values are put in."""

    programme: int | None = None
    pillar: Pillar | None = None
    themes: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: ListedRecord | None) -> StoredLists:
        """Of a record that is stored; nothing of a new one."""
        if record is None or record.pk is None:
            return cls()
        return cls(record.programme_id, record.pillar, tuple(record.theme_codes))


def wrong_lists(
    programme: Programme | None, values: Mapping[str, Any], stored: StoredLists
) -> Iterator[tuple[str, str]]:
    """By field, what is not of the programme's lists. What a record has already stays as it is, unless it
    moves to another programme. One query for each field that is new."""
    if programme is None:
        return
    stays = programme.pk == stored.programme
    pillar = values.get("pillar", stored.pillar)
    themes = values.get("theme_codes", stored.themes)
    is_kept = stays and pillar == stored.pillar
    if pillar is not None and not is_kept and not programme.pillars.filter(pk=pillar.pk).exists():
        sentence = _("“%(name)s” is no pillar of %(programme)s.")
        yield "pillar", sentence % {"name": pillar.name, "programme": programme.name}
    new = set(themes or ()) - set(stored.themes if stays else ())
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
    programme = values.get("programme") or (record.programme if record else None)
    for name, sentence in wrong_lists(programme, values, StoredLists.of(record)):
        wrong.setdefault(name, []).append(sentence)
    if wrong:
        raise serializers.ValidationError(wrong)

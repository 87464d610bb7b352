"""The fields of an engagement, declared once: form, page and export are made from this list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from assistance.engagements.choices import SdgTarget
from assistance.engagements.models import Engagement
from core.db.fields import column_of
from core.text import Label


@dataclass(frozen=True)
class Field:
    """One field: help before it, whether a record needs it, whether it is somebody's own words, in
    one line or several."""

    name: str
    required: bool = False
    help: Label = ""
    long: bool = False
    words: bool = False
    only_when_done: bool = False  # asked for only once the engagement is delivered


FIELDS: tuple[Field, ...] = (
    Field("programme", True),
    Field("title", True, _("In one line, as the invitation says it."), words=True),
    Field("type", True),
    Field("modality", True),
    Field("pillar", True, _("The main line of work.")),
    Field("theme_codes", help=_("One or more.")),
    Field(
        "place",
        help=_("City, and the venue if you like. Leave it empty if it was online."),
        words=True,
    ),
    Field("lead_officer", True),
    Field(
        "partners", help=_("Organisations that gave it together with the programme."), words=True
    ),
    Field("tool_codes", help=_("What was taught with, handed over or worked through.")),
    Field(
        "session",
        help=_("Only where it brings delegates to a session of an intergovernmental process."),
    ),
    Field("funding", help=_("From which contribution it is paid.")),
    Field("objectives", long=True, words=True, help=_("What should be different afterwards.")),
    Field(
        "outcome",
        long=True,
        words=True,
        only_when_done=True,
        help=_("What came of it, in a few sentences. Countries do not read this."),
    ),
    Field(
        "follow_up",
        long=True,
        words=True,
        help=_("What the programme should keep in mind. Countries do not read this."),
    ),
    Field(
        "reach",
        help=_("Only for a campaign: how many people it reached. It is not added to participants."),
    ),
    Field("reach_method", help=_("For example: visits counted by the web server."), words=True),
    Field("stage", help=_("How far what is supported has come in the country.")),
    Field("gender_marker", help=_("That of the United Nations, from 0 to 3.")),
    Field("sdg_targets", help=_("Those to which it contributes directly.")),
)
BY_NAME = {f.name: f for f in FIELDS}
# of records of others; shown, never asked for
IMPORTED = (
    "organisation",
    "foreign_id",
    "budget",
    "expense",
    "contact",
)


def field_label(name: str) -> str:
    """A field's label in the reader's language."""
    text = str(column_of(Engagement, name).verbose_name)
    return text[:1].upper() + text[1:]


def display_value(engagement: Engagement, name: str) -> str:
    """A field's value as a reader sees it; an empty string where there is none."""
    value = getattr(engagement, name)
    if name == "theme_codes":
        return " · ".join(t.name for t in engagement.themes) if value else ""
    if name == "sdg_targets":
        return " · ".join(str(SdgTarget(code).label) for code in value)
    if name == "tool_codes":
        return " · ".join(t.title for t in engagement.tools)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return (
            f"{engagement.currency}"
            f" {number_format(value, decimal_pos=2 if value % 1 else 0, use_l10n=True, force_grouping=True)}"
        )
    chosen = getattr(engagement, f"get_{name}_display", None)
    if chosen is not None:
        return "" if value is None else str(chosen())
    if isinstance(value, int):
        return number_format(value, use_l10n=True, force_grouping=True)
    return "" if value is None else str(value)


class FilledField(TypedDict):
    """What a record says in a field."""

    name: str
    label: str
    value: str
    words: bool


def filled_values(engagement: Engagement, names: Iterable[str]) -> list[FilledField]:
    """These fields with their values; empty ones are left out."""
    rows: list[FilledField] = [
        {
            "name": n,
            "label": field_label(n),
            "value": display_value(engagement, n),
            "words": n in BY_NAME and BY_NAME[n].words,
        }
        for n in names
    ]
    return [r for r in rows if r["value"]]

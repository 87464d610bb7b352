"""The fields of a request, declared once: form, page, export, API, mail and the check before
submission are made from this list.

Labels come from the model. Which fields there are follows what comparable mechanisms ask (UNSCR
1540 template, UNCTAD, CTCN).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.db.fields import column_of
from core.text import Label

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


@dataclass(frozen=True)
class Field:
    """One field: its step in the form, whether a submission needs it, the help before it."""

    name: str
    step: str
    required: bool = False
    help: Label = ""
    long: bool = False  # several lines
    words: bool = False  # somebody's own words: shown with their language and direction


class FilledField(TypedDict):
    """What a case says in a field."""

    name: str
    label: str
    value: str
    words: bool
    long: bool


class FilledStep(TypedDict):
    """What a case says in a step."""

    code: str
    heading: Label
    rows: list[FilledField]


STEPS: dict[str, Label] = {
    "subject": _("What is it about?"),
    "problem": _("What is the problem?"),
    "help": _("What help do you ask for?"),
    "time": _("When is it needed?"),
    "authority": _("Who stands behind it?"),
}
FIELDS: tuple[Field, ...] = (
    Field("programme", "subject", True),
    Field("country", "subject", True),
    Field(
        "title",
        "subject",
        True,
        _("In one line: what you would write as the subject of the letter."),
        words=True,
    ),
    Field(
        "pillar",
        "subject",
        True,
        _("The line of work that comes closest. The programme can change it."),
    ),
    Field("theme_codes", "subject", True, _("One or more.")),
    Field("language", "subject", True, _("The language in which you write this request.")),
    Field(
        "problem",
        "problem",
        True,
        _("What goes wrong today, for whom, since when. Four or five sentences are enough."),
        long=True,
        words=True,
    ),
    Field(
        "tried_before",
        "problem",
        False,
        _("What has been done about it already, and what came of it."),
        long=True,
        words=True,
    ),
    Field(
        "other_support",
        "problem",
        False,
        _("From whom, since when; also what you have asked others for."),
        long=True,
        words=True,
    ),
    Field("assistance_types", "help", True, _("One or more; say more below.")),
    Field(
        "assistance_asked",
        "help",
        True,
        _("What should be done, with whom, how long."),
        long=True,
        words=True,
    ),
    Field(
        "expected_results",
        "help",
        True,
        _("What will be different afterwards, and how one will see it."),
        long=True,
        words=True,
    ),
    Field(
        "beneficiaries",
        "help",
        True,
        _("Who will take part or use it: units, functions, regions."),
        long=True,
        words=True,
    ),
    Field("institution", "help", False, _("The institution that asks.")),
    Field(
        "other_institutions",
        "help",
        False,
        _("Others that take part, one a line."),
        long=True,
        words=True,
    ),
    Field("participants_expected", "help", False, _("A number, if it is a training or a meeting.")),
    Field(
        "security_force",
        "help",
        False,
        _(
            "Police, military or intelligence services among those who receive help: the programme"
            " then looks at human rights first."
        ),
    ),
    Field(
        "national_contribution",
        "help",
        False,
        _("Venue, staff time, budget, upkeep afterwards."),
        long=True,
        words=True,
    ),
    Field("urgency", "time", True),
    Field(
        "urgency_reason",
        "time",
        False,
        _("Only if a law, a trial or an election sets a date. Say which."),
        long=True,
        words=True,
    ),
    Field("wished_from", "time", False, _("The first day that would suit you.")),
    Field("wished_until", "time", False, _("The last one.")),
    Field(
        "signatory_name", "authority", True, _("The person who signs for your country."), words=True
    ),
    Field("signatory_title", "authority", True, words=True),
    Field("letter_reference", "authority", False),
    Field("letter_date", "authority", False),
    Field("received_through", "authority", False),
    Field(
        "publish",
        "authority",
        True,
        _("What the public may learn of this request. You can leave it at nothing."),
    ),
    Field(
        "public_summary",
        "authority",
        False,
        _("Two or three sentences that may be published."),
        long=True,
        words=True,
    ),
    Field("share_with_donors", "authority", False, _("Donors can then be asked to fund it.")),
)
BY_NAME = {f.name: f for f in FIELDS}
STAFF_ONLY = frozenset({"received_through"})  # asked only where staff record a letter


def of_step(step: str) -> list[Field]:
    """The fields of one step of the form."""
    return [f for f in FIELDS if f.step == step]


def field_label(name: str) -> str:
    """A field's label in the reader's language."""
    from assistance.requests.models import AssistanceRequest

    text = str(column_of(AssistanceRequest, name).verbose_name)
    return text[:1].upper() + text[1:]


def display_value(case: AssistanceRequest, name: str) -> str:
    """A field's value as a reader sees it; an empty string where there is none."""
    value = getattr(case, name)
    if name == "theme_codes":
        return " · ".join(t.name for t in case.themes)
    if name == "assistance_types":
        return " · ".join(case.assistance_type_labels)
    if name == "share_with_donors":
        return str(_("Yes") if value else _("No"))
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    chosen = getattr(case, f"get_{name}_display", None)
    if chosen is not None:
        return str(chosen())
    return "" if value is None else str(value)


def filled_values(case: AssistanceRequest) -> list[FilledStep]:
    """What the case says, by step: for the page, the mail and the check before submission.

    Empty fields are left out.
    """
    steps: list[FilledStep] = []
    for step, heading in STEPS.items():
        rows: list[FilledField] = [
            {
                "name": f.name,
                "label": field_label(f.name),
                "value": display_value(case, f.name),
                "words": f.words,
                "long": f.long,
            }
            for f in of_step(step)
        ]
        rows = [r for r in rows if r["value"]]
        if rows:
            steps.append({"code": step, "heading": heading, "rows": rows})
    return steps


def missing_fields(case: AssistanceRequest) -> list[Field]:
    """Required fields that are still empty."""
    empty: list[Field] = [
        f for f in FIELDS if f.required and getattr(case, f.name) in (None, "", [])
    ]
    if case.urgency != "routine" and not case.urgency_reason:
        empty.append(BY_NAME["urgency_reason"])
    if case.publish == "summary" and not case.public_summary:
        empty.append(BY_NAME["public_summary"])
    return empty


def language_of_words(case: AssistanceRequest) -> str:
    """For the `lang` attribute around somebody's words; empty where it is not known."""
    return "" if case.language == "other" else case.language

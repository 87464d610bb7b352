"""What must agree within an engagement, its parts and their rows (rules of the programme, section
3). Pages and API judge through this.

Each function answers with sentences by field; none where all is well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assistance.engagements.choices import NUMBERS, WITHOUT_PARTICIPANTS
from assistance.requests.choices import AssistanceType
from core import days
from core.workflow.exceptions import DomainError

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement
    from assistance.engagements.parts import Part
    from assistance.funding.models import Funding
    from assistance.programmes.models import Programme

Sentences = dict[str, str]


def wrong_in_record(
    kind: str,
    reach: int | None,
    reach_method: str,
    programme: Programme | None,
    funding: Funding | None,
) -> Sentences:
    """Funds are the programme's own; only a campaign has a reach, and says how it was estimated."""
    wrong: Sentences = {}
    if funding is not None and programme is not None and funding.programme_id != programme.pk:
        wrong["funding"] = _(
            "This contribution is for another programme. Choose one for %(programme)s, or none."
        ) % {"programme": programme}
    if reach is not None and kind != AssistanceType.CAMPAIGN:
        wrong["reach"] = _(
            "Only a campaign has a reach. Write who took part below, or leave this empty."
        )
    elif reach is not None and not reach_method:
        wrong["reach_method"] = _("Say how the reach was estimated.")
    return wrong


def wrong_in_part(part: Mapping[str, object], today: date | None) -> Sentences:
    """Dates that can be meant, in order; measures above zero; what is known only afterwards not
    before. `today` is that of the duty station; None where it is not known yet."""
    given = {name: day for name, day in part.items() if isinstance(day, date)}
    first, last = given.get("starts_on"), given.get("ends_on")
    wrong = {
        name: sentence
        for name in ("starts_on", "ends_on")
        if (sentence := days.implausible_day(given.get(name)))
    }
    if "ends_on" not in wrong and (sentence := days.reversed_days(first, last)):
        wrong["ends_on"] = sentence
    for name in ("days", "hours"):
        measure = part.get(name)
        if isinstance(measure, Decimal) and measure <= 0:
            wrong[name] = _("Write a number above zero, or leave it empty.")
    if today is not None and last is not None and last > today:
        if part.get("actual_cost") is not None:
            wrong["actual_cost"] = _(
                "What a part cost is known once it is over. Write it as the planned cost."
            )
        if part.get("as_expected"):
            wrong["as_expected"] = _("The last day is still ahead: confirm the numbers afterwards.")
    return wrong


def wrong_in_row(row: Mapping[str, object], kind: str | None) -> Sentences:
    """Numbers, or “not yet known”; no numbers where the type (None: not known) has no participants."""
    wrong: Sentences = {}
    given = [name for name in NUMBERS if row.get(name) is not None]
    if given and row.get("not_yet_known"):
        wrong["not_yet_known"] = _("Write numbers or tick “not yet known”, not both.")
    if given and kind in WITHOUT_PARTICIPANTS:
        wrong[given[0]] = _(
            "This type of engagement has no participants. Leave the numbers empty, or choose"
            " another type."
        )
    return wrong


class Disagreement(DomainError):
    """An engagement that cannot be so.

    `errors` tells a page, `detail` a program: by part and row, counted from 0.
    """

    def __init__(self, errors: dict[str, list[str]], parts: Mapping[str, object]) -> None:
        super().__init__(next(iter(errors.values()))[0])
        self.errors = errors
        self.detail = {name: sentences for name, sentences in errors.items() if name != "parts"} | (
            {"parts": parts} if parts else {}
        )


def validate_agreement(engagement: Engagement, parts: Sequence[Part]) -> None:
    """Raises DomainError for what no engagement can be."""
    if not parts:
        raise DomainError(_("Give the first and the last day."), "starts_on")
    about = wrong_in_record(
        engagement.type,
        engagement.reach,
        engagement.reach_method,
        engagement.programme,
        engagement.funding,
    )
    errors = {name: [sentence] for name, sentence in about.items()}
    detail: dict[str, object] = {}
    for place, part in enumerate(parts):
        wrong = {
            name: [sentence]
            for name, sentence in wrong_in_part(vars(part), engagement.programme.today()).items()
        }
        rows = {
            str(i): wrong_in_row(row, engagement.type)
            for i, row in enumerate(part.participations.values())
        }
        wrong_rows = {
            i: {name: [sentence] for name, sentence in found.items()}
            for i, found in rows.items()
            if found
        }
        said = [
            sentence
            for found in (wrong, *wrong_rows.values())
            for sentences in found.values()
            for sentence in sentences
        ]
        if said:
            before = _("Part %(number)s") % {"number": place + 1}
            errors.setdefault("parts", []).extend(
                f"{before}: {sentence}" for sentence in dict.fromkeys(said)
            )
            rest = {"participations": wrong_rows} if wrong_rows else {}
            detail[str(place)] = {**wrong, **rest}
    if errors:
        raise Disagreement(errors, detail)

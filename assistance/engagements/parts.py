"""Parts of an engagement: how they are written, when they are held, and how they are struck out.

Source: the rules of the programme, section 3. What is held stays held: a part leaves the figures by
being struck out, never by a postponement, a cancellation or a later change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assistance.engagements.choices import NUMBERS
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.states import DONE, EngagementState
from core.workflow.exceptions import DomainError


@dataclass
class Part:
    """A part as somebody gives it: dates, measures, and who came by country id.

    Numbers that are None are not reported. `number` names the part that it changes; without one it
    is new. `as_expected` confirms numbers that were written before the part was over.
    """

    starts_on: date
    ends_on: date
    title: str = ""
    days: Decimal | None = None
    hours: Decimal | None = None
    planned_cost: Decimal | None = None
    actual_cost: Decimal | None = None
    participations: dict[int, dict[str, object]] = field(default_factory=dict)
    number: int | None = None
    as_expected: bool = False


MEASURES = ("title", "starts_on", "ends_on", "days", "hours", "planned_cost", "actual_cost")


def with_countries(parts: Sequence[Part], countries: Iterable[int]) -> Sequence[Part]:
    """Each of these countries in the first part, unless it is in some part already."""
    for country in countries:
        if not any(country in p.participations for p in parts):
            parts[0].participations[country] = {}
    return parts


def write_first_parts(engagement: Engagement, given: Sequence[Part]) -> None:
    """Gives a new engagement, which has their dates already, its parts, and holds those of which it
    is recorded that they took place. Raises DomainError for a part that says a number."""
    today = engagement.programme.today()
    for number, wanted in number_parts(given, {}, last=0):
        write_part(engagement, EngagementPart(engagement=engagement, number=number), wanted, today)


def write_parts(engagement: Engagement, given: Sequence[Part], *, reason: str = "") -> None:
    """Makes the live parts of an engagement what is given, and holds those of which it is recorded
    that they took place. Rows are changed, not made anew, so that history reads well.

    Raises DomainError where a held part would go, or get dates that are not past or have no reason.
    """
    today = engagement.programme.today()
    every = {p.number: p for p in engagement.parts.all()}
    live = {number: p for number, p in every.items() if p.struck_on is None}
    for number, wanted in number_parts(given, live, last=max(every, default=0)):
        part = live.pop(number, None) or EngagementPart(engagement=engagement, number=number)
        refuse_moving_held(part, wanted, today, reason)
        write_part(engagement, part, wanted, today)
    for part in live.values():
        remove_part(part)
    follow_parts(engagement)


def write_part(engagement: Engagement, part: EngagementPart, wanted: Part, today: date) -> None:
    """Makes a part what is given, and holds it where it is recorded that it took place."""
    kept = {p.country_id: p for p in part.participations.all()} if part.pk else {}
    for name in MEASURES:
        setattr(part, name, getattr(wanted, name))
    part.save()
    write_participation(engagement, part, wanted, kept, today)
    hold_if_recorded(engagement, part, today)


def number_parts(
    given: Sequence[Part], live: dict[int, EngagementPart], last: int
) -> list[tuple[int, Part]]:
    """Each part with the number of the row that it changes, or with a new one.

    Where none says its number, they stand for the live parts in their order. Raises DomainError for
    a number that no live part has.
    """
    if all(p.number is None for p in given):
        known = sorted(live)
        new = range(last + 1, last + 1 + len(given))
        return list(zip([*known[: len(given)], *new], given, strict=False))
    found: list[tuple[int, Part]] = []
    for part in given:
        if part.number is None:
            last += 1
        elif part.number not in live or part.number in dict(found):
            raise DomainError(
                _("There is no part %(n)s to change. Leave out the number of a new part.")
                % {"n": part.number},
                "parts",
            )
        found.append((part.number or last, part))
    return found


def refuse_moving_held(part: EngagementPart, wanted: Part, today: date, reason: str) -> None:
    """Raises DomainError where the dates of a held part would move to days ahead, or without a
    reason."""
    if not part.is_held or (part.starts_on, part.ends_on) == (wanted.starts_on, wanted.ends_on):
        return
    if wanted.ends_on > today:
        raise DomainError(
            _(
                "Part %(n)s was held from %(first)s to %(last)s. Its dates can be corrected, but"
                " only to days that are past. Add a new part for what is still to come."
            )
            % {
                "n": part.number,
                "first": date_format(part.starts_on, "DATE_FORMAT"),
                "last": date_format(part.ends_on, "DATE_FORMAT"),
            },
            "parts",
        )
    if not reason.strip():
        raise DomainError(
            _("Say why the dates of part %(n)s, which was held, are corrected.")
            % {"n": part.number},
            "dates_reason",
        )


def remove_part(part: EngagementPart) -> None:
    """Removes a part that was not held.

    Raises DomainError for a held one, or one with a list of names.
    """
    if part.is_held:
        raise DomainError(
            _("Part %(n)s was held and cannot be removed. Strike it out if it did not take place.")
            % {"n": part.number},
            "parts",
        )
    try:
        part.delete()
    except models.ProtectedError:
        raise DomainError(
            _(
                "Part %(n)s has an attendance list. Take the people off it before you remove the"
                " part."
            )
            % {"n": part.number}
        ) from None


def write_participation(
    engagement: Engagement,
    part: EngagementPart,
    wanted: Part,
    kept: dict[int, CountryParticipation],
    today: date,
) -> None:
    """The rows of one part, by country id; `kept` are those that it has.

    A number written before the part was over is expected, and counts nowhere until it is changed
    or confirmed afterwards, or the engagement is recorded as delivered.
    """
    over = part.ends_on <= today
    recorded = over and (engagement.state in DONE or wanted.as_expected)
    for country_id, numbers in wanted.participations.items():
        row = kept.pop(country_id, None) or CountryParticipation(part=part, country_id=country_id)
        before = [getattr(row, name) for name in NUMBERS]
        for name in NUMBERS:
            setattr(row, name, numbers.get(name))
        changed = row.is_reported and before != [getattr(row, name) for name in NUMBERS]
        if recorded or (over and changed):
            row.is_expected = False
        row.not_yet_known = bool(numbers.get("not_yet_known"))
        row.institutions = str(numbers.get("institutions") or "")
        row.save()
    for row in kept.values():
        row.delete()


def hold_if_recorded(engagement: Engagement, part: EngagementPart, today: date) -> None:
    """Holds a part that is over and of which it is recorded that it took place: its engagement is
    delivered, or a number of participants (of a type without them the actual cost) was recorded or
    confirmed on its last day or later. Source: the rules of the programme, section 3."""
    if part.held_on or part.struck_on or part.ends_on > today:
        return
    if engagement.state == EngagementState.RECORDED:
        return
    if engagement.state in DONE:
        took_place = True
    elif engagement.has_participants:
        rows = part.participations.filter(is_expected=False)
        took_place = any(row.is_reported for row in rows)
    else:
        took_place = part.actual_cost is not None
    if took_place:
        part.held_on = today
        part.save()


def hold_all(engagement: Engagement) -> None:
    """Holds every live part of an engagement that is delivered now; what was expected is confirmed."""
    today = engagement.programme.today()
    for part in engagement.parts.live():
        for row in part.participations.filter(is_expected=True):
            row.is_expected = False
            row.save()
        hold_if_recorded(engagement, part, today)


def strike_out(engagement: Engagement, part: EngagementPart) -> None:
    """Strikes a part out: it stays in history and counts at no later cut-off."""
    part.struck_on = engagement.programme.today()
    part.save()
    follow_parts(engagement)


def postpone(engagement: Engagement, starts_on: date) -> None:
    """Every part that was not held yet moves by the same number of days. Raises DomainError where
    none is left, or the new first day is not after the old one."""
    ahead = [p for p in engagement.parts.live() if not p.is_held]
    if not ahead:
        raise DomainError(_("Every part was held already. There is nothing left to postpone."))
    first = min(p.starts_on for p in ahead)
    shift = starts_on - first
    if shift <= timedelta(0):
        raise DomainError(
            _("The new first day comes after the old one (%(date)s).")
            % {"date": date_format(first, "DATE_FORMAT")},
            "starts_on",
        )
    for part in ahead:
        part.starts_on += shift
        part.ends_on += shift
        part.save()
    follow_parts(engagement)


def follow_parts(engagement: Engagement) -> None:
    """First and last day of the engagement from its live parts, saved; with all of them struck out
    its dates stay, and it reads that it did not take place."""
    live = list(engagement.parts.live())
    engagement.did_not_take_place = not live
    if live:
        engagement.starts_on = min(p.starts_on for p in live)
        engagement.ends_on = max(p.ends_on for p in live)
    engagement.save(update_fields=["did_not_take_place", "starts_on", "ends_on"])

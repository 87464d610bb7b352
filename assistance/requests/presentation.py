"""How a case's state, and who is awaited on it, are said to each kind of reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.states import DONE
from assistance.requests.awaited import Act, Awaited, CaseFacts, Party, awaited
from assistance.requests.choices import Outcome
from assistance.requests.states import COUNTRY_READS, State
from core.text import label_of

if TYPE_CHECKING:
    from assistance.requests.awaited_facts import Reader
    from assistance.requests.models import AssistanceRequest


NEAR, FAR = 15, 180  # days: said with their weekday, said with their year


def state_words(case: AssistanceRequest, reader: User) -> str:
    """The state in the staff's words or in the country's, with what the country's words leave room
    for."""
    if not getattr(reader, "is_focal_point", False):
        return label_of(State, case.state)
    words = str(COUNTRY_READS[State(case.state)])
    if case.state == State.REFERRED:
        return _("passed on to %(name)s") % {"name": case.referred_to}
    if case.state == State.MERGED and case.merged_into:
        return _("continued in %(reference)s") % {"reference": case.merged_into.reference}
    if case.state == State.CLOSED and case.outcome:
        return _("closed: %(outcome)s") % {"outcome": label_of(Outcome, case.outcome)}
    if case.state == State.IN_DELIVERY:
        linked = list(case.engagements.exclude(state="cancelled").values_list("state", flat=True))
        if linked:
            return _("in delivery (%(done)s of %(all)s done)") % {
                "done": sum(s in DONE for s in linked),
                "all": len(linked),
            }
    return words


def short_state(case: AssistanceRequest) -> str:
    """The country's word for the state, without looking anything up: for lists."""
    return str(COUNTRY_READS[State(case.state)])


def awaited_parties(entry: Awaited, case: AssistanceRequest, reader: Reader) -> str:
    """Who is awaited, as this reader says it."""
    if reader.is_awaited(entry, case):
        return _("you")
    if entry.party in (Party.OFFICER, Party.MANAGER) and reader.user.is_focal_point:
        return str(Party.PROGRAMME.label)
    if entry.party == Party.OFFICER and case.lead_officer_id is None:
        return _("the officers")
    return str(entry.party.label)


def day_words(day: date, today: date) -> str:
    """A day as one says it: with its weekday when it is near, with its year when it is far."""
    distance = (day - today).days
    words = (
        date_format(day, "MONTH_DAY_FORMAT")
        if abs(distance) < FAR
        else date_format(day, "DATE_FORMAT")
    )
    return (
        _("%(weekday)s %(day)s") % {"weekday": date_format(day, "l"), "day": words}
        if 0 <= distance < NEAR
        else words
    )


def late_words(by: date, known: CaseFacts) -> str:
    """How late something is: never a past date said as if it were ahead."""
    days, was_due = known.working_days_late(by) or 0, day_words(by, known.today)
    if not days:
        return _("was due %(date)s") % {"date": was_due}
    late = ngettext(
        "%(days)s working day late (was due %(date)s)",
        "%(days)s working days late (was due %(date)s)",
        days,
    )
    return late % {"days": days, "date": was_due}


def number_in_words(number: int) -> str:
    """A number at the beginning of a sentence: in English in a word, as one writes it there."""
    return (
        str(apnumber(number)).capitalize()
        if (get_language() or "").startswith("en")
        else str(number)
    )


def awaited_sentence(
    entry: Awaited, case: AssistanceRequest, known: CaseFacts, reader: Reader
) -> str:
    """“Decision: the manager, by 14 January”, “Two questions for you, by Friday 4 December”, and
    how late it is."""
    who = awaited_parties(entry, case, reader)
    if entry.act == Act.ANSWER and entry.count:
        head = ngettext(
            "%(count)s question for %(who)s", "%(count)s questions for %(who)s", entry.count
        ) % {
            "count": number_in_words(entry.count),
            "who": who,
        }
    else:
        head = _("%(act)s: %(who)s") % {"act": entry.act.label, "who": who}
    if entry.by is None:
        return head
    if entry.by < known.today:
        return _("%(awaited)s, %(late)s") % {"awaited": head, "late": late_words(entry.by, known)}
    return _("%(awaited)s, by %(date)s") % {
        "awaited": head,
        "date": day_words(entry.by, known.today),
    }


@dataclass(frozen=True)
class StateWords:
    """What is awaited, in a reader's words: for a page, a line of a list, a mail."""

    entry: Awaited
    sentence: str
    is_mine: bool
    is_late: bool


def awaited_words(case: AssistanceRequest, known: CaseFacts, reader: Reader) -> list[StateWords]:
    """All that is awaited on a case, as this reader is told: what is awaited of them first."""
    said = [
        StateWords(
            e,
            awaited_sentence(e, case, known, reader),
            reader.is_awaited(e, case),
            e.by is not None and e.by < known.today,
        )
        for e in awaited(case, known)
        if not (
            e.act == Act.SILENCE and reader.user.is_focal_point
        )  # how the programme goes on is its own affair
    ]
    return sorted(said, key=lambda s: not s.is_mine)

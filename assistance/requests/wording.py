"""How a case's state and turn are said to the two kinds of reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assistance.engagements.states import DONE
from assistance.requests.states import COUNTRY_READS, State, Turn

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


def state_words(case: AssistanceRequest, reader: Any) -> str:
    """The state in the staff's words or in the country's, with what the country's words leave room for."""
    if not getattr(reader, "is_focal_point", False):
        return str(case.get_state_display())
    words = str(COUNTRY_READS[State(case.state)])
    if case.state == State.REFERRED:
        return _("passed on to %(name)s") % {"name": case.referred_to}
    if case.state == State.MERGED and case.merged_into:
        return _("continued in %(reference)s") % {"reference": case.merged_into.reference}
    if case.state == State.CLOSED and case.outcome:
        return _("closed: %(outcome)s") % {"outcome": case.get_outcome_display()}
    if case.state == State.IN_DELIVERY:
        linked = list(case.engagements.exclude(state="cancelled").values_list("state", flat=True))
        if linked:
            return _("in delivery (%(done)s of %(all)s done)") % {"done": sum(s in DONE for s in linked), "all": len(linked)}
    return words


def short_state(case: AssistanceRequest) -> str:
    """The country's word for the state, without looking anything up: for lists."""
    return str(COUNTRY_READS[State(case.state)])


def is_turn_of(reader: Any, case: AssistanceRequest) -> bool:
    """Whether the reader's side has to act; while a request is with the approver, that is not its author."""
    if case.state == State.AWAITING_CLEARANCE and case.author_id == getattr(reader, "pk", None):
        return False
    return case.turn == (Turn.COUNTRY if getattr(reader, "is_focal_point", False) else Turn.PROGRAMME)


def turn_sentence(case: AssistanceRequest, reader: Any) -> str:
    """Whose turn it is and by which date; never a number of days."""
    by = date_format(case.due_on, "DATE_FORMAT") if case.due_on else ""
    mine = is_turn_of(reader, case)
    if case.turn == Turn.NOBODY:
        return ""
    if mine:
        return _("Your turn, by %(date)s.") % {"date": by} if by else _("Your turn.")
    if case.turn == Turn.PROGRAMME:
        return _("The programme's turn, by %(date)s.") % {"date": by} if by else _("The programme's turn.")
    return _("The country's turn, by %(date)s.") % {"date": by} if by else _("The country's turn.")

"""Who will be told what of an action, said before it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models import User
from assistance.requests.notifications import recipients_of
from assistance.requests.states import COUNTRY_READS, State
from core.text import Label
from core.workflow.actions import COMPUTED, SAME, Action
from core.workflow.fields import ActionField

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


@dataclass(frozen=True)
class ToldLine:
    """Some people, what they will read has happened, and which of the fields they read."""

    names: list[str]
    what: Label
    reads: list[str]


def told_lines(
    action: Action, case: AssistanceRequest, actor: User, fields: Sequence[ActionField]
) -> list[ToldLine]:
    """A line for the country's people, who read the shared ones of these fields, and one for staff,
    who read all."""
    people = recipients_of(action, case, actor)
    country = [p.name for p in people if not p.is_programme_staff]
    staff = [p.name for p in people if p.is_programme_staff]
    lines = []
    if country and action.shared:
        is_moved = action.target not in (SAME, COMPUTED)
        what = COUNTRY_READS[State(action.target)] if is_moved else action.past
        lines.append(ToldLine(country, what, [str(f.label) for f in fields if f.shared]))
    if staff:
        lines.append(ToldLine(staff, action.past, []))
    return lines

"""The life of an engagement, as data: plan → confirm → deliver → verify, with the ways back.

Source: the rules of the programme, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.engagements.states import EngagementState as S
from assistance.programmes.querysets import manages
from core import access
from core.workflow.fields import ActionField, Choice, Day, Line, Text

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement
    from assistance.engagements.part_models import EngagementPart


@dataclass(frozen=True)
class EngagementAction:
    """One line of the table. Any member of the owning programme's staff may take it.

    An empty `target` leaves the state as it is. `not_recorder` excludes who recorded the delivery
    or changed the record since it was last verified; in `managers_in` only a manager may take it.
    """

    code: str
    label: Any
    past: Any
    sources: tuple[str, ...]
    target: str
    fields: tuple[ActionField, ...] = ()
    not_recorder: bool = False
    managers_in: tuple[str, ...] = ()
    weight: int = 50


ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
YES, NO = "yes", "no"
STRIKE_REASONS = (
    ("did_not_take_place", _("It did not take place")),
    ("entered_by_mistake", _("It was entered by mistake")),
)


ACTIONS: dict[str, EngagementAction] = {
    a.code: a
    for a in (
        EngagementAction(
            "confirm", _("Confirm"), _("Confirmed"), (S.PLANNED,), S.CONFIRMED, weight=1
        ),
        EngagementAction(
            "deliver",
            _("Record as delivered"),
            _("Recorded as delivered"),
            (S.PLANNED, S.CONFIRMED),
            S.DELIVERED,
            (
                Text(
                    "outcome",
                    _("Outcome (internal)"),
                    _("What came of it, in a few sentences."),
                    shared=False,
                ),
            ),
            weight=2,
        ),
        EngagementAction(
            "verify",
            _("Verify"),
            _("Verified"),
            (S.DELIVERED,),
            S.VERIFIED,
            not_recorder=True,
            weight=1,
        ),
        EngagementAction(
            "correct",
            _("Correct"),
            _("Opened for correction"),
            (S.VERIFIED,),
            S.DELIVERED,
            (Line("reason", _("Reason"), shared=False),),
            weight=40,
        ),
        EngagementAction(
            "postpone",
            _("Postpone"),
            _("Postponed"),
            (S.PLANNED, S.CONFIRMED),
            S.PLANNED,
            (
                Day("starts_on", _("New first day")),
                Line("reason", _("Reason"), shared=False),
            ),
            weight=40,
        ),
        EngagementAction(
            "cancel",
            _("Cancel"),
            _("Cancelled"),
            (S.PLANNED, S.CONFIRMED),
            S.CANCELLED,
            (Line("reason", _("Reason"), shared=False),),
            weight=80,
        ),
        EngagementAction(
            "strike",
            _("Strike a part out"),
            _("Part struck out"),
            (S.PLANNED, S.CONFIRMED, S.DELIVERED, S.VERIFIED, S.CANCELLED),
            "",
            (
                Choice(
                    "part",
                    _("Part"),
                    _("It stays in history and counts no more."),
                    shared=False,
                ),
                Choice("why", _("Why"), choices=STRIKE_REASONS, shared=False),
                Line("reason", _("Reason"), shared=False),
            ),
            managers_in=(S.VERIFIED, S.CANCELLED),
            weight=85,
        ),
    )
}
CHANGES = ("edit", "deliver", "strike", "import")  # acts that change what somebody else verifies
PAST = {
    "plan": _("Planned"),
    "edit": _("Changed"),
    "link": _("Linked to a request"),
    "unlink": _("Unlinked from a request"),
    "import": _("Imported"),
    "add_step": _("Next step added"),
    "finish_step": _("Next step done"),
    "add_file": _("File added"),
    "hand_over": _("Handed over"),
}


def role_may(user: Any, code: str, engagement: Engagement | None) -> bool:
    """Role and membership only: staff of the owning programme; where the table says so, its
    managers, or somebody who has not recorded or changed the delivery."""
    action = ACTIONS[code]
    if not user.is_programme_staff:
        return False
    if engagement is None:
        return True
    if action.not_recorder and changed_since_verified(user, engagement):
        return False
    if engagement.state in action.managers_in and not manages(user, engagement.programme_id):
        return False
    return access.programme_ids(user).filter(programme_id=engagement.programme_id).exists()


def changed_since_verified(user: Any, engagement: Engagement) -> bool:
    """Whether this person recorded the delivery, or changed the record since it was last verified."""
    if engagement.recorded_by_id == user.pk:
        return True
    own = engagement.events.filter(actor=user, action__in=CHANGES)
    last = engagement.events.filter(action="verify").order_by("-id").first()
    return own.filter(id__gt=last.pk).exists() if last else own.exists()


def may_take(user: Any, action: EngagementAction, engagement: Engagement) -> bool:
    """Whether this user may take the action on this engagement now."""
    if engagement.state not in action.sources:
        return False
    if engagement.did_not_take_place and action.code != "cancel":
        return False
    return role_may(user, action.code, engagement)


def why_not(user: Any, action: EngagementAction, engagement: Engagement) -> str:
    """Why an action cannot be taken now, as a sentence."""
    if engagement.state in action.sources and not engagement.did_not_take_place:
        if action.not_recorder and changed_since_verified(user, engagement):
            return gettext(
                "Who recorded the delivery, or changed it since it was last verified, does not"
                " verify it. Ask somebody else of the programme."
            )
        if engagement.state in action.managers_in:
            return gettext(
                "After an engagement is verified or cancelled, a manager of the programme does"
                " this."
            )
    return gettext("“%(action)s” cannot be done now: the engagement is “%(state)s”.") % {
        "action": action.label,
        "state": engagement.state_in_words,
    }


def asked_about(engagement: Engagement) -> list[EngagementPart]:
    """Parts without numbers, of which recording the delivery asks whether they took place."""
    live = engagement.parts.live().prefetch_related("participations")
    return [p for p in live if not p.is_held and is_silent(engagement, p)]


def is_silent(engagement: Engagement, part: EngagementPart) -> bool:
    """Whether nothing says that a part took place: no number, of a type without people no cost."""
    if engagement.has_participants:
        return not any(row.is_reported for row in part.participations.all())
    return part.actual_cost is None


def took_place_name(part: EngagementPart) -> str:
    """The name of the question about one part."""
    return f"part_{part.number}_took_place"


def fields_for(action: EngagementAction, engagement: Engagement) -> tuple[ActionField, ...]:
    """What the action asks for, here and now: of strike which part, of deliver what became of each
    part without numbers."""
    if action.code == "deliver":
        return (*(question(part) for part in asked_about(engagement)), *action.fields)
    if action.code == "strike":
        choices = [(str(p.number), name_of_part(p)) for p in engagement.parts.live()]
        return tuple(
            replace(field, choices=choices)
            if isinstance(field, Choice) and field.name == "part"
            else field
            for field in action.fields
        )
    return action.fields


def question(part: EngagementPart) -> ActionField:
    """Whether a part took place."""
    label = gettext("Did it take place? %(part)s") % {"part": name_of_part(part)}
    answers = ((YES, _("Yes; nothing more is known yet")), (NO, _("No; it is struck out")))
    return Choice(took_place_name(part), label, choices=answers, shared=False)


def name_of_part(part: EngagementPart) -> str:
    """A part as people tell it from the others."""
    days = (
        f"{date_format(part.starts_on, 'DATE_FORMAT')} – {date_format(part.ends_on, 'DATE_FORMAT')}"
    )
    name = gettext("Part %(number)s") % {"number": part.number}
    # in whatever direction it is written, it turns nothing beside it
    title = part.title and f"{ISOLATE}{part.title}{END_OF_ISOLATE}"
    return " · ".join(text for text in (name, title, days) if text)


def actions_for(user: Any, engagement: Engagement) -> list[EngagementAction]:
    """What this user may do now, the main thing first."""
    return sorted(
        (a for a in ACTIONS.values() if may_take(user, a, engagement)), key=lambda a: a.weight
    )


def label_of(code: str) -> str:
    """How the timeline names an act."""
    return str(ACTIONS[code].past if code in ACTIONS else PAST.get(code, code))

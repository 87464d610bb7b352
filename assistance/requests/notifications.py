"""Who is told what of an act on a case.

Rows of the outbox, written in the act's own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.programmes.models import ProgrammeMembership
from assistance.requests.actors import Recipient
from assistance.requests.awaited import CaseFacts
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.choices import HAPPENINGS
from assistance.requests.presentation import awaited_words, state_words
from core.db.country_role import ROLE
from core.workflow.actions import Action
from countries.models import FocalPoint
from notifications.models import Notification

if TYPE_CHECKING:
    from assistance.requests.clock_models import CaseClock
    from assistance.requests.models import AssistanceRequest
    from assistance.timeline.models import CaseEvent


RECEIPT = "request.receipt"  # what who took an action for their own side gets of it


def recipients_of(action: Action, case: AssistanceRequest, actor: User | None) -> list[User]:
    """The people who will get a notification of this action: shown before it is confirmed, and used
    when it is."""
    told = action.recipients(case, actor) if action.recipients else action.notify
    ids = {pk for audience in told for pk in ids_of(audience, case)}
    if not (action.tells_actor and getattr(actor, "is_focal_point", False)):
        ids -= {getattr(actor, "pk", None)}
    return list(User.objects.filter(pk__in=ids, is_active=True).order_by("name"))


def ids_of(audience: Enum, case: AssistanceRequest) -> Iterable[int]:
    """Ids of an audience's people."""
    if audience == Recipient.COUNTRY:
        return {
            *FocalPoint.objects.speaking_for(case.country_id, case.programme_id).values_list(
                "user_id", flat=True
            )
        }
    if audience == Recipient.AUTHOR:
        return [case.author_id]
    if audience == Recipient.CLEARERS:
        clearers = FocalPoint.objects.who_may_clear(case.country_id, case.programme_id)
        return clearers.values_list("user_id", flat=True)
    staff = ProgrammeMembership.objects.active().filter(programme_id=case.programme_id)
    if audience == Recipient.OFFICER:
        return (
            [case.lead_officer_id]
            if case.lead_officer_id
            else staff.filter(role="officer").values_list("user_id", flat=True)
        )
    return (
        [case.deciding_manager_id]
        if case.deciding_manager_id
        else ProgrammeMembership.objects.managers()
        .filter(programme_id=case.programme_id)
        .values_list("user_id", flat=True)
    )


def notify_action(event: CaseEvent, action: Action, case: AssistanceRequest) -> None:
    """Tells everybody who is to be told of an action; of what the country does not read, staff
    only."""
    people = [
        p for p in recipients_of(action, case, event.actor) if event.shared or p.is_programme_staff
    ]
    receipt = [p for p in people if p.pk == event.actor_id]
    others = [p for p in people if p.pk != event.actor_id]
    _tell(others, f"request.{action.code}", case, lambda: str(action.past))
    _tell(receipt, RECEIPT, case, lambda: str(action.past))


def is_inside() -> bool:
    """Whether this is written outside the role of countries' people, who have no right to what only
    staff read.

    What follows by itself from an act of theirs is written under it as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [ROLE])
        return not cursor.fetchone()[0]


def announce_message(event: CaseEvent, case: AssistanceRequest) -> None:
    """Staff write to the country, the country to staff; a note stays among staff."""
    from_staff = event.actor is not None and event.actor.is_programme_staff
    audiences = (
        [Recipient.OFFICER] if event.action == "note" or not from_staff else [Recipient.COUNTRY]
    )
    ids = {pk for a in audiences for pk in ids_of(a, case)} - {event.actor_id}
    _tell(
        User.objects.filter(pk__in=ids, is_active=True),
        f"request.{event.action}",
        case,
        lambda: str(HAPPENINGS[event.action]),
    )


def announce_assignment(event: CaseEvent, case: AssistanceRequest, officer: User) -> None:
    """Tells the officer who gets a case."""
    if officer.pk != event.actor_id:
        _tell([officer], "request.assign", case, lambda: str(HAPPENINGS["assign"]))


def remind_country(clock: CaseClock, case: AssistanceRequest) -> None:
    """Tells the country once more that it is its turn, with the questions that are still open."""
    people = User.objects.filter(pk__in=ids_of(Recipient.COUNTRY, case), is_active=True)
    still_open = [f"{q.number}. {q.text}".strip() for q in case.open_questions()]
    _tell(people, "request.reminder", case, lambda: _("Reminder: it is your turn"), still_open)


def _tell(
    people: Iterable[User],
    kind: str,
    case: AssistanceRequest,
    headline: Callable[[], str],
    more: Sequence[str] = (),
) -> None:
    """One row a person, in that person's language; `more` are lines under what everybody reads."""
    rows, people = [], list(people)
    if not people:
        return
    known = known_of([case], inside=is_inside())[case.pk]
    for person in people:
        with translation.override(person.language):
            name = case.reference or _("Draft")
            subject = f"{name}: {headline()}"
            body = "\n".join([_body(case, person, known), *more])
        rows.append(
            Notification(
                user=person,
                kind=kind,
                subject=subject[:300],
                body=body,
                path=case.get_absolute_url(),
            )
        )
    # asks for no row back: a focal point may not read what others are told
    Notification.objects.bulk_create(rows, ignore_conflicts=True)


def _body(case: AssistanceRequest, person: User, known: CaseFacts) -> str:
    """Title, state in the reader's own words, and who is awaited for what by when.

    Nothing that the page would not show the reader.
    """
    awaited = [said.sentence for said in awaited_words(case, known, Reader(person))]
    lines = [case.title, state_words(case, person), *awaited]
    return "\n".join(line for line in lines if line)

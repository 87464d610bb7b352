"""Handing over: the end of an account, a membership or a designation and the move of its open work,
in one transaction (rules, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Model
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.offboarding import end_access
from accounts.permissions import may
from assistance.engagements.models import Engagement, EngagementEvent, NextStep
from assistance.handover.notifications import tell_deputies, tell_successors
from assistance.handover.querysets import Slot, Work, open_work
from assistance.handover.terminations import (
    KINDS,
    Terminable,
    Termination,
    ends_of,
    person_of,
    responsibilities_lost,
)
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from assistance.requests.workflow import WORKFLOW
from assistance.timeline.models import CaseEvent
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from countries.models import FocalPoint

Chosen = Mapping[str, int | None]  # by name of the question: the id of who takes over
COLUMNS = {
    "led": "lead_officer",
    "decided": "deciding_manager",
    "drafts": "author",
    "own_drafts": "author",
}


def page_for(before: Model, after: Model) -> str:
    """The address of the page on which work is handed over before the row may become `after`; empty
    where nothing would stand with nobody."""
    if not (isinstance(before, Terminable) and isinstance(after, Terminable)):
        return ""  # nobody's work hangs on it
    return (
        ends_of(after).address
        if open_work(person_of(before), responsibilities_lost(before, after))
        else ""
    )


@transaction.atomic
def hand_over(
    actor: User, leaving: int, ends: Termination, successors: Chosen, *, seen: str | None = None
) -> Work:
    """Ends what `ends` says for the user with the id `leaving`, and gives each part of the open
    work to the successor named for it.

    `seen` is the mark of the work that the administrator had before them (`Work.seen`). All or
    nothing: raises ActionNotAllowed (no administrator), Http404 (no such row of this user),
    EditConflict (ended, or the work changed, in the meantime), DomainError (a successor is missing
    or cannot take it over), ValidationError (the row may not become what is asked).
    """
    if not may(actor, "administer.user"):
        raise ActionNotAllowed(_("Only administrators end accounts, memberships and designations."))
    locked = lock_people(leaving, successors)
    before = lock_row(ends, leaving)
    after = ends.after(before)
    gone = responsibilities_lost(before, after)
    if not gone:
        raise EditConflict(
            _(
                "In the meantime this was ended by somebody else. Nothing is left to be handed over"
                " here."
            )
        )
    work = open_work(locked[leaving], gone)
    lock_rows(work)
    if (seen is not None and work.seen != seen) or open_work(
        locked[leaving], gone
    ).seen != work.seen:
        raise EditConflict(
            _(
                "In the meantime the open work changed. These are the numbers now: look at them,"
                " then hand over."
            )
        )
    chosen = {slot.name: check_successor(slot, successors.get(slot.name)) for slot in work.slots}
    end_row(after, ends)
    move_work(actor, work, chosen)
    return work


def lock_people(leaving: int, successors: Chosen) -> dict[int, User]:
    """Who goes and who takes over, locked in one order, so that nobody is deactivated while work
    moves to them."""
    ids = {leaving, *(pk for pk in successors.values() if pk)}
    return {u.pk: u for u in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")}


def lock_row(ends: Termination, leaving: int) -> Terminable:
    """The account, membership or designation, locked."""
    row = KINDS[ends.kind].objects.select_for_update().filter(pk=ends.pk).first()
    if row is None or person_of(row).pk != leaving:
        raise Http404
    return row


def lock_rows(work: Work) -> None:
    """Everything that moves, locked: nobody else assigns it until this is done."""
    ids: dict[str, list[int]] = defaultdict(list)
    for slot in work.slots:
        for kind in slot.found:
            ids[kind] += slot.ids(kind)
    cases = [pk for kind in (*COLUMNS, "clearances") for pk in ids[kind]]
    list(
        AssistanceRequest.objects.select_for_update()
        .filter(pk__in=cases)
        .order_by("pk")
        .values_list("pk")
    )
    list(
        Engagement.objects.select_for_update()
        .filter(pk__in=ids["engagements"])
        .order_by("pk")
        .values_list("pk")
    )
    list(
        NextStep.objects.select_for_update()
        .filter(pk__in=ids["next_steps"])
        .order_by("pk")
        .values_list("pk")
    )


def check_successor(slot: Slot, pk: int | None) -> User | None:
    """Who takes over a part; nobody only where nobody could.

    Raises DomainError, at the question.
    """
    person = next((u for u in slot.candidates if u.pk == pk), None)
    if person is None and pk is not None:
        raise DomainError(
            _("This person cannot take it over any more. Choose somebody else."), slot.name
        )
    if person is None and slot.candidates:
        raise DomainError(_("Choose who takes this over."), slot.name)
    return person


def end_row(after: Terminable, ends: Termination) -> None:
    """Saves the row as it is to become; without an account, sessions and keys of programs end too.

    Raises ValidationError.
    """
    after.full_clean(exclude=["email", "name", "password"] if isinstance(after, User) else None)
    after.save(update_fields=list(ends.values))
    if isinstance(after, User) and not after.is_active:
        end_access(after)


def move_work(actor: User, work: Work, chosen: Mapping[str, User | None]) -> None:
    """Gives the rows to their new people, writes the timelines, and tells everybody whom it
    concerns."""
    move_cases(actor, work, chosen)
    for slot in work.slots:
        successor = chosen[slot.name]
        if slot.part == "lead":
            move_engagements(actor, work.person, slot, successor)
        elif slot.part == "clear":
            move_clearances(actor, slot, successor)
    new_deputies = {other: deputy_for(other, work, chosen) for other in work.deputies}
    for deputy in set(new_deputies.values()):
        User.objects.filter(pk__in=[o.pk for o, d in new_deputies.items() if d == deputy]).update(
            deputy=deputy
        )
    tell_deputies(work.person, new_deputies)
    tell_successors(work, chosen)


def move_cases(actor: User, work: Work, chosen: Mapping[str, User | None]) -> None:
    """Officer, deciding manager, author: one update for all requests that change alike, one event a
    request.

    Who leads or decides is the programme's own matter: only a new author raises the version, which
    the country reads.
    """
    changes: dict[int, dict[str, User | None]] = defaultdict(dict)
    own: set[int] = set()
    for slot in work.slots:
        successor = chosen[slot.name]
        for kind in set(slot.found) & set(COLUMNS):
            if COLUMNS[kind] == "author" and successor is None:
                continue  # a draft always has an author
            for pk in slot.ids(kind):
                changes[pk][COLUMNS[kind]] = successor
                own |= {pk} if kind == "own_drafts" else set()
    alike: dict[tuple[tuple[str, User | None], ...], list[int]] = defaultdict(list)
    for pk, values in changes.items():
        alike[tuple(sorted(values.items()))].append(pk)
    now = timezone.now()
    for same, ids in alike.items():
        noticed = {"version": F("version") + 1, "updated_at": now} if "author" in dict(same) else {}
        AssistanceRequest.objects.filter(pk__in=ids).update(**dict(same), **noticed)
    events = [
        CaseEvent(
            request_id=pk,
            round=round_,
            action="hand_over",
            from_state=state,
            to_state=state,
            at=now,
            actor=actor,
            shared=pk in own,
            data={"from": work.person.pk}
            | {column: getattr(u, "pk", None) for column, u in changes[pk].items()},
        )
        for pk, round_, state in (
            AssistanceRequest.objects.filter(pk__in=changes)
            .order_by("pk")
            .values_list("pk", "round", "state")
        )
    ]
    CaseEvent.objects.bulk_create(events)


def move_engagements(actor: User, leaving: User, slot: Slot, successor: User | None) -> None:
    """Engagements and next steps of a programme; a step keeps the name that it has where nobody
    takes over."""
    ids = slot.ids("engagements")
    now = timezone.now()
    Engagement.objects.filter(pk__in=ids).update(
        lead_officer=successor, version=F("version") + 1, updated_at=now
    )
    steps = NextStep.objects.filter(pk__in=slot.ids("next_steps"))
    of_steps = set(steps.values_list("engagement_id", flat=True)) if successor else set()
    if successor:
        steps.update(owner=successor.name)
    data = {"from": leaving.pk, "to": successor.pk if successor else None}
    states = (
        Engagement.objects.filter(pk__in={*ids, *of_steps})
        .order_by("pk")
        .values_list("pk", "state")
    )
    EngagementEvent.objects.bulk_create(
        [
            EngagementEvent(
                engagement_id=pk,
                actor=actor,
                action="hand_over",
                from_state=s,
                to_state=s,
                at=now,
                data=data,
            )
            for pk, s in states
        ]
    )


def move_clearances(actor: User, slot: Slot, successor: User | None) -> None:
    """The successor gets the right to clear; what nobody can clear goes back to its author, who
    then submits it directly."""
    if successor:
        FocalPoint.objects.active().filter(
            user=successor,
            country=slot.place_id,
            programmes__in=slot.programme_ids,
            may_clear=False,
        ).update(may_clear=True)
    waiting = AssistanceRequest.objects.select_for_update(of=("self",)).filter(
        pk__in=slot.ids("clearances"), state=State.AWAITING_CLEARANCE
    )
    stuck = waiting.filter(author=successor) if successor else waiting
    for case in stuck.select_related("programme", "country", "author").order_by("pk"):
        with translation.override(case.author.language):
            why = _(
                "Nobody else clears for your country at present. Submit the request again: it goes"
                " to the programme directly."
            )
        WORKFLOW.perform_within(case, actor, "send_back", {"changes": why})


def deputy_for(other: User, work: Work, chosen: Mapping[str, User | None]) -> User | None:
    """Who stands in for somebody whose deputy goes: who takes over what they share, if there is one
    with the same role; else nobody."""
    programmes = {m.programme_id for m in other.memberships.all()}
    countries = {d.country_id for d in other.designations.all()}
    for slot in sorted(work.slots, key=lambda s: s.part != "decide"):
        person = chosen[slot.name]
        places = programmes if slot.part in ("lead", "decide") else countries
        if (
            person is not None
            and person.pk != other.pk
            and person.role == other.role
            and slot.place_id in places
        ):
            return person
    return None

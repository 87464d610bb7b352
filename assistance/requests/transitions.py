"""Taking an action on a case: the one door through which a state changes, for pages, API, tasks and
commands alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assistance.engagements.states import DONE, EngagementState
from assistance.requests import consent_effects, notifications  # noqa: F401 they register
from assistance.requests.clock import Clocks
from assistance.requests.clock_models import StateSpan
from assistance.requests.effects import EFFECTS, ActionContext
from assistance.requests.errors import ActionNotAllowed, DomainError, EditConflict
from assistance.requests.lifecycle import (
    ACTIONS,
    COMPUTED,
    SAME,
    Action,
    ActorRole,
    fields_of,
    is_on_behalf,
    label_of,
    may_take,
)
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from assistance.timeline.models import CaseEvent
from assistance.timeline.services import MESSAGE_FIELDS, record_event
from core import days

UNDER_WAY = (EngagementState.CONFIRMED, *DONE)  # what starts delivery


def lock_request(user: Any, pk: int) -> AssistanceRequest:
    """The case, locked until the transaction ends; Http404 where the user may not see it."""
    visible = AssistanceRequest.objects.visible_to(user).filter(pk=pk)
    if not visible.exists():
        raise Http404
    return (
        AssistanceRequest.objects.select_for_update(of=("self",))
        .select_related("programme", "country")
        .get(pk=pk)
    )


def refuse_if_changed(user: Any, case: AssistanceRequest, expected_version: int | None) -> None:
    """Raises EditConflict, saying who did what as far as the user may know it, where the case is
    not what they had before them."""
    if expected_version is None or case.version == expected_version:
        return
    # others leave the version as it is
    visible = CaseEvent.objects.visible_to(user).filter(request=case, shared=True)
    last = visible.select_related("actor").order_by("-id").first()
    if case.state == State.DRAFT and (
        last is None or last.at < case.updated_at
    ):  # saving a draft is no event
        saved = date_format(timezone.localtime(case.updated_at), "DATETIME_FORMAT")
        raise EditConflict(
            _(
                "This draft was saved in another window at %(time)s. Look at it again before you"
                " go on."
            )
            % {"time": saved}
        )
    what = label_of(last.action) if last else _("changed")
    who = last.actor.name if last and last.actor else _("the clock")
    raise EditConflict(
        _(
            "In the meantime this request was changed: %(what)s, by %(who)s. Look at it again"
            " before you go on."
        )
        % {"what": what, "who": who}
    )


def perform_action(
    user: Any,
    pk: int,
    code: str,
    data: dict[str, Any] | None = None,
    *,
    expected_version: int | None = None,
    now: datetime | None = None,
) -> CaseEvent:
    """Takes an action; `data` holds the cleaned values of its needs.

    One transaction: transition, event, clocks, notifications, audit. Raises Http404 (not visible),
    EditConflict (changed since), ActionNotAllowed (not this person, or not now), DomainError (the
    values do not do).
    """
    action = ACTIONS[code]
    with transaction.atomic():
        case = lock_request(user, pk)
        refuse_if_changed(user, case, expected_version)
        if not may_take(user, action, case):
            raise ActionNotAllowed(
                _("“%(action)s” cannot be done now: the request is “%(state)s”.")
                % {
                    "action": action.label,
                    "state": case.get_state_display(),
                }
            )
        return apply_action(
            action, case, user, data or {}, now=now, on_behalf=is_on_behalf(user, action, case)
        )


def apply_automatic(pk: int, code: str, now: datetime | None = None) -> CaseEvent | None:
    """An action that nobody takes; None where the case has moved on in the meantime."""
    action = ACTIONS[code]
    with transaction.atomic():
        case = (
            AssistanceRequest.objects.select_for_update(of=("self",))
            .select_related("programme", "country")
            .get(pk=pk)
        )
        return (
            apply_action(action, case, None, {}, now=now) if case.state in action.sources else None
        )


def apply_action(
    action: Action,
    case: AssistanceRequest,
    user: Any,
    data: dict[str, Any],
    *,
    now: datetime | None = None,
    on_behalf: bool = False,
) -> CaseEvent:
    """The inside of an action, on a locked case for which it is allowed.

    What staff do among themselves leaves version and time of the last change as the country has
    them before it. Delivery of an agreed plan starts by itself where an engagement is confirmed
    already.
    """
    now = now or timezone.now()
    today = case.programme.day_of(now)
    doing = ActionContext(case, user, action.code, data, now, today, Clocks(case, today), on_behalf)
    before, fields = case.state, fields_of(action, case, on_behalf=on_behalf)
    computed = EFFECTS[action.code](doing) if action.code in EFFECTS else None
    if action.target == COMPUTED:
        if computed is None:
            raise DomainError(_("Nothing says where this leads."))
        case.state = computed
    elif action.target != SAME:
        case.state = action.target
    if case.state != before:
        case.state_since = now
        move_span(case, now)
    doing.clocks.happened(action.code, case.state)
    shared = action.shared if doing.shared is None else doing.shared
    if shared:
        case.version += 1
        case.updated_at = now
    case.save()
    event = record_event(
        case,
        user,
        action.code,
        from_state=before,
        fields=fields,
        data=data,
        shared=shared,
        on_behalf=on_behalf,
        acted_for=stands_in_for(user, action, case, today),
        extra=doing.extra,
        at=now,
    )
    notifications.notify_action(event, action, case)
    if action.code == "agree" and case.engagements.filter(state__in=UNDER_WAY).exists():
        apply_action(ACTIONS["start_delivery"], case, None, {}, now=now)
    return event


def stands_in_for(user: Any, action: Action, case: AssistanceRequest, today: date) -> Any:
    """The absent person in whose place the user acts as deputy; None where the user acts for
    themselves."""
    owner = {ActorRole.MANAGER: case.deciding_manager, ActorRole.OFFICER: case.lead_officer}.get(
        action.who
    )
    absent = (
        owner is not None and user is not None and owner.pk != user.pk and owner.is_absent_on(today)
    )
    return owner if absent and owner is not None and owner.deputy_id == user.pk else None


def move_span(case: AssistanceRequest, now: datetime) -> None:
    """Ends the time in the old state and begins the one in the new; no earlier than the old one
    began, should this server's clock be behind."""
    last = StateSpan.objects.get(request=case, left_at__isnull=True)
    last.left_at = max(now, last.entered_at)
    last.save(update_fields=["left_at"])
    StateSpan.objects.create(
        request=case, state=case.state, round=case.round, entered_at=last.left_at
    )


def post_message(user: Any, pk: int, text: str, *, internal: bool, upload: Any = None) -> CaseEvent:
    """A message on the case: shared with the country, or a note among staff. The programme's first
    message acknowledges.

    A note leaves version and time of the last change as they are, since the country reads both.
    """
    code = "note" if internal else "message"
    with transaction.atomic():
        case = lock_request(user, pk)
        if internal and not user.is_programme_staff:
            raise ActionNotAllowed(_("Internal notes are for staff."))
        if case.reference is None:
            raise ActionNotAllowed(_("Messages can be sent once the request is submitted."))
        event = record_event(
            case,
            user,
            code,
            from_state=case.state,
            fields=MESSAGE_FIELDS[code],
            data={"text": text, "file": upload},
            shared=not internal,
        )
        if not internal:
            if user.is_programme_staff:
                clocks = Clocks(case, case.programme.today())
                clocks.happened("message", case.state)
            case.version += 1
            case.updated_at = timezone.now()
            case.save()
        notifications.announce_message(event, case)
        return event


def assign_officer(user: Any, pk: int, officer: Any) -> CaseEvent:
    """Gives the case to another officer.

    The country does not notice: version and time of the last change stay.
    """
    with transaction.atomic():
        case = lock_request(user, pk)
        if not user.is_programme_staff or not case.is_open:
            raise ActionNotAllowed(
                _("Only an open request can be given to another officer, by staff.")
            )
        case.lead_officer = officer
        case.save(update_fields=["lead_officer"])
        event = record_event(
            case, user, "assign", from_state=case.state, shared=False, extra={"to": officer.pk}
        )
        notifications.announce_assignment(event, case, officer)
        return event


def wrong_days(values: Mapping[str, Any]) -> dict[str, str]:
    """A sentence a field for days that cannot be meant, and for a wished period that ends before it
    begins."""
    wrong = {
        name: sentence
        for name in ("wished_from", "wished_until", "letter_date")
        if (sentence := days.implausible_day(values.get(name)))
    }
    if "wished_until" not in wrong and (
        sentence := days.reversed_days(values.get("wished_from"), values.get("wished_until"))
    ):
        wrong["wished_until"] = sentence
    return wrong


def begin_draft(user: Any, **values: Any) -> AssistanceRequest:
    """A new draft; its time in the state “draft” begins.

    Raises DomainError for days that cannot be meant.
    """
    if wrong := wrong_days(values):
        raise DomainError.for_fields(wrong)
    with transaction.atomic():
        case = AssistanceRequest(author=user, **values)
        case.full_clean(exclude=["search"])
        case.save()
        StateSpan.objects.create(
            request=case, state=case.state, round=case.round, entered_at=case.created_at
        )
        return case


def edit_draft(
    user: Any, pk: int, values: dict[str, Any], *, expected_version: int | None = None
) -> AssistanceRequest:
    """New values for a draft, by its author. Raises as `perform_action` does."""
    with transaction.atomic():
        case = lock_request(user, pk)
        if case.state != State.DRAFT or case.author_id != user.pk:
            raise ActionNotAllowed(
                _(
                    "Only a draft can be changed, by its author. What is submitted can be"
                    " supplemented."
                )
            )
        refuse_if_changed(user, case, expected_version)
        for name, value in values.items():
            setattr(case, name, value)
        wished = (
            {name: getattr(case, name) for name in ("wished_from", "wished_until")}
            if values.keys() & {"wished_from", "wished_until"}
            else {}
        )
        if wrong := wrong_days({**values, **wished}):
            raise DomainError.for_fields(wrong)
        case.version += 1
        case.updated_at = timezone.now()
        case.full_clean(exclude=["search"])
        case.save()
        return case

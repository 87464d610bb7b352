"""What changes a request beside the actions of its life: messages, another officer, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.requests import notifications
from assistance.requests.clock_models import StateSpan
from assistance.requests.field_sets import MESSAGE_FIELDS
from assistance.requests.models import AssistanceRequest
from assistance.requests.running_clocks import Clocks
from assistance.requests.states import State
from assistance.requests.workflow import WORKFLOW
from assistance.timeline.models import CaseEvent
from assistance.timeline.services import record_event
from core import access, days
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country

perform_action = WORKFLOW.perform
lock_request = WORKFLOW.lock


def post_message(
    user: User, pk: int, text: str, *, internal: bool, upload: UploadedFile | None = None
) -> CaseEvent:
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


def assign_officer(user: User, pk: int, officer: User) -> CaseEvent:
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


def wrong_days(values: Mapping[str, object]) -> dict[str, str]:
    """A sentence a field for days that cannot be meant, and for a wished period that ends before it
    begins."""
    given = {name: day for name, day in values.items() if isinstance(day, date)}
    wrong = {
        name: sentence
        for name in ("wished_from", "wished_until", "letter_date")
        if (sentence := days.implausible_day(given.get(name)))
    }
    if "wished_until" not in wrong and (
        sentence := days.reversed_days(given.get("wished_from"), given.get("wished_until"))
    ):
        wrong["wished_until"] = sentence
    return wrong


def begin_draft(user: User, **values: object) -> AssistanceRequest:
    """A new draft; its time in the state “draft” begins.

    Raises DomainError for days that cannot be meant, and for a programme for which a focal point is not
    designated in the country.
    """
    if wrong := wrong_days(values):
        raise DomainError.for_fields(wrong)
    refuse_foreign_programme(user, values.get("country"), values.get("programme"))
    with transaction.atomic():
        case = AssistanceRequest(author=user, **values)
        case.full_clean(exclude=["search"])
        case.save()
        StateSpan.objects.create(
            request=case, state=case.state, round=case.round, entered_at=case.created_at
        )
        return case


def refuse_foreign_programme(user: User, country: object, programme: object) -> None:
    """Raises DomainError where a focal point writes for a country and a programme that are theirs one
    by one and not together."""
    if not user.is_focal_point or not (
        isinstance(country, Country) and isinstance(programme, Programme)
    ):
        return
    if not access.speaks_for(user, country.pk, programme.pk):
        raise DomainError(
            _("You are not designated for this programme in %(country)s. Choose another.")
            % {"country": country.name},
            "programme",
        )


def edit_draft(
    user: User, pk: int, values: Mapping[str, object], *, expected_version: int | None = None
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
        WORKFLOW.refuse_if_changed(user, case, expected_version)
        for name, value in values.items():
            setattr(case, name, value)
        refuse_foreign_programme(user, case.country, case.programme)
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

"""Writing engagements: plan, change, link, and take the actions of the life cycle.

Pages, API, import and tests come through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements import validators
from assistance.engagements.effects import check_delivered
from assistance.engagements.linked_cases import cases_follow
from assistance.engagements.models import Engagement, EngagementRequest
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.parts import (
    Part,
    hold_all,
    with_countries,
    write_first_parts,
    write_parts,
)
from assistance.engagements.questions import YES, asked_about, took_place_name
from assistance.engagements.states import AHEAD, DONE, EngagementState
from assistance.engagements.timeline import record_engagement_event
from assistance.engagements.workflow import WORKFLOW
from assistance.programmes.models import Programme
from assistance.requests import references
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE
from assistance.session_support.support import check_against_attendance
from core.workflow.exceptions import ActionNotAllowed, DomainError

perform_action = WORKFLOW.perform
lock_engagement = WORKFLOW.lock


@transaction.atomic
def create_engagement(
    user: User,
    values: Mapping[str, object],
    parts: Sequence[Part],
    requests: Iterable[AssistanceRequest] = (),
    *,
    early_reason: str = "",
) -> Engagement:
    """A new engagement with its reference, parts and links.

    A linked request's country takes part, whether or not it was named. `early_reason` says why help
    is given before a request was decided on; without one such a request is refused.
    """
    programme = values["programme"]
    assert isinstance(programme, Programme), "every record has one"
    linked = lock_linkable([r.pk for r in requests], "requests")
    refuse_early_without_reason(linked, early_reason)
    engagement = Engagement(**{"currency": programme.currency, **values}, created_by=user)
    validators.validate_agreement(engagement, parts)
    engagement.reference = references.next_reference(references.ENGAGEMENTS, programme.today().year)
    engagement.starts_on, engagement.ends_on = (
        min(p.starts_on for p in parts),
        max(p.ends_on for p in parts),
    )
    engagement.full_clean(exclude=["reference"], validate_constraints=True)
    engagement.save()
    write_first_parts(engagement, with_countries(parts, (r.country_id for r in linked)))
    check_against_attendance(engagement)
    for case in linked:
        EngagementRequest.objects.create(
            engagement=engagement,
            request=case,
            early_reason=early_reason if case.is_undecided else "",
        )
    record_engagement_event(
        engagement, user, "plan", engagement.state, data={"requests": [r.reference for r in linked]}
    )
    for case in linked:
        cases_follow(engagement, user, case.pk)
    return engagement


def lock_linkable(pks: Sequence[int], field: str) -> list[AssistanceRequest]:
    """The requests, locked and only then judged, so that none of them is delivered or closed in
    between. Raises DomainError.

    An engagement is locked before its cases, and these by their number, so that nobody waits for
    each other.
    """
    cases = (
        AssistanceRequest.objects.select_for_update(of=("self",))
        .select_related("programme", "country")
        .filter(pk__in=pks)
        .order_by("pk")
    )
    found = list(cases)
    closed = [str(case.reference or case) for case in found if case.state not in LINKABLE]
    if closed:
        raise DomainError(not_linkable(closed), field)
    return found


def refuse_early_without_reason(cases: Iterable[AssistanceRequest], reason: str) -> None:
    """Raises DomainError where help is given before a request was decided on and nobody says why
    (rules of the programme, section 3)."""
    early = [case for case in cases if case.is_undecided]
    if early and not reason:
        raise DomainError(early_sentence(early), "early_reason")


def early_sentence(cases: Iterable[AssistanceRequest]) -> str:
    """That requests are not decided on yet, and what is to be said."""
    references = ", ".join(str(case.reference) for case in cases)
    sentence = _("%(references)s: not decided yet. Say why help is given before the decision.")
    return sentence % {"references": references}


@transaction.atomic
def log_engagement(
    user: User,
    values: Mapping[str, object],
    parts: Sequence[Part],
    requests: Iterable[AssistanceRequest] = (),
    *,
    early_reason: str = "",
    outcome: str = "",
    has_taken_place: bool = False,
) -> Engagement:
    """A new engagement, recorded as delivered in the same step where it has taken place. Raises as
    `create_engagement` and the action “deliver” do."""
    engagement = create_engagement(user, values, parts, requests, early_reason=early_reason)
    if not has_taken_place:
        return engagement
    engagement = lock_engagement(user, engagement.pk)
    answers = {took_place_name(part): YES for part in asked_about(engagement)}
    WORKFLOW.perform_within(engagement, user, "deliver", answers | {"outcome": outcome})
    return engagement


def not_linkable(references: Iterable[str]) -> str:
    """Why an engagement cannot answer these requests, and what would be right."""
    sentence = _(
        "No request that can be linked has the reference %(references)s. It must be open and not"
        " delivered yet, such as KEN-2026-0007."
    )
    return sentence % {"references": ", ".join(references)}


@transaction.atomic
def update_engagement(
    user: User,
    pk: int,
    values: Mapping[str, object],
    parts: Sequence[Part],
    *,
    dates_reason: str = "",
    expected_version: int | None = None,
) -> Engagement:
    """New values and parts of an engagement that is not verified or cancelled.

    `dates_reason` says why dates of a part that was held are corrected. Raises DomainError as
    `write_parts` does.
    """
    engagement = lock_engagement(user, pk)
    WORKFLOW.refuse_if_changed(user, engagement, expected_version)
    if engagement.state not in (*AHEAD, "delivered", "recorded"):
        raise ActionNotAllowed(
            _("A verified or cancelled engagement is not changed. Open it for correction first.")
        )
    for name, value in values.items():
        setattr(engagement, name, value)
    validators.validate_agreement(engagement, parts)
    engagement.starts_on, engagement.ends_on = (
        min(p.starts_on for p in parts),
        max(p.ends_on for p in parts),
    )
    engagement.full_clean(exclude=["reference"], validate_constraints=True)
    save_version(engagement)
    write_parts(
        engagement,
        with_countries(parts, engagement.requests.values_list("country_id", flat=True)),
        reason=dates_reason,
    )
    if engagement.state in DONE:
        check_delivered(engagement)
    before = engagement.state
    if before == EngagementState.RECORDED and is_whole(engagement):
        become_own(engagement, user)
    check_against_attendance(engagement)
    record_engagement_event(engagement, user, "edit", before, note=dates_reason.strip())
    for case_id in engagement.requests.order_by("pk").values_list("pk", flat=True):
        cases_follow(engagement, user, case_id)
    return engagement


def is_whole(engagement: Engagement) -> bool:
    """Whether an imported record has got its pillar, type and dates, and its participation where
    its type counts people."""
    if not (engagement.pillar_id and engagement.type and engagement.ends_on):
        return False
    rows = CountryParticipation.objects.of_live_parts(engagement)
    return bool(rows) and (not engagement.has_participants or all(r.is_reported for r in rows))


def become_own(engagement: Engagement, user: User) -> None:
    """A record that is whole counts like any other engagement: delivered where it is over, planned
    where it is ahead."""
    assert engagement.ends_on is not None
    over = engagement.ends_on <= engagement.programme.today()
    engagement.state = EngagementState.DELIVERED if over else EngagementState.PLANNED
    engagement.recorded_by = user if over else None
    engagement.save()
    engagement.recorded_countries.all().delete()
    if over:
        hold_all(engagement)


def save_version(engagement: Engagement) -> None:
    """Saves with the next version."""
    engagement.version += 1
    engagement.updated_at = timezone.now()
    engagement.save()


@transaction.atomic
def link_request(user: User, pk: int, case: AssistanceRequest, *, early_reason: str = "") -> None:
    """The engagement answers this request too; the request's country takes part. `early_reason` as
    for a new engagement."""
    engagement = lock_engagement(user, pk)
    if engagement.state == EngagementState.CANCELLED:
        raise DomainError(_("This engagement is cancelled. Link the request to one that is not."))
    (case,) = lock_linkable([case.pk], "request")
    refuse_early_without_reason([case], early_reason)
    _link, made = EngagementRequest.objects.get_or_create(
        engagement=engagement,
        request=case,
        defaults={"early_reason": early_reason if case.is_undecided else ""},
    )
    if not made:
        raise DomainError(_("This request is linked already."))
    if not CountryParticipation.objects.filter(
        part__engagement=engagement, country_id=case.country_id
    ).exists():
        first = engagement.parts.live().order_by("number").first()
        if first is None:
            raise DomainError(_("Give the engagement its dates first."))
        done = engagement.state in DONE
        CountryParticipation.objects.create(
            part=first, country_id=case.country_id, not_yet_known=done, is_expected=not done
        )
    save_version(engagement)
    record_engagement_event(
        engagement, user, "link", engagement.state, data={"request": case.reference}
    )
    cases_follow(engagement, user, case.pk)


@transaction.atomic
def unlink_request(user: User, pk: int, case: AssistanceRequest, reason: str) -> None:
    """No longer an answer to this request; participation stays, since people came."""
    engagement = lock_engagement(user, pk)
    if not reason.strip():
        raise DomainError(_("Give a reason."), "reason")
    removed, _rows = EngagementRequest.objects.filter(engagement=engagement, request=case).delete()
    if not removed:
        raise DomainError(_("This request is not linked."))
    save_version(engagement)
    record_engagement_event(
        engagement, user, "unlink", engagement.state, note=reason, data={"request": case.reference}
    )
    cases_follow(engagement, user, case.pk)

"""Writing engagements: plan, change, link, and take the actions of the life cycle.

Pages, API, import and tests come through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.engagements import validators
from assistance.engagements.lifecycle import (
    ACTIONS,
    NO,
    asked_about,
    label_of,
    may_take,
    took_place_name,
    why_not,
)
from assistance.engagements.models import Engagement, EngagementEvent, EngagementRequest
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.parts import (
    Part,
    hold_all,
    postpone,
    strike_out,
    with_countries,
    write_parts,
)
from assistance.engagements.states import AHEAD, DONE, EngagementState
from assistance.requests import references
from assistance.requests.clock import Clocks
from assistance.requests.errors import ActionNotAllowed, DomainError, EditConflict
from assistance.requests.lifecycle import ACTIONS as CASE_ACTIONS
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE, State
from assistance.requests.transitions import apply_action


def record_engagement_event(
    engagement: Engagement,
    user: Any,
    action: str,
    before: str,
    *,
    note: str = "",
    data: dict[str, Any] | None = None,
) -> EngagementEvent:
    """Adds to the engagement's timeline."""
    return EngagementEvent.objects.create(
        engagement=engagement,
        actor=user,
        action=action,
        from_state=before,
        to_state=engagement.state,
        note=note,
        data=data or {},
    )


def lock_engagement(user: Any, pk: int) -> Engagement:
    """The engagement, locked; Http404 where the user may not change it (or not even see it)."""
    if not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    return Engagement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


def refuse_if_changed(engagement: Engagement, expected_version: int | None) -> None:
    """Raises EditConflict, saying who did what, where it is not what the person had before them."""
    if expected_version is None or engagement.version == expected_version:
        return
    last = engagement.events.select_related("actor").order_by("-id").first()
    what = label_of(last.action) if last else _("changed")
    if last is None or last.actor is None:
        raise EditConflict(
            _(
                "In the meantime this engagement was changed: %(what)s. Look at it again before you"
                " go on."
            )
            % {"what": what}
        )
    who = last.actor.name
    raise EditConflict(
        _(
            "In the meantime this engagement was changed: %(what)s, by %(who)s. Look at it again"
            " before you go on."
        )
        % {"what": what, "who": who}
    )


@transaction.atomic
def create_engagement(
    user: Any,
    values: dict[str, Any],
    parts: Sequence[Part],
    requests: Iterable[AssistanceRequest] = (),
) -> Engagement:
    """A new engagement with its reference, parts and links.

    A linked request's country takes part, whether or not it was named.
    """
    programme = values["programme"]
    linked = lock_linkable([r.pk for r in requests], "requests")
    engagement = Engagement(**{"currency": programme.currency} | values, created_by=user)
    validators.validate_agreement(engagement, parts)
    engagement.reference = references.next_reference(references.ENGAGEMENTS, programme.today().year)
    engagement.starts_on, engagement.ends_on = (
        min(p.starts_on for p in parts),
        max(p.ends_on for p in parts),
    )
    engagement.full_clean(exclude=["reference"], validate_constraints=True)
    engagement.save()
    write_parts(engagement, with_countries(parts, (r.country_id for r in linked)))
    for case in linked:
        EngagementRequest.objects.create(engagement=engagement, request=case)
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


def not_linkable(references: Iterable[str]) -> str:
    """Why an engagement cannot answer these requests, and what would be right."""
    sentence = _(
        "No request that can be linked has the reference %(references)s. It must be open and not"
        " delivered yet, such as KEN-2026-0007."
    )
    return sentence % {"references": ", ".join(references)}


@transaction.atomic
def update_engagement(
    user: Any,
    pk: int,
    values: dict[str, Any],
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
    refuse_if_changed(engagement, expected_version)
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


def become_own(engagement: Engagement, user: Any) -> None:
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
def perform_action(
    user: Any,
    pk: int,
    code: str,
    data: dict[str, Any] | None = None,
    *,
    expected_version: int | None = None,
) -> EngagementEvent:
    """Takes an action of the life cycle; linked cases follow in the same transaction.

    Raises Http404, EditConflict, ActionNotAllowed, DomainError, as for requests.
    """
    data = data or {}
    action = ACTIONS[code]
    engagement = lock_engagement(user, pk)
    refuse_if_changed(engagement, expected_version)
    if not may_take(user, action, engagement):
        raise ActionNotAllowed(why_not(user, action, engagement))
    before, about = engagement.state, {}
    if code == "deliver":
        about = record_delivery(engagement, user, data)
    elif code == "verify":
        check_verified(engagement)
    elif code == "postpone":
        postpone(engagement, data["starts_on"])
        about = {"starts_on": str(data["starts_on"])}
    elif code == "strike":
        about = strike_part(engagement, data)
    engagement.state = action.target or before
    save_version(engagement)
    if code == "deliver":
        hold_all(engagement)
    done = record_engagement_event(
        engagement, user, code, before, note=data.get("reason", ""), data=about
    )
    for case_id in engagement.requests.order_by("pk").values_list("pk", flat=True):
        cases_follow(engagement, user, case_id)
    return done


def record_delivery(engagement: Engagement, user: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Strikes out the parts of which it was answered that they did not take place, and records the
    rest. Returns what the timeline keeps. Raises DomainError as `check_delivered` does."""
    struck = []
    for part in asked_about(engagement):
        if data.get(took_place_name(part)) == NO:
            strike_out(engagement, part)
            struck.append(part.number)
    if engagement.did_not_take_place:
        raise DomainError(
            _("If no part took place, nothing was delivered. Strike the parts out, or cancel it.")
        )
    check_delivered(engagement)
    engagement.recorded_by, engagement.outcome = user, data.get("outcome", "")
    return {"struck": struck} if struck else {}


def strike_part(engagement: Engagement, data: dict[str, Any]) -> dict[str, Any]:
    """Strikes out one part.

    Returns what the timeline keeps. Raises DomainError for a part that is none.
    """
    number = str(data.get("part", ""))
    part = engagement.parts.live().filter(number=number).first() if number.isdecimal() else None
    if part is None:
        raise DomainError(_("Choose a part that is not struck out yet."), "part")
    strike_out(engagement, part)
    return {"struck": [part.number], "why": data["why"]}


def check_delivered(engagement: Engagement) -> None:
    """Past dates, and an answer for each country of each live part."""
    if engagement.ends_on is None or engagement.ends_on > engagement.programme.today():
        raise DomainError(
            _("The last day (%(date)s) is still ahead. Record it afterwards, or change the dates.")
            % {"date": engagement.ends_on}
        )
    if not engagement.has_participants:
        return
    rows = CountryParticipation.objects.of_live_parts(engagement).select_related("country")
    silent = sorted({r.country.name for r in rows if not r.is_reported and not r.not_yet_known})
    if silent:
        raise DomainError(
            _("Say how many took part from %(countries)s, or tick “not yet known”.")
            % {"countries": ", ".join(silent)},
            "parts",
        )


def check_verified(engagement: Engagement) -> None:
    """Numbers for each country: “not yet known” is not accepted any more."""
    if not engagement.has_participants:
        return
    rows = CountryParticipation.objects.of_live_parts(engagement).select_related("country")
    silent = sorted({r.country.name for r in rows if not r.is_reported})
    if silent:
        raise DomainError(
            _(
                "Participation from %(countries)s is not reported yet; it has to be before this can"
                " be verified."
            )
            % {"countries": ", ".join(silent)},
            "parts",
        )


@transaction.atomic
def link_request(user: Any, pk: int, case: AssistanceRequest) -> None:
    """The engagement answers this request too; the request's country takes part."""
    engagement = lock_engagement(user, pk)
    if engagement.state == EngagementState.CANCELLED:
        raise DomainError(_("This engagement is cancelled. Link the request to one that is not."))
    (case,) = lock_linkable([case.pk], "request")
    _link, made = EngagementRequest.objects.get_or_create(engagement=engagement, request=case)
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
def unlink_request(user: Any, pk: int, case: AssistanceRequest, reason: str) -> None:
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


def cases_follow(engagement: Engagement, user: Any, case_id: int) -> None:
    """A linked case takes note: delivery starts with the first confirmed engagement, and its clocks
    follow what was delivered."""
    case = (
        AssistanceRequest.objects.select_for_update(of=("self",))
        .select_related("programme", "country")
        .get(pk=case_id)
    )
    if (
        case.state == State.PLANNED
        and case.engagements.filter(state__in=("confirmed", *DONE)).exists()
    ):
        apply_action(CASE_ACTIONS["start_delivery"], case, user, {})
    clocks = Clocks(case, case.programme.today())
    clocks.follow_engagements()
    clocks.store_turn()
    AssistanceRequest.objects.filter(pk=case.pk).update(
        turn=case.turn, due_on=case.due_on, updated_at=timezone.now()
    )

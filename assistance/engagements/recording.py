"""Writing engagements: plan, change, link, and take the actions of the life cycle. Pages, API, import and tests come through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.engagements import agreeing
from assistance.engagements.lifecycle import ACTIONS, label_of, may_take
from assistance.engagements.models import NUMBERS, CountryParticipation, Engagement, EngagementEvent, EngagementPart, EngagementRequest
from assistance.engagements.states import AHEAD, DONE, EngagementState
from assistance.requests import references
from assistance.requests.clock import Clocks
from assistance.requests.errors import Conflict, NotAllowed, Refused
from assistance.requests.lifecycle import ACTIONS as CASE_ACTIONS
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import LINKABLE, State
from assistance.requests.transitions import carry_out


@dataclass
class Part:
    """A part as somebody gives it: dates, measures, and who came by country id. Numbers that are None are not reported."""

    starts_on: date
    ends_on: date
    title: str = ""
    days: Any = None
    hours: Any = None
    cost: Any = None
    participations: dict[int, dict[str, Any]] = field(default_factory=dict)


def event(engagement: Engagement, user: Any, action: str, before: str, *, note: str = "", data: dict[str, Any] | None = None) -> EngagementEvent:
    """Adds to the engagement's timeline."""
    return EngagementEvent.objects.create(
        engagement=engagement, actor=user, action=action, from_state=before, to_state=engagement.state, note=note, data=data or {}
    )


def lock(user: Any, pk: int) -> Engagement:
    """The engagement, locked; Http404 where the user may not change it (or not even see it)."""
    if not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    return Engagement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=pk)


def refuse_if_changed(engagement: Engagement, expected_version: int | None) -> None:
    """Raises Conflict, saying who did what, where it is not what the person had before them."""
    if expected_version is None or engagement.version == expected_version:
        return
    last = engagement.events.select_related("actor").order_by("-id").first()
    what = label_of(last.action) if last else _("changed")
    if last is None or last.actor is None:
        raise Conflict(_("In the meantime this engagement was changed: %(what)s. Look at it again before you go on.") % {"what": what})
    who = last.actor.name
    raise Conflict(
        _("In the meantime this engagement was changed: %(what)s, by %(who)s. Look at it again before you go on.") % {"what": what, "who": who}
    )


@transaction.atomic
def plan(user: Any, values: dict[str, Any], parts: Sequence[Part], requests: Iterable[AssistanceRequest] = ()) -> Engagement:
    """A new engagement with its reference, parts and links. A linked request's country takes part, whether or not it was named."""
    programme = values["programme"]
    linked = lock_linkable([r.pk for r in requests], "requests")
    engagement = Engagement(**values, created_by=user)
    agreeing.check(engagement, parts)
    engagement.reference = references.next_reference(references.ENGAGEMENTS, programme.today().year)
    engagement.starts_on, engagement.ends_on = min(p.starts_on for p in parts), max(p.ends_on for p in parts)
    engagement.full_clean(exclude=["reference"], validate_constraints=True)
    engagement.save()
    write_parts(engagement, with_countries(parts, (r.country_id for r in linked)))
    for case in linked:
        EngagementRequest.objects.create(engagement=engagement, request=case)
    event(engagement, user, "plan", engagement.state, data={"requests": [r.reference for r in linked]})
    for case in linked:
        cases_follow(engagement, user, case.pk)
    return engagement


def lock_linkable(pks: Sequence[int], field: str) -> list[AssistanceRequest]:
    """The requests, locked and only then judged, so that none of them is delivered or closed in between. Raises Refused.

    An engagement is locked before its cases, and these by their number, so that nobody waits for each other.
    """
    cases = AssistanceRequest.objects.select_for_update(of=("self",)).select_related("programme", "country").filter(pk__in=pks).order_by("pk")
    found = list(cases)
    closed = [str(case.reference or case) for case in found if case.state not in LINKABLE]
    if closed:
        raise Refused(not_linkable(closed), field)
    return found


def not_linkable(references: Iterable[str]) -> str:
    """Why an engagement cannot answer these requests, and what would be right."""
    sentence = _("No request that can be linked has the reference %(references)s. It must be open and not delivered yet, such as KEN-2026-0007.")
    return sentence % {"references": ", ".join(references)}


def with_countries(parts: Sequence[Part], countries: Iterable[int]) -> Sequence[Part]:
    """Each of these countries in the first part, unless it is in some part already."""
    for country in countries:
        if not any(country in p.participations for p in parts):
            parts[0].participations[country] = {}
    return parts


def write_parts(engagement: Engagement, parts: Sequence[Part]) -> None:
    """Makes the engagement's parts and participation what is given, changing rows rather than making them anew, so that history reads well."""
    kept = {p.number: p for p in engagement.parts.all()}
    for number, given in enumerate(parts, 1):
        part = kept.pop(number, None) or EngagementPart(engagement=engagement, number=number)
        part.title, part.starts_on, part.ends_on = given.title, given.starts_on, given.ends_on
        part.days, part.hours, part.cost = given.days, given.hours, given.cost
        part.save()
        write_participation(part, given.participations)
    for part in kept.values():
        try:
            part.delete()
        except models.ProtectedError:
            raise Refused(_("Part %(n)s has an attendance list. Take the people off it before you remove the part.") % {"n": part.number}) from None


def write_participation(part: EngagementPart, given: dict[int, dict[str, Any]]) -> None:
    """The rows of one part, by country id."""
    kept = {p.country_id: p for p in part.participations.all()}
    for country_id, numbers in given.items():
        row = kept.pop(country_id, None) or CountryParticipation(part=part, country_id=country_id)
        for name in NUMBERS:
            setattr(row, name, numbers.get(name))
        row.not_yet_known, row.institutions = bool(numbers.get("not_yet_known")), numbers.get("institutions", "")
        row.save()
    for row in kept.values():
        row.delete()


@transaction.atomic
def change(user: Any, pk: int, values: dict[str, Any], parts: Sequence[Part], *, expected_version: int | None = None) -> Engagement:
    """New values and parts of an engagement that is not verified or cancelled."""
    engagement = lock(user, pk)
    refuse_if_changed(engagement, expected_version)
    if engagement.state not in (*AHEAD, "delivered", "recorded"):
        raise NotAllowed(_("A verified or cancelled engagement is not changed. Open it for correction first."))
    for name, value in values.items():
        setattr(engagement, name, value)
    agreeing.check(engagement, parts)
    engagement.starts_on, engagement.ends_on = min(p.starts_on for p in parts), max(p.ends_on for p in parts)
    engagement.full_clean(exclude=["reference"], validate_constraints=True)
    save(engagement)
    write_parts(engagement, with_countries(parts, engagement.requests.values_list("country_id", flat=True)))
    if engagement.state in DONE:
        check_delivered(engagement)
    before = engagement.state
    if before == EngagementState.RECORDED and is_whole(engagement):
        become_own(engagement, user)
    event(engagement, user, "edit", before)
    for case_id in engagement.requests.order_by("pk").values_list("pk", flat=True):
        cases_follow(engagement, user, case_id)
    return engagement


def is_whole(engagement: Engagement) -> bool:
    """Whether an imported record has got its pillar, type and dates, and its participation where its type counts people."""
    if not (engagement.pillar_id and engagement.type and engagement.ends_on):
        return False
    rows = CountryParticipation.objects.filter(part__engagement=engagement)
    return bool(rows) and (not engagement.has_participants or all(r.is_reported for r in rows))


def become_own(engagement: Engagement, user: Any) -> None:
    """A record that is whole counts like any other engagement: delivered where it is over, planned where it is ahead."""
    assert engagement.ends_on is not None
    over = engagement.ends_on <= engagement.programme.today()
    engagement.state = EngagementState.DELIVERED if over else EngagementState.PLANNED
    engagement.recorded_by = user if over else None
    engagement.save()
    engagement.recorded_countries.all().delete()


def save(engagement: Engagement) -> None:
    """Saves with the next version."""
    engagement.version += 1
    engagement.updated_at = timezone.now()
    engagement.save()


@transaction.atomic
def perform(user: Any, pk: int, code: str, data: dict[str, Any] | None = None, *, expected_version: int | None = None) -> EngagementEvent:
    """Takes an action of the life cycle; linked cases follow in the same transaction.

    Raises Http404, Conflict, NotAllowed, Refused, as for requests.
    """
    data = data or {}
    action = ACTIONS[code]
    engagement = lock(user, pk)
    refuse_if_changed(engagement, expected_version)
    if not may_take(user, action, engagement):
        if action.not_recorder and engagement.recorded_by_id == user.pk and engagement.state in action.sources:
            raise NotAllowed(_("Who recorded the delivery does not verify it. Ask somebody else of the programme."))
        raise NotAllowed(
            _("“%(action)s” cannot be done now: the engagement is “%(state)s”.") % {"action": action.label, "state": engagement.get_state_display()}
        )
    before = engagement.state
    if code == "deliver":
        check_delivered(engagement)
        engagement.recorded_by, engagement.outcome = user, data.get("outcome", "")
    elif code == "verify":
        check_verified(engagement)
    elif code == "postpone":
        postpone(engagement, data["starts_on"])
    engagement.state = action.target
    save(engagement)
    done = event(
        engagement, user, code, before, note=data.get("reason", ""), data={"starts_on": str(data["starts_on"])} if code == "postpone" else None
    )
    for case_id in engagement.requests.order_by("pk").values_list("pk", flat=True):
        cases_follow(engagement, user, case_id)
    return done


def check_delivered(engagement: Engagement) -> None:
    """Past dates, and an answer for each country."""
    if engagement.ends_on is None or engagement.ends_on > engagement.programme.today():
        raise Refused(_("The last day (%(date)s) is still ahead. Record it afterwards, or change the dates.") % {"date": engagement.ends_on})
    if not engagement.has_participants:
        return
    rows = CountryParticipation.objects.filter(part__engagement=engagement).select_related("country")
    silent = sorted({r.country.name for r in rows if not r.is_reported and not r.not_yet_known})
    if silent:
        raise Refused(_("Say how many took part from %(countries)s, or tick “not yet known”.") % {"countries": ", ".join(silent)}, "parts")


def check_verified(engagement: Engagement) -> None:
    """Numbers for each country: “not yet known” is not accepted any more."""
    if not engagement.has_participants:
        return
    rows = CountryParticipation.objects.filter(part__engagement=engagement).select_related("country")
    silent = sorted({r.country.name for r in rows if not r.is_reported})
    if silent:
        raise Refused(
            _("Participation from %(countries)s is not reported yet; it has to be before this can be verified.") % {"countries": ", ".join(silent)},
            "parts",
        )


def postpone(engagement: Engagement, starts_on: date) -> None:
    """All parts move by the same number of days."""
    assert engagement.starts_on is not None
    shift = starts_on - engagement.starts_on
    if shift <= timedelta(0):
        raise Refused(_("The new first day comes after the old one (%(date)s).") % {"date": engagement.starts_on}, "starts_on")
    for part in engagement.parts.all():
        part.starts_on += shift
        part.ends_on += shift
        part.save()
    engagement.starts_on, engagement.ends_on = starts_on, (engagement.ends_on or starts_on) + shift


@transaction.atomic
def link(user: Any, pk: int, case: AssistanceRequest) -> None:
    """The engagement answers this request too; the request's country takes part."""
    engagement = lock(user, pk)
    if engagement.state == EngagementState.CANCELLED:
        raise Refused(_("This engagement is cancelled. Link the request to one that is not."))
    (case,) = lock_linkable([case.pk], "request")
    _link, made = EngagementRequest.objects.get_or_create(engagement=engagement, request=case)
    if not made:
        raise Refused(_("This request is linked already."))
    if not CountryParticipation.objects.filter(part__engagement=engagement, country_id=case.country_id).exists():
        first = engagement.parts.order_by("number").first()
        if first is None:
            raise Refused(_("Give the engagement its dates first."))
        CountryParticipation.objects.create(part=first, country_id=case.country_id, not_yet_known=engagement.state in DONE)
    save(engagement)
    event(engagement, user, "link", engagement.state, data={"request": case.reference})
    cases_follow(engagement, user, case.pk)


@transaction.atomic
def unlink(user: Any, pk: int, case: AssistanceRequest, reason: str) -> None:
    """No longer an answer to this request; participation stays, since people came."""
    engagement = lock(user, pk)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    removed, _rows = EngagementRequest.objects.filter(engagement=engagement, request=case).delete()
    if not removed:
        raise Refused(_("This request is not linked."))
    save(engagement)
    event(engagement, user, "unlink", engagement.state, note=reason, data={"request": case.reference})
    cases_follow(engagement, user, case.pk)


def cases_follow(engagement: Engagement, user: Any, case_id: int) -> None:
    """A linked case takes note: delivery starts with the first confirmed engagement, and its clocks follow what was delivered."""
    case = AssistanceRequest.objects.select_for_update(of=("self",)).select_related("programme", "country").get(pk=case_id)
    if case.state == State.PLANNED and case.engagements.filter(state__in=("confirmed", *DONE)).exists():
        carry_out(CASE_ACTIONS["start_delivery"], case, user, {})
    clocks = Clocks(case, case.programme.today())
    clocks.follow_engagements()
    clocks.store_turn()
    AssistanceRequest.objects.filter(pk=case.pk).update(turn=case.turn, due_on=case.due_on, updated_at=timezone.now())

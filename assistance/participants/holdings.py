"""What assistance holds about a user, and what of it names them."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.privacy.holdings import HOLDINGS, Holding, forget_in_log
from assistance.engagements.models import Engagement, EngagementEvent
from assistance.participants import services
from assistance.participants.models import Person
from assistance.programmes.models import ProgrammeMembership
from assistance.requests.models import AssistanceRequest
from assistance.timeline.models import CaseEvent

Rows = Iterable[dict[str, object]]


def membership_data(user: User) -> Rows:
    """Programmes that they worked for."""
    for row in ProgrammeMembership.objects.filter(user=user).select_related("programme"):
        yield {
            "programme": row.programme.name,
            "as": row.role,
            "reads_names": row.reads_names,
            "from": row.valid_from,
            "until": row.valid_until,
        }


def act_data(user: User) -> Rows:
    """What they did, by time; which case or engagement only where they may still read it."""
    cases = dict(AssistanceRequest.objects.visible_to(user).values_list("pk", "reference"))
    for case, action, at in (
        CaseEvent.objects.filter(actor=user)
        .order_by("at")
        .values_list("request_id", "action", "at")
    ):
        yield {"at": at, "act": action, "on": "request", "reference": cases.get(case)}
    engagements = dict(Engagement.objects.visible_to(user).values_list("pk", "reference"))
    for engagement, action, at in (
        EngagementEvent.objects.filter(actor=user)
        .order_by("at")
        .values_list("engagement_id", "action", "at")
    ):
        yield {
            "at": at,
            "act": action,
            "on": "engagement",
            "reference": engagements.get(engagement),
        }


def attendance_data(user: User) -> Rows:
    """Lists and contacts that hold the same e-mail address."""
    for person in Person.objects.with_email(user.email).select_related("programme", "country"):
        parts = [
            f"{a.part.starts_on} – {a.part.ends_on}"
            for a in person.attendances.select_related("part")
        ]
        names = (
            "name",
            "sex",
            "institution",
            "function",
            "email",
            "phone",
            "may_be_asked",
            "is_contact",
            "keep_until",
        )
        yield {n: getattr(person, n) for n in names} | {
            "programme": person.programme.name,
            "country": person.country.iso3,
            "attended": parts,
        }


def forget_person(user: User) -> None:
    """Erases them from lists, contacts and steps, and the administration's log of their
    memberships."""
    persons = Person.objects.with_email(user.email)
    services.blank_in_steps([user.name, *persons.values_list("name", flat=True)])
    services.erase_person(persons)
    forget_in_log(
        ProgrammeMembership,
        ProgrammeMembership.objects.filter(user=user).values_list("pk", flat=True),
    )


def register_own_holdings() -> None:
    """Called when the app is ready."""
    HOLDINGS.register("programmes", Holding(membership_data))
    HOLDINGS.register("acts", Holding(act_data))
    HOLDINGS.register("attendance and contacts", Holding(attendance_data, forget_person))

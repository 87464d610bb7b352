"""Whom the programme's support brought to which session: engagements that name a session.

A support is an engagement, and its people are participations of it (rules of the programme, section
11); nothing of it is stored twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.choices import NUMBERS
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.states import EngagementState
from core.workflow.exceptions import DomainError
from countries.processes.models import ProcessSession, SessionAttendance
from countries.processes.registry import Support


def participations_at(sessions: Iterable[int]) -> list[CountryParticipation]:
    """Lines of the engagements that support delegates at these sessions, but of those cancelled and
    of parts struck out, each with its part and engagement."""
    rows = CountryParticipation.objects.filter(
        part__engagement__session__in=list(sessions), part__struck_on__isnull=True
    ).exclude(
        # what was held of a cancelled engagement brought somebody all the same
        part__engagement__state=EngagementState.CANCELLED,
        part__held_on__isnull=True,
    )
    return list(rows.select_related("part__engagement").order_by("id"))


def support_at(sessions: Iterable[int], user: User | None) -> dict[tuple[int, int], Support]:
    """By session and country: of the engagements that a user may see, or of all. One query, two
    with a user.

    A person who took part in several parts of an engagement is one delegate: its largest part says
    how many came by it.
    """
    rows = participations_at(sessions)
    if user is not None:
        engagements = {row.part.engagement_id for row in rows}
        seen = Engagement.objects.visible_to(user).filter(pk__in=engagements)
        visible = set(seen.values_list("pk", flat=True))
        rows = [row for row in rows if row.part.engagement_id in visible]
    found: dict[tuple[int, int], Support] = {}
    largest: dict[tuple[int, int, int], int] = {}  # by session, country and engagement
    for row in rows:
        engagement = row.part.engagement
        assert engagement.session_id is not None, "they were chosen by it"
        key = engagement.session_id, row.country_id
        entry = found.setdefault(key, Support())
        entry.engagements.add(engagement.pk)
        if row.part.held_on is not None and not row.is_expected:
            entry.is_held = True
            people = people_of(row)
            if people is not None:
                by_engagement = (*key, engagement.pk)
                largest[by_engagement] = max(largest.get(by_engagement, 0), people)
    for (session, country, _engagement), people in largest.items():
        entry = found[session, country]
        entry.people = (entry.people or 0) + people
    return found


def people_of(row: CountryParticipation) -> int | None:
    """How many came, as far as is reported; None where nothing is."""
    reported = [n for n in (getattr(row, name) for name in NUMBERS) if n is not None]
    return sum(reported) if reported else None


def check_against_attendance(engagement: Engagement) -> None:
    """Raises DomainError where more people of a country were supported than it had delegates at the
    session, as far as their number is known."""
    if engagement.session_id is None:
        return
    # who enters the attendance at the same time waits, or is waited for
    session = ProcessSession.objects.select_for_update().get(pk=engagement.session_id)
    supported = {
        country: support.people
        for (_session, country), support in support_at([session.pk], None).items()
        if support.people
    }
    rows = SessionAttendance.objects.filter(session=session, country__in=list(supported))
    wrong = [
        _(
            "%(country)s: more people would have been supported than the %(delegates)s delegates at"
            " the session. Correct the number here, or the attendance there."
        )
        % {"country": row.country.name, "delegates": row.delegates}
        for row in rows.select_related("country")
        if row.delegates is not None and row.delegates < (supported[row.country_id] or 0)
    ]
    if wrong:
        raise DomainError(" ".join(wrong))

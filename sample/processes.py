"""Attendance at the sessions of processes, invented and marked so, and the engagements that brought
delegates there; obligations that were named.

Drawn by a lot of its own, after all requests: what else there is in the sample is the same without
it.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from assistance.commitments.models import CommitmentLink
from assistance.models import AssistanceRequest
from assistance.requests.choices import AssistanceType as T
from countries.geography.models import Country, UnStatus
from countries.instruments.models import Obligation
from countries.processes.choices import Level, SessionKind
from countries.processes.models import ProcessSession, SessionAttendance
from sample.bulk_copy import Record
from sample.engagement_simulation import Conduct
from sample.simulated_engagement import Dates, SimulatedEngagement

if TYPE_CHECKING:
    from sample.simulation import World

PROCESS = "ad-hoc-committee"  # whose attendance is invented
CHAIR_OF_DELEGATION = (Level.AMBASSADOR, Level.SENIOR, Level.SENIOR, Level.EXPERT, "")
LINKED = 1000  # requests at most that name an obligation
# by theme, the articles with which a request about it asks for help
ARTICLES: dict[str, tuple[str, ...]] = {
    "legislation": ("BUDAPEST-2", "BUDAPEST-8", "UN-CAC-chapter-II", "BUDAPEST-14"),
    "electronic-evidence": ("BUDAPEST-16", "BUDAPEST-18", "BUDAPEST-19", "UN-CAC-chapter-IV"),
    "mutual-legal-assistance": ("BUDAPEST-25", "BUDAPEST-27", "BUDAPEST-31", "UN-CAC-chapter-V"),
    "network-24-7": ("BUDAPEST-35", "UN-CAC-41"),
    "child-protection": ("BUDAPEST-9", "UN-CAC-14", "UN-CAC-15"),
    "digital-forensics": ("BUDAPEST-19",),
}


class ProcessSimulation:
    """Sees to the sessions of a process that took place in the years of the sample."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = random.Random("sessions")  # noqa: S311 not for secrets
        self.states = list(Country.objects.exclude(un_status=UnStatus.NONE).order_by("iso3"))
        self.eagerness = {c.pk: self.rng.random() for c in self.states}
        self.supports: dict[int, SimulatedEngagement] = {}

    def prepare(self) -> None:
        """Each session: delegates are invited before it, attendance is entered after it."""
        world = self.world
        sessions = ProcessSession.objects.filter(
            process__code=PROCESS, ends_on__lt=world.today - timedelta(days=30)
        ).select_related("process")
        for session in sessions.order_by("starts_on"):
            if session.kind == SessionKind.SESSION and session.starts_on > world.start:
                invited = session.starts_on - timedelta(days=self.rng.randint(40, 70))
                world.at(world.hours.office(invited), partial(self.support, session))
            entered = session.ends_on + timedelta(days=self.rng.randint(20, 29))
            world.at(world.hours.office(entered), partial(self.record_attendance, session))

    def support(self, session: ProcessSession) -> None:
        """Delegates of some countries are brought there."""
        world = self.world
        lands = self.rng.sample(
            list(world.people.lands.values()), min(len(world.people.lands), self.rng.randint(8, 18))
        )
        conduct = Conduct(
            world,
            officer=world.officer_for(lands[0]),
            theme="legislation",
            pillar=world.pillars["cooperation"],
            lands=lands,
            dates=Dates(
                session.starts_on,
                confirm_on=session.starts_on - timedelta(days=14),
                fate="verified",
            ),
            kind=T.PARTICIPATION,
            session=session,
        )
        self.supports[session.pk] = conduct.deed

    def record_attendance(self, session: ProcessSession) -> None:
        """Who came, as somebody enters it a few weeks later."""
        support = self.supports.get(session.pk)
        brought = {land.country.pk for land in support.lands} if support is not None else set()
        share = 0.2 if session.kind == SessionKind.CONSULTATION else 0.75
        for country in self.states:
            is_brought = country.pk in brought
            if is_brought or self.rng.random() < share * (0.35 + self.eagerness[country.pk]):
                Record(
                    self.world.writer[SessionAttendance],
                    self.world.now,
                    session=session,
                    country=country,
                    level=str(self.rng.choice(CHAIR_OF_DELEGATION)),
                    is_invented=True,
                    **self.delegates(is_brought=is_brought),
                )

    def delegates(self, *, is_brought: bool) -> dict[str, int | None]:
        """Women and men; of one delegation in twelve only how many they were."""
        least = 2 if is_brought else 0
        women, men = self.rng.randint(least, 5), self.rng.randint(max(least, 1), 6)
        if self.rng.random() < 0.08:
            return {"unknown": women + men}
        return {"women": women, "men": men}


def mark_sessions_whole(today: date) -> None:
    """The invented attendance leaves nobody out."""
    ProcessSession.objects.filter(
        process__code=PROCESS, kind=SessionKind.SESSION, ends_on__lt=today - timedelta(days=30)
    ).update(attendance_is_whole=True)


def name_obligations() -> None:
    """Half of the requests about a theme of `ARTICLES` name an obligation, as staff would."""
    rng = random.Random("obligations")  # noqa: S311 not for secrets
    known = dict(Obligation.objects.values_list("code", "pk"))
    requests = AssistanceRequest.objects.filter(reference__isnull=False).order_by("pk")
    links = []
    for pk, themes, officer in requests.values_list("pk", "theme_codes", "lead_officer_id")[
        :LINKED
    ]:
        offered = [known[a] for theme in themes for a in ARTICLES.get(theme, ()) if a in known]
        if offered and rng.random() < 0.5:
            links += [
                CommitmentLink(request_id=pk, obligation_id=one, named_by_id=officer)
                for one in rng.sample(sorted(set(offered)), 1)
            ]
    CommitmentLink.objects.bulk_create(links)

"""Open work that would stand with nobody, found in a number of queries that does not grow with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import Role, User
from assistance.engagements.models import Engagement, NextStep
from assistance.engagements.states import EngagementState
from assistance.handover.terminations import Responsibilities
from assistance.plans.models import PlannedStep, ResponsePlan
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from countries.models import Country, FocalPoint

FINISHED = (EngagementState.VERIFIED, EngagementState.CANCELLED)
UNSENT = (State.DRAFT, State.AWAITING_CLEARANCE)
Found = list[tuple[int, int]]  # ids of rows, each with that of its programme


@dataclass
class Slot:
    """A question: who takes over this part.

    `found` holds rows by kind; `place` is the programme or country of that id.
    """

    name: str  # of the form's field: lead_3
    part: str  # lead, decide, write, clear
    place_id: int
    place: Programme | Country | None = None
    found: dict[str, Found] = field(default_factory=dict)
    candidates: list[User] = field(default_factory=list)

    def ids(self, kind: str) -> list[int]:
        """Ids of the rows of a kind."""
        return [pk for pk, _programme in self.found.get(kind, [])]

    @property
    def programme_ids(self) -> set[int]:
        """The programmes of all its rows: who takes over a country's has to be designated for each."""
        return {programme for rows in self.found.values() for _pk, programme in rows}

    @property
    def number(self) -> int:
        """How many rows there are to take over; the steps of a plan go with its request."""
        return sum(len(rows) for kind, rows in self.found.items() if kind != "plan_steps")


@dataclass
class Work:
    """All that would stand with nobody once this person can no longer do what they lose."""

    person: User
    slots: list[Slot] = field(default_factory=list)
    # open requests of countries for which nobody else speaks
    alone: dict[int, Found] = field(default_factory=dict)
    # who named this person as their deputy, and finds nobody in their place
    deputies: list[User] = field(default_factory=list)
    programmes: dict[int, Programme] = field(default_factory=dict)
    countries: dict[int, Country] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.slots or self.alone or self.deputies)

    @property
    def seen(self) -> str:
        """A mark that changes with the work, and tells nothing of it."""
        rows = [
            (s.name, kind, sorted(found))
            for s in self.slots
            for kind, found in sorted(s.found.items())
        ]
        return salted_hmac(
            "handover", repr((rows, sorted(self.alone.items()), [u.pk for u in self.deputies]))
        ).hexdigest()[:20]

    def lines(self, found: Found) -> list[tuple[Programme, int]]:
        """How many of them in which programme."""
        counts = Counter(programme for _pk, programme in found)
        return sorted(
            ((self.programmes[pk], n) for pk, n in counts.items()), key=lambda line: line[0].title
        )


def open_work(person: User, lost: Responsibilities) -> Work:
    """What this person holds and could not go on with; candidates for each part beside it."""
    work = Work(person)
    if not lost:
        return work
    of_staff(work, lost)
    of_country(work, lost)
    of_deputy(work, lost)
    ids = {p for s in work.slots for rows in s.found.values() for _pk, p in rows} | {
        p for rows in work.alone.values() for _pk, p in rows
    }
    work.programmes = Programme.objects.in_bulk([*(ids | lost.staff | lost.manages)])
    work.countries = Country.objects.in_bulk([*(lost.writes | lost.speaks | lost.clears)])
    for slot in work.slots:
        places = work.programmes if slot.part in ("lead", "decide") else work.countries
        slot.place = places[slot.place_id]
    add_candidates(work)
    return work


def add_work(work: Work, part: str, place: int, kind: str, row: tuple[int, int]) -> None:
    """Adds a row to the question that it belongs to: of a country one for each programme, since not
    everybody who speaks for it is designated for all."""
    name = f"{part}_{place}" if part in ("lead", "decide") else f"{part}_{place}_{row[1]}"
    slot = next((s for s in work.slots if s.name == name), None)
    if slot is None:
        slot = Slot(name, part, place)
        work.slots.append(slot)
    slot.found.setdefault(kind, []).append(row)


def of_staff(work: Work, lost: Responsibilities) -> None:
    """Requests led and decided, drafts on a country's behalf, engagements, their next steps, steps
    of plans that name the person."""
    person, cases = work.person, AssistanceRequest.objects
    either = lost.staff | lost.manages
    if not either:
        return
    open_plans = (ResponsePlan.Status.PROPOSED, ResponsePlan.Status.AGREED)
    found: list[tuple[str, str, QuerySet[AssistanceRequest] | QuerySet[Engagement]]] = [
        ("lead", "led", cases.open().filter(lead_officer=person, programme__in=lost.staff)),
        ("decide", "decided", cases.open().filter(deciding_manager=person, programme__in=either)),
        (
            "lead",
            "drafts",
            cases.filter(author=person, state__in=UNSENT, programme__in=lost.staff).exclude(
                country__in=lost.writes
            ),
        ),
        (
            "lead",
            "engagements",
            Engagement.objects.filter(lead_officer=person, programme__in=lost.staff).exclude(
                state__in=FINISHED
            ),
        ),
    ]
    steps = NextStep.objects.filter(
        side=NextStep.Side.OURS,
        done_on__isnull=True,
        engagement__programme__in=lost.staff,
        owner__iexact=person.name,
    )
    planned = PlannedStep.objects.filter(
        plan__status__in=open_plans,
        plan__request__in=cases.open(),
        plan__request__programme__in=lost.staff,
    )
    planned = planned.filter(who__iexact=person.name)
    for part, kind, rows in found:
        for pk, programme in rows.order_by("pk").values_list("pk", "programme"):
            add_work(work, part, programme, kind, (pk, programme))
    for kind, ids in (
        ("next_steps", steps.values_list("pk", "engagement__programme")),
        ("plan_steps", planned.values_list("pk", "plan__request__programme")),
    ):
        for pk, programme in ids.order_by("pk"):
            add_work(work, "lead", programme, kind, (pk, programme))


def of_country(work: Work, lost: Responsibilities) -> None:
    """Drafts of a focal point, what waits for their clearance alone, open requests of a country
    that nobody else speaks for."""
    person, cases = work.person, AssistanceRequest.objects
    if not (lost.writes or lost.speaks or lost.clears):
        return
    drafts = cases.filter(author=person, state__in=UNSENT, country__in=lost.writes)
    for pk, country, programme in drafts.order_by("pk").values_list("pk", "country", "programme"):
        add_work(work, "write", country, "own_drafts", (pk, programme))
    others = other_speakers(lost.speaks | lost.clears, person)
    own = FocalPoint.objects.filter(user=person).prefetch_related("programmes")
    theirs = {(d.country_id, programme.pk) for d in own for programme in d.programmes.all()}
    waiting = cases.filter(state=State.AWAITING_CLEARANCE, country__in=lost.clears).exclude(
        author=person
    )
    for pk, country, programme, author in waiting.order_by("pk").values_list(
        "pk", "country", "programme", "author"
    ):
        if (country, programme) not in theirs:
            continue
        clearers = {d.user_id for d in others if speaks_for(d, country, programme) and d.may_clear}
        if not clearers - {author}:
            add_work(work, "clear", country, "clearances", (pk, programme))
    for pk, country, programme in (
        cases.open()
        .filter(country__in=lost.speaks)
        .order_by("pk")
        .values_list("pk", "country", "programme")
    ):
        if (country, programme) in theirs and not any(
            speaks_for(d, country, programme) for d in others
        ):
            work.alone.setdefault(country, []).append((pk, programme))


def speaks_for(designation: FocalPoint, country_id: int, programme_id: int) -> bool:
    """Whether a designation, which came with its programmes, is of this country and programme."""
    return designation.country_id == country_id and programme_id in {
        programme.pk for programme in designation.programmes.all()
    }


def other_speakers(countries: Collection[int], person: User) -> list[FocalPoint]:
    """The other active designations of these countries."""
    rows = (
        FocalPoint.objects.active()
        .filter(country__in=countries, user__role=Role.FOCAL_POINT)
        .exclude(user=person)
    )
    return list(
        rows.select_related("user").prefetch_related("programmes").order_by("user__name", "pk")
    )


def of_deputy(work: Work, lost: Responsibilities) -> None:
    """Those whose deputy this person is and who share no programme or country with them any more."""
    person = work.person
    memberships = (
        ProgrammeMembership.objects.active().filter(user=person).exclude(programme__in=lost.staff)
    )
    designations = FocalPoint.objects.active().filter(user=person).exclude(country__in=lost.writes)
    shared = Q(memberships__programme__in=lost.staff) | Q(designations__country__in=lost.writes)
    kept = Q(memberships__programme__in=memberships.values("programme")) | Q(
        designations__country__in=designations.values("country")
    )
    rows = User.objects.filter(deputy=person, is_active=True).exclude(pk=person.pk)
    still = rows.filter(kept).values("pk")
    work.deputies = list(
        rows.filter(shared)
        .exclude(pk__in=still)
        .distinct()
        .prefetch_related("memberships", "designations")
        .order_by("name", "pk")
    )


def add_candidates(work: Work) -> None:
    """Who could take over each part: active members, active managers, active focal points of the
    country."""
    staffed = {s.place_id for s in work.slots if s.part in ("lead", "decide")}
    members: list[ProgrammeMembership] = []
    if staffed:
        rows = (
            ProgrammeMembership.objects.active()
            .filter(programme__in=staffed)
            .exclude(user=work.person)
        )
        members = list(rows.select_related("user").order_by("user__name", "pk"))
    spoken = {s.place_id for s in work.slots if s.part in ("write", "clear")}
    designated = other_speakers(spoken, work.person) if spoken else []
    for slot in work.slots:
        if slot.part in ("write", "clear"):
            slot.candidates = [
                d.user
                for d in designated
                if d.country_id == slot.place_id
                and slot.programme_ids <= {programme.pk for programme in d.programmes.all()}
            ]
        else:
            mine = [m for m in members if m.programme_id == slot.place_id]
            managing = [m for m in mine if m.role == Role.MANAGER and m.user.role == Role.MANAGER]
            slot.candidates = [m.user for m in (managing if slot.part == "decide" else mine)]

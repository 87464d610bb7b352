"""A programme whose history is made up: requests received and merged, parts entered, changed,
struck out and moved, reports made, published, corrected and skipped, in any order. Everything
goes through the product's own doors, but for the day on which a request was received, which is
always today."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Role
from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import EngagementPart
from assistance.engagements.parts import Part
from assistance.engagements.write_serializers import parts_as_they_are
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership
from assistance.requests import services as request_services
from assistance.requests.models import AssistanceRequest
from assistance.requests.services import begin_draft
from core.workflow.exceptions import DomainError
from countries.groups.models import CountryGroup
from countries.models import Country
from reports.documents.storage import rewrite_documents
from reports.reports import reconciliation, revisions
from reports.reports import services as report_services
from reports.reports.chains import first_published
from reports.reports.models import Report, ReportRevision
from reports.schedules.models import Schedule, ScheduleVersion
from reports.schedules.periods import Period, add_months
from tests import make

PILLARS = ("capacity_building", "prevention")
NUMBERS = itertools.count(1)
YEAR = date(2025, 1, 1)
QUARTERS = [Period(add_months(YEAR, 3 * n), add_months(YEAR, 3 * n + 3)) for n in range(5)]
FAR = datetime(2100, 1, 1, tzinfo=timezone.get_default_timezone())


class History:
    """One programme with a quarterly schedule, whose reports a region, a pillar or a group may
    narrow."""

    def __init__(self, region: str = "", pillar: str = "", group: str = "") -> None:
        code = f"simulated-{next(NUMBERS)}"
        eligible = make.programme().eligible_group
        self.programme = Programme.objects.create(code=code, title=code, eligible_group=eligible)
        self.officer, self.manager = make.user(Role.OFFICER), make.user(Role.MANAGER)
        for person, role in ((self.officer, "officer"), (self.manager, "manager")):
            ProgrammeMembership.objects.create(
                user=person, programme=self.programme, role=role, valid_from=make.LONG_AGO
            )
        self.schedule = Schedule.objects.create(programme=self.programme, title=code)
        version = ScheduleVersion.objects.create(
            schedule=self.schedule,
            valid_from=YEAR,
            formats=["json"],
            region=region,
            pillar=Pillar.objects.filter(code=pillar).first(),
            group=CountryGroup.objects.filter(code=group).first(),
        )
        self.reports = [
            Report.objects.create(
                version=version,
                subject_id=self.programme.pk,
                period_start=quarter.start,
                period_end=quarter.end,
                cutoff_at=FAR,
                due_at=FAR,
                previous_cutoff_at=timezone.now(),
            )
            for quarter in QUARTERS
        ]
        self.countries = list(
            Country.objects.filter(iso3__in=["KEN", "UGA", "FJI"]).order_by("iso3")
        )
        self.engagements: list[int] = []
        self.focal_points = [make.focal_point(country.iso3) for country in self.countries]
        for person in self.focal_points:
            person.designations.get().programmes.set([self.programme])
        self.requests: list[int] = []

    def act(self, name: str, which: int, number: int) -> None:
        """One thing that may happen; what the rules refuse does not."""
        deed: Callable[[int, int], None] = getattr(self, name)
        try:
            deed(which, number)
        except DomainError:
            pass

    def day(self, which: int) -> date:
        """A day of one of the quarters, by a number."""
        return QUARTERS[which % len(QUARTERS)].start + timedelta(days=which % 80)

    def part(self, which: int, number: int) -> Part:
        """A part of one to three countries with its numbers and cost; every fourth has none yet."""
        start = self.day(which)
        rows: dict[int, dict[str, Any]] = {}
        for country in self.countries[: number % 3 + 1]:
            numbers = {"women": number % 7, "men": number % 5, "unknown": None if number % 2 else 3}
            rows[country.pk] = {} if which % 4 == 3 else numbers
        cost = None if which % 4 == 3 else Decimal(100 * number + 50)
        return Part(start, start + timedelta(days=1), actual_cost=cost, participations=rows)

    def enter(self, which: int, number: int) -> None:
        """An engagement is logged, long after it took place, with one to three parts."""
        parts = [self.part(which + n * 23, number + n) for n in range(number % 3 + 1)]
        values = {
            "programme": self.programme,
            "title": f"Course {number}",
            "type": "equipment" if number % 5 == 4 else "mentoring",
            "modality": "in_person",
            "pillar": Pillar.objects.get(code=PILLARS[number % len(PILLARS)]),
            "lead_officer": self.officer,
        }
        if values["type"] == "equipment":
            for part in parts:
                part.participations = {pk: {} for pk in part.participations}
        self.engagements.append(services.create_engagement(self.officer, values, parts).pk)

    def engagement(self, which: int) -> Engagement:
        """One of them. Refused where there is none yet."""
        if not self.engagements:
            raise DomainError("There is none yet.")
        return Engagement.objects.get(pk=self.engagements[which % len(self.engagements)])

    def change(self, which: int, number: int) -> None:
        """Numbers and cost of a part are changed, or entered."""
        engagement = self.engagement(which)
        parts = parts_as_they_are(engagement)
        if not parts:
            raise DomainError("Every part is struck out.")
        part = parts[number % len(parts)]
        if engagement.has_participants:
            for row in part.participations.values():
                row |= {"women": number % 11, "men": number % 4, "not_yet_known": False}
        part.actual_cost = Decimal(number * 10)
        services.update_engagement(self.officer, engagement.pk, {}, parts)

    def reclassify(self, which: int, number: int) -> None:
        """An engagement is put under another pillar."""
        pillar = Pillar.objects.get(code=PILLARS[number % len(PILLARS)])
        engagement = self.engagement(which)
        services.update_engagement(
            self.officer, engagement.pk, {"pillar": pillar}, parts_as_they_are(engagement)
        )

    def move(self, which: int, number: int) -> None:
        """The dates of a part are corrected."""
        engagement = self.engagement(which)
        parts = parts_as_they_are(engagement)
        if not parts:
            raise DomainError("Every part is struck out.")
        part = parts[number % len(parts)]
        part.starts_on = self.day(number)
        part.ends_on = part.starts_on + timedelta(days=2)
        services.update_engagement(
            self.officer, engagement.pk, {}, parts, dates_reason="The list says so"
        )

    def perform(self, who: Any, which: int, code: str, **data: Any) -> None:
        """An action of the life cycle."""
        engagement = self.engagement(which)
        if code == "deliver":
            data |= {
                f"part_{p.number}_took_place": "no" if which % 3 else "yes"
                for p in engagement.parts.all()
            }
        services.perform_action(
            who, engagement.pk, code, data | {"reason": "So it is", "outcome": "Done"}
        )

    def confirm(self, which: int, number: int) -> None:
        """Its dates stand."""
        self.perform(self.officer, which, "confirm")

    def deliver(self, which: int, number: int) -> None:
        """It is recorded as delivered; rows without numbers are not yet known."""
        engagement = self.engagement(which)
        for part in engagement.parts.live():
            for row in part.participations.all():
                if not row.is_reported and not row.not_yet_known:
                    row.not_yet_known = True
                    row.save()
        self.perform(self.officer, which, "deliver")

    def verify(self, which: int, number: int) -> None:
        """Somebody else verifies it."""
        self.perform(self.manager, which, "verify")

    def correct_engagement(self, which: int, number: int) -> None:
        """It is opened for correction."""
        self.perform(self.officer, which, "correct")

    def postpone(self, which: int, number: int) -> None:
        """What was not held yet moves ahead."""
        self.perform(
            self.officer, which, "postpone", starts_on=timezone.now().date() + timedelta(days=40)
        )

    def cancel(self, which: int, number: int) -> None:
        """It is cancelled, half-way or not."""
        self.perform(self.officer, which, "cancel")

    def strike(self, which: int, number: int) -> None:
        """A part did not take place."""
        parts = list(EngagementPart.objects.filter(engagement=self.engagement(which)).live())
        if parts:
            part = str(parts[number % len(parts)].number)
            self.perform(self.manager, which, "strike", part=part, why="did_not_take_place")

    # Requests

    def receive(self, which: int, number: int) -> None:
        """A country asks for something, in a quarter whose cut-off is still ahead."""
        ahead = [r for r in self.reports if r.cutoff_at == FAR]
        if not ahead:
            raise DomainError("Every cut-off is past.")
        place = which % len(self.countries)
        author, country = self.focal_points[place], self.countries[place]
        pillar = PILLARS[number % len(PILLARS)]
        values = make.draft_values(pillar=Pillar.objects.get(code=pillar))
        with transaction.atomic():
            case = begin_draft(author, programme=self.programme, country=country, **values)
            request_services.perform_action(author, case.pk, "submit", {})
            day = ahead[which % len(ahead)].period_start + timedelta(days=number % 80)
            AssistanceRequest.objects.filter(pk=case.pk).update(received_on=day)
        self.requests.append(case.pk)

    def request(self, which: int) -> AssistanceRequest:
        """One of them. Refused where there is none yet."""
        if not self.requests:
            raise DomainError("There is none yet.")
        return AssistanceRequest.objects.get(pk=self.requests[which % len(self.requests)])

    def merge(self, which: int, number: int) -> None:
        """A request goes on in another."""
        into = self.request(number)
        request_services.perform_action(
            self.officer, self.request(which).pk, "merge", {"merged_into": into}
        )

    def unmerge(self, which: int, number: int) -> None:
        """It is on its own again."""
        request_services.perform_action(
            self.manager, self.request(which).pk, "unmerge", {"reason": "Another matter"}
        )

    # Reports

    def reach_cutoff(self, which: int, number: int) -> None:
        """The next period's cut-off is now."""
        coming = next((r for r in self.reports if r.cutoff_at == FAR), None)
        if coming is not None:
            coming.cutoff_at = coming.due_at = now()
            coming.save()

    def report(self, which: int, *states: str) -> Report:
        """One of the reports in some states. Refused where there is none."""
        own = Report.objects.filter(pk__in=[r.pk for r in self.reports], state__in=states)
        found = list(own.order_by("period_start"))
        if not found:
            raise DomainError("There is none.")
        return found[which % len(found)]

    def make_report(self, which: int, number: int) -> None:
        """A report whose cut-off is past is made: the first time, or as a correction."""
        report = self.report(which, "expected")
        if report.cutoff_at == FAR:
            raise DomainError("Its cut-off is still ahead.")
        last = report.current
        revisions.first_revision(report) if last is None else revisions.corrected_revision(
            report, last
        )
        Report.objects.filter(pk=report.pk).update(
            state="produced", correction_reason="", correction_by=None
        )

    def publish(self, which: int, number: int) -> None:
        """A report is published, after it was looked through, and made anew where it has to be."""
        report = self.report(which, "produced", "in_review")
        if report.state == "produced":
            report_services.perform_action(self.officer, report.pk, "review")
        try:
            report_services.perform_action(self.manager, report.pk, "publish")
        except DomainError:
            current = report.current
            assert current is not None
            assert rewrite_documents(current.pk)
            report_services.perform_action(self.manager, report.pk, "publish")
        self.check()

    def correct(self, which: int, number: int) -> None:
        """A correction of a published report is asked for."""
        report_services.perform_action(
            self.manager, self.report(which, "published").pk, "correct", reason="Late lists"
        )

    def skip(self, which: int, number: int) -> None:
        """A period gets no report."""
        if number % 4 == 0:
            report_services.perform_action(
                self.manager, self.report(which, "expected").pk, "skip", reason="Nobody needs it"
            )

    def check(self) -> None:
        """The law, after every publication."""
        reports = list(
            Report.objects.filter(pk__in=[r.pk for r in self.reports])
            .select_related("version__schedule__programme")
            .order_by("period_start")
        )
        found = list(reconciliation.unreconciled(reports))
        assert not found, found
        for report in reports:
            first = first_published(report)
            if first is None:
                continue
            for revision in ReportRevision.objects.filter(
                report=report, published_at__isnull=False
            ):
                assert revision.stated["adjustments"] == first.stated["adjustments"]


def now() -> datetime:
    """The database's clock: history bears its times."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
        return found


DEEDS = (
    "receive",
    "receive",
    "merge",
    "unmerge",
    "reclassify",
    "enter",
    "enter",
    "enter",
    "change",
    "change",
    "move",
    "confirm",
    "deliver",
    "deliver",
    "verify",
    "correct_engagement",
    "postpone",
    "cancel",
    "strike",
    "reach_cutoff",
    "reach_cutoff",
    "make_report",
    "make_report",
    "make_report",
    "publish",
    "publish",
    "publish",
    "correct",
    "skip",
)

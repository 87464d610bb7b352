"""Making, changing, pausing and asking for reports: pages and API come through here."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from accounts.permissions import may
from assistance.engagements.models import Engagement
from assistance.programmes.querysets import manages
from assistance.requests.clocks import calendar_of
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.kinds.choices import DEFAULT_KIND
from reports.kinds.mission import MissionReport
from reports.schedules.comparison import FIXED, fix_comparisons
from reports.schedules.deadlines import SETTLING, cutoff_of, due_of
from reports.schedules.models import Frequency, Report, Schedule, ScheduleVersion
from reports.schedules.periods import Period, Rhythm
from reports.schedules.planning import add_rows, expect_of
from reports.schedules.titles import MISSIONS

log = logging.getLogger(__name__)
# what may change without a new version
IN_PLACE = (
    "languages",
    "formats",
    "attach",
    "hour",
    "cutoff_days",
)
VERSIONED = ("frequency", "first_month", "dates", "group", "region", "pillar", "donor", "zone")
ALL = (*IN_PLACE, *VERSIONED, "valid_from")
HORIZON = 24  # months in which a boundary common to two rhythms is looked for
SHOWN_FORMATS = ["html", "pdf", "docx"]  # of a mission report


@transaction.atomic
def create_schedule(user: Any, values: dict[str, Any]) -> Schedule:
    """A schedule with its first version; the rows of periods that have begun are there at once.

    Raises NotAllowed.
    """
    refuse_if_not_manager(user, values["programme"].pk)
    kind = values.get("kind", DEFAULT_KIND)
    schedule = Schedule.objects.create(
        programme=values["programme"], kind=kind, title=values["title"], created_by=user
    )
    begin_version(schedule, 1, {"zone": schedule.programme.zone} | values)
    transaction.on_commit(tick_now)
    return schedule


def begin_version(schedule: Schedule, number: int, values: dict[str, Any]) -> ScheduleVersion:
    """A version with its scope and recipients, and the rows of its periods that have begun."""
    version = ScheduleVersion.objects.create(
        schedule=schedule, number=number, **{k: values[k] for k in ALL if values.get(k) is not None}
    )
    version.countries.set(values.get("countries", []))
    version.recipients.set(values.get("recipients", []))
    expect_of(version, timezone.now())
    return version


def refuse_if_not_manager(user: Any, programme_id: int) -> None:
    """Schedules are the managers' of the programme. Raises NotAllowed."""
    if not may(user, "schedule.manage") or not manages(user, programme_id):
        raise ActionNotAllowed(_("Only managers set schedules."))


def lock_managed_schedule(user: Any, pk: int) -> Schedule:
    """A schedule that is to be changed, locked. Raises Http404 (not visible), NotAllowed."""
    schedule = (
        Schedule.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=pk).first()
    )
    if schedule is None:
        raise Http404
    refuse_if_not_manager(user, schedule.programme_id)
    return schedule


def tick_now() -> None:
    """Ticks now instead of within the minute.

    A broker that does not answer costs nothing: beat ticks anyway.
    """
    from reports.tasks import tick

    try:
        tick.apply_async(expires=300, retry=False)
    except (OSError, OperationalError) as error:
        log.info("The tick could not be sent at once: %s", error)


@transaction.atomic
def update_schedule(user: Any, pk: int, values: dict[str, Any]) -> date | None:
    """Changes a schedule. Title, languages, formats, recipients, hour and cut-off change for what
    is not produced yet, of whatever version.

    Another frequency, scope or zone ends the version at a boundary of its periods and starts the
    next there: that day is returned. Reports that are there stay as they are. A version that has
    not begun is replaced, so that a slip can be undone, unless a report of it was asked for: then
    it ends before its first period. Raises Http404, NotAllowed, Refused (given dates of which none
    is left).
    """
    schedule = lock_managed_schedule(user, pk)
    version = schedule.versions.select_for_update(of=("self",)).get(valid_until__isnull=True)
    values = as_it_is(version) | {
        k: v for k, v in values.items() if v is not None or k in ("group", "pillar", "donor")
    }
    schedule.title = values.get("title", schedule.title)
    schedule.save(update_fields=["title"])
    transaction.on_commit(tick_now)
    if changes_figures(version, values) and not has_begun(version) and not version.reports.exists():
        if version.number == 1:
            return rewrite_version(version, values)
        version = reopen_former_version(version)
    change_in_place(schedule, values)
    if not changes_figures(version, values):
        return None
    if has_begun(version):
        version.valid_until = start = boundary_between(version, rhythm_of(values))
        version.reports.filter(state=Report.State.EXPECTED, period_start__gte=start).delete()
    else:  # what it has was asked for
        version.valid_until, start = version.valid_from, beginning_of_new_version(version, values)
    version.save(update_fields=["valid_until"])
    begin_version(
        schedule,
        version.number + 1,
        {k: v for k, v in values.items() if k != "programme"} | {"valid_from": start},
    )
    return start


def as_it_is(version: ScheduleVersion) -> dict[str, Any]:
    """Everything that a new version would take over."""
    kept = {name: getattr(version, name) for name in (*IN_PLACE, *VERSIONED)}
    return kept | {
        "countries": list(version.countries.all()),
        "recipients": list(version.recipients.all()),
    }


def rhythm_of(values: dict[str, Any]) -> Rhythm:
    """How the periods of a version with these values follow each other."""
    return Rhythm(values["frequency"], values["first_month"], tuple(values.get("dates") or ()))


def has_begun(version: ScheduleVersion) -> bool:
    """Whether its first period has."""
    return version.valid_from <= version.schedule.programme.today()


def change_in_place(schedule: Schedule, values: dict[str, Any]) -> None:
    """What needs no new version, in all there are: each may have reports that are not produced yet,
    or that somebody asks for later."""
    for version in schedule.versions.select_related("schedule__programme").order_by("number"):
        for name in IN_PLACE:
            setattr(version, name, values[name])
        version.save(update_fields=list(IN_PLACE))
        version.recipients.set(values["recipients"])
        fix_again(version)


def beginning_of_new_version(version: ScheduleVersion, values: dict[str, Any]) -> date:
    """Where a version that has not begun begins if it is set anew: with the period of its first
    day, or with the first of the dates given now."""
    period = rhythm_of(values).containing(version.valid_from)
    return period.start if period else min(values["dates"])


def rewrite_version(version: ScheduleVersion, values: dict[str, Any]) -> date:
    """A schedule that has not begun, and of which nothing was asked for, set anew.

    Returns when it begins.
    """
    start = beginning_of_new_version(version, values)
    for name in (*IN_PLACE, *VERSIONED):
        setattr(version, name, values[name])
    version.valid_from = start
    version.save()
    version.countries.set(values["countries"])
    version.recipients.set(values["recipients"])
    expect_of(version, timezone.now())
    return version.valid_from


def reopen_former_version(version: ScheduleVersion) -> ScheduleVersion:
    """Takes back a version that has not begun: the one before it goes on."""
    before = version.schedule.versions.get(number=version.number - 1)
    version.delete()
    before.valid_until = None
    before.save(update_fields=["valid_until"])
    return before


def fix_again(version: ScheduleVersion) -> None:
    """Cut-offs and due date of what is still expected, and not cut off yet, by the version's days
    and hour as they are now."""
    calendar = calendar_of(version.schedule.programme)
    waiting = list(
        version.reports.filter(
            state=Report.State.EXPECTED, cutoff_at__gt=timezone.now()
        ).select_related("version__schedule")
    )
    for report in waiting:
        report.cutoff_at = cutoff_of(
            version, Period(report.period_start, report.period_end), calendar
        )
        report.due_at = due_of(version, report.cutoff_at)
    fix_comparisons(waiting, calendar)
    Report.objects.bulk_update(waiting, ["cutoff_at", "due_at", *FIXED])


def changes_figures(version: ScheduleVersion, values: dict[str, Any]) -> bool:
    """Whether what decides the figures or the periods changes."""
    now = {c.pk for c in version.countries.all()}
    if "countries" in values and now != {c.pk for c in values["countries"]}:
        return True
    return any(
        name in values and (values[name] or None) != (getattr(version, name) or None)
        for name in VERSIONED
    )


def boundary_between(version: ScheduleVersion, rhythm: Rhythm) -> date:
    """The first day after all periods of a version that have begun on which a period of the new
    rhythm begins, and, if that comes soon, one of the old ones ends. Raises Refused where none
    of the new dates lies there."""
    today = version.schedule.programme.today()
    over = settled_until(version, today)
    if rhythm.frequency == Frequency.DATES:
        start = next((p.start for p in rhythm.given() if p.start >= over), None)
        if start is None:
            said = _("What has begun stays as it is: give two dates or more from %(date)s on.") % {
                "date": date_format(over, "DATE_FORMAT")
            }
            raise DomainError(said, "dates")
        return start
    # of given dates all may be past
    candidate, first = (
        (version.rhythm.containing(over - timedelta(days=1)) if over > today else None),
        None,
    )
    for _step in range(HORIZON):
        end = candidate.end if candidate else max(over, today)
        fresh = rhythm.containing(end)
        assert fresh is not None, "only given dates leave days out"
        if fresh.start == end:
            return end
        first = first or (fresh.start if fresh.start >= over else fresh.end)
        candidate = version.rhythm.containing(end) if candidate else None
        if candidate is None:
            break
    assert first is not None, "at least one period was looked at"
    return first


def settled_until(version: ScheduleVersion, today: date) -> date:
    """The end of the last period of a version that has begun; its own beginning where none has."""
    if version.frequency == Frequency.DATES:
        return max(
            (p.end for p in version.rhythm.since(version.valid_from, today)),
            default=version.valid_from,
        )
    running = version.rhythm.containing(max(today, version.valid_from))
    assert running is not None, "only given dates leave days out"
    return running.end


def uncovered_days(schedule: Schedule) -> Period | None:
    """The days between the last two versions that no report speaks of; None where there are none."""
    new, *former = schedule.versions.order_by("-number")[:2]
    if not former:
        return None
    old = former[0]
    last = max(
        (p.end for p in old.rhythm.since(old.valid_from, new.valid_from - timedelta(days=1))),
        default=old.valid_from,
    )
    return Period(last, new.valid_from) if last < new.valid_from else None


@transaction.atomic
def pause_schedule(user: Any, pk: int, *, paused: bool) -> Schedule:
    """Stops or resumes.

    On resuming, the periods that came due during the pause are skipped by name: who, and why.
    """
    schedule = lock_managed_schedule(user, pk)
    now = timezone.now()
    if schedule.is_paused and not paused:
        skip_missed(user, schedule, now)
        schedule.paused_at = None
    elif paused and not schedule.is_paused:
        schedule.paused_at = now
    schedule.is_paused = paused
    schedule.save(update_fields=["is_paused", "paused_at"])
    transaction.on_commit(tick_now)
    return schedule


def skip_missed(user: Any, schedule: Schedule, now: datetime) -> None:
    """Skips what came due in the pause that ends now: not what was due before, what is being
    corrected, or what somebody asked for by hand."""
    for version in schedule.versions.all():
        expect_of(version, now)
    came_due = Report.objects.filter(
        version__schedule=schedule,
        state=Report.State.EXPECTED,
        due_at__gte=schedule.paused_at or now,
        due_at__lte=now,
    )
    missed = came_due.filter(correction_reason="", revisions__isnull=True, asked_by__isnull=True)
    missed.update(state=Report.State.SKIPPED, skipped_by=user, reason="")


@transaction.atomic
def run_now(user: Any, pk: int, day: date) -> list[Report]:
    """The reports of the period with a day in it, past periods before the schedule began included;
    produced now where their cut-off is over.

    What is asked for is made, during a pause too, and where it was skipped. Raises Http404,
    NotAllowed, Refused (no such period, nothing to speak of, or its cut-off is still to come: what
    is counted then is not known yet).
    """
    schedule = lock_managed_schedule(user, pk)
    version = version_on(schedule, day)
    period = version.rhythm.containing(day)
    if period is None:
        raise DomainError(_("None of the schedule's periods has this day in it."), "day")
    there = Report.objects.filter(
        version__schedule=schedule, period_start=period.start, period_end=period.end
    )
    if not there.exists() and not add_rows(version, [period]):
        raise DomainError(
            _("In this period there is no country, donor or pillar of which a report would speak."),
            "day",
        )
    now = timezone.now()
    waiting = there.filter(
        state__in=[Report.State.EXPECTED, Report.State.FAILED, Report.State.SKIPPED]
    )
    if waiting.filter(cutoff_at__gt=now - SETTLING).exists():
        cutoff = waiting.order_by("cutoff_at").values_list("cutoff_at", flat=True)[0]
        raise DomainError(
            _(
                "The cut-off of this period is on %(date)s. Until then look at the preview, which"
                " is not stored."
            )
            % {"date": timezone.localtime(cutoff).strftime("%Y-%m-%d")},
            "day",
        )
    waiting.update(
        due_at=now,
        state=Report.State.EXPECTED,
        asked_by=user,
        skipped_by=None,
        reason="",
        tries=0,
        losses=0,
        next_try_at=None,
        claim=None,
    )
    transaction.on_commit(tick_now)
    return list(there.order_by("pk"))


def version_on(schedule: Schedule, day: date) -> ScheduleVersion:
    """The version whose way holds on a day; before all of them the first.

    One that ended before its first period never held.
    """
    versions = schedule.versions.select_related("schedule__programme").order_by("valid_from")
    held = [v for v in versions if v.valid_until is None or v.valid_until > v.valid_from]
    return next((v for v in reversed(held) if v.valid_from <= day), held[0])


@transaction.atomic
def mission_report(user: Any, engagement: Engagement) -> Report:
    """The report of one engagement, made at once on demand, in English and in the languages of
    those who asked for one.

    Where it is there already, that one. Raises NotAllowed, Refused (no dates yet).

    Its schedule is the programme's own for such reports: with given dates, of which there are none.
    """
    if (
        not may(user, "report.review")
        or not Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists()
    ):
        raise ActionNotAllowed(_("Only staff of the programme make its reports."))
    if (
        engagement.starts_on is None
        or engagement.ends_on is None
        or engagement.state not in ("delivered", "verified")
    ):
        raise DomainError(
            _("A mission report is made of what is delivered: record the delivery first."), "state"
        )
    schedule = (
        Schedule.objects.select_for_update(of=("self",))
        .filter(programme=engagement.programme, kind=MissionReport.code)
        .order_by("pk")
        .first()
    )
    if schedule is None:
        schedule = Schedule.objects.create(
            programme=engagement.programme, kind=MissionReport.code, title=MISSIONS, created_by=user
        )
        begin_version(
            schedule,
            1,
            {
                "frequency": Frequency.DATES,
                "valid_from": engagement.starts_on,
                "zone": engagement.programme.zone,
                "formats": SHOWN_FORMATS,
                "languages": list(dict.fromkeys(["en", user.language])),
            },
        )
    version = schedule.versions.get(valid_until__isnull=True)
    if user.language not in version.languages:
        version.languages = [*version.languages, user.language]
        version.save(update_fields=["languages"])
    now = timezone.now()
    report, _made = Report.objects.get_or_create(
        version=version,
        subject_type="engagement",
        subject_id=engagement.pk,
        defaults={
            "period_start": engagement.starts_on,
            "period_end": engagement.ends_on + timedelta(days=1),
            "cutoff_at": now,
            "due_at": now,
        },
    )
    transaction.on_commit(tick_now)
    return report

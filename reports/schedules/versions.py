"""How a schedule works from one boundary of its periods on: changes to its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict, cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assistance.programmes.working_days import calendar_of
from core.workflow.exceptions import DomainError
from reports.reports.comparison import FIXED, fix_comparisons
from reports.reports.models import Report
from reports.reports.planning import expect_of
from reports.schedules.deadlines import cutoff_of, due_of
from reports.schedules.models import Frequency, Schedule, ScheduleVersion
from reports.schedules.periods import Period, Rhythm

if TYPE_CHECKING:
    from accounts.models import User
    from assistance.funding.models import Donor
    from assistance.programmes.models import Pillar, Programme
    from countries.models import Country, CountryGroup

# what may change without a new version
IN_PLACE = ("languages", "formats", "attach", "hour", "cutoff_days")
VERSIONED = ("frequency", "first_month", "dates", "group", "region", "pillar", "donor", "zone")
ALL = (*IN_PLACE, *VERSIONED, "valid_from")
HORIZON = 24  # months in which a boundary common to two rhythms is looked for


class ScheduleValues(TypedDict, total=False):
    """To what a schedule and its version are set; what is left out stays as it is, or as the model
    has it."""

    programme: Programme
    kind: str
    title: str
    frequency: str
    first_month: int
    dates: list[date]
    valid_from: date
    cutoff_days: int
    hour: int
    zone: str
    pillar: Pillar | None
    region: str
    group: CountryGroup | None
    countries: list[Country]
    donor: Donor | None
    languages: list[str]
    formats: list[str]
    recipients: Iterable[User]
    attach: bool


def begin_version(schedule: Schedule, number: int, values: ScheduleValues) -> ScheduleVersion:
    """A version with its scope and recipients, and the rows of its periods that have begun."""
    given: Mapping[str, object] = values
    version = ScheduleVersion.objects.create(
        schedule=schedule, number=number, **{k: given[k] for k in ALL if given.get(k) is not None}
    )
    version.countries.set(values.get("countries", []))
    version.recipients.set(values.get("recipients", []))
    expect_of(version, timezone.now())
    return version


def as_it_is(version: ScheduleVersion) -> ScheduleValues:
    """Everything that a new version would take over."""
    kept = {name: getattr(version, name) for name in (*IN_PLACE, *VERSIONED)}
    return cast("ScheduleValues", kept) | ScheduleValues(
        countries=list(version.countries.all()), recipients=list(version.recipients.all())
    )


def rhythm_of(values: ScheduleValues) -> Rhythm:
    """How the periods of a version with these values follow each other."""
    return Rhythm(values["frequency"], values["first_month"], tuple(values.get("dates") or ()))


def has_begun(version: ScheduleVersion) -> bool:
    """Whether its first period has."""
    return version.valid_from <= version.schedule.programme.today()


def change_in_place(schedule: Schedule, values: ScheduleValues) -> None:
    """What needs no new version, in all there are: each may have reports that are not produced yet,
    or that somebody asks for later."""
    for version in schedule.versions.select_related("schedule__programme").order_by("number"):
        set_columns(version, IN_PLACE, values)
        version.save(update_fields=list(IN_PLACE))
        version.recipients.set(values["recipients"])
        fix_again(version)


def set_columns(version: ScheduleVersion, names: Iterable[str], values: ScheduleValues) -> None:
    """Sets some columns of a version; saves nothing."""
    given: Mapping[str, object] = values
    for name in names:
        setattr(version, name, given[name])


def beginning_of_new_version(version: ScheduleVersion, values: ScheduleValues) -> date:
    """Where a version that has not begun begins if it is set anew: with the period of its first
    day, or with the first of the dates given now."""
    period = rhythm_of(values).containing(version.valid_from)
    return period.start if period else min(values["dates"])


def rewrite_version(version: ScheduleVersion, values: ScheduleValues) -> date:
    """A schedule that has not begun, and of which nothing was asked for, set anew.

    Returns when it begins.
    """
    start = beginning_of_new_version(version, values)
    set_columns(version, (*IN_PLACE, *VERSIONED), values)
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


def changes_figures(version: ScheduleVersion, values: ScheduleValues) -> bool:
    """Whether what decides the figures or the periods changes."""
    given: Mapping[str, object] = values
    now = {c.pk for c in version.countries.all()}
    if "countries" in values and now != {c.pk for c in values["countries"]}:
        return True
    return any(
        name in given and (given[name] or None) != (getattr(version, name) or None)
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

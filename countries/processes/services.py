"""Writing sessions, their documents and recommendations, and which countries attended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core.text import join_list
from core.workflow.exceptions import DomainError, EditConflict
from countries.geography.models import Country
from countries.processes.choices import DELEGATES
from countries.processes.models import (
    ProcessSession,
    SessionAttendance,
    SessionDocument,
    SessionRecommendation,
)
from countries.processes.registry import Support, support_at
from files.models import Attachment

OWNER = "session_document"  # of files


def with_files(user: User, documents: Iterable[SessionDocument]) -> list[SessionDocument]:
    """Documents, each with the file that was added last and that the user may read. One query."""
    found = list(documents)
    files = Attachment.objects.visible_to(user).filter(
        owner_type=OWNER, owner_id__in=[document.pk for document in found]
    )
    latest = {file.owner_id: file for file in files.order_by("id")}
    for document in found:
        document.file = latest.get(document.pk)  # type: ignore[attr-defined]
    return found


@dataclass(frozen=True)
class AttendanceLine:
    """A country at a session as it is entered: numbers by `DELEGATES`, None where not known."""

    country: Country
    numbers: Mapping[str, int | None]
    level: str = ""

    @property
    def delegates(self) -> int | None:
        """The sum of what is known."""
        known = [n for n in self.numbers.values() if n is not None]
        return sum(known) if known else None


def supported_at(session: ProcessSession, user: User | None) -> dict[int, Support]:
    """By country, what brought it to a session, as far as a user may see it, or all of it."""
    return {
        country: support
        for (_session, country), support in support_at([session.pk], user).items()
        if support.is_held
    }


def check_support(
    session: ProcessSession, lines: Iterable[AttendanceLine], user: User
) -> dict[int, str]:
    """By country, what is wrong: fewer delegates than were supported (rules of the programme,
    section 11). How many is said of the engagements that the user may see."""
    every, own = supported_at(session, None), supported_at(session, user)
    wrong = {}
    for line in lines:
        delegates = line.delegates
        brought = every.get(line.country.pk)
        if delegates is None or brought is None or delegates >= (brought.people or 0):
            continue
        seen = own.get(line.country.pk)
        people = seen.people if seen is not None else None
        sentence = (
            _(
                "%(country)s: %(people)s were supported, more than the %(delegates)s delegates here."
                " Correct the number, or the participation of the engagement."
            )
            if people is not None and people > delegates
            else _(
                "%(country)s: on record, more people were brought than the %(delegates)s delegates"
                " here. Correct the number, or leave it empty."
            )
        )
        wrong[line.country.pk] = sentence % {
            "country": line.country.name,
            "people": people,
            "delegates": delegates,
        }
    return wrong


@transaction.atomic
def record_attendance(
    user: User,
    session: ProcessSession,
    lines: Iterable[AttendanceLine],
    *,
    is_whole: bool,
    removed: Iterable[int] = (),
    expected_version: int | None = None,
) -> None:
    """Enters lines, changes those of countries that are entered already, takes `removed` (ids of
    countries) out.

    Raises EditConflict where the session was changed since the version that was read; DomainError
    for a session that is not over, for fewer delegates than were supported, for taking out who was
    supported, and for calling nothing the whole.
    """
    lines, gone = list(lines), set(removed)
    locked = ProcessSession.objects.select_for_update().get(pk=session.pk)
    if expected_version is not None and locked.version != expected_version:
        raise EditConflict(
            _("Somebody changed this session in the meantime. What is entered now stands below.")
        )
    if (lines or is_whole) and not locked.is_over:
        raise DomainError(_("The session is not over yet. Enter who attended once it is."))
    if wrong := check_support(locked, lines, user):
        raise DomainError(" ".join(wrong.values()))
    entered = {a.country_id: a for a in locked.attendances.select_related("country")}
    refuse_losing_supported(locked, entered, gone)
    for line in lines:
        write_line(locked, line, entered.get(line.country.pk))
    locked.attendances.filter(country__in=gone).delete()
    if is_whole and not locked.attendances.exists():
        raise DomainError(_("Enter who attended before you say that everybody is entered."))
    locked.attendance_is_whole = is_whole
    locked.version += 1
    locked.save(update_fields=["attendance_is_whole", "version"])


def refuse_losing_supported(
    session: ProcessSession, entered: Mapping[int, SessionAttendance], gone: set[int]
) -> None:
    """Raises DomainError where a country would be taken out which an engagement brought there."""
    lost = [entered[pk].country.name for pk in gone & supported_at(session, None).keys()]
    if lost:
        raise DomainError(
            _("%(countries)s: somebody came from there, as is on record. The line has to stay.")
            % {"countries": join_list(sorted(lost))}
        )


def write_line(
    session: ProcessSession, line: AttendanceLine, entered: SessionAttendance | None
) -> None:
    """Enters a country, or changes what is entered of it; what says the same stays untouched, its
    mark of being invented included. Raises DomainError for numbers that cannot be."""
    row = entered or SessionAttendance(session=session, country=line.country)
    before = [getattr(row, name) for name in (*DELEGATES, "level")]
    for name in DELEGATES:
        setattr(row, name, line.numbers.get(name))
    row.level = line.level
    if row.pk is not None and before == [getattr(row, name) for name in (*DELEGATES, "level")]:
        return
    row.is_invented = False
    try:
        row.full_clean(exclude=["session", "country"])
    except ValidationError as refusal:
        raise DomainError(f"{line.country.name}: {' '.join(refusal.messages)}") from refusal
    row.save()


@transaction.atomic
def write_recommendations(
    session: ProcessSession, corrections: Mapping[int, tuple[str, str]], more: Iterable[str]
) -> None:
    """Corrects recommendations, by their ids from what they said to what they are to say, and adds
    more at the end. None goes: requests and engagements may name it.

    Raises EditConflict for one that says something else by now.
    """
    locked = ProcessSession.objects.select_for_update().get(pk=session.pk)
    entered = {one.pk: one for one in locked.recommendations.all()}
    for pk, (before, after) in corrections.items():
        row = entered.get(pk)
        if row is None or row.text == after:
            continue
        if row.text != before:
            raise EditConflict(
                _("Somebody corrected this recommendation in the meantime. It says now: %(text)s")
                % {"text": row.text}
            )
        row.text = after
        row.save(update_fields=["text"])
    last = max((one.number for one in entered.values()), default=0)
    for number, text in enumerate(more, last + 1):
        SessionRecommendation.objects.create(
            session=locked,
            number=number,
            text=text,
            code=f"{locked.process.code}-{locked.pk}-{number}",
        )
    ProcessSession.objects.filter(pk=locked.pk).update(version=F("version") + 1)

"""Taking actions on reports, one or many, and telling of them; the officers' highlights."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from assistance.programmes.querysets import manages
from core.validators import validate_printable_text
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from reports.deliveries.notifications import notify_readers
from reports.reports import publishing, revisions
from reports.reports.highlights import text_version
from reports.reports.models import Report, ReportRevision
from reports.reports.subjects import name_of
from reports.reports.workflow import ACTIONS, PUBLISHER, WORKFLOW, ReportAction, current_of
from reports.schedules.models import Schedule
from reports.schedules.services import tick_now

MOST_REASON = 500  # characters
MOST_HIGHLIGHTS = 20_000


def actions_open_to(user: User, programme: int) -> set[str]:
    """Codes of what this user may do to reports of a programme, in whatever state they are."""
    mine = manages(user, programme)
    return {
        code
        for code, action in ACTIONS.items()
        if may(user, action.actor.code) and (mine or action.actor is not PUBLISHER)
    }


def refuse_unkept(text: str, field: str) -> None:
    """Raises DomainError for characters that the database cannot keep."""
    try:
        validate_printable_text(text)
    except ValidationError as error:
        raise DomainError(error.messages[0], field) from error


def refuse_long(text: str, most: int, field: str) -> None:
    """Raises DomainError for more characters than are kept."""
    if len(text) > most:
        raise DomainError(
            _("This has %(n)s characters; at most %(most)s are kept.")
            % {"n": len(text), "most": most},
            field,
        )


def perform_action(user: User, pk: int, action: str, *, reason: str = "") -> Report:
    """Takes an action and tells of it.

    Raises Http404 (not visible), ActionNotAllowed (not this person, or not now), DomainError (no reason
    given).
    """
    refresh_before(user, [pk], action)
    return perform_one(user, pk, action, reason)


def refresh_before(user: User, pks: Collection[int], action: str) -> None:
    """Before reports are published: has those made anew whose adjustments are outdated since
    another report of their chain was published. Kept even where publishing is then refused for
    it."""
    if action not in ACTIONS or not ACTIONS[action].publishes:
        return
    for report in (
        Report.objects.visible_to(user)
        .filter(pk__in=pks)
        .select_related("version__schedule__programme")
    ):
        if revisions.ask_for_fresh_adjustments(report):
            transaction.on_commit(tick_now)


@transaction.atomic
def perform_one(user: User, pk: int, action: str, reason: str) -> Report:
    """An action on one report and what it tells; raises as `perform_action` does."""
    report = change_state(user, pk, ACTIONS[action], reason)
    tell_readers(ACTIONS[action], [report])
    return report


def tell_readers(action: ReportAction, reports: Collection[Report]) -> None:
    """Once of all of them, where they were published."""
    if action.publishes:
        notify_readers([current_of(report) for report in reports], "published")


def perform_all(
    user: User,
    schedule: int,
    start: date,
    chosen: Collection[int],
    action: str,
    *,
    reason: str = "",
) -> int:
    """Takes an action for the chosen reports of one period of a schedule, for all or for none, and
    tells of all at once. Returns how many.

    Raises as `perform_action` does; DomainError too where none is chosen.
    """
    refresh_before(user, chosen, action)
    return perform_on_all(user, schedule, start, chosen, action, reason)


@transaction.atomic
def perform_on_all(
    user: User, schedule: int, start: date, chosen: Collection[int], action: str, reason: str
) -> int:
    """The same in one transaction; raises as `perform_all` does."""
    if action not in ACTIONS or not ACTIONS[action].in_bulk:
        raise ActionNotAllowed(_("This is done report by report."))
    batch = Report.objects.visible_to(user).filter(
        version__schedule_id=schedule, period_start=start
    )
    changed = []
    for report in chosen_of(batch, chosen):
        with naming_report(report):
            changed.append(change_state(user, report.pk, ACTIONS[action], reason))
    tell_readers(ACTIONS[action], changed)
    return len(changed)


def chosen_of(batch: QuerySet[Report], chosen: Collection[int]) -> list[Report]:
    """The chosen ones of a batch, all of them.

    Raises Http404 where one is not in it, DomainError where none is chosen.
    """
    if not chosen:
        raise DomainError(_("Choose one report at least."), "report")
    found = list(
        batch.filter(pk__in=chosen).select_related("version__schedule__programme").order_by("pk")
    )
    if len(found) != len(set(chosen)):
        raise Http404
    return found


@contextmanager
def naming_report(report: Report) -> Iterator[None]:
    """Says of which of many reports it is that something is not allowed."""
    try:
        yield
    except ActionNotAllowed as refusal:
        raise ActionNotAllowed(f"{name_of(report, get_language() or 'en')}: {refusal}") from refusal


def publishable(user: User, batch: QuerySet[Report], chosen: Collection[int]) -> list[Report]:
    """The chosen ones, each of which this user may publish now. Raises as `perform_all` does."""
    found = chosen_of(batch, chosen)
    current = {
        r.report_id: r
        for r in ReportRevision.objects.filter(report__in=found, is_current=True).defer("snapshot")
    }
    for report in found:
        if report.pk in current:
            current[report.pk].report = report
    check_chain = bool(current) and revisions.published_since_made(list(current.values()))
    for report in found:
        with naming_report(report):
            refuse_untimely(user, report, ACTIONS["publish"])
            publishing.refuse_publishing(user, current[report.pk], check_chain=check_chain)
    return found


def change_state(user: User, pk: int, action: ReportAction, reason: str) -> Report:
    """An action's own change of one report, in the caller's transaction; raises as `perform_action`
    does."""
    if action.publishes:  # the reports of a schedule are published one after the other
        seen = WORKFLOW.visible_to(user).filter(pk=pk)
        Schedule.objects.select_for_update().filter(versions__reports__in=seen).first()
    report = WORKFLOW.lock(user, pk)
    refuse_untimely(user, report, action)
    if action.needs_reason and not reason.strip():
        raise DomainError(_("Give a reason."), "reason")
    refuse_unkept(reason, "reason")
    refuse_long(reason.strip(), MOST_REASON, "reason")
    report.reason = reason.strip()
    WORKFLOW.carry_out(WORKFLOW.context(user, report, action, None, None))
    return report


def refuse_untimely(user: User, report: Report, action: ReportAction) -> None:
    """Raises ActionNotAllowed where this person may not take the action, or not in this state."""
    if not WORKFLOW.may_take(user, action, report):
        raise ActionNotAllowed(WORKFLOW.why_not(user, action, report))


@transaction.atomic
def set_highlights(user: User, pk: int, text: str, *, expected: int | None = None) -> None:
    """The officers' own words; the documents are made anew by a worker, from the same snapshot. Not
    once published.

    `expected` is the `text_version` of the words from which they were written. Raises Http404,
    ActionNotAllowed, EditConflict (other words stand by now), DomainError (too long, or not to be
    kept).
    """
    if not Report.objects.visible_to(user).filter(pk=pk).exists():
        raise Http404
    report = Report.objects.select_for_update(of=("self",)).get(pk=pk)
    revision = report.current
    if (
        report.state not in (Report.State.PRODUCED, Report.State.IN_REVIEW)
        or revision is None
        or not may(user, "report.review")
    ):
        raise ActionNotAllowed(
            _("Highlights can be written while the report is produced or in review.")
        )
    refuse_unkept(text, "highlights")
    text = text.replace("\r\n", "\n").strip()
    refuse_long(text, MOST_HIGHLIGHTS, "highlights")
    if text == revision.highlights:
        return
    if expected not in (None, text_version(revision.highlights)):
        raise EditConflict(
            _("Somebody else has written highlights meanwhile. Theirs stand below yours.")
        )
    revision.highlights, revision.rewrite_asked_at, revision.rewrite_failure = (
        text,
        timezone.now(),
        "",
    )
    revision.save(update_fields=["highlights", "rewrite_asked_at", "rewrite_failure"])
    transaction.on_commit(tick_now)

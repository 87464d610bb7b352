"""The life of a produced report: review, send back, publish, try again, correct, skip.

Source: the rules of the programme, section 6. What the clock does to a report (expect, produce,
fail) stands in `schedules/`. A report has no version and no timeline: its revisions are its record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.permissions import may
from assistance.programmes.querysets import manages
from core.text import Label
from core.workflow.actions import Action, ActionContext, Actor
from core.workflow.engine import Workflow
from reports.reports import publishing, revisions
from reports.reports.models import Report, ReportRevision
from reports.schedules.services import tick_now

S = Report.State
Context = ActionContext[Report]


@dataclass(frozen=True)
class ReportAction(Action):
    """With what is asked of many reports alike."""

    needs_reason: bool = False
    publishes: bool = False  # one after the other of a schedule, and told to its readers


def current_of(report: Report) -> ReportRevision:
    """The revision in force; a report that is produced has one."""
    current = report.current
    assert current is not None, "what was never produced is neither reviewed nor published"
    return current


def review(doing: Context) -> None:
    """Who reviews it does not publish it."""
    set_reviewed(doing.subject, doing.now, doing.user)


def send_back(doing: Context) -> None:
    """It waits for a review anew."""
    set_reviewed(doing.subject, None, None)


def set_reviewed(report: Report, at: datetime | None, by: User | None) -> None:
    """Notes the review on the revision."""
    current = current_of(report)
    current.reviewed_at, current.reviewed_by = at, by
    current.save(update_fields=["reviewed_at", "reviewed_by"])


def publish(doing: Context) -> None:
    """Makes the revision the one that readers find. Raises as `publishing.refuse_publishing` does."""
    report, current = doing.subject, current_of(doing.subject)
    publishing.refuse_publishing(doing.user, current)
    report.published_at, report.published_by = timezone.now(), doing.user
    revisions.publish_revision(current, doing.user)
    if revisions.ask_for_fresh_adjustments(report):
        transaction.on_commit(tick_now)


def skip(doing: Context) -> None:
    """Nobody waits for it any more."""
    doing.subject.skipped_by, doing.subject.asked_by = doing.user, None


def correct(doing: Context) -> None:
    """A further revision is made now."""
    doing.subject.correction_reason = doing.subject.reason
    doing.subject.correction_by = doing.user
    forget_tries(doing.subject)
    transaction.on_commit(tick_now)


def retry(doing: Context) -> None:
    """Asked for by hand."""
    doing.subject.asked_by = doing.user
    forget_tries(doing.subject)


def forget_tries(report: Report) -> None:
    """It is made as if for the first time."""
    report.tries, report.losses, report.next_try_at, report.claim = 0, 0, None, None


def is_not_correcting(report: Report) -> bool:
    """A correction is not skipped: what was published stays."""
    return not report.is_correcting


def ask_for_review(user: User, report: Report) -> str:
    """Why a report that nobody reviewed is not published."""
    if report.state != S.PRODUCED or not PUBLISHER.allows(user, report):
        return ""
    return _("It is published after a review: take it into review first.")


EVERYBODY = frozenset(Role.values)  # the table of permissions decides
REVIEWER = Actor("report.review", EVERYBODY, lambda user, report: may(user, "report.review"))
PUBLISHER = Actor(
    "report.publish",
    EVERYBODY,
    lambda user, report: (
        may(user, "report.publish") and manages(user, report.version.schedule.programme_id)
    ),
)


def row(
    code: str,
    label: Label,
    sources: tuple[str, ...],
    target: str,
    actor: Actor,
    effect: Callable[[Context], None],
    *,
    guard: Callable[[Report], bool] | None = None,
    refusal: Callable[[User, Report], str] | None = None,
    in_bulk: bool = False,
    needs_reason: bool = False,
    publishes: bool = False,
) -> ReportAction:
    """A line of the table; there is no timeline that tells the past in other words."""
    return ReportAction(
        code,
        label,
        label,
        sources,
        target,
        actor,
        effect=effect,
        guard=guard,
        refusal=refusal,
        in_bulk=in_bulk,
        needs_reason=needs_reason,
        publishes=publishes,
    )


class ReportWorkflow(Workflow[Report, None]):
    """Without version and events; readers are told by `services`, once of many."""

    versioned: ClassVar[bool] = False

    def visible_to(self, user: User) -> models.QuerySet[Report]:
        """Those that the user may read."""
        return Report.objects.visible_to(user)

    def locked(self) -> models.QuerySet[Report]:
        """The report alone."""
        return Report.objects.select_for_update(of=("self",))

    def today(self, subject: Report, now: datetime) -> date:
        """At the programme's duty station."""
        return subject.version.schedule.programme.day_of(now)

    def untimely(self, action: Action, subject: Report) -> str:
        """With the state in which the report is."""
        return _("This cannot be done now: the report is “%(state)s”.") % {
            "state": subject.get_state_display()
        }

    def record(self, doing: Context) -> None:
        """Revisions and history are the record."""


ACTIONS: dict[str, ReportAction] = {
    action.code: action
    for action in (
        row(
            "review",
            gettext_lazy("Take into review"),
            (S.PRODUCED,),
            S.IN_REVIEW,
            REVIEWER,
            review,
            in_bulk=True,
        ),
        row(
            "send_back",
            gettext_lazy("Send back"),
            (S.IN_REVIEW,),
            S.PRODUCED,
            PUBLISHER,
            send_back,
            in_bulk=True,
            needs_reason=True,
        ),
        row(
            "publish",
            gettext_lazy("Publish"),
            (S.IN_REVIEW,),
            S.PUBLISHED,
            PUBLISHER,
            publish,
            in_bulk=True,
            publishes=True,
            refusal=ask_for_review,
        ),
        row(
            "retry",
            gettext_lazy("Try again now"),
            (S.FAILED,),
            S.EXPECTED,
            PUBLISHER,
            retry,
        ),
        row(
            "correct",
            gettext_lazy("Correct it"),
            (S.PUBLISHED,),
            S.EXPECTED,
            PUBLISHER,
            correct,
            needs_reason=True,
        ),
        row(
            "skip",
            gettext_lazy("Skip this period"),
            (S.EXPECTED, S.FAILED),
            S.SKIPPED,
            PUBLISHER,
            skip,
            needs_reason=True,
            guard=is_not_correcting,
        ),
    )
}
WORKFLOW = ReportWorkflow(tuple(ACTIONS.values()))

"""What people do with a produced report: review, send back, publish, try again, skip."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import refuse_unstorable
from accounts.permissions import may
from assistance.programmes.querysets import manages
from assistance.requests.errors import NotAllowed, Refused
from reports import revisions
from reports.deliveries.telling import tell
from reports.schedules.models import Report
from reports.schedules.producing import write_documents
from reports.schedules.setting import hurry

S = Report.State
# action: label, verb of the permission table, from, to
ACTIONS: dict[str, tuple[Any, str, tuple[str, ...], str]] = {
    "review": (gettext_lazy("Take into review"), "report.review", (S.PRODUCED,), S.IN_REVIEW),
    "send_back": (gettext_lazy("Send back"), "report.publish", (S.IN_REVIEW,), S.PRODUCED),
    "publish": (gettext_lazy("Publish"), "report.publish", (S.PRODUCED, S.IN_REVIEW), S.PUBLISHED),
    "retry": (gettext_lazy("Try again now"), "report.publish", (S.FAILED,), S.EXPECTED),
    "correct": (gettext_lazy("Correct it"), "report.publish", (S.PUBLISHED,), S.EXPECTED),
    "skip": (gettext_lazy("Skip this period"), "report.publish", (S.EXPECTED, S.FAILED), S.SKIPPED),
}


def actions_for(user: Any, report: Report) -> list[tuple[str, Any]]:
    """Code and label of what this user may do to this report now."""
    mine = manages(user, report.version.schedule.programme_id)
    return [
        (code, label)
        for code, (label, verb, sources, _target) in ACTIONS.items()
        if report.state in sources and may(user, verb) and (mine or verb != "report.publish") and not (code == "skip" and report.is_correcting)
    ]


def refuse_unkept(text: str, field: str) -> None:
    """Raises Refused for characters that the database cannot keep."""
    try:
        refuse_unstorable(text)
    except ValidationError as error:
        raise Refused(error.messages[0], field) from error


@transaction.atomic
def perform(user: Any, pk: int, action: str, *, reason: str = "") -> Report:
    """Takes an action. Raises Http404 (not visible), NotAllowed (not this person, or not now), Refused (no reason given)."""
    if not Report.objects.visible_to(user).filter(pk=pk).exists():
        raise Http404
    report = Report.objects.select_for_update(of=("self",)).get(pk=pk)
    if action not in dict(actions_for(user, report)):
        raise NotAllowed(_("This cannot be done now: the report is “%(state)s”.") % {"state": report.get_state_display()})
    if action in ("send_back", "skip", "correct") and not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    report.state = ACTIONS[action][3]
    refuse_unkept(reason, "reason")
    report.reason = reason.strip()[:500]
    current = report.current
    if action == "publish":
        assert current is not None, "what was never produced cannot be published"
        report.published_at, report.published_by = timezone.now(), user
        revisions.publish(current, user)
        tell(current, "published")
    elif action == "skip":
        report.skipped_by = user
    elif action == "correct":
        report.correction_reason, report.correction_by = report.reason, user
        report.tries, report.losses, report.next_try_at, report.claim = 0, 0, None, None
        transaction.on_commit(hurry)
    elif action == "retry":
        report.tries, report.losses, report.next_try_at, report.claim = 0, 0, None, None
    report.save()
    return report


@transaction.atomic
def set_highlights(user: Any, pk: int, text: str) -> None:
    """The officers' own words; the documents are made anew from the same snapshot. Not once published."""
    if not Report.objects.visible_to(user).filter(pk=pk).exists():
        raise Http404
    report = Report.objects.select_for_update(of=("self",)).get(pk=pk)
    revision = report.current
    if report.state not in (S.PRODUCED, S.IN_REVIEW) or revision is None or not may(user, "report.review"):
        raise NotAllowed(_("Highlights can be written while the report is produced or in review."))
    refuse_unkept(text, "highlights")
    revision.highlights = text.replace("\r\n", "\n").strip()
    revision.save(update_fields=["highlights"])
    revision.documents.all().delete()
    write_documents(revision)

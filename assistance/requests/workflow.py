"""The life of a request: which action leads from which state to which, who may take it and what it
asks for.

The tables of `actions/` are the only place that says so; pages, API, tests, mails, permissions and
documentation are made from them. Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.requests import notifications
from assistance.requests.action_context import CaseContext
from assistance.requests.actions import closing, consent, decision, intake, plan, review, stopping
from assistance.requests.choices import HAPPENINGS
from assistance.requests.clock_models import StateSpan
from assistance.requests.field_sets import ON_BEHALF_FIELDS
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State
from assistance.timeline.models import CaseEvent
from assistance.timeline.services import record_event
from core.workflow.actions import Action, ActionContext
from core.workflow.engine import Workflow
from core.workflow.fields import ActionField


class RequestWorkflow(Workflow[AssistanceRequest, CaseEvent]):
    """Rounds, spans and clocks of a case; who is told of what; deputies."""

    context_class = CaseContext
    evidence: ClassVar[tuple[ActionField, ...]] = ON_BEHALF_FIELDS
    happenings = HAPPENINGS

    def visible_to(self, user: User) -> models.QuerySet[AssistanceRequest]:
        """Those that the user sees."""
        return AssistanceRequest.objects.visible_to(user)

    def locked(self) -> models.QuerySet[AssistanceRequest]:
        """With programme and country."""
        locked = AssistanceRequest.objects.select_for_update(of=("self",))
        return locked.select_related("programme", "country")

    def today(self, subject: AssistanceRequest, now: datetime) -> date:
        """At the programme's duty station."""
        return subject.programme.day_of(now)

    def conflict(self, user: User, subject: AssistanceRequest) -> str:
        """What others did who leave the version as it is is not told; saving a draft is no event."""
        visible = CaseEvent.objects.visible_to(user).filter(request=subject, shared=True)
        last = visible.select_related("actor").order_by("-id").first()
        if subject.state == State.DRAFT and (last is None or last.at < subject.updated_at):
            saved = date_format(timezone.localtime(subject.updated_at), "DATETIME_FORMAT")
            return _(
                "This draft was saved in another window at %(time)s. Look at it again before you"
                " go on."
            ) % {"time": saved}
        what = self.label_of(last.action) if last else _("changed")
        who = last.actor.name if last and last.actor else _("the clock")
        return _(
            "In the meantime this request was changed: %(what)s, by %(who)s. Look at it again"
            " before you go on."
        ) % {"what": what, "who": who}

    def untimely(self, action: Action, subject: AssistanceRequest) -> str:
        """With the state in which the request is."""
        return _("“%(action)s” cannot be done now: the request is “%(state)s”.") % {
            "action": action.label,
            "state": subject.get_state_display(),
        }

    def refuse(self, doing: ActionContext[AssistanceRequest]) -> None:
        """No delivery to security forces begins before due diligence."""
        from assistance.due_diligence.services import OF_REQUESTS, refuse_without

        if doing.code in OF_REQUESTS:
            refuse_without([doing.subject], doing.today)

    def settle(self, doing: ActionContext[AssistanceRequest]) -> None:
        """A new state begins its time; clocks start and stop."""
        assert isinstance(doing, CaseContext)
        if doing.case.state != doing.from_state:
            doing.case.state_since = doing.now
            self.move_span(doing.case, doing.now)
        doing.clocks.happened(doing.code, doing.case.state)

    def move_span(self, case: AssistanceRequest, now: datetime) -> None:
        """Ends the time in the old state and begins the one in the new; no earlier than the old one
        began, should this server's clock be behind."""
        last = StateSpan.objects.get(request=case, left_at__isnull=True)
        last.left_at = max(now, last.entered_at)
        last.save(update_fields=["left_at"])
        StateSpan.objects.create(
            request=case, state=case.state, round=case.round, entered_at=last.left_at
        )

    def record(self, doing: ActionContext[AssistanceRequest]) -> CaseEvent:
        """An event of the timeline."""
        return record_event(
            doing.subject,
            doing.user,
            doing.code,
            from_state=doing.from_state,
            fields=doing.fields,
            data=doing.data,
            shared=doing.is_shared,
            on_behalf=doing.on_behalf,
            acted_for=stands_in_for(doing),
            extra=doing.extra,
            at=doing.now,
        )

    def after(self, doing: ActionContext[AssistanceRequest], event: CaseEvent) -> None:
        """Tells everybody whom it concerns."""
        notifications.notify_action(event, doing.action, doing.subject)


def stands_in_for(doing: ActionContext[AssistanceRequest]) -> User | None:
    """The absent person in whose place the user acts as deputy; None where the user acts for
    themselves."""
    user, find_owner = doing.user, doing.action.actor.owner
    owner: User | None = find_owner(doing.subject) if find_owner else None
    if user is None or not owner or owner.pk == user.pk or not owner.is_absent_on(doing.today):
        return None
    return owner if owner.deputy_id == user.pk else None


WORKFLOW = RequestWorkflow(
    (
        *intake.ACTIONS,
        *review.ACTIONS,
        *decision.ACTIONS,
        *plan.ACTIONS,
        *closing.ACTIONS,
        *consent.ACTIONS,
        *stopping.ACTIONS,
    )
)
ACTIONS = WORKFLOW.actions

"""One engine for life cycles: a table of actions, and the one door through which they are taken.

It knows no case. A subject gives its table and the hooks of `Workflow`; pages, API, permissions and
documentation ask the same engine what may be done, and sample data drive the same rules on rows in
memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import Label
from core.workflow.actions import COMPUTED, SAME, Action, ActionContext, T
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.fields import ActionField

if TYPE_CHECKING:
    from core.types import User

Event = TypeVar("Event")  # what a subject keeps of an action


class Workflow(Generic[T, Event]):
    """A life cycle: its table, and what the engine asks of the subject.

    A hook that one subject alone needs, and that is longer than ten lines, is an effect.
    """

    versioned: ClassVar[bool] = True
    context_class: ClassVar[type[ActionContext[Any]]] = ActionContext
    evidence: ClassVar[tuple[ActionField, ...]] = ()  # asked of who stands in for a side
    happenings: ClassVar[Mapping[str, Label]] = {}  # how the timeline names what is no action

    def __init__(self, actions: Sequence[Action]) -> None:
        self.actions = {action.code: action for action in actions}

    # What a subject says of itself.

    def visible_to(self, user: User) -> models.QuerySet[models.Model]:
        """Those on which the user may act at all; any other answers 404."""
        raise NotImplementedError

    def locked(self) -> models.QuerySet[Any]:
        """Locked until the transaction ends, with what rules ask of them."""
        raise NotImplementedError

    def today(self, subject: T, now: datetime) -> date:
        """The subject's day at an instant."""
        raise NotImplementedError

    def conflict(self, user: User, subject: T) -> str:
        """Who changed it meanwhile, and how, as far as the user may know."""
        raise NotImplementedError

    def untimely(self, action: Action, subject: T) -> str:
        """That the action cannot be taken now."""
        raise NotImplementedError

    def refuse(self, doing: ActionContext[T]) -> None:
        """Raises DomainError for what stands in the way beyond the table. Asked of what people do,
        not of what follows by itself."""

    def settle(self, doing: ActionContext[T]) -> None:
        """What follows from the new state, before it is saved."""

    def record(self, doing: ActionContext[T]) -> Event:
        """The event of it."""
        raise NotImplementedError

    def after(self, doing: ActionContext[T], event: Event) -> None:
        """Who is told, and what takes note."""

    # What pages, API, permissions and documentation ask.

    def role_may(self, user: User, code: str, subject: T | None) -> bool:
        """Whether role, membership and designation allow the action, whatever the state.

        Without a subject: whether the role ever may.
        """
        actor = self.actions[code].actor
        if not user.is_active or user.role not in actor.roles:
            return False
        return subject is None or actor.allows(user, subject)

    def in_force(self, action: Action, subject: T) -> bool:
        """Whether the action leads somewhere from where the subject stands."""
        state: str = subject.state
        return state in action.sources and (action.guard is None or action.guard(subject))

    def may_take(self, user: User, action: Action, subject: T) -> bool:
        """Whether this user may take this action now, on a subject that they see.

        The state first, which costs nothing: a page asks this of every action.
        """
        state: str = subject.state
        return (
            state in action.sources
            and self.role_may(user, action.code, subject)
            and self.in_force(action, subject)
        )

    def why_not(self, user: User, action: Action, subject: T) -> str:
        """Why an action cannot be taken now, as a sentence."""
        better = action.refusal(user, subject) if action.refusal else ""
        return better or self.untimely(action, subject)

    def is_on_behalf(self, user: User, action: Action) -> bool:
        """Whether this user, if allowed, takes the action in its side's place."""
        return action.actor.stands_in(user)

    def available(self, user: User, subject: T) -> list[Action]:
        """What this user may do now, the main thing first; in the place of others, last."""
        return sorted(
            (a for a in self.actions.values() if self.may_take(user, a, subject)),
            key=lambda a: (self.is_on_behalf(user, a), a.weight),
        )

    def fields_of(
        self, action: Action, subject: T, *, on_behalf: bool = False
    ) -> tuple[ActionField, ...]:
        """What the action asks for here and now; evidence too of who stands in for its side."""
        fields = action.fields_for(subject) if action.fields_for else action.fields
        return fields + (self.evidence if on_behalf else ())

    def label_of(self, code: str) -> str:
        """How the timeline names an act."""
        action = self.actions.get(code)
        return str(action.past if action else self.happenings.get(code, code))

    # The one door.

    def lock(self, user: User, pk: int) -> T:
        """The subject, locked; Http404 where the user may not see it."""
        if not self.visible_to(user).filter(pk=pk).exists():
            raise Http404
        found: T = self.locked().get(pk=pk)
        return found

    def refuse_if_changed(self, user: User, subject: T, expected_version: int | None) -> None:
        """Raises EditConflict where the subject is not what the user had before them."""
        if expected_version not in (None, getattr(subject, "version", None)):
            raise EditConflict(self.conflict(user, subject))

    @transaction.atomic
    def perform(
        self,
        user: User,
        pk: int,
        code: str,
        data: Mapping[str, object] | None = None,
        *,
        expected_version: int | None = None,
        now: datetime | None = None,
    ) -> Event:
        """Takes an action; `data` holds the cleaned values of its fields. Returns the event.

        One transaction. Raises Http404 (not visible), EditConflict (changed since),
        ActionNotAllowed (not this person, or not now), DomainError (the values do not do).
        """
        action, subject = self.actions[code], self.lock(user, pk)
        self.refuse_if_changed(user, subject, expected_version)
        if not self.may_take(user, action, subject):
            raise ActionNotAllowed(self.why_not(user, action, subject))
        doing = self.context(user, subject, action, data, now)
        self.refuse(doing)
        return self.carry_out(doing)

    @transaction.atomic
    def perform_automatic(self, pk: int, code: str, now: datetime | None = None) -> Event | None:
        """An action that nobody takes; None where the subject has moved on in the meantime."""
        action, subject = self.actions[code], self.locked().get(pk=pk)
        if subject.state not in action.sources:
            return None
        return self.carry_out(self.context(None, subject, action, None, now))

    def perform_within(
        self, subject: T, user: User | None, code: str, data: Mapping[str, object] | None = None
    ) -> Event:
        """An action that follows by itself on a subject that the caller's transaction has locked."""
        return self.carry_out(self.context(user, subject, self.actions[code], data, None))

    def context(
        self,
        user: User | None,
        subject: T,
        action: Action,
        data: Mapping[str, object] | None,
        now: datetime | None,
    ) -> ActionContext[T]:
        """What an action is taken in."""
        now = now or timezone.now()
        on_behalf = user is not None and self.is_on_behalf(user, action)
        fields = self.fields_of(action, subject, on_behalf=on_behalf)
        today = self.today(subject, now)
        values = dict(data or {})
        return self.context_class(subject, action, user, values, now, today, fields, on_behalf)

    def apply(self, doing: ActionContext[T]) -> None:
        """Effect, state and version; the engine itself stores nothing here."""
        subject: Any = doing.subject
        doing.from_state = subject.state
        computed = doing.action.effect(doing) if doing.action.effect else None
        target = computed if doing.action.target == COMPUTED else doing.action.target
        if target is None:
            raise DomainError(_("Nothing says where this leads."))
        if target != SAME:
            subject.state = target
        self.settle(doing)
        if self.versioned and doing.is_shared:
            subject.version += 1
            subject.updated_at = doing.now

    def carry_out(self, doing: ActionContext[T]) -> Event:
        """The inside of an action, on a locked subject for which it is allowed."""
        self.apply(doing)
        doing.subject.save()
        event = self.record(doing)
        self.after(doing, event)
        if doing.action.follows and (code := doing.action.follows(doing.subject)):
            action = self.actions[code]
            self.carry_out(self.context(None, doing.subject, action, None, doing.now))
        return event

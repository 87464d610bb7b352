"""The rows of a life cycle: an action, who takes it, and what it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from core.text import Label
from core.workflow.fields import ActionField

if TYPE_CHECKING:
    from core.types import User


class Subject(Protocol):
    """What goes through a life cycle: a row with a state."""

    pk: Any
    state: Any  # of its own enumeration

    def save(self) -> None:
        """Stores it."""

    def refresh_from_db(self) -> None:
        """Reads it anew."""


T = TypeVar("T", bound=Subject)
SAME = "same"  # the state does not change
COMPUTED = "computed"  # the effect says where the action leads


def nobody(user: User) -> bool:
    """Nobody acts in the place of others."""
    return False


@dataclass(frozen=True)
class Actor:
    """Who takes an action: the roles that ever may, and whether a user of them may on a subject.

    `stands_in` says who takes it in the place of its side, with evidence; `owner`, whose deputy may
    act for them.
    """

    code: str
    roles: frozenset[str]
    allows: Callable[[User, Any], bool]  # of the subject
    stands_in: Callable[[User], bool] = nobody
    owner: Callable[[Any], User | None] | None = None


@dataclass(frozen=True)
class Action:
    """One line of a table.

    `past` is how the timeline says that it happened; `weight` orders buttons: the main one first.
    """

    code: str
    label: Label
    past: Label
    sources: tuple[str, ...]
    target: str
    actor: Actor
    fields: tuple[ActionField, ...] = ()
    notify: tuple[Enum, ...] = ()
    shared: bool = True  # whether the other side reads that it happened
    weight: int = 50
    in_bulk: bool = False  # whether it can be done to many at once
    calls_for_action: bool = False  # whether who is told of it has something to do
    guard: Callable[[Any], bool] | None = None  # what it asks of the subject beside its state
    refusal: Callable[[User, Any], str] | None = None  # of the subject: a better sentence, or none
    effect: Callable[[Any], str | None] | None = None  # takes the context; says a computed target
    follows: Callable[[Any], str | None] | None = None  # the action that then follows by itself
    past_unmoved: Label | None = (
        None  # how the past is told of an act after which the state was the same
    )
    fields_for: Callable[[Any], tuple[ActionField, ...]] | None = None  # instead of `fields`
    fields_kept: Callable[[Collection[str]], tuple[ActionField, ...]] | None = (
        None  # by texts' names
    )
    # of the subject: what is likely
    initial: Callable[[Any, User], Mapping[str, object]] | None = None
    # what its page shows by the form
    beside: Callable[[Any, User], Mapping[str, object]] | None = None
    recipients: Callable[[Any, Any], Collection[Enum]] | None = None  # instead of `notify`
    declaration: Label = ""  # what who takes it declares by it
    tells_actor: bool = False  # whether who takes it for their own side gets a receipt


@dataclass
class ActionContext(Generic[T]):
    """One action being taken on a locked subject."""

    subject: T
    action: Action
    user: Any  # None: the clock; of sample data, what stands for a user before it is stored
    data: dict[str, Any]
    now: datetime
    today: date
    fields: tuple[ActionField, ...] = ()
    on_behalf: bool = False
    shared: bool | None = None  # whether the other side reads it, where the act itself says so
    extra: dict[str, object] = field(default_factory=dict)  # into the event beside what was given
    from_state: str = ""

    @property
    def code(self) -> str:
        """The action's."""
        return self.action.code

    @property
    def is_shared(self) -> bool:
        """Whether the other side reads it."""
        return self.action.shared if self.shared is None else self.shared

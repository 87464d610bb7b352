"""Kinds of messages: in which group people choose how soon they get a mail, and who may still be
told. Registered from above when the apps are ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from core.registry import Registry
from core.text import Label

if TYPE_CHECKING:
    from accounts.users.models import User


class Pace(models.TextChoices):
    """How soon a mail goes out. Whatever is chosen, the message stands under Messages at once."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


@dataclass(frozen=True)
class Group:
    """Kinds that people think of as one."""

    code: str
    label: Label
    why: Label  # the sentence at the end of a mail: why somebody gets it
    pace: str = Pace.NOW  # of who has not chosen
    fixed: bool = False  # always at once: nobody can switch it off
    verb: str = ""  # of the permission table: whose choice it is; empty: everybody's


Attachment = tuple[str, bytes, str]  # name, content, media type
MayRead = Callable[["User", str], bool]
Attach = Callable[["User", str], list[Attachment]]


def anybody_may_read(user: User, path: str) -> bool:
    """For messages that say nothing that could be withdrawn from their reader."""
    return True


def no_attachment(user: User, path: str) -> list[Attachment]:
    """No attachment."""
    return []


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    `may_read(user, path)` is asked before a mail goes out, `attach(user, path)` gives what goes
    with it.
    """

    group: Group
    may_read: MayRead = anybody_may_read
    attach: Attach = no_attachment


ACCOUNT = Group(
    "account",
    _("Account and security"),
    _("You get this because you have an account in Meridian."),
    fixed=True,
)
KINDS: Registry[Kind] = Registry("kinds of messages")


def kind_of(code: str) -> Kind:
    """What is known of a kind.

    One that nobody registered goes out at once and always, so that nothing is lost.
    """
    return KINDS.find(code) or Kind(ACCOUNT)


def message_groups() -> list[Group]:
    """All groups that have a kind, in the order of their registration; the fixed ones last."""
    return sorted({kind.group.code: kind.group for kind in KINDS}.values(), key=lambda g: g.fixed)


def codes_of(group: Group) -> list[str]:
    """The kinds of a group."""
    return [code for code, kind in KINDS.items() if kind.group == group]


def pk_in(path: str, page: str) -> int | None:
    """The number that an address of this page bears; None for other pages."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    return match.kwargs.get("pk") if match.url_name == page else None

"""How a draft is named where a person's drafts are listed, told by the apps that have the forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.drafts.models import Draft
from accounts.users.models import User
from core.registry import Registry


@dataclass(frozen=True)
class DraftName:
    """What the form is for, and about what: “Answer the questions”, “KEN-2026-0007”."""

    what: str
    about: str = ""


# by the part of the form's name before the point: the names of some drafts, by their ids; what the
# person no longer sees has none
DraftNames = Callable[[User, Sequence[Draft]], dict[int, DraftName]]
DRAFT_NAMES: Registry[DraftNames] = Registry("names of drafts")


def named_drafts(user: User, drafts: Sequence[Draft]) -> list[tuple[Draft, DraftName]]:
    """Drafts whose forms the person can still open, with their names, in the order given."""
    names: dict[int, DraftName] = {}
    for code, names_of in DRAFT_NAMES.items():
        own = [draft for draft in drafts if draft.form.partition(".")[0] == code]
        if own:
            names |= names_of(user, own)
    return [(draft, names[draft.pk]) for draft in drafts if draft.pk in names]

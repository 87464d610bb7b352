"""What is known above of sessions: whom the programme's support brought there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from core.registry import Registry


@dataclass
class Support:
    """What brought a country to a session: ids of engagements, and how many of its people came by
    them, None where that is not reported; `is_held` once it took place."""

    engagements: set[int] = field(default_factory=set)
    people: int | None = None
    is_held: bool = False


Supports = Mapping[tuple[int, int], Support]  # by ids of session and country
# at sessions, by their ids; of the engagements that a user may see, or of all
SupportAt = Callable[[Iterable[int], User | None], Supports]
SUPPORT: Registry[SupportAt] = Registry("support of attendance")


def support_at(sessions: Iterable[int], user: User | None) -> Supports:
    """By session and country, what brought people there: as far as the user may see it; all of it
    without one, to check numbers by."""
    wanted = list(sessions)
    found: dict[tuple[int, int], Support] = {}
    for question in SUPPORT:
        for key, support in question(wanted, user).items():
            entry = found.setdefault(key, Support())
            entry.engagements |= support.engagements
            entry.is_held |= support.is_held
            if support.people is not None:
                entry.people = (entry.people or 0) + support.people
    return found

"""Who takes an action on a request, and who is told of one.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from accounts.models import Role, User
from assistance.programmes.querysets import manages
from core.workflow.actions import Actor
from countries.models import FocalPoint

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


class Recipient(Enum):
    """Who is told of an action; the actor only where it says so."""

    COUNTRY = "country"  # the author and the active focal points of the country
    AUTHOR = "author"
    CLEARERS = "clearers"
    OFFICER = "officer"  # the lead officer, or all officers of the programme where there is none
    MANAGER = "manager"  # the deciding manager, or all managers of the programme


STAFF = frozenset({Role.OFFICER, Role.MANAGER})
COUNTRY_OR_STAFF = frozenset({Role.FOCAL_POINT, *STAFF})


def is_staff(user: User) -> bool:
    """Staff take the country's actions in its place, with evidence."""
    return bool(user.is_programme_staff)


def is_author(user: User, case: AssistanceRequest) -> bool:
    """Who wrote it, of the country or on its behalf."""
    return case.author_id == user.pk


def may_clear(user: User, case: AssistanceRequest) -> bool:
    """Who may clear for the country; who wrote a request never clears it."""
    clearers = FocalPoint.objects.who_may_clear(case.country_id, case.programme_id)
    return case.author_id != user.pk and clearers.filter(user_id=user.pk).exists()


def speaks_for_country(user: User, case: AssistanceRequest) -> bool:
    """The country's own people; staff on its behalf once the request was submitted."""
    return user.is_focal_point or case.reference is not None


AUTHOR = Actor("author", COUNTRY_OR_STAFF, is_author, is_staff)
# who discards a draft of their own speaks for nobody else
AUTHOR_ALONE = Actor("author", COUNTRY_OR_STAFF, is_author)
CLEARER = Actor("clearer", frozenset({Role.FOCAL_POINT}), may_clear, is_staff)
FOCAL_POINT = Actor("focal_point", COUNTRY_OR_STAFF, speaks_for_country, is_staff)
OFFICER = Actor("officer", STAFF, lambda user, case: True, owner=lambda case: case.lead_officer)
MANAGER = Actor(
    "manager",
    frozenset({Role.MANAGER}),
    lambda user, case: manages(user, case.programme_id),
    owner=lambda case: case.deciding_manager,
)
CLOCK = Actor("clock", frozenset(), lambda user, case: False)

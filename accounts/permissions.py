"""Who may do what: one table, role × verb. Pages, API and administration ask here.

What may be done to a case or an engagement in which state is said by their life cycles, which
register themselves (`LIFECYCLES`); every other verb is a row of TABLE. A verb says only that the
*role* may; which *rows* is said by `visible_to` of the model.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from accounts.users.models import Role
from core.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.users.models import User

FOCAL_POINT, OFFICER, MANAGER, ADMINISTRATOR = (
    Role.FOCAL_POINT,
    Role.OFFICER,
    Role.MANAGER,
    Role.ADMINISTRATOR,
)
STAFF = frozenset({OFFICER, MANAGER})
EVERYONE = frozenset(Role)
COUNTRY_AND_STAFF = frozenset({FOCAL_POINT, OFFICER, MANAGER})

TABLE: dict[str, frozenset[str]] = {
    "request.read": COUNTRY_AND_STAFF,
    "request.create": COUNTRY_AND_STAFF,
    "request.edit_draft": COUNTRY_AND_STAFF,
    "request.message": COUNTRY_AND_STAFF,
    "request.note": STAFF,
    "request.export": COUNTRY_AND_STAFF,
    "request.record_on_behalf": STAFF,
    "note.create": STAFF,
    "engagement.read": COUNTRY_AND_STAFF,
    "engagement.read_internal": STAFF,
    "engagement.create": STAFF,
    "engagement.edit": STAFF,
    "step.finish": COUNTRY_AND_STAFF,
    "engagement.export": COUNTRY_AND_STAFF,
    "tool.read": EVERYONE,
    "tool.edit": STAFF,
    "commitment.name": STAFF,
    "instrument.read": EVERYONE,
    "instrument.read_help": STAFF,
    "treaty_action.record": frozenset({OFFICER, MANAGER, ADMINISTRATOR}),
    "process.read": EVERYONE,
    "process.edit": STAFF,
    "attendance.read": COUNTRY_AND_STAFF,
    "attendance.record": STAFF,
    "country.read": EVERYONE,
    "country.read_support": COUNTRY_AND_STAFF,
    "country.publish": frozenset({FOCAL_POINT}),
    "due_diligence.read": STAFF,  # and of these few: `DueDiligence.objects.visible_to`
    "evaluation.read": STAFF,
    "evaluation.record": STAFF,
    "plan.record_results": STAFF,
    "result.read": STAFF,
    "result.report": STAFF,
    "result.approve": STAFF,  # never who reported it: `assistance/results/services.py`
    "result.rate": frozenset({MANAGER}),
    "report.read": COUNTRY_AND_STAFF,
    "report.read_internal": STAFF,
    "report.review": STAFF,
    "report.publish": frozenset({MANAGER}),
    "donor_link.manage": frozenset({MANAGER}),
    "schedule.read": STAFF,
    "schedule.manage": frozenset({MANAGER}),
    "person.read": STAFF,  # and only where their membership says so: `Person.objects.visible_to`
    "person.record": STAFF,
    "person.take_out": frozenset({MANAGER}),
    "person.erase": frozenset({MANAGER}),
    "file.read": COUNTRY_AND_STAFF,
    "news.read": COUNTRY_AND_STAFF,
    "news.write": STAFF,
    "news.publish": frozenset({MANAGER}),
    "news.agree": frozenset({FOCAL_POINT}),
    "public_message.read": COUNTRY_AND_STAFF,
    "public_message.handle": STAFF,
    "notification.read": EVERYONE,
    "draft.save": COUNTRY_AND_STAFF,
    "view.save": COUNTRY_AND_STAFF,
    "search.read": EVERYONE,
    "account.read": EVERYONE,
    "api.read": EVERYONE,
    "audit.read": frozenset(
        {MANAGER, ADMINISTRATOR}
    ),  # which records, and whether with values: `audit.registry`
    "administer.user": frozenset({ADMINISTRATOR}),
    "administer.reference": frozenset({ADMINISTRATOR}),
}

ADMINISTERED = {
    "accounts": {"user"},
    "countries": {
        "country",
        "countrygroup",
        "groupmembership",
        "institution",
        "focalpoint",
        "instrument",
        "obligation",
    },
    "assistance": {
        "programme",
        "programmemembership",
        "pillar",
        "theme",
        "standard",
        "holiday",
        "donor",
        "funding",
        "reasoncode",
    },
}

LifecycleRule = Callable[["User", str, Any], bool]
# by subject (“request”, “engagement”): `rule(user, action, obj)` answers for each of its actions
LIFECYCLES: Registry[LifecycleRule] = Registry("life cycles")


def may(user: User | AnonymousUser, verb: str, obj: object = None) -> bool:
    """Whether this user's role allows the verb; `request.do.accept` asks the life cycle of
    requests. Unknown verbs raise KeyError."""
    if not user.is_authenticated or not user.is_active:
        return False
    subject, _, rest = verb.partition(".do.")
    if rest:
        return LIFECYCLES.get(subject)(user, rest, obj)
    return user.role in TABLE[verb]


def may_administer(user: User, permission: str) -> bool:
    """Whether Django's administration may do `app.add_model` and the like: only reference data and
    users, and nothing is deleted there."""
    app, _, verb_model = permission.partition(".")
    verb, _, model = verb_model.partition("_")
    if model not in ADMINISTERED.get(app, set()) or verb == "delete":
        return False
    return may(user, "administer.user" if model == "user" else "administer.reference")

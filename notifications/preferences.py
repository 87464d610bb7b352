"""How soon somebody wants mails of which group of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.db import transaction

from accounts.permissions import may
from core.validators import PrintableFormMixin
from notifications import types
from notifications.models import Notification, NotificationPreference
from notifications.types import Group, Pace

if TYPE_CHECKING:
    from accounts.users.models import User


def pace_of(user: User, group: Group) -> str:
    """What the person chose, else the group's own; always at once for a group that is fixed."""
    if group.fixed:
        return str(Pace.NOW)
    return (
        NotificationPreference.objects.filter(user_id=user.pk, group=group.code)
        .values_list("pace", flat=True)
        .first()
        or group.pace
    )


def paces_of(user: User) -> dict[str, str]:
    """The pace of every group that the person can choose for."""
    chosen = dict(
        NotificationPreference.objects.filter(user_id=user.pk).values_list("group", "pace")
    )
    return {g.code: chosen.get(g.code, g.pace) for g in offered_groups(user)}


def offered_groups(user: User) -> list[Group]:
    """Groups that are not fixed and that somebody in this role is ever told of."""
    return [g for g in types.message_groups() if not g.fixed and (not g.verb or may(user, g.verb))]


@transaction.atomic
def save_paces(user: User, paces: Mapping[str, str]) -> None:
    """Keeps the paces by group.

    What waits for a digest in a group that changed is looked at anew by the next sending.
    """
    before = paces_of(user)
    changed = {
        code: pace for code, pace in paces.items() if code in before and before[code] != pace
    }
    NotificationPreference.objects.bulk_create(
        [
            NotificationPreference(user_id=user.pk, group=code, pace=pace)
            for code, pace in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["pace"],
    )
    moved = [
        code
        for group in types.message_groups()
        if group.code in changed
        for code in types.codes_of(group)
    ]
    waiting = Notification.objects.unsent().filter(
        user_id=user.pk, kind__in=moved, digest__isnull=False
    )
    # in the order in which a digest locks them
    locked = list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
    Notification.objects.unsent().filter(pk__in=locked).update(digest=None)


class PreferencesForm(PrintableFormMixin, forms.Form):
    """One choice a group."""

    def __init__(
        self, data: Mapping[str, object] | None = None, *, user: User, prefix: str
    ) -> None:
        super().__init__(data, prefix=prefix)
        paces = paces_of(user)
        for group in offered_groups(user):
            self.fields[group.code] = forms.ChoiceField(
                label=group.label, choices=Pace.choices, initial=paces[group.code]
            )

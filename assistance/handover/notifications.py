"""Who is told of a hand-over: one message to each successor, one to each person whose deputy goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from assistance.handover.querysets import Work
from core.text import Label
from notifications.models import Notification

KINDS: dict[str, Label] = {
    "led": gettext_lazy("Open requests that they lead"),
    "decided": gettext_lazy("Open requests that they decide on"),
    "drafts": gettext_lazy("Drafts on a country's behalf"),
    "engagements": gettext_lazy("Engagements that they lead"),
    "next_steps": gettext_lazy("Next steps to be done by them"),
    "plan_steps": gettext_lazy("Steps of response plans that name them"),
    "own_drafts": gettext_lazy("Drafts that they wrote"),
    "clearances": gettext_lazy("Requests that wait for their clearance"),
}
YOURS: dict[str, Label] = {
    "led": gettext_lazy("Open requests that you lead now"),
    "decided": gettext_lazy("Open requests that you decide on now"),
    "drafts": gettext_lazy("Drafts on a country's behalf"),
    "engagements": gettext_lazy("Engagements that you lead now"),
    "next_steps": gettext_lazy("Next steps to be done by you"),
    "plan_steps": gettext_lazy(
        "Steps of response plans that still name the other person: propose a new version"
    ),
    "own_drafts": gettext_lazy("Drafts that are yours now"),
    "clearances": gettext_lazy("Requests that wait for your clearance"),
}


def tell_successors(work: Work, chosen: Mapping[str, User | None]) -> None:
    """How much came to them, by kind, and the way to the list."""
    counts: dict[User, Counter[str]] = {}
    for slot in work.slots:
        successor = chosen[slot.name]
        if successor is not None:
            counts.setdefault(successor, Counter()).update(
                {kind: len(rows) for kind, rows in slot.found.items()}
            )
    rows = []
    for person, kinds in counts.items():
        number = sum(n for kind, n in kinds.items() if kind != "plan_steps")
        with translation.override(person.language):
            subject = ngettext(
                "You take over %(n)s open matter from %(name)s",
                "You take over %(n)s open matters from %(name)s",
                number,
            ) % {"n": number, "name": work.person}
            body = "\n".join(f"{YOURS[kind]}: {n}" for kind, n in kinds.items())
        rows.append(
            Notification(
                user=person,
                kind="handover",
                subject=subject[:300],
                body=body,
                path=list_of(person, kinds),
            )
        )
    Notification.objects.bulk_create(rows)


def list_of(person: User, kinds: Counter[str]) -> str:
    """Where what came to this person is listed."""
    if person.is_focal_point or not person.is_programme_staff:
        return reverse("home")
    if kinds["led"] or not (kinds["engagements"] or kinds["next_steps"]):
        return reverse("requests") + ("?mine=true&open=true" if kinds["led"] else "?open=true")
    return reverse("engagements") + "?mine=true"


def tell_deputies(leaving: User, new: Mapping[User, User | None]) -> None:
    """Those whose deputy goes: who stands in now, or that they choose somebody."""
    rows = []
    for person, deputy in new.items():
        with translation.override(person.language):
            subject = _("%(name)s no longer stands in for you") % {"name": leaving}
            body = (
                _("Your deputy is now %(name)s.") % {"name": deputy}
                if deputy
                else _("Choose another deputy in your account.")
            )
        rows.append(
            Notification(
                user=person,
                kind="handover.deputy",
                subject=subject[:300],
                body=body,
                path=reverse("account"),
            )
        )
    Notification.objects.bulk_create(rows)

"""Who is told that a value waits for approval, and what became of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.programmes.models import ProgrammeMembership
from assistance.results.models import Indicator, ResultsFramework
from assistance.results.value_models import IndicatorValue
from notifications.models import Notification
from notifications.types import KINDS, Group, Kind, pk_in

RESULTS = Group(
    "results",
    gettext_lazy("Results"),
    gettext_lazy("You get this because a value of an indicator waits for you, or is yours."),
    verb="result.read",
)
WAITING, DECIDED = "result.waiting", "result.decided"


def tell_of_waiting(value: IndicatorValue) -> None:
    """Managers of the programme but who reported it; where there is none, the other officers."""
    programme = value.indicator.outcome.framework.programme_id
    staff = ProgrammeMembership.objects.active().filter(programme=programme)
    others = staff.exclude(user=value.reported_by_id)
    ids = others.managers().values_list("user_id", flat=True) or others.values_list(
        "user_id", flat=True
    )

    def subject() -> str:
        return _("%(code)s: a value waits for approval") % {"code": value.indicator.code}

    tell(WAITING, User.objects.filter(pk__in=list(ids)), value, subject)


def tell_of_decision(value: IndicatorValue) -> None:
    """Who reported it."""
    approved = value.state == IndicatorValue.State.APPROVED

    def subject() -> str:
        sentence = (
            _("%(code)s: your value is approved")
            if approved
            else _("%(code)s: your value is sent back")
        )
        return sentence % {"code": value.indicator.code}

    tell(DECIDED, User.objects.filter(pk=value.reported_by_id, is_active=True), value, subject)


def tell(
    kind: str, people: Iterable[User], value: IndicatorValue, subject: Callable[[], str]
) -> None:
    """A row of the outbox each, in the person's language."""
    path = reverse("indicator", args=[value.indicator_id])
    rows = []
    for person in people:
        with translation.override(person.language):
            rows.append(
                Notification(
                    user=person,
                    kind=kind,
                    subject=subject(),
                    body=value.return_reason or value.indicator.text,
                    path=path,
                )
            )
    Notification.objects.bulk_create(rows)


def reads_indicator(user: User, path: str) -> bool:
    """Whether the indicator is still one that the person sees."""
    pk = pk_in(path, "indicator")
    frameworks = ResultsFramework.objects.visible_to(user)
    return (
        pk is not None
        and Indicator.objects.filter(pk=pk, outcome__framework__in=frameworks).exists()
    )


def register_own_kinds() -> None:
    """Tells the outbox."""
    for kind in (WAITING, DECIDED):
        KINDS.register(kind, Kind(RESULTS, reads_indicator))

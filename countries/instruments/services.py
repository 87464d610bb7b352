"""Recording treaty actions out of a table: what is entered already is corrected, never replaced."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from django.db import transaction

from countries.instruments.choices import Precision
from countries.instruments.models import TreatyAction

DATED = ("precision", "date", "date_until")
SAID = ("source", "note")


class EnteredActions:
    """All actions that are entered, read once, then asked for each row of a table."""

    def __init__(self) -> None:
        self.by_kind: dict[tuple[int, int | None, str, str], list[TreatyAction]] = {}
        for action in TreatyAction.objects.select_related("instrument", "country"):
            self.by_kind.setdefault(self.kind_of(action), []).append(action)

    @staticmethod
    def kind_of(action: TreatyAction) -> tuple[int, int | None, str, str]:
        """Whose it is, and of which kind."""
        return action.instrument_id, action.country_id, action.organisation, action.action

    def same_as(self, action: TreatyAction) -> TreatyAction | None:
        """The one that says the same: of that day; else, where one of the two is not known by its
        day, the only one that it can be. Two days are two actions: a State may leave and come back.
        """
        entered = self.by_kind.get(self.kind_of(action), [])
        same_day = [one for one in entered if one.date == action.date]
        if same_day:
            return same_day[0]
        if action.is_exact:
            entered = [one for one in entered if not one.is_exact]
        return entered[0] if len(entered) == 1 else None


def corrected(
    entered: TreatyAction, action: TreatyAction, cells: Mapping[str, str]
) -> tuple[TreatyAction, bool]:
    """What is entered as a row of a table corrects it, as a copy, and whether that changes anything.
    A known day is not made less exact, and what the table has no column for stays."""
    found = copy.copy(entered)
    is_finer = action.is_exact or not entered.is_exact
    says_when = action.precision != Precision.REPORTED or entered.precision == Precision.REPORTED
    if is_finer and says_when:
        for name in DATED:
            setattr(found, name, getattr(action, name))
    for name in SAID:
        if cells.get(name):
            setattr(found, name, cells[name])
    is_changed = any(getattr(found, n) != getattr(entered, n) for n in (*DATED, *SAID))
    return found, is_changed


@transaction.atomic
def record_actions(actions: Iterable[TreatyAction]) -> None:
    """Records new actions and corrects others, all or none. Raises ValidationError or DatabaseError
    for what the database would refuse: the same was recorded, or taken out, in the meantime."""
    for action in actions:
        action.full_clean()
        if action.pk is None:
            action.save()
        else:
            action.save(force_update=True)

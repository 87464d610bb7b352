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
    """All actions that are entered, read once, then asked for each row of a table, and each given
    to one row at most. With `lock` nobody changes them until the end of the transaction."""

    def __init__(self, *, lock: bool = False) -> None:
        self.by_kind: dict[tuple[int, int | None, str, str], list[TreatyAction]] = {}
        self.given: set[int] = set()
        rows = TreatyAction.objects.select_related("instrument", "country").order_by("pk")
        for action in rows.select_for_update(of=("self",)) if lock else rows:
            self.by_kind.setdefault(self.kind_of(action), []).append(action)

    @staticmethod
    def kind_of(action: TreatyAction) -> tuple[int, int | None, str, str]:
        """Whose it is, and of which kind."""
        return action.instrument_id, action.country_id, action.organisation, action.action

    def same_as(self, action: TreatyAction) -> TreatyAction | None:
        """The one that says the same: of that day; else, where one of the two is not known by its
        day, the only one that it can be, since the day of the one may lie in the time of the other.
        Two days are two actions: a State may leave and come back.
        """
        found = self._same_as(action)
        if found is not None:
            self.given.add(found.pk)
        return found

    def _same_as(self, action: TreatyAction) -> TreatyAction | None:
        entered = [
            one
            for one in self.by_kind.get(self.kind_of(action), [])
            if one.pk not in self.given and may_be_at_once(one, action)
        ]
        same_day = [one for one in entered if one.date == action.date]
        if same_day:
            return same_day[0]
        if action.is_exact:
            entered = [one for one in entered if not one.is_exact]
        return entered[0] if len(entered) == 1 else None


def may_be_at_once(one: TreatyAction, other: TreatyAction) -> bool:
    """Whether both can have happened on the same day, as far as their days are known."""
    if one.date is None or other.date is None:
        return True
    one_until, other_until = one.date_until or one.date, other.date_until or other.date
    return one.date <= other_until and other.date <= one_until


def stored_in(action: TreatyAction) -> tuple[object, ...]:
    """What a table may correct of an action."""
    return tuple(getattr(action, name) for name in (*DATED, *SAID))


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

"""When an instrument enters into force, by its own rule. Source: the rules of the programme, section
11; the final clauses of each treaty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.days import months_later
from countries.instruments.choices import Action
from countries.instruments.models import Instrument, TreatyAction


@dataclass(frozen=True)
class Deposit:
    """An instrument of ratification or accession that was handed over."""

    country: str  # ISO 3166, three letters
    on: date


@dataclass(frozen=True)
class Progress:
    """How far an instrument is from entering into force.

    `deposits` of those `needed`, `members` of the `members_needed` among them; `reached_on` is the
    day of the deposit that met the rule, `in_force_on` the day that follows from it.
    """

    deposits: int
    needed: int
    members: int
    members_needed: int
    reached_on: date | None
    in_force_on: date | None


def progress_of(instrument: Instrument, deposits: Iterable[Deposit]) -> Progress:
    """By the deposits whose day is known, each country's first."""
    firsts: dict[str, date] = {}
    for deposit in sorted(deposits, key=lambda d: d.on):
        firsts.setdefault(deposit.country, deposit.on)
    members = set(instrument.members)
    reached: date | None = None
    among = 0
    for number, (country, day) in enumerate(firsts.items(), 1):
        among += country in members
        enough = number >= instrument.deposits_needed and among >= instrument.members_needed
        if enough and reached is None:
            reached = day
    return Progress(
        deposits=len(firsts),
        needed=instrument.deposits_needed,
        members=among,
        members_needed=instrument.members_needed,
        reached_on=reached,
        in_force_on=after(instrument, reached, instrument.days_after) if reached else None,
    )


def in_force_for(instrument: Instrument, deposit: date, progress: Progress) -> date | None:
    """The day from which the instrument binds a State that deposited on a day; None while the
    instrument itself is not to enter into force yet."""
    if progress.reached_on is None or progress.in_force_on is None:
        return None
    days = instrument.days_after if deposit <= progress.reached_on else instrument.later_days
    return max(after(instrument, deposit, days), progress.in_force_on)


def after(instrument: Instrument, day: date, days: int) -> date:
    """The day that the instrument's delay leads to from another."""
    later = months_later(day, instrument.months_after) + timedelta(days=days)
    return months_later(later.replace(day=1), 1) if instrument.on_first_of_month else later


def deposits_in(actions: Iterable[TreatyAction]) -> list[Deposit]:
    """The deposits among some actions of countries."""
    return [
        Deposit(action.country.iso3, action.date)
        for action in actions
        if action.country is not None
        and action.date is not None
        and action.is_exact
        and action.action in (Action.RATIFIED, Action.ACCEDED)
    ]

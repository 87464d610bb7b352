"""Adding up participation.

Source: the rules of the programme, section 3: a blank is not reported, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistance.engagements.choices import NUMBERS
from assistance.engagements.part_models import CountryParticipation


@dataclass(frozen=True)
class Totals:
    """People, of what is reported; each is None where no row reports it."""

    women: int | None
    men: int | None
    other: int | None
    unknown: int | None
    total: int | None
    women_of_both: int  # numerator of the share of women: over rows that report women and men
    both: int  # its denominator
    incomplete: int  # rows in which women or men are not reported
    rows: int

    @property
    def share(self) -> int | None:
        """Women of women and men, in whole per cent; None where nothing is to be divided."""
        return round(100 * self.women_of_both / self.both) if self.both else None


def add_up(rows: Iterable[CountryParticipation]) -> Totals:
    """The totals of some rows."""
    rows = list(rows)
    sums = {}
    for name in NUMBERS:
        given = [n for n in (getattr(r, name) for r in rows) if n is not None]
        sums[name] = sum(given) if given else None
    reported = [n for n in sums.values() if n is not None]
    both = [r for r in rows if r.women is not None and r.men is not None]
    women = sum(r.women or 0 for r in both)
    return Totals(
        **sums,
        total=sum(reported) if reported else None,
        women_of_both=women,
        both=women + sum(r.men or 0 for r in both),
        incomplete=len(rows) - len(both),
        rows=len(rows),
    )

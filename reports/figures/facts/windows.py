"""Facts: the rows that figures count, as they stood at a cut-off, in temporary tables of the
transaction.

Every counted column (state, pillar, country, participation, cost, membership) is read from history:
a report made late equals the one made on time. Source: the rules of the programme, sections 5 and
6. Only rows of the period are touched, whatever the size of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistance.programmes.models import Programme
from assistance.requests.clocks import RULES
from assistance.requests.states import OPEN
from reports.figures.counting import Parameters
from reports.figures.scope import WHOLE, ReportScope
from reports.schedules.periods import Period

COUNTING_RULES = (
    2  # raised when the rules of counting change: a snapshot keeps the number of its own
)


@dataclass(frozen=True)
class FigureWindow:
    """What a set of facts is about: a programme or a part of it, a period, and until when things
    had to be recorded to count."""

    programme: Programme
    period: Period
    cutoff: datetime
    scope: ReportScope = WHOLE

    @property
    def parameters(self) -> Parameters:
        """For the SQL of facts and figures. `stock_at` is the instant at which the period ends at the duty
        station.

        A period that is still running ends with the cut-off as far as stocks, ages and memberships
        go, and what is due from the cut-off's day on is not due yet: `last_day` is the last day
        that has begun, `due_end` the first day of which nothing is late.
        """
        stock_at = min(self.programme.midnight(self.period.end), self.cutoff)
        reached = self.programme.day_of(stock_at)
        own: Parameters = {
            "programme": self.programme.pk,
            "start": self.period.start,
            "end": self.period.end,
            "last_day": min(self.period.last_day, reached),
            "due_end": min(self.period.end, reached),
            "cutoff": self.cutoff,
            "stock_at": stock_at,
            "open": [str(s) for s in OPEN],
            "eligible": self.programme.eligible_group_id,
            "zone": self.programme.zone,
            "record_days": RULES["record"].days,
            "currency": self.programme.currency,
            "known_day": self.programme.day_of(self.cutoff),
        }
        return own | self.scope.parameters

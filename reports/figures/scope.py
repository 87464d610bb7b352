"""Of what a report speaks: all of a programme, or some countries, a group, a region, a pillar, a
donor, one engagement of it."""

from __future__ import annotations

from dataclasses import dataclass

from reports.figures.counting import Parameters
from reports.figures.history import row_as_of
from reports.snapshots.types import FigureData, FiguresData, ScopeData, Snapshot


@dataclass(frozen=True)
class ReportScope:
    """What is left out says nothing.

    Countries are ids; a group counts as of the day of each event; regions are M49's.
    """

    countries: tuple[int, ...] = ()
    group: str = ""
    region: str = ""
    pillar: int | None = None
    donor: int | None = None
    engagement: int | None = None

    @property
    def parameters(self) -> Parameters:
        """For the conditions below; NULL where nothing is narrowed."""
        return {
            "countries": list(self.countries) or None,
            "group": self.group or None,
            "region": self.region or None,
            "pillar": self.pillar,
            "donor": self.donor,
            "engagement": self.engagement,
        }

    @property
    def narrows_countries(self) -> bool:
        """Whether some countries are left out."""
        return bool(self.countries or self.group or self.region)

    def as_json(self) -> ScopeData:
        """For the snapshot: what was narrowed."""
        found: ScopeData = {}
        if self.countries:
            found["countries"] = list(self.countries)
        if self.group:
            found["group"] = self.group
        if self.region:
            found["region"] = self.region
        if self.pillar:
            found["pillar"] = self.pillar
        if self.donor:
            found["donor"] = self.donor
        if self.engagement:
            found["engagement"] = self.engagement
        return found


WHOLE = ReportScope()
COUNTS_DEMAND = (  # requests have neither: such reports speak of delivery alone
    "%(donor)s::bigint IS NULL AND %(engagement)s::bigint IS NULL"
)
ALL_COUNTRIES = (
    "(%(countries)s::bigint[] IS NULL AND %(region)s::text IS NULL AND %(group)s::text IS NULL)"
)


DEMAND_ROWS = ("request", "clock", "act")  # kinds of rows that are requests, or stand for one
# figures whose rows tell which country asked
DEMAND_COUNTRIES = (
    "countries_asking",
    "countries_unserved",
)


def counts_demand(scope: ScopeData) -> bool:
    """Whether requests are counted in the scope of a snapshot; where not, their zeros say nothing
    and are not shown."""
    return not (scope.get("donor") or scope.get("engagement"))


def is_of_demand(code: str, figure: FigureData) -> bool:
    """Whether a figure of a snapshot counts requests, what is due to them, or countries because
    they asked."""
    return figure["rows"]["kind"] in DEMAND_ROWS or code.partition(".")[0] in DEMAND_COUNTRIES


def counted(snapshot: Snapshot) -> FiguresData:
    """The figures that the snapshot's scope counts, by code: where it counts no requests, a zero
    would say that nobody asked."""
    figures = snapshot["figures"]
    if counts_demand(snapshot.get("scope", {})):
        return figures
    return {code: figure for code, figure in figures.items() if not is_of_demand(code, figure)}


def countries(country: str, region: str, day: str) -> str:
    """The SQL condition that a country counts, in its region and in its groups as of a day.

    Names of columns only, never what somebody typed.
    """
    return f"""((%(countries)s::bigint[] IS NULL OR {country} = ANY(%(countries)s::bigint[]))
      AND (%(region)s::text IS NULL OR {region} = %(region)s::text)
      AND (%(group)s::text IS NULL OR EXISTS (SELECT FROM fact_membership scoped
        WHERE scoped.country_id = {country} AND scoped.code = %(group)s::text
                                              AND scoped.valid_from <= {day} AND (scoped.valid_until IS NULL OR scoped.valid_until > {day}))))"""


def pillar(column: str) -> str:
    """The SQL condition that a pillar counts."""
    return f"(%(pillar)s::bigint IS NULL OR {column} = %(pillar)s::bigint)"


def pillar_of_request(request: str) -> str:
    """The same of a request whose pillar, as known at the cut-off, stands in history only."""
    known = row_as_of("assistance_requesthistory", request, columns="pillar_id")
    return f"(%(pillar)s::bigint IS NULL OR {known} = %(pillar)s::bigint)"

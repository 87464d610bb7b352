"""Which countries asked, were served, or were never reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures import scope as within
from reports.figures.audiences import EVERYBODY
from reports.figures.definition import Definition, Split
from reports.figures.measures import Count
from reports.figures.scope import ReportScope
from reports.figures.units import COUNT


def valid(membership: str) -> str:
    """The SQL condition that a membership is in force on the period's last day."""
    return (
        f"{membership}.valid_from <= %(last_day)s"
        f" AND ({membership}.valid_until IS NULL OR {membership}.valid_until > %(last_day)s)"
    )


# Eligible countries on the period's last day, with their groups and when they were last reached.
ELIGIBLE = f"""(
    SELECT m.country_id AS id, reached.last_on, ARRAY(
               SELECT g.code FROM fact_membership g
               WHERE g.country_id = m.country_id AND {valid("g")}) AS groups
    FROM fact_membership m JOIN countries_country c ON c.id = m.country_id
    LEFT JOIN fact_reached reached ON reached.country_id = m.country_id
    WHERE m.group_id = %(eligible)s AND {valid("m")}
      AND {within.countries("m.country_id", "c.region", "%(last_day)s")})"""
YEAR_BEFORE = "(%(last_day)s::date + 1 - interval '12 months')::date"
NOT_SERVED = "country_id NOT IN (SELECT country_id FROM fact_participation)"
BY_GROUP = Split("group", "groups", many=True)


def countries(source: str, where: str = "") -> Count:
    """How many countries the rows of a source are of."""
    return Count(source=source, where=where, key="country_id", distinct=True)


def is_everybodys(scope: ReportScope) -> bool:
    """Whether it is of everybody's work: a donor's or a mission's would say whom that of all has not
    reached."""
    return scope.donor is None and scope.engagement is None


COVERAGE_FIGURES = (
    Definition(
        "countries_served",
        _("Countries served"),
        COUNT,
        _(
            "Countries that took part in a delivered part that ended in the period; by group as"
            " of that day, so groups need not add up."
        ),
        "country",
        measure=countries("fact_participation"),
        splits=(BY_GROUP, Split("region", blank="")),
        better="up",
        audiences=EVERYBODY,
    ),
    Definition(
        "countries_eligible",
        _("Eligible countries"),
        COUNT,
        _("Members of the programme's group of eligible countries on the last day of the period."),
        "country",
        measure=Count(source=ELIGIBLE),
        splits=(BY_GROUP,),
        audiences=EVERYBODY,
    ),
    Definition(
        "countries_asking",
        _("Countries that asked"),
        COUNT,
        _("Countries from which a request was received in the period."),
        "country",
        measure=countries("fact_request"),
        splits=(BY_GROUP,),
        audiences=EVERYBODY,
    ),
    Definition(
        "countries_unserved",
        _("Open request, not served"),
        COUNT,
        _(
            "Countries with an open request when the period ended and no delivered part in the"
            " period."
        ),
        "country",
        measure=countries("fact_open", NOT_SERVED),
        audiences=EVERYBODY,
    ),
    Definition(
        "countries_never_reached",
        _("Never reached"),
        COUNT,
        _(
            "Eligible countries that had taken part in nothing delivered by the end of the"
            " period; not counted for one donor or engagement."
        ),
        "country",
        measure=Count(source=ELIGIBLE, where="last_on IS NULL"),
        applies=is_everybodys,
        audiences=EVERYBODY,
    ),
    Definition(
        "countries_without_help_for_a_year",
        _("Nothing for twelve months"),
        COUNT,
        _(
            "Eligible countries that took part in nothing delivered in the twelve months before"
            " the end of the period; not counted for one donor or engagement."
        ),
        "country",
        measure=Count(source=ELIGIBLE, where=f"(last_on IS NULL OR last_on < {YEAR_BEFORE})"),
        applies=is_everybodys,
        better="down",
        audiences=EVERYBODY,
    ),
)

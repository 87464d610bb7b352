"""What it cost. A part counts in the period in which it ended."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import DONOR
from reports.figures.definition import Definition, Split
from reports.figures.measures import Count, Sum
from reports.figures.scope import ReportScope
from reports.figures.units import COUNT, MONEY


def parts_with_people(parts: str, participation: str, others: str) -> str:
    """The SELECT of parts with how many people came, and whether other countries than the scope's
    took part, out of three tables of facts."""
    return f"""(
    SELECT f.*, came.total AS people, EXISTS (
               SELECT FROM {others} o WHERE o.part_id = f.id) AS shared
    FROM {parts} f LEFT JOIN (
        SELECT part_id, sum(total) AS total FROM {participation} WHERE counts_people GROUP BY 1
    ) came ON came.part_id = f.id)"""


PARTS = parts_with_people("fact_part", "fact_participation", "fact_others")
IN_CURRENCY = "cost IS NOT NULL AND currency = %(currency)s"
# What bears another currency is counted, never added. Narrowed to countries, the cost of parts in
# which nobody else took part stands apart from the whole cost of the others: the two are never
# added. Source: the rules of the programme, section 6.
COST = Sum(
    source=PARTS,
    where=f"{IN_CURRENCY} AND NOT shared",
    column="cost",
    decimal=True,
    key="engagement_id",
    distinct=True,
    says_rows=True,
    keeps_zeros=True,
)
BY_DONOR_AND_PILLAR = (Split("donor", "donor_id", blank="none"), Split("pillar", blank=""))
HAS_BOTH = f"{IN_CURRENCY} AND NOT shared AND COALESCE(people, 0) > 0"
OTHER_COUNTRIES = """(
    SELECT count(DISTINCT o.country_id) FROM fact_others o JOIN fact_part p ON p.id = o.part_id
    WHERE p.cost IS NOT NULL AND p.currency = %(currency)s)"""


def engagements(where: str) -> Count:
    """How many engagements have a part that meets a condition."""
    return Count(source=PARTS, where=where, key="engagement_id", distinct=True)


def is_of_all_countries(scope: ReportScope) -> bool:
    """Whether no country is left out."""
    return not scope.narrows_countries


def is_of_some_countries(scope: ReportScope) -> bool:
    """Whether some countries are left out."""
    return scope.narrows_countries


COST_FIGURES = (
    Definition(
        "cost",
        _("Cost of what was delivered"),
        MONEY,
        _(
            "Sum of the recorded cost, in the programme's currency, of parts that ended in the"
            " period."
        ),
        "engagement",
        measure=COST,
        splits=BY_DONOR_AND_PILLAR,
        applies=is_of_all_countries,
        audiences=(DONOR,),
    ),
    Definition(
        "cost.alone",
        _("Cost of what was for these countries alone"),
        MONEY,
        _(
            "Sum of the recorded cost, in the programme's currency, of parts that ended in the"
            " period and in which no other country took part."
        ),
        "engagement",
        measure=COST,
        splits=BY_DONOR_AND_PILLAR,
        applies=is_of_some_countries,
        audiences=(DONOR,),
    ),
    Definition(
        "cost.shared",
        _("Whole cost of what was shared with others"),
        MONEY,
        _(
            "Sum of the whole recorded cost of parts that ended in the period and in which"
            " other countries took part too. It stands in the report of each of these"
            " countries: it is never added to the cost of what was for a country alone, nor to"
            " that of other reports."
        ),
        "engagement",
        measure=Sum(
            source=PARTS,
            where=f"{IN_CURRENCY} AND shared",
            column="cost",
            decimal=True,
            key="engagement_id",
            distinct=True,
            says_rows=True,
            others=OTHER_COUNTRIES,
        ),
        applies=is_of_some_countries,
        audiences=(DONOR,),
    ),
    Definition(
        "cost_in_other_currencies",
        _("Cost in another currency"),
        COUNT,
        _(
            "Engagements with a part that ended in the period whose cost is recorded in another"
            " currency: it is in no sum."
        ),
        "engagement",
        measure=engagements("cost IS NOT NULL AND currency <> %(currency)s"),
        audiences=(DONOR,),
    ),
    Definition(
        "engagements_without_cost",
        _("Delivered without a cost"),
        COUNT,
        _("Engagements with a part that ended in the period for which no cost is recorded."),
        "engagement",
        measure=engagements("cost IS NULL"),
        better="down",
    ),
    Definition(
        "engagements_without_funding",
        _("Delivered without funding"),
        COUNT,
        _(
            "Engagements with a part that ended in the period for which no funding, and so no"
            " donor, is recorded."
        ),
        "engagement",
        measure=engagements("donor_id IS NULL"),
        better="down",
    ),
)

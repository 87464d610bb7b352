"""How long a country waits from acceptance for the first engagement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.definition import Definition, Split
from reports.figures.definitions.endings import ON_REQUESTS
from reports.figures.facts.beginnings import AWAITING
from reports.figures.facts.requests import AGE_CLASS
from reports.figures.measures import Count, Median
from reports.figures.units import CALENDAR_DAYS, COUNT

# Accepted in their present round and without an engagement since, when the period ended.
WAITING = f"""(
    SELECT id, {AGE_CLASS} AS age FROM (
        SELECT o.id, %(last_day)s - a.accepted_on AS age_days FROM fact_open o
        JOIN (
            SELECT DISTINCT ON (request_id) * FROM fact_acceptance ORDER BY request_id, id DESC
        ) a ON a.request_id = o.id AND a.round = o.round
        WHERE o.state = ANY({AWAITING}) AND a.began_on IS NULL) waiting)"""


BEGINNING_FIGURES = (
    Definition(
        "days_to_first_engagement",
        _("Median days from acceptance to the first engagement"),
        CALENDAR_DAYS,
        _(
            "Calendar days from the acceptance of a request to the first day of the first "
            "engagement that answers it, began since and was held; median over those that "
            "began in the period. Accepted requests without one stand beside it."
        ),
        "act",
        measure=Median(source="fact_begun", column="days"),
        better="down",
        audiences=ON_REQUESTS,
    ),
    Definition(
        "accepted_without_engagement",
        _("Accepted, no engagement yet"),
        COUNT,
        _(
            "Open requests accepted in their present round for which no engagement had "
            "begun since when the period ended; their age in calendar days since "
            "acceptance. On hold counts, completed does not."
        ),
        "request",
        measure=Count(source=WAITING),
        splits=(Split("age", blank=""),),
        better="down",
    ),
)

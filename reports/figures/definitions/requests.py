"""What countries asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures import scope as within
from reports.figures.audiences import EVERYBODY
from reports.figures.definition import Definition, Split
from reports.figures.facts.endings import DAY
from reports.figures.measures import Count
from reports.figures.units import COUNT

# Requests that began a new round in the period.
REOPENED = f"""(
    SELECT DISTINCT r.id FROM assistance_caseevent e
    JOIN assistance_assistancerequest r ON r.id = e.request_id
    JOIN countries_country c ON c.id = r.country_id
    WHERE e.action IN ('reopen', 'answer_late') AND r.programme_id = %(programme)s
      AND e.at < %(cutoff)s AND {DAY} >= %(start)s AND {DAY} < %(end)s
      AND {within.countries("r.country_id", "c.region", DAY)}
      AND {within.pillar_of_request("r.id")} AND {within.COUNTS_DEMAND})"""


REQUEST_FIGURES = (
    Definition(
        "requests_received",
        _("Requests received"),
        COUNT,
        _(
            "Requests that got their reference in the period, each once; groups and pillar as"
            " of the day of submission and the cut-off."
        ),
        "request",
        measure=Count(source="fact_request"),
        splits=(
            Split("pillar", blank=""),
            Split("region", blank=""),
            Split("group", "groups", many=True),
            Split("theme", "theme_codes", many=True),
            Split("urgency", blank=""),
        ),
        audiences=EVERYBODY,
    ),
    Definition(
        "requests_received.merged",
        _("Of which later merged"),
        COUNT,
        _("Received in the period and merged into another request by the cut-off."),
        "request",
        measure=Count(source="fact_request", where="state = 'merged'"),
        audiences=EVERYBODY,
    ),
    Definition(
        "requests_without_theme",
        _("Requests without a theme"),
        COUNT,
        _("Received in the period and without any theme at the cut-off."),
        "request",
        measure=Count(source="fact_request", where="cardinality(theme_codes) = 0"),
        better="down",
    ),
    Definition(
        "requests_reopened",
        _("Requests reopened"),
        COUNT,
        _("Requests that began a new round in the period, each once."),
        "request",
        measure=Count(source=REOPENED),
        audiences=EVERYBODY,
    ),
)

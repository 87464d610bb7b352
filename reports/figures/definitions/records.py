"""Imported records of others; their budgets as far as they are in the programme's currency."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.figures.audiences import EVERYBODY
from reports.figures.definition import Definition
from reports.figures.measures import Count, Sum
from reports.figures.units import COUNT, MONEY

RECORD_FIGURES = (
    Definition(
        "records_without_dates",
        _("Recorded without dates"),
        COUNT,
        _("Imported records of others entered in the period that have no dates or participation."),
        "engagement",
        measure=Count(source="fact_record"),
        audiences=EVERYBODY,
    ),
    Definition(
        "records_budget",
        _("Their budget"),
        MONEY,
        _(
            "Sum of the budgets of these records in the programme's currency; amounts of zero"
            " and below are kept."
        ),
        "engagement",
        measure=Sum(
            source="fact_record", where="currency = %(currency)s", column="budget", decimal=True
        ),
    ),
    Definition(
        "records_in_other_currencies",
        _("Budget in another currency"),
        COUNT,
        _("Of these records, those whose budget is in another currency: it is in no sum."),
        "engagement",
        measure=Count(
            source="fact_record", where="budget IS NOT NULL AND currency <> %(currency)s"
        ),
    ),
)

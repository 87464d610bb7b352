"""Filters of requests and engagements by what they serve: for staff, since whose help with what is
internal."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from assistance.commitments.models import CommitmentLink
from core.filters import CodeFilter, code_filter
from countries.instruments.filters import instrument_filter
from countries.instruments.models import Instrument, Obligation

SERVED = ("obligation", "instrument")  # names of the filters, which focal points do not have


def obligation_filter() -> CodeFilter:
    """By the code of an obligation."""
    return code_filter(
        _("Obligation"),
        Obligation.objects.select_related("instrument"),
        _("There is no obligation with the code “%(value)s”; write one such as BUDAPEST-16."),
        method="serving_obligation",
    )


def served_instrument_filter() -> CodeFilter:
    """By the code of an instrument of which any obligation is served."""
    return instrument_filter(label=_("Obligation of"), method="serving_instrument")


class ServedFilterMixin:
    """For a filter set whose rows are in the column `served_by` of the links."""

    served_by = ""

    def serving_obligation(self, rows: Any, _name: str, obligation: Obligation) -> Any:
        """That name it."""
        links = CommitmentLink.objects.filter(obligation=obligation)
        return rows.filter(Exists(links.filter(**{self.served_by: OuterRef("pk")})))

    def serving_instrument(self, rows: Any, _name: str, instrument: Instrument) -> Any:
        """That name an obligation of it."""
        links = CommitmentLink.objects.filter(obligation__instrument=instrument)
        return rows.filter(Exists(links.filter(**{self.served_by: OuterRef("pk")})))

"""What came of engagements for those who attended: learning, use at work, results, and how many
answered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.structure import Section, Table
from reports.documents.writer import Writer

TOLD = (
    "evaluation_satisfied",
    "evaluation_improved",
    "evaluation_gain",
    "follow_up_applied",
    "follow_up_results",
)
RESPONSES = "survey_responses"


def evaluation(w: Writer) -> Section | None:
    """None where nobody was tested or asked."""
    told = [code for code in TOLD if w.cell(code).value is not None]
    if not told and w.cell(RESPONSES).value is None:
        return None
    said = [sentence for code in told for sentence in w.moved(code)] + w.moved(RESPONSES)
    tables: list[Table] = []
    if w.values_of("follow_up_applied", "months"):
        caption = _("Follow-up answers that say it is used, by when they were asked")
        tables.append(w.split("follow_up_applied", "months", _("When they were asked"), caption))
    if w.values_of(RESPONSES, "months"):
        caption = _("People asked who answered, by when they were asked")
        tables.append(w.split(RESPONSES, "months", _("When they were asked"), caption))
    return Section("evaluation", _("What those who attended say"), said, tables)

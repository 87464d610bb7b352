"""The page of a results framework: indicators with what the last report says of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.programmes.models import Programme
from assistance.results.choices import Rating
from assistance.results.models import Indicator, ResultsFramework
from assistance.results.value_models import IndicatorValue
from core import access
from reports.documents.sections.results import (
    baseline_cell,
    rating_of,
    rule_words,
    target_cell,
    value_cell,
    way_words,
)
from reports.documents.structure import CUMULATIVE, INDICATORS, Cell, indicators_in
from reports.documents.writer import Writer
from reports.reports.models import Report, ReportRevision
from reports.reports.presentation import report_language
from reports.snapshots.types import IndicatorData

LOOKED_AT = 6  # latest reports, of which some may be of a part of the programme
LOOKS = {
    Rating.MET: "done",
    Rating.ON_TRACK: "open",
    Rating.CONSTRAINED: "turn",
    Rating.NO_PROGRESS: "late",
}


@dataclass
class IndicatorLine:
    """An indicator with what the last report says of it."""

    pk: int
    code: str
    text: str
    waiting: int  # values that wait for approval
    is_computed: bool
    baseline: Cell | None = None
    target: Cell | None = None
    period: Cell | None = None
    cumulative: Cell | None = None
    rating: str = ""
    look: str = ""
    way: str = ""
    reason: str = ""  # of a person's rating
    by_rule: str = ""  # beside a person's


@require_safe
@permission_required("result.read")
def results_page(request: AuthenticatedRequest) -> HttpResponse:
    """The framework that holds today of the programme that the address names, else of the first of
    one's own."""
    programmes = list(
        Programme.objects.filter(pk__in=access.programme_ids(request.user)).order_by("title")
    )
    chosen = next(
        (p for p in programmes if p.code == request.GET.get("programme")),
        programmes[0] if programmes else None,
    )
    framework = (
        ResultsFramework.objects.visible_to(request.user).whole().in_force(chosen, chosen.today())
        if chosen
        else None
    )
    context: dict[str, object] = {
        "programmes": programmes,
        "programme": chosen,
        "framework": framework,
        "may_report": may(request.user, "result.report"),
    }
    if framework is not None:
        context |= shown_framework(request, framework)
    return render(request, "results/index.html", context)


def shown_framework(
    request: AuthenticatedRequest, framework: ResultsFramework
) -> dict[str, object]:
    """Its indicators by outcome and output, out of the last report that has them."""
    revision = last_revision(request, framework)
    writer = Writer(revision.contents, report_language()) if revision else None
    known = indicators_in(writer.snapshot) if writer else {}
    waiting = dict(
        IndicatorValue.objects.filter(
            indicator__outcome__framework__programme=framework.programme_id,
            state=IndicatorValue.State.REPORTED,
        )
        .values_list("indicator__code")
        .annotate(n=Count("pk"))
        .order_by()
    )

    def line(indicator: Indicator) -> IndicatorLine:
        return line_of(indicator, writer, known, waiting)

    groups = []
    for outcome in framework.outcomes.all():
        groups.append(
            {
                "part": outcome,
                "is_outcome": True,
                "lines": [line(i) for i in outcome.own],  # type: ignore[attr-defined]
            }
        )
        groups += [
            {"part": output, "lines": [line(i) for i in output.indicators.all()]}
            for output in outcome.outputs.all()
        ]
    return {
        "groups": groups,
        "revision": revision,
        "period": writer.period if writer else "",
        "opens": f"{revision.report.get_absolute_url()}figures/" if revision else "",
        "waiting": sum(waiting.values()),
    }


def line_of(
    indicator: Indicator,
    writer: Writer | None,
    known: dict[str, IndicatorData],
    waiting: dict[str, int],
) -> IndicatorLine:
    """One indicator; without a report that has it, its text alone."""
    line = IndicatorLine(
        indicator.pk,
        indicator.code,
        indicator.text,
        waiting.get(indicator.code, 0),
        indicator.is_computed,
    )
    data = known.get(indicator.code)
    if writer is None or data is None:
        return line
    code = INDICATORS + indicator.code
    line.baseline, line.target = baseline_cell(data), target_cell(data)
    line.period = value_cell(writer, code)
    line.cumulative = (
        Cell(data["words"]) if data["words"] else value_cell(writer, code + CUMULATIVE)
    )
    line.way = way_words(data)
    rating, given = rating_of(data), data["given"]
    if rating:
        line.rating = str(Rating(rating).label)
        line.look = LOOKS.get(Rating(rating), "unset")
    if given:
        line.reason, line.by_rule = given["reason"], rule_words(data)
    return line


def last_revision(
    request: AuthenticatedRequest, framework: ResultsFramework
) -> ReportRevision | None:
    """The revision in force of the latest period whose report speaks of the framework's programme as a
    whole."""
    reports = Report.objects.visible_to(request.user).filter(
        version__schedule__kind="progress",
        version__schedule__programme=framework.programme_id,
        subject_type="programme",
    )
    latest = (
        ReportRevision.objects.filter(report__in=reports, is_current=True)
        .order_by("-report__period_end", "-pk")
        .select_related("report__version__schedule")[:LOOKED_AT]
    )
    return next((revision for revision in latest if "results" in revision.contents), None)

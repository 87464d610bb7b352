"""Are the reports' documents still what was stored, and do their figures follow from the rows as at the cut-off?"""

from __future__ import annotations

import json
from collections.abc import Iterator

from reports import snapshot
from reports.documents.render import hash_of
from reports.schedules.expecting import cutoff_of
from reports.schedules.models import ReportRevision
from reports.schedules.periods import Period, before


def findings() -> Iterator[str]:
    """A sentence for every revision, document or figure that does not hold."""
    revisions = ReportRevision.objects.select_related("report__version__schedule__programme").order_by("report__period_start")
    for revision in revisions.iterator(chunk_size=20):
        name = f"Report {revision.report_id}, revision {revision.number}"
        if snapshot.hash_of(revision.snapshot) != revision.sha256:
            yield f"{name}: the snapshot is not what its hash says"
        for document in revision.documents.all():
            if hash_of(bytes(document.content)) != document.sha256:
                yield f"{name}: the {document.format} in {document.language} is not what its hash says"
        if revision.is_current:
            yield from differing_figures(revision, name)


def differing_figures(revision: ReportRevision, name: str) -> Iterator[str]:
    """Figures that come out otherwise when they are counted again as at the same cut-off."""
    report, version = revision.report, revision.report.version
    period = Period(report.period_start, report.period_end)
    previous = before(version.frequency, period)
    again = json.loads(
        snapshot.canonical(snapshot.take(version.schedule.programme, period, report.cutoff_at, previous, cutoff_of(version, previous)))
    )["figures"]
    stored = json.loads(revision.snapshot)["figures"]
    wrong = sorted(code for code in {*again, *stored} if again.get(code) != stored.get(code))
    if wrong:
        yield f"{name}: counted again, these figures differ: {', '.join(wrong[:10])}{' …' if len(wrong) > 10 else ''}"

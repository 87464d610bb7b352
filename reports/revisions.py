"""Revisions of a report: the first, and numbered corrections that say what changed. A published one is never touched again."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone

from reports import snapshot
from reports.documents.render import TEMPLATE_VERSION
from reports.editions import compared, edition
from reports.figures.audiences import COUNTRY, INTERNAL
from reports.schedules.models import Report, ReportEdition, ReportRevision
from reports.schedules.subjects import name_of, task_of
from reports.schedules.titles import BETWEEN


def first(report: Report) -> ReportRevision:
    """What happened in the period, as known at the report's cut-off."""
    return keep(report, snapshot.take(task_of(report)), number=1, cutoff_at=report.cutoff_at)


def corrected(report: Report, last: ReportRevision) -> ReportRevision:
    """The same period as known now, with the reason and every figure that differs from the revision before."""
    now = timezone.now()
    found = snapshot.take(task_of(report, now))
    before = json.loads(last.snapshot)["figures"]
    changes = changed(before, json.loads(snapshot.canonical(found))["figures"])
    number = last.number + 1
    found["revision"] = {
        "number": number,
        "reason": report.correction_reason,
        "changes": changes,
        "before": {code: compared(before[code]) for code in changes if code in before},
    }
    ReportRevision.objects.filter(pk=last.pk).update(is_current=False)
    revision = keep(report, found, number=number, cutoff_at=now, reason=report.correction_reason, made_by=report.correction_by)
    ReportRevision.objects.filter(pk=revision.pk).update(highlights=last.highlights)
    revision.highlights = last.highlights
    return revision


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Codes of the figures whose value, numerator or denominator differ, or that only one of the two has."""
    return sorted(code for code in {*before, *after} if compared(before.get(code, {})) != compared(after.get(code, {})))


def keep(report: Report, found: dict[str, Any], *, number: int, **about: Any) -> ReportRevision:
    """Stores a snapshot, to the letter, with the title that the schedule has on this day."""
    text = snapshot.canonical(found | {"title": report.version.schedule.title})
    return ReportRevision.objects.create(
        report=report, number=number, snapshot=text, sha256=snapshot.hash_of(text), template_version=TEMPLATE_VERSION, **about
    )


def snapshot_for(revision: ReportRevision, audience: str) -> str:
    """What an audience gets of a revision, as its canonical text."""
    if audience == INTERNAL:
        return revision.snapshot
    return snapshot.canonical(edition(json.loads(revision.snapshot), audience, before(revision, audience)))


def edition_for(revision: ReportRevision, audience: str, text: str) -> ReportEdition | None:
    """The row of an edition, whose snapshot is `text`, made or brought up to the highlights; None for the internal one, which is the revision itself."""
    if audience == INTERNAL:
        return None
    report = revision.report
    about = {
        "country_id": report.subject_id if audience == COUNTRY else None,
        "kind": report.version.schedule.kind,
        "title": BETWEEN.join(filter(None, (report.version.schedule.title, name_of(report, "en"))))[:200],
        "period_start": report.period_start,
        "period_end": report.period_end,
        "number": revision.number,
        "snapshot": text,
        "sha256": snapshot.hash_of(text),
        "highlights": revision.highlights,
    }
    return ReportEdition.objects.update_or_create(revision=revision, audience=audience, defaults=about)[0]


def before(revision: ReportRevision, audience: str) -> dict[str, Any] | None:
    """An audience's edition of the revision before; None where there is none."""
    found = ReportEdition.objects.filter(revision__report_id=revision.report_id, revision__number=revision.number - 1, audience=audience).first()
    return json.loads(found.snapshot) if found else None


def publish(revision: ReportRevision, user: Any) -> None:
    """Makes a revision the one that readers find. Editions of the revisions before it stay readable by their address."""
    now = timezone.now()
    revision.published_at, revision.published_by = now, user
    revision.save(update_fields=["published_at", "published_by"])
    ReportEdition.objects.filter(revision__report_id=revision.report_id, is_current=True).exclude(revision=revision).update(is_current=False)
    revision.editions.update(published_at=now, is_current=True)

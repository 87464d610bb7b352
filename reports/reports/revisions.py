"""Revisions of a report: the first, and numbered corrections that say what changed.

A published one is never touched again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from reports.documents.render import TEMPLATE_VERSION
from reports.editions.models import ReportEdition
from reports.editions.snapshots import compared_value, edition_snapshot
from reports.figures.adjustments import is_adjustment
from reports.figures.audiences import COUNTRY, INTERNAL
from reports.reports.chains import (
    chain_of,
    chain_reports,
    first_published,
    publications_of,
    stated_by,
)
from reports.reports.models import Report, ReportRevision
from reports.reports.snapshot_specs import snapshot_spec_of
from reports.reports.subjects import name_of
from reports.schedules.titles import BETWEEN
from reports.snapshots.build import build_snapshot, chain_json
from reports.snapshots.canonical import canonical_json, read_snapshot, snapshot_hash
from reports.snapshots.storage import store_rows, stored_text, with_ids
from reports.snapshots.types import ComparedValue, CorrectionData, FiguresData, Snapshot


def first_revision(report: Report) -> ReportRevision:
    """What happened in the period, as known at the report's cut-off."""
    return store_revision(
        report,
        build_snapshot(snapshot_spec_of(report)),
        number=1,
        cutoff_at=report.cutoff_at,
    )


def corrected_revision(report: Report, last: ReportRevision) -> ReportRevision:
    """The same period as known now, with the reason and every figure that differs from the revision
    before."""
    now = timezone.now()
    found = corrected_snapshot(report, now)
    number = last.number + 1
    changes, before = compare_snapshots(last, found)
    found["revision"] = CorrectionData(
        number=number, reason=report.correction_reason, changes=changes, before=before
    )
    ReportRevision.objects.filter(pk=last.pk).update(is_current=False)
    revision = store_revision(
        report,
        found,
        number=number,
        cutoff_at=now,
        reason=report.correction_reason,
        made_by=report.correction_by,
    )
    ReportRevision.objects.filter(pk=revision.pk).update(highlights=last.highlights)
    revision.highlights = last.highlights
    return revision


def compare_snapshots(
    last: ReportRevision, found: Snapshot
) -> tuple[list[str], dict[str, ComparedValue]]:
    """What a new snapshot of a report changes, and what stood there before."""
    before = read_snapshot(last.snapshot)["figures"]
    changes = changed_figures(before, read_snapshot(canonical_json(found))["figures"])
    return changes, {code: compared_value(before[code]) for code in changes if code in before}


def corrected_snapshot(report: Report, cutoff: datetime) -> Snapshot:
    """The period as known at the instant of the correction, with the adjustments to earlier periods
    that the report carried when it was first published."""
    found = build_snapshot(snapshot_spec_of(report, cutoff, is_correction=True))
    first = first_published(report)
    assert first is not None, "what was never published is not corrected"
    original = first.contents
    repeated = {
        code: with_ids(figure)
        for code, figure in original["figures"].items()
        if is_adjustment(code)
    }
    found["figures"] |= repeated
    found["annex"]["adjustment"] = original["annex"].get("adjustment", {})
    found["chain"] = original.get("chain", {})
    return found


def changed_figures(before: FiguresData, after: FiguresData) -> list[str]:
    """Codes of the figures whose value, numerator or denominator differ, or that only one of the
    two has."""
    return sorted(
        code for code in {*before, *after} if value_in(before, code) != value_in(after, code)
    )


def value_in(figures: FiguresData, code: str) -> ComparedValue:
    """What a figure is compared by; one that is not there says nothing."""
    if code in figures:
        return compared_value(figures[code])
    return ComparedValue(value=None, numerator=None, denominator=None)


def store_revision(
    report: Report, found: Snapshot, *, number: int, **about: object
) -> ReportRevision:
    """Stores a snapshot, to the letter, with the title that the schedule has on this day."""
    titled: Snapshot = {**found, "title": report.version.schedule.title}
    text = stored_text(titled)
    revision = ReportRevision.objects.create(
        report=report,
        number=number,
        snapshot=text,
        sha256=snapshot_hash(text),
        template_version=TEMPLATE_VERSION,
        stated=stated_by(found),
        **about,
    )
    store_rows(titled, revision.pk, INTERNAL)
    return revision


def snapshot_for(revision: ReportRevision, whole: Snapshot, audience: str) -> Snapshot:
    """What an audience gets of a revision, whose snapshot is `whole`."""
    if audience == INTERNAL:
        return whole
    return edition_snapshot(whole, audience, edition_before(revision, audience))


def edition_for(
    revision: ReportRevision, audience: str, snapshot: Snapshot
) -> ReportEdition | None:
    """The row of an edition with its snapshot, made or brought up to the highlights; None for the
    internal one, which is the revision itself."""
    if audience == INTERNAL:
        return None
    report, text = revision.report, stored_text(snapshot)
    sha256 = snapshot_hash(text)
    # new highlights change no row
    if not revision.editions.filter(audience=audience, sha256=sha256).exists():
        store_rows(snapshot, revision.pk, audience)
    about = {
        "country_id": report.subject_id if audience == COUNTRY else None,
        "kind": report.version.schedule.kind,
        "title": BETWEEN.join(filter(None, (report.version.schedule.title, name_of(report, "en"))))[
            :200
        ],
        "period_start": report.period_start,
        "period_end": report.period_end,
        "number": revision.number,
        "snapshot": text,
        "sha256": sha256,
        "highlights": revision.highlights,
    }
    return ReportEdition.objects.update_or_create(
        revision=revision, audience=audience, defaults=about
    )[0]


def edition_before(revision: ReportRevision, audience: str) -> Snapshot | None:
    """An audience's edition of the revision before; None where there is none."""
    found = ReportEdition.objects.filter(
        revision__report_id=revision.report_id,
        revision__number=revision.number - 1,
        audience=audience,
    ).first()
    return found.contents if found else None


def is_outdated(revision: ReportRevision) -> bool:
    """Whether another publication of its chain came since an unpublished revision was made, so that
    its adjustments have to be worked out anew; or, of a correction, one whose adjustments to this
    period are of a later cut-off."""
    report = revision.report
    if revision.published_at is not None or not published_since_made([revision]):
        return False
    if first_published(report) is None:
        chain = chain_of(report, revision.cutoff_at)
        return bool(chain_json(chain) != revision.stated.get("chain", {}))
    start = str(report.period_start)
    others = publications_of(r for r in chain_reports(report) if r.pk != report.pk)
    return any(start in p.spoken and p.cutoff > revision.cutoff_at for p in others)


# that it may take from the first look at the rows until a revision is made
MEANWHILE = timedelta(minutes=30)


def published_since_made(revisions: Sequence[ReportRevision]) -> bool:
    """Whether anything of their schedule was published since the first of some revisions was looked
    at, or was made by another form of snapshots: else none of them can be outdated. One query."""
    if any("chain" not in r.stated for r in revisions):
        return True
    first = min(r.made_at for r in revisions) - MEANWHILE
    schedule = revisions[0].report.version.schedule_id
    return ReportRevision.objects.filter(
        report__version__schedule_id=schedule, published_at__gt=first
    ).exists()


def ask_for_fresh_adjustments(report: Report) -> int:
    """Has what is made and unpublished in a report's chain made anew where it is outdated. Returns
    how many there are; a worker does it."""
    found = ReportRevision.objects.filter(
        report__in=[r.pk for r in chain_reports(report)],
        is_current=True,
        published_at__isnull=True,
        rewrite_asked_at__isnull=True,
    )
    outdated = [
        r.pk for r in found.select_related("report__version__schedule__programme") if is_outdated(r)
    ]
    ReportRevision.objects.filter(pk__in=outdated).update(
        rewrite_asked_at=timezone.now(), rewrite_failure=""
    )
    return len(outdated)


def refreshed_columns(revision: ReportRevision) -> tuple[dict[str, object], Snapshot]:
    """New values of an outdated revision's columns, and the snapshot with the adjustments as they
    are due now; a correction speaks as of now. Nothing is saved."""
    report, stored = revision.report, read_snapshot(revision.snapshot)
    if first_published(report) is None:
        cutoff = revision.cutoff_at
        found = build_snapshot(snapshot_spec_of(report, cutoff))
    else:
        cutoff = timezone.now()
        found = corrected_snapshot(report, cutoff)
        found["revision"] = stored["revision"]
        last = report.revisions.filter(number__lt=revision.number).order_by("-number").first()
        if last is not None:
            changes, before = compare_snapshots(last, found)
            found["revision"] = {**stored["revision"], "changes": changes, "before": before}
    titled: Snapshot = {**found, "title": stored["title"]}
    text = stored_text(titled)
    columns: dict[str, object] = {
        "snapshot": text,
        "sha256": snapshot_hash(text),
        "stated": stated_by(found),
        "cutoff_at": cutoff,
    }
    return columns, titled


def publish_revision(revision: ReportRevision, user: User, at: datetime | None = None) -> None:
    """Makes a revision the one that readers find, from now on or, in sample data, from `at` on.

    Editions of the revisions before it stay readable by their address.
    """
    now = at or timezone.now()
    revision.published_at, revision.published_by = now, user
    revision.save(update_fields=["published_at", "published_by"])
    ReportEdition.objects.filter(revision__report_id=revision.report_id, is_current=True).exclude(
        revision=revision
    ).update(is_current=False)
    revision.editions.update(published_at=now, is_current=True)

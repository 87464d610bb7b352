"""Are the reports' documents still what was stored, and do their figures follow from the rows as at
the cut-off?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from django.db import connection

from reports.documents.render import document_hash
from reports.editions.models import ReportEdition
from reports.editions.snapshots import edition_snapshot
from reports.figures.adjustments import adjusted_head, is_adjustment
from reports.figures.audiences import INTERNAL
from reports.figures.catalogue import known_definition
from reports.figures.facts.windows import COUNTING_RULES
from reports.reports import reconciliation
from reports.reports.chains import first_published, stated_by
from reports.reports.models import ReportRevision
from reports.reports.revisions import corrected_snapshot, edition_before, is_outdated
from reports.reports.snapshot_specs import snapshot_spec_of
from reports.snapshots.build import FORM, build_snapshot
from reports.snapshots.canonical import canonical_json, read_snapshot, snapshot_hash
from reports.snapshots.storage import stored_rows_hash, stored_text, whole_snapshot
from reports.snapshots.types import FigureData, Snapshot

# forms of snapshots from which today's rules make the same editions
SAME_EDITIONS = (5, FORM)


def findings() -> Iterator[str]:
    """A sentence for every revision, document or figure that does not hold."""
    revisions = ReportRevision.objects.select_related(
        "report__version__schedule__programme"
    ).order_by("report__period_start")
    yield from changed_when_published()
    yield from reconciliation.findings()
    for revision in revisions.iterator(chunk_size=20):
        name = f"Report {revision.report_id}, revision {revision.number}"
        if snapshot_hash(revision.snapshot) != revision.sha256 or altered_rows(
            revision.snapshot, revision.pk, INTERNAL
        ):
            yield f"{name}: the snapshot is not what its hash says"
        elif revision.stated and revision.stated != stated_by(read_snapshot(revision.snapshot)):
            yield f"{name}: what it states for later reports does not follow from its snapshot"
        yield from altered_editions(revision, name)
        for document in revision.documents.all():
            if document_hash(bytes(document.content)) != document.sha256:
                yield (
                    f"{name}: the {document.format} in {document.language} is not what its hash"
                    " says"
                )
        yield from missing_documents(revision, name)
        if revision.is_current:
            yield from differing_figures(revision, name)


def changed_when_published() -> Iterator[str]:
    """Documents and editions whose own history says that they were changed or removed after their
    revision was published."""
    for what, history, labels in (
        ("documents", "reports_reportdocumentevent", ["update", "delete"]),
        ("editions", "reports_reporteditionevent", ["delete"]),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT r.report_id, r.number, count(DISTINCT h.pgh_obj_id) FROM {history} h JOIN reports_reportrevision r ON r.id = h.revision_id
                WHERE h.pgh_label = ANY(%s) AND h.pgh_created_at > r.published_at GROUP BY 1, 2 ORDER BY 1, 2""",  # noqa: S608 names of tables are ours
                [labels],
            )
            for report, number, count in cursor.fetchall():
                yield (
                    f"Report {report}, revision {number}: {count} {what} were changed or removed"
                    " after it was published"
                )


def missing_documents(revision: ReportRevision, name: str) -> Iterator[str]:
    """Documents that a revision should have, since every audience has all its languages in all its
    formats.

    Which these are, its own documents say: the schedule may have got others since.
    """
    kept = set(revision.documents.values_list("audience", "language", "format"))
    audiences = {INTERNAL, *revision.editions.values_list("audience", flat=True)}
    languages, formats = {language for _a, language, _f in kept}, {form for _a, _l, form in kept}
    if not kept:
        yield f"{name}: it has no documents"
    for audience, language, form in sorted(set(product(audiences, languages, formats)) - kept):
        yield f"{name}: the {form} in {language} for “{audience}” is missing"


def altered_rows(text: str, revision: int, audience: str) -> bool:
    """Whether the rows that are kept apart from the text of a snapshot are not what it says."""
    said = read_snapshot(text).get("rows_sha256")
    return said is not None and said != stored_rows_hash(revision, audience)


def altered_editions(revision: ReportRevision, name: str) -> Iterator[str]:
    """Editions that are not what their hash says, or not what follows from the revision by the
    rules of today's form of snapshots."""
    whole = revision.contents
    for one in ReportEdition.objects.filter(revision=revision):
        if snapshot_hash(one.snapshot) != one.sha256 or altered_rows(
            one.snapshot, revision.pk, one.audience
        ):
            yield f"{name}: the edition “{one.audience}” is not what its hash says"
        elif (
            whole["form"] in SAME_EDITIONS
            and stored_text(
                edition_snapshot(whole, one.audience, edition_before(revision, one.audience))
            )
            != one.snapshot
        ):
            yield f"{name}: the edition “{one.audience}” does not follow from the revision"


def differing_figures(revision: ReportRevision, name: str) -> Iterator[str]:
    """Figures that come out otherwise when they are counted again as at the same cut-off and with
    the same publications before it. What was counted by former rules is listed apart."""
    whole = revision.contents
    if whole.get("rules", 1) != COUNTING_RULES:
        return
    found = read_snapshot(canonical_json(counted_again(revision)))
    again, stored = found["figures"], whole_snapshot(whole)["figures"]
    for part in ("results", "plan_results"):
        # what was added to snapshots later stands in none of before
        if part in whole and whole.get(part) != found.get(part):
            yield f"{name}: worked out again, its {part.replace('_', ' ')} differ"
    known = {head_of(code) for code in stored}
    # a figure that was added to the catalogue later stands in no snapshot of before
    codes = {*stored, *(code for code in again if head_of(code) in known)}
    if is_outdated(
        revision
    ):  # another report was published since: a worker works its adjustments out anew
        codes = {code for code in codes if not is_adjustment(code)}
    wrong = sorted(code for code in codes if differs_from_stored(stored.get(code), again.get(code)))
    if wrong:
        yield (
            f"{name}: counted again, these figures differ:"
            f" {', '.join(wrong[:10])}{' …' if len(wrong) > 10 else ''}"
        )


def head_of(code: str) -> str:
    """The figure to which a code belongs; the code itself where it is of none that is known."""
    definition = known_definition(adjusted_head(code) if is_adjustment(code) else code)
    return definition.code if definition is not None else code


def counted_again(revision: ReportRevision) -> Snapshot:
    """The snapshot of a revision, taken anew as it was taken."""
    report = revision.report
    first = first_published(report)
    if first is not None and first.pk != revision.pk:
        return corrected_snapshot(report, revision.cutoff_at)
    return build_snapshot(
        snapshot_spec_of(report, revision.cutoff_at, published_before=revision.published_at)
    )


def counted_by_former_rules() -> Iterator[str]:
    """Names of the revisions in force that were counted by former rules of counting: they stay as
    they are, and are not counted again."""
    current = (
        ReportRevision.objects.filter(is_current=True)
        .exclude(stated__rules=COUNTING_RULES)
        .order_by("report_id")
    )
    for report, number in current.values_list("report_id", "number"):
        yield f"Report {report}, revision {number}"


def differs_from_stored(stored: FigureData | None, again: FigureData | None) -> bool:
    """Whether something that the stored figure says comes out otherwise."""
    if stored is None or again is None:
        return True
    return any(again.get(key) != value for key, value in stored.items())

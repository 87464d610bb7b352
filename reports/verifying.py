"""Are the reports' documents still what was stored, and do their figures follow from the rows as at the cut-off?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from django.db import connection

from reports import snapshot
from reports.documents.render import hash_of
from reports.editions import edition
from reports.figures.audiences import INTERNAL
from reports.revisions import before
from reports.schedules.models import ReportEdition, ReportRevision
from reports.schedules.subjects import task_of
from reports.withholding import EARLIER


def findings() -> Iterator[str]:
    """A sentence for every revision, document or figure that does not hold."""
    revisions = ReportRevision.objects.select_related("report__version__schedule__programme").order_by("report__period_start")
    yield from changed_when_published()
    for revision in revisions.iterator(chunk_size=20):
        name = f"Report {revision.report_id}, revision {revision.number}"
        if snapshot.hash_of(revision.snapshot) != revision.sha256:
            yield f"{name}: the snapshot is not what its hash says"
        yield from altered_editions(revision, name)
        for document in revision.documents.all():
            if hash_of(bytes(document.content)) != document.sha256:
                yield f"{name}: the {document.format} in {document.language} is not what its hash says"
        yield from missing_documents(revision, name)
        if revision.is_current:
            yield from differing_figures(revision, name)


def changed_when_published() -> Iterator[str]:
    """Documents and editions whose own history says that they were changed or removed after their revision was published."""
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
                yield f"Report {report}, revision {number}: {count} {what} were changed or removed after it was published"


def missing_documents(revision: ReportRevision, name: str) -> Iterator[str]:
    """Documents that a revision should have, since every audience has all its languages in all its formats.

    Which these are, its own documents say: the schedule may have got others since.
    """
    kept = set(revision.documents.values_list("audience", "language", "format"))
    audiences = {INTERNAL, *revision.editions.values_list("audience", flat=True)}
    languages, formats = {language for _a, language, _f in kept}, {form for _a, _l, form in kept}
    if not kept:
        yield f"{name}: it has no documents"
    for audience, language, form in sorted(set(product(audiences, languages, formats)) - kept):
        yield f"{name}: the {form} in {language} for “{audience}” is missing"


def altered_editions(revision: ReportRevision, name: str) -> Iterator[str]:
    """Editions that are not what their hash says, or not what follows from the revision by the rules of today's form of snapshots."""
    whole = json.loads(revision.snapshot)
    for one in ReportEdition.objects.filter(revision=revision):
        if snapshot.hash_of(one.snapshot) != one.sha256:
            yield f"{name}: the edition “{one.audience}” is not what its hash says"
        elif whole["form"] == snapshot.FORM and snapshot.canonical(edition(whole, one.audience, before(revision, one.audience))) != one.snapshot:
            yield f"{name}: the edition “{one.audience}” does not follow from the revision"


def differing_figures(revision: ReportRevision, name: str) -> Iterator[str]:
    """Figures that come out otherwise when they are counted again as at the same cut-off.

    A snapshot of an earlier form knows fewer figures and compares with fewer periods: of it, what it has and still means the same is compared.
    """
    again = json.loads(snapshot.canonical(snapshot.take(task_of(revision.report, revision.cutoff_at))))["figures"]
    whole = json.loads(revision.snapshot)
    stored = whole["figures"]
    codes = {*stored, *again} if whole["form"] == snapshot.FORM else set(stored)
    wrong = sorted(code for code in codes if differs(meant_alike(code, stored.get(code), whole["form"]), again.get(code)))
    if wrong:
        yield f"{name}: counted again, these figures differ: {', '.join(wrong[:10])}{' …' if len(wrong) > 10 else ''}"


def meant_alike(code: str, stored: dict[str, Any] | None, form: int) -> dict[str, Any] | None:
    """Of a stored figure, what its form and the present one mean alike.

    Before form 4, what came late was looked for in the period before alone, and the rows of a sum of budgets were all records. Before form 3, the rows
    of service standards were requests, not acts.
    """
    if stored is None or form >= 4:
        return stored
    changed = {"late_for_previous": ("value", "rows", *EARLIER), "records_budget": ("rows",)}
    if form < 3:
        changed |= {"standard_kept": ("rows",), "decided_in_time": ("rows",)}
    left = changed.get(code.partition(".")[0], ())
    return {key: value for key, value in stored.items() if key not in left}


def differs(stored: dict[str, Any] | None, again: dict[str, Any] | None) -> bool:
    """Whether something that the stored figure says comes out otherwise."""
    if stored is None or again is None:
        return True
    return any(again.get(key) != value for key, value in stored.items())

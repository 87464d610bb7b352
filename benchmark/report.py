"""A whole quarterly report of the largest programme, in a process of its own as a worker is, beside
what cannot be left out of it: seconds, and the most memory of every process. Run in an installation,
it prints them."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmark.installation import Installation
    from reports.documents.structure import Document
    from reports.figures.facts.windows import FigureWindow
    from reports.reports.models import Report, ReportRevision
    from reports.snapshots.types import Snapshot

EVERY = 0.02  # seconds between two looks at the memory: the typesetter may be gone after few
KEPT = 0.1  # seconds between two points of its curve
MODULE = "benchmark.report"
FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "json")


@dataclass
class ReportFound:
    """Seconds of the figures and of the whole, with their floors; memory in kilobytes."""

    figures: float
    figures_floor: float  # the statements that gather the period's facts, once
    whole: float
    whole_floor: float  # its figures, and the bare writers of the same documents
    worker_peak: int
    typesetter_peak: int
    memory: list[tuple[float, int]] = field(default_factory=list)  # seconds, kilobytes of a worker


def report_in(installation: Installation) -> ReportFound:
    """What making the report takes in an installation. Raises NotMade."""
    return ReportFound(**json.loads(installation.python(MODULE)))


def seconds_of(act: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


class MemoryWatch:
    """Looks at the memory of this process while something is done."""

    def __init__(self) -> None:
        self.began, self.done = time.monotonic(), threading.Event()
        self.typesetter_peak = 0
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.seen: list[tuple[float, int]] = []

    def watch(self) -> None:
        """Until it is told to stop."""
        while not self.done.wait(EVERY):
            now = round(time.monotonic() - self.began, 2)
            if not self.seen or now - self.seen[-1][0] >= KEPT:
                self.seen.append((now, resident("VmRSS")))
            for child in typesetters():
                self.typesetter_peak = max(self.typesetter_peak, resident("VmHWM", child))

    def __enter__(self) -> MemoryWatch:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.done.set()
        self.thread.join()


def typesetters() -> list[str]:
    """Ids of the processes that set a PDF for this one; before it is their own, a process bears the
    memory of the one that started it."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                command = Path("/proc", child, "cmdline").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if "typesetter" in command:
                found.append(child)
    return found


def resident(what: str, process: str = "self") -> int:
    """Kilobytes that a process holds (VmRSS), or held at most (VmHWM); 0 of one that has ended."""
    try:
        lines = Path("/proc", process, "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{what}:")), 0)


def last_quarter() -> Report:
    """The report of the last quarter of the largest programme that is over, planned but not made."""
    from assistance.programmes.models import Programme
    from reports.reports.models import Report
    from reports.reports.planning import add_rows
    from reports.schedules.models import Schedule

    programme = Programme.objects.get(code="cybercrime")
    schedule = Schedule.objects.get(programme=programme, kind="progress")
    version = schedule.versions.get()
    version.formats = list(FORMATS)
    version.save(update_fields=["formats"])
    *_earlier, period, _running = version.rhythm.since(version.valid_from, programme.today())
    add_rows(version, [period])
    return Report.objects.get(version=version, period_start=period.start)


def measure_report() -> ReportFound:
    """Makes it in a transaction that is taken back, and what lies under it beside."""
    from django.db import transaction

    from reports.reports.production import make_revision
    from reports.reports.snapshot_specs import snapshot_spec_of
    from reports.snapshots.build import build_snapshot

    with transaction.atomic():
        report = last_quarter()
        spec = snapshot_spec_of(report)
        window = spec.window(spec.period, spec.cutoff)
        gather_once(window)  # warm, as the rest
        gathered = seconds_of(lambda: gather_once(window))
        revisions: list[ReportRevision] = []
        with MemoryWatch() as watched:
            whole = seconds_of(lambda: revisions.append(make_revision(report)))
        peak = resident("VmHWM")
        figures = seconds_of(lambda: build_snapshot(spec))
        writers = sum(bare_writers(snapshot) for snapshot in snapshots_of(revisions[0]))
        transaction.set_rollback(True)
    return ReportFound(
        figures, gathered, whole, figures + writers, peak, watched.typesetter_peak, watched.seen
    )


def gather_once(window: FigureWindow) -> None:
    """The facts of the report's own period, and nothing counted of them."""
    from reports.figures.compute import Cells, facts_read, told_cells
    from reports.figures.facts.gather import gather_facts

    by_source: dict[str, list[Cells]] = {}
    for cells in told_cells(window, ()):
        by_source.setdefault(cells.measure.source, []).append(cells)
    gather_facts(window, facts_read(by_source))


def snapshots_of(revision: ReportRevision) -> list[Snapshot]:
    """The snapshots of its editions with all their rows, the internal one first."""
    from reports.snapshots.storage import whole_snapshot

    return [whole_snapshot(one.contents) for one in (revision, *revision.editions.all())]


def bare_writers(snapshot: Snapshot) -> float:
    """Seconds that the libraries take to write the documents of a snapshot, with everything at hand
    that is to be written."""
    from reports.documents import csv_json, pdf, render, word
    from reports.documents.assembly import build_document
    from reports.documents.illustration import illustrated_document

    pages, sheets = illustrated_document(snapshot, "", "en"), build_document(snapshot, "", "en")
    plain, figures = pdf.as_plain(pages), csv_json.figure_rows(snapshot, "en")
    words = dict.fromkeys(("contents", "page", "notes", "highlights"), "–")
    return sum(
        (
            seconds_of(lambda: render.as_html(pages)),
            seconds_of(lambda: pdf.typeset(plain | {"words": words, "facts": pages.facts})),
            seconds_of(lambda: word.as_docx(pages)),
            seconds_of(lambda: write_sheets(sheets)),
            seconds_of(lambda: write_csv(figures)),
            seconds_of(lambda: json.dumps(snapshot, ensure_ascii=False, indent=1).encode()),
        )
    )


def write_sheets(document: Document) -> None:
    """The same rows by xlsxwriter alone."""
    from xlsxwriter import Workbook

    book = Workbook(io.BytesIO(), {"constant_memory": True})
    for section in document.sections:
        for table in section.tables:
            page = book.add_worksheet()
            for line, row in enumerate(table.rows):
                for column, cell in enumerate(row):
                    page.write_string(line, column, cell.text)
    book.close()


def write_csv(figures: list[dict[str, object]]) -> None:
    """The same rows by the standard library alone."""
    import csv

    writer = csv.DictWriter(io.StringIO(), figures[0].keys())
    writer.writerows(figures)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    print(json.dumps(asdict(measure_report())))

"""`manage.py verify`: does everything that is kept still hold together?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable

from django.core.management.base import BaseCommand

from assistance.timeline import verification as timelines
from audit import verification as audit
from files import verification as files
from reports.documents.reproduction import Remaking
from reports.reports import verification as reports
from reports.summaries import reach as summaries

PARTS = {
    "rows against their history": audit.findings,
    "files": files.findings,
    "timelines, clocks and references": timelines.findings,
    "summaries": summaries.findings,
    "reports": reports.findings,
}


class Command(BaseCommand):
    """Looks at everything and changes nothing; exit status 1 and a list where something does not
    hold."""

    help = (
        "Checks the audit trail, stored files, timelines, report hashes and figures against the"
        " rows, with --documents the reports' documents too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--documents` takes minutes where there are hundreds of reports."""
        parser.add_argument(
            "--documents",
            action="store_true",
            help=(
                "Makes the CSV, JSON and HTML documents of all reports anew and compares them with"
                " those that are stored."
            ),
        )

    def handle(self, *args: object, documents: bool, **options: object) -> None:
        wrong = sum(self.say(what, findings()) for what, findings in PARTS.items())
        if former := list(reports.counted_by_former_rules()):
            self.stdout.write(
                f"counted by former rules, and not counted again: {', '.join(former)}"
            )
        if documents:
            again = Remaking()
            wrong += self.say("documents made anew", again.findings())
            for note in again.notes():
                self.stdout.write(f"  {note}")
        if wrong:
            sys.exit(1)

    def say(self, what: str, findings: Iterable[str]) -> int:
        """Prints the findings of a part; returns how many."""
        found = list(findings)
        self.stdout.write(f"{what}: {'holds' if not found else f'{len(found)} findings'}")
        for sentence in found:
            self.stdout.write(f"  {sentence}")
        return len(found)

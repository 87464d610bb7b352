"""`manage.py verify`: does everything that is kept still hold together?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from accounts.audit import verifying as audit
from assistance.timeline import verifying as timelines
from files import verifying as files
from reports import verifying as reports

PARTS = {
    "rows against their history": audit.findings,
    "files": files.findings,
    "timelines, clocks and references": timelines.findings,
    "reports": reports.findings,
}


class Command(BaseCommand):
    """Looks at everything and changes nothing; exit status 1 and a list where something does not hold."""

    help = "Checks the audit trail, stored files, timelines, report hashes and figures against the rows."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for what, findings in PARTS.items():
            found = list(findings())
            wrong += len(found)
            self.stdout.write(f"{what}: {'holds' if not found else f'{len(found)} findings'}")
            for sentence in found:
                self.stdout.write(f"  {sentence}")
        if former := list(reports.counted_by_former_rules()):
            self.stdout.write(f"counted by former rules, and not counted again: {', '.join(former)}")
        if wrong:
            sys.exit(1)

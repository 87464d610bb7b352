"""`manage.py benchmark`: how quick Meridian is, as ratios to what it could not do without."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from benchmark import results
from benchmark.client import WrongAnswer
from benchmark.installation import Installation, NotMade
from benchmark.measuring import ROUNDS, Found, measure
from benchmark.operations import OPERATIONS, Operation
from benchmark.picture import memory_picture
from benchmark.report import report_in
from config.embedded.binaries import EngineError

REPORT = "report"  # figures and documents, which no web server makes
COMPARED_WITH = 10_000  # requests


class Command(BaseCommand):
    """Builds installations of 10,000 and of so many requests, starts their web servers, and measures
    both by turns; a smaller number is measured alone."""

    help = (
        "Measures speed as ratios in one run, in installations of its own. Exits with 1 where a"
        " bound is missed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--requests", type=int, default=COMPARED_WITH, help="how many requests (10,000)"
        )
        parser.add_argument(
            "--only", metavar="NAME", action="append", help="this operation alone; may be repeated"
        )
        parser.add_argument(
            "--rounds", type=int, default=ROUNDS, help=f"how many different cases ({ROUNDS})"
        )
        parser.add_argument(
            "--picture",
            type=Path,
            metavar="FILE",
            help="where a picture of a worker's memory over a report is kept, as SVG",
        )
        parser.add_argument("--json", type=Path, metavar="FILE", help="where the results are kept")
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.DATA_DIR / "benchmark",
            help="where the installations are made, and found by later runs",
        )

    def handle(
        self,
        *args: object,
        requests: int,
        only: list[str] | None,
        rounds: int,
        json: Path | None,
        picture: Path | None,
        folder: Path,
        **options: object,
    ) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production installation: speed is measured elsewhere.")
        if requests < 1 or rounds < 1:
            raise CommandError("Write whole numbers above zero for --requests and --rounds.")
        for name, file in (("json", json), ("picture", picture)):
            if file is not None and not file.absolute().parent.is_dir():
                raise CommandError(f"There is no folder {file.absolute().parent} for --{name}.")
        chosen = chosen_operations(only)
        with_report = not only or REPORT in only
        sizes = sorted({requests, min(requests, COMPARED_WITH)})
        try:
            with ExitStack() as stack:
                installations = [
                    stack.enter_context(
                        Installation(folder.resolve() / str(size), size, self.say).running()
                    )
                    for size in sizes
                ]
                found = measure(installations, chosen, rounds, self.say)
                for each, installation in zip(found, installations, strict=True):
                    if with_report:
                        self.say(f"a report of {each.requests:,} requests …")
                        each.report = report_in(installation)
        except (NotMade, WrongAnswer, EngineError) as wrong:
            raise CommandError(str(wrong)) from wrong
        lines = self.tell(found, json)
        if picture is not None and found[-1].report is not None:
            title = f"A worker's memory over a quarterly report, {requests:,} requests"
            picture.write_text(memory_picture(found[-1].report.memory, title))
        self.judge(found, lines)

    def say(self, line: str) -> None:
        """How far it is."""
        self.stderr.write(line)

    def tell(self, found: list[Found], file: Path | None) -> list[results.Line]:
        """Prints the tables and keeps them; their lines."""
        lines: list[results.Line] = []
        smaller: Found | None = None
        for each in found:
            self.stdout.write(f"\n{each.requests:,} requests; times in milliseconds")
            self.stdout.write(results.HEAD)
            of_size = list(results.lines_of(each, smaller))
            for line in of_size:
                self.stdout.write(results.printed(line))
            self.stdout.write(
                f"sample data: {each.requests / each.made['sample']:,.0f} requests a second;"
                f" peak memory of a web process: {each.peak_memory / 1024:,.0f} MB"
            )
            if each.report is not None:
                self.stdout.write(
                    f"a report: peak memory of a worker {each.report.worker_peak / 1024:,.0f} MB,"
                    f" of the typesetter {each.report.typesetter_peak / 1024:,.0f} MB"
                )
            smaller, lines = each, lines + of_size
        if file is not None:
            file.write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n")
        return lines

    def judge(self, found: list[Found], lines: list[results.Line]) -> None:
        """Says which bounds are missed, and ends with 1 then."""
        missed = [sentence for line in lines for sentence in line.missed]
        missed += [sentence for each in found for sentence in results.memory_missed(each)]
        if missed:
            self.stdout.write("")
            self.stdout.write("\n".join(missed))
            sys.exit(1)


def chosen_operations(only: list[str] | None) -> list[Operation]:
    """Those of these names, or all. Raises CommandError, with the names that there are."""
    known = {operation.code: operation for operation in OPERATIONS}
    names = [*known, REPORT]
    unknown = [name for name in only or () if name not in names]
    if unknown:
        raise CommandError(f"There is no operation “{unknown[0]}”. There are: {', '.join(names)}.")
    return [known[name] for name in only if name in known] if only else list(OPERATIONS)

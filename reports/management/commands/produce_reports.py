"""`manage.py produce_reports`: what the tick does, by hand."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, date, datetime, time, timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.documents.storage import rewrite_all
from reports.reports.planning import expect_reports
from reports.reports.production import produce_due


def day(text: str) -> date:
    """A date as the command line gives it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date; write it as 2026-09-30.") from None


class Command(BaseCommand):
    """Expects and produces everything that is due, now or as if it were the end of a given day."""

    help = "Produces every report that is due; running it again makes nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--until",
            type=day,
            help=(
                "as if it were the end of this day (UTC); a report is never made before its"
                " cut-off, so not later than today"
            ),
        )

    def handle(self, *args: object, until: date | None, **options: object) -> None:
        now = timezone.now()
        if until:
            now = min(now, datetime.combine(until + timedelta(days=1), time(), UTC))
        expected = expect_reports(now)
        produced = produce_due(now)
        rewrite_all()
        self.stdout.write(f"{expected} new periods expected, {produced} reports produced.")

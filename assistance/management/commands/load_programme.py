"""`manage.py load_programme FILE`: a programme as a file says it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assistance.programmes.loading import load_programme, shipped_programmes
from assistance.programmes.programme_file import read_programme
from core.file_nodes import FileMistakes


class Command(BaseCommand):
    """Loads all of a file or nothing; a second time changes nothing."""

    help = (
        "Loads a programme with its pillars, themes, reasons, service standards, holidays and weekend"
        " from YAML or JSON; what the file leaves out of a list is offered no more. Running it again"
        " changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped = ", ".join(shipped_programmes())
        parser.add_argument("file", help=f"a file, or the code of one that is shipped: {shipped}")

    def handle(self, *args: Any, **options: Any) -> None:
        path = path_of(options["file"])
        try:
            loaded = load_programme(read_programme(path.read_bytes()))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except FileMistakes as error:
            for mistake in error.mistakes:
                self.stderr.write(mistake)
            raise CommandError(f"Nothing was loaded: {len(error.mistakes)} to mend.") from error
        if options["verbosity"]:
            self.stdout.write(
                f"“{loaded.programme.title}” is loaded: {loaded.added} added, {loaded.changed}"
                f" changed, {loaded.ended} offered no more."
            )


def path_of(named: str) -> Path:
    """The file that is named, or the shipped one of this code."""
    return shipped_programmes().get(named) or Path(named)

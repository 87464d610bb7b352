"""`manage.py load_framework FILE`: takes a programme's results framework from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assistance.programmes.models import Programme
from assistance.results.framework_file import read_framework
from assistance.results.loading import load_framework
from core.file_nodes import FileMistakes


class Command(BaseCommand):
    """Loads all of a file or nothing; a second time changes nothing."""

    help = (
        "Loads a version of a programme's results framework from YAML or JSON. Running it again"
        " changes nothing; a file that says something else needs another version."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--programme", default="cybercrime", metavar="CODE", help="whose it is (cybercrime)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code: str = options["programme"]
        programme = Programme.objects.filter(code=code).first()
        if programme is None:
            known = ", ".join(Programme.objects.values_list("code", flat=True))
            raise CommandError(f"There is no programme “{code}”. There are: {known}.")
        path: Path = options["file"]
        try:
            framework, is_new = load_framework(programme, read_framework(path.read_bytes()))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except FileMistakes as error:
            for mistake in error.mistakes:
                self.stderr.write(mistake)
            raise CommandError(f"Nothing was loaded: {len(error.mistakes)} to mend.") from error
        said = "is loaded" if is_new else "was loaded before, and nothing changed"
        self.stdout.write(f"Version {framework.version} of “{framework.title}” {said}.")

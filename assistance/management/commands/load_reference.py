"""`manage.py load_reference`: the facts that every installation needs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from assistance.programmes import loading as programmes
from assistance.tools.loading import load_tools
from countries.geography import loading as countries
from countries.instruments.loading import load_instruments
from countries.processes.loading import load_processes


class Command(BaseCommand):
    """Adds what is missing, changes nothing that is there."""

    help = (
        "Loads countries, groups, treaties, processes, tools, the seeded programme, pillars, themes,"
        " standards and holidays; running it again changes nothing."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        countries.load_countries()
        load_instruments()
        load_processes()
        load_tools()
        programme = programmes.load_programme()
        programmes.name_references(programme)
        if options["verbosity"]:
            self.stdout.write(f"Reference data of “{programme}” are complete.")

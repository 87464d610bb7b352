"""`manage.py load_reference`: the facts that every installation needs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from assistance.programmes import loading as programmes
from assistance.programmes.models import Programme
from assistance.tools.loading import load_tools
from countries.geography import loading as countries
from countries.instruments.loading import load_instruments
from countries.processes.loading import load_processes


class Command(BaseCommand):
    """Adds what is missing, changes nothing that is there."""

    help = (
        "Loads countries, groups, treaties, processes, tools and, unless another programme is there, the"
        " cybercrime programme with its pillars, themes, standards and holidays; running it again"
        " changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-programme", action="store_true", help="no programme: load_programme FILE adds one"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        countries.load_countries()
        load_instruments()
        load_processes()
        load_tools()
        known = set(Programme.objects.values_list("code", flat=True))
        if programmes.SEEDED in known or not (known or options["no_programme"]):
            programmes.complete_seeded_programme()
        for programme in Programme.objects.all():
            programmes.load_holidays(programme)
        if options["verbosity"]:
            self.stdout.write("Reference data are complete.")

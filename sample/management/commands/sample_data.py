"""`manage.py sample_data`: a believable programme of three years, ending today."""

from __future__ import annotations

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from assistance.models import AssistanceRequest, Programme
from sample.names import make_names
from sample.run import Made, Maker
from sample.schedules import make_schedules

MOST = 5_000_000


class Command(BaseCommand):
    """Fills an installation for trials and measurements; never a production one, never over what is
    there."""

    help = (
        "Makes sample data: three years of requests and engagements, ending today. The same seed"
        " gives the same rows on the same day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--requests",
            type=int,
            default=400,
            help=(
                "how many requests (400); engagements come to about 2.25 times as many. More than"
                " 1,000 are of twelve programmes; of more than 10,000 a part is simulated and copied"
            ),
        )
        parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
        parser.add_argument(
            "--only-if-empty",
            action="store_true",
            help="change nothing, without an error, where somebody or something is there already",
        )

    def handle(
        self,
        *args: object,
        requests: int,
        seed: int,
        only_if_empty: bool,
        **options: object,
    ) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "This is a production installation: sample data, with passwords that everybody"
                " knows, are never made here."
            )
        if not 1 <= requests <= MOST:
            raise CommandError(f"--requests is {requests}; give a number from 1 to {MOST:,}.")
        if not Programme.objects.filter(code="cybercrime").exists():
            raise CommandError(
                "The reference data are missing. Run `manage.py load_reference` first."
            )
        if only_if_empty and (AssistanceRequest.objects.exists() or User.objects.exists()):
            self.stdout.write("There are people or requests already: no sample data made.")
            return
        if AssistanceRequest.objects.exists():
            raise CommandError(
                "There are requests already, and sample data would be mixed with them. Use an empty"
                " database (another DATA_DIR)."
            )
        if User.objects.filter(email__endswith="@example.org").exists():
            raise CommandError(
                "There are people with addresses at example.org already, which the sample people"
                " bear. Use an empty database (another DATA_DIR)."
            )
        made = Maker(requests, seed, self.stdout.write).make()
        self.stdout.write("Attendance lists and contacts …")
        made.counts["persons"] = make_names(seed)
        self.stdout.write("Schedules of reports …")
        make_schedules()
        self.tell(made)

    def tell(self, made: Made) -> None:
        """What there is now."""
        for name, count in made.counts.items():
            if count:
                self.stdout.write(f"{count:>12,} {name}")
        states = ", ".join(
            f"{state} {count:,}"
            for state, count in sorted(made.states.items(), key=lambda x: -x[1])
        )
        self.stdout.write(f"Requests by state: {states}.")
        self.stdout.write(f"Done in {made.seconds:.1f} seconds.")

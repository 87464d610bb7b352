"""`manage.py publish_sample`: the reports of the sample's past quarters, published in their order."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from sample.schedules import MANAGER, OFFICER, publish_in_order


class Command(BaseCommand):
    """For trials: a programme whose past quarters were reported. Safe to run again."""

    help = (
        "Publishes the sample's progress reports of past quarters, the oldest first, dated as they"
        " would have been."
    )

    def handle(self, *args: object, **options: object) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production installation: it has no sample reports.")
        if User.objects.filter(email__in=(MANAGER, OFFICER)).count() != 2:
            raise CommandError(
                "There is no sample programme here. Make one with `manage.py sample_data`."
            )
        self.stdout.write(f"{publish_in_order()} reports published.")

"""Two who change one engagement at the same moment: the summary of whom it reached has both."""

from __future__ import annotations

import threading
from datetime import timedelta

from django.db import connection, transaction

from assistance.engagements import services
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from countries.models import Country
from reports.summaries.models import ReachChange
from reports.summaries.reach import findings
from tests import make
from tests.make import People


def test_two_who_change_one_engagement_at_a_time_append_both(committed: None) -> None:
    """One adds a country while another, who has not committed yet, moves the part's day."""
    people = People()
    made = make.engagement(people.officer, make.part(KEN={"women": 3, "men": 4}))
    services.perform_action(people.officer, made.pk, "deliver", {"outcome": "Done."})
    part, uganda = made.parts.get(), Country.objects.get(iso3="UGA")
    moved, added = threading.Event(), threading.Event()

    def add() -> None:
        try:
            moved.wait(10)
            CountryParticipation.objects.create(
                part=part, country=uganda, women=1, men=0, is_expected=False
            )
            added.set()
        finally:
            connection.close()

    thread = threading.Thread(target=add)
    thread.start()
    later = part.ends_on + timedelta(days=1)
    with transaction.atomic():
        EngagementPart.objects.filter(pk=part.pk).update(ends_on=later)
        moved.set()
        assert not added.wait(0.5), "it waits for what the other appends"
    thread.join(10)
    assert added.is_set()
    sums: dict[tuple[int, object], int] = {}
    for row in ReachChange.objects.all():
        key = (row.country_id, row.ends_on)
        sums[key] = sums.get(key, 0) + row.change
    assert {key for key, total in sums.items() if total} == {
        (Country.objects.get(iso3="KEN").pk, later),
        (uganda.pk, later),
    }
    assert not list(findings())

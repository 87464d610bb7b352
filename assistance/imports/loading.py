"""Writing the engagements of a tracker: all of them, or none where there is a mistake."""

from __future__ import annotations

from pathlib import Path

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.choices import NUMBERS, Origin
from assistance.engagements.models import Engagement, EngagementEvent, RecordedCountry
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.states import EngagementState
from assistance.imports.tracker import TAKEN_OVER, Preview, Row, preview_tracker
from assistance.programmes.models import Programme
from assistance.requests import references

# each with its own context of the history, which the triggers write anew for every row: a long one
# gets slow
BATCH = 250


@transaction.atomic
def load_tracker(path: Path, programme: Programme, user: User | None = None) -> Preview:
    """Makes the engagements of a file: all of them, or none where there is a mistake (see
    `is_loadable` of what is returned).

    Two loads at the same time wait for each other, so that nothing is imported twice. Raises
    Unreadable.
    """
    list(Programme.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    found = preview_tracker(path, programme)
    if found.is_loadable:
        rows = found.to_make
        for start in range(0, len(rows), BATCH):
            with pghistory.context(
                command="import_tracker", file=path.name, user=user.pk if user else None
            ):
                write_batch(found, rows[start : start + BATCH], user)
    return found


def write_batch(found: Preview, rows: list[Row], user: User | None) -> None:
    """Writes a batch of records with their countries, parts, participation and first event."""
    taken = references.next_references(
        references.ENGAGEMENTS, found.programme.today().year, len(rows)
    )
    made = Engagement.objects.bulk_create(
        [
            engagement_of(found, row, reference, user)
            for row, reference in zip(rows, taken, strict=True)
        ]
    )
    both = list(zip(rows, made, strict=True))
    dated = [(row, engagement) for row, engagement in both if row.state != EngagementState.RECORDED]
    RecordedCountry.objects.bulk_create(
        [
            RecordedCountry(engagement=engagement, country=row.values.country)
            for row, engagement in both
            if row.state == EngagementState.RECORDED
        ]
    )
    today = found.programme.today()
    parts = EngagementPart.objects.bulk_create(
        [
            EngagementPart(
                engagement=e,
                number=1,
                starts_on=row.days[0],
                ends_on=row.days[1],
                held_on=today if row.state == EngagementState.DELIVERED else None,
            )
            for row, e in dated
        ]
    )
    CountryParticipation.objects.bulk_create(
        [
            CountryParticipation(
                part=part,
                country=row.values.country,
                is_expected=row.state != EngagementState.DELIVERED,
                **{name: getattr(row.values, name) for name in NUMBERS if name not in row.unused},
            )
            for part, (row, _engagement) in zip(parts, dated, strict=True)
        ]
    )
    EngagementEvent.objects.bulk_create(
        [first_event(found, row, engagement, user) for row, engagement in both]
    )


def engagement_of(found: Preview, row: Row, reference: str, user: User | None) -> Engagement:
    """The engagement that a row becomes, not yet saved."""
    values = {name: getattr(row.values, name) for name in TAKEN_OVER}
    is_dated, is_delivered = (
        row.state != EngagementState.RECORDED,
        row.state == EngagementState.DELIVERED,
    )
    return Engagement(
        **values,
        reference=reference,
        programme=found.programme,
        origin=Origin.IMPORTED,
        state=row.state,
        currency=found.header.currency,
        starts_on=row.values.starts_on if is_dated else None,
        ends_on=row.values.ends_on if is_dated else None,
        created_by=user,
        recorded_by=user if is_delivered else None,
    )


def first_event(
    found: Preview, row: Row, engagement: Engagement, user: User | None
) -> EngagementEvent:
    """The event “import”: whence it came, and what the row says that a record without dates has no
    place for."""
    unused = "; ".join(
        f"{found.header.label(name)}: {getattr(row.values, name)}" for name in row.unused
    )
    return EngagementEvent(
        engagement=engagement,
        actor=user,
        action="import",
        from_state=engagement.state,
        to_state=engagement.state,
        note=_("Also in the file: %(values)s") % {"values": unused} if unused else "",
        data={"file": found.path.name, "row": row.number, "digest": row.digest(found)},
    )

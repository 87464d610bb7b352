"""The register: requests that strangers may read, in an order that tells no day."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from countries.names import current_language
from portal.public.models import PublicCountry, PublicPillar, PublicProgramme, PublicRequest

Choice = tuple[str, str]


@dataclass(frozen=True)
class RegisterChoices:
    """What the register can be narrowed to: what stands in it, as values and labels."""

    pillar: list[Choice]
    country: list[Choice]
    year: list[Choice]


def register_choices(programme: PublicProgramme) -> RegisterChoices:
    """The pillars, countries and years of a programme's register. Three queries."""
    rows = PublicRequest.objects.filter(programme=programme)
    pillars = PublicPillar.objects.filter(pk__in=rows.values("pillar"))
    countries = PublicCountry.objects.filter(pk__in=rows.values("country"))
    years = rows.values_list("year", flat=True).distinct().order_by("-year")
    by_name = f"sort_{current_language()}"
    return RegisterChoices(
        [(p.code, str(p)) for p in pillars],
        [(c.iso3, c.name) for c in countries.order_by(by_name)],
        [(str(year), str(year)) for year in years],
    )


def in_register_order(rows: QuerySet[PublicRequest]) -> QuerySet[PublicRequest]:
    """Newest year first, then by country and title: an order that tells nothing else."""
    by_name = f"country__sort_{current_language()}"
    return rows.select_related("country", "pillar").order_by("-year", by_name, "title", "pk")

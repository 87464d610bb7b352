"""What was asked by and done for a country, as far as a reader may see it."""

from __future__ import annotations

from django.db.models import Count, Q, Sum

from accounts.models import User
from accounts.permissions import may
from assistance.engagements.choices import NUMBERS
from assistance.engagements.models import Engagement, RecordedCountry
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.querysets import EngagementQuerySet
from assistance.engagements.states import EngagementState
from assistance.requests.models import AssistanceRequest
from assistance.requests.querysets import RequestQuerySet
from core import access
from countries.models import Country


def reads_support(user: User, country: Country) -> bool:
    """Staff, and the country's own focal points.

    Others read the facts alone, and do not learn whether there is anything else.
    """
    if not may(user, "country.read_support"):
        return False
    return bool(user.is_programme_staff) or country.pk in access.country_ids(user)


def requests_of(user: User, country: Country) -> RequestQuerySet:
    """The country's submitted requests that the reader may see, newest first."""
    return (
        AssistanceRequest.objects.visible_to(user)
        .filter(country=country, reference__isnull=False)
        .order_by("-id")
    )


def engagements_of(user: User, country: Country) -> EngagementQuerySet:
    """Engagements in which the country takes part, latest first."""
    taking_part = CountryParticipation.objects.filter(country=country).values("part__engagement_id")
    return (
        Engagement.objects.visible_to(user)
        .filter(pk__in=taking_part)
        .exclude(state=EngagementState.RECORDED)
        .order_by("-starts_on", "-id")
    )


def records_of_others(user: User, country: Country) -> EngagementQuerySet:
    """Imported records without dates: support by others."""
    named = RecordedCountry.objects.filter(country=country).values("engagement_id")
    return (
        Engagement.objects.visible_to(user)
        .filter(pk__in=named, state=EngagementState.RECORDED)
        .order_by("organisation", "-id")
    )


def participants_of(user: User, country: Country) -> dict[str, object]:
    """People from the country in parts that were held, of what is reported; `total` is None where
    nothing is.

    `share_women` of `share_both`: over the lines that report women and men. `incomplete` lines do
    not.
    """
    held = EngagementPart.objects.live().filter(
        held_on__isnull=False, engagement__in=Engagement.objects.visible_to(user)
    )
    rows = CountryParticipation.objects.filter(country=country, part__in=held, is_expected=False)
    both = Q(women__isnull=False, men__isnull=False)
    found = rows.aggregate(
        **{f"sum_{n}": Sum(n) for n in NUMBERS},
        share_women=Sum("women", filter=both),
        share_men=Sum("men", filter=both),
        lines=Count("pk"),
        complete=Count("pk", filter=both),
        engagements=Count("part__engagement", distinct=True),
    )
    reported = [found[f"sum_{n}"] for n in NUMBERS if found[f"sum_{n}"] is not None]
    share_both = (found["share_women"] or 0) + (found["share_men"] or 0)
    return found | {
        "total": sum(reported) if reported else None,
        "incomplete": found["lines"] - found["complete"],
        "share_both": share_both,
        "share": round(100 * found["share_women"] / share_both) if share_both else None,
    }

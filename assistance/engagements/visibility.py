"""What a reader may learn of an engagement. Source: the rules of the programme, section 4.

Staff read all of it. Focal points read the shared face (title, type, dates, place, names of the
countries once confirmed, tools, files marked shared) and their own country's participation, next steps and
requests; never cost, internal outcome, others' rows or requests.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from accounts.models import User
from assistance.engagements.models import Engagement, NamedCountry, NextStep, RecordedCountry
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.states import NAMES_SHOWN
from assistance.requests.models import AssistanceRequest
from core import access
from countries.models import Country

SHARED_FIELDS = (
    "programme",
    "title",
    "type",
    "modality",
    "pillar",
    "theme_codes",
    "place",
    "tool_codes",
    "session",
)


def reads_all(user: User) -> bool:
    """Staff; whether they may see the engagement at all is said by `visible_to`."""
    return bool(user.is_programme_staff)


def names_all(engagement: Engagement, user: User) -> bool:
    """Whether this reader learns which other countries take part."""
    return reads_all(user) or engagement.state in NAMES_SHOWN


def countries_by_engagement(
    engagements: Iterable[Engagement], user: User
) -> dict[int, list[Country]]:
    """The countries that each engagement concerns, in the reader's order, as far as the reader may
    know them. Two queries (three for a country)."""
    shown = {e.pk: names_all(e, user) for e in engagements}
    taking_part = CountryParticipation.objects.filter(part__engagement__in=shown).values_list(
        "part__engagement_id", "country_id"
    )
    recorded = RecordedCountry.objects.filter(engagement__in=shown).values_list(
        "engagement_id", "country_id"
    )
    if reads_all(user):
        pairs = set(taking_part.union(recorded))
    else:
        own = access.country_ids(user)
        others = NamedCountry.objects.filter(
            engagement__in=[pk for pk, all_named in shown.items() if all_named]
        ).values_list("engagement_id", "country_id")
        pairs = set(
            taking_part.filter(country__in=own).union(recorded.filter(country__in=own), others)
        )
    named: dict[int, list[Country]] = {pk: [] for pk in shown}
    if pairs:
        order = {
            c.pk: (i, c)
            for i, c in enumerate(Country.objects.filter(pk__in={c for _pk, c in pairs}).in_order())
        }
        for pk, country in sorted(pairs, key=lambda pair: order[pair[1]][0]):
            named[pk].append(order[country][1])
    return named


def visible_participations(engagement: Engagement, user: User) -> QuerySet[CountryParticipation]:
    """The rows of participation that this reader may see."""
    rows = CountryParticipation.objects.filter(part__engagement=engagement)
    return rows if reads_all(user) else rows.filter(country__in=access.country_ids(user))


def next_steps(engagement: Engagement, user: User) -> QuerySet[NextStep]:
    """For a focal point: those of their country, the programme's own towards it among them."""
    steps = NextStep.objects.filter(engagement=engagement)
    return steps if reads_all(user) else steps.filter(country__in=access.country_ids(user))


def visible_requests(engagement: Engagement, user: User) -> QuerySet[AssistanceRequest]:
    """The linked requests that this reader may see, each with its `early_reason`."""
    visible = AssistanceRequest.objects.visible_to(user).filter(Q(links__engagement=engagement))
    return visible.annotate(early_reason=F("links__early_reason"))

"""Which obligations and recommendations have had help, where, and who joined a treaty after it.

Internal: it tells which countries asked (rules of the programme, section 11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext

from accounts.models import User
from assistance.commitments.models import CommitmentLink
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.states import DONE
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import OPEN, State
from countries.instruments.choices import Action
from countries.instruments.models import Instrument, Obligation, TreatyAction

JOINING = (Action.SIGNED, Action.RATIFIED, Action.ACCEDED)


@dataclass
class Help:
    """What was asked and done for one commitment: ids of requests and engagements, and of the
    countries with an open request and that took part in what was delivered."""

    requests: set[int] = field(default_factory=set)
    engagements: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    helped: set[int] = field(default_factory=set)

    @property
    def words(self) -> str:
        """The numbers of it."""
        return gettext(
            "Served by requests: %(requests)s, engagements: %(engagements)s, in countries:"
            " %(countries)s"
        ) % {
            "requests": len(self.requests),
            "engagements": len(self.engagements),
            "countries": len(self.helped),
        }

    @property
    def still_waiting(self) -> set[int]:
        """Countries that ask for it and have had no help with it."""
        return self.waiting - self.helped


def help_by_commitment(
    user: User, which: Q, column: str, countries: Iterable[int] | None = None
) -> dict[int, Help]:
    """By obligation or recommendation (`column`), over the links that meet a condition: requests and
    delivered engagements that the user may see, of some countries or of all. Six queries, and one
    more a step of merging.

    An engagement gives help with what it names, and with what the requests name that it answers.
    """
    narrowed = None if countries is None else set(countries)
    found: dict[int, Help] = {}
    asked = CommitmentLink.objects.filter(
        which, request__in=AssistanceRequest.objects.visible_to(user)
    ).exclude(request__submitted_at=None)
    by_request: dict[int, set[int]] = {}
    for commitment, request, country, state in asked.values_list(
        f"{column}_id", "request_id", "request__country_id", "request__state"
    ):
        by_request.setdefault(request, set()).add(commitment)
        # one that was merged is asked once, by the request in which it goes on
        if state != State.MERGED and (narrowed is None or country in narrowed):
            entry = found.setdefault(commitment, Help())
            entry.requests.add(request)
            if state in OPEN:
                entry.waiting.add(country)
    given = engagements_serving(user, which, column, by_request)
    for engagement, country in CountryParticipation.objects.held_in(list(given)).values_list(
        "part__engagement_id", "country_id"
    ):
        if narrowed is None or country in narrowed:
            for commitment in given[engagement]:
                entry = found.setdefault(commitment, Help())
                entry.engagements.add(engagement)
                entry.helped.add(country)
    return found


def engagements_serving(
    user: User, which: Q, column: str, by_request: dict[int, set[int]]
) -> dict[int, set[int]]:
    """By delivered engagement that the user may see, the commitments that it serves."""
    delivered = Engagement.objects.visible_to(user).filter(state__in=DONE)
    found: dict[int, set[int]] = {}
    by_request = with_merged(by_request)
    named = CommitmentLink.objects.filter(which, engagement__in=delivered)
    for commitment, engagement in named.values_list(f"{column}_id", "engagement_id"):
        found.setdefault(engagement, set()).add(commitment)
    answering = delivered.filter(links__request__in=list(by_request))
    for engagement, request in answering.values_list("pk", F("links__request_id")):
        found.setdefault(engagement, set()).update(by_request.get(request, ()))
    return found


def with_merged(by_request: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """The same with the requests that were merged into these: their engagements count as linked to
    the one in which they are continued (rules of the programme, section 1)."""
    found = {pk: set(commitments) for pk, commitments in by_request.items()}
    targets = set(found)
    while targets:
        merged = AssistanceRequest.objects.filter(merged_into__in=targets)
        rows = [(pk, into) for pk, into in merged.values_list("pk", "merged_into_id") if into]
        targets = {pk for pk, _into in rows if pk not in found}
        for pk, into in rows:
            found.setdefault(pk, set()).update(found[into])
    return found


def asked_by_country(user: User, instrument: Instrument) -> dict[int, int]:
    """By country, how many requests that the user may see ask for help with the instrument."""
    links = CommitmentLink.objects.filter(
        obligation__instrument=instrument,
        request__in=AssistanceRequest.objects.visible_to(user),
    ).exclude(Q(request__submitted_at=None) | Q(request__state=State.MERGED))
    found: dict[int, set[int]] = {}
    for country, request in links.values_list("request__country_id", "request_id"):
        found.setdefault(country, set()).add(request)
    return {country: len(requests) for country, requests in found.items()}


@dataclass(frozen=True)
class JoinedAfterHelp:
    """A country that signed or joined an instrument after an engagement that helped with it."""

    action: TreatyAction
    engagement: Engagement
    helped_on: date


def joined_after_help(user: User, instrument: Instrument) -> list[JoinedAfterHelp]:
    """Each country's first such action whose day is known, with the last engagement before it."""
    obligations = Obligation.objects.filter(instrument=instrument).values("pk")
    which = Q(obligation__in=obligations)
    links = CommitmentLink.objects.filter(
        which, request__in=AssistanceRequest.objects.visible_to(user)
    )
    by_request: dict[int, set[int]] = {}
    for obligation, request in links.values_list("obligation_id", "request_id"):
        by_request.setdefault(request, set()).add(obligation)
    given = engagements_serving(user, which, "obligation", by_request)
    helped: dict[int, list[tuple[date, int]]] = {}
    for country, day, engagement in CountryParticipation.objects.held_in(list(given)).values_list(
        "country_id", "part__ends_on", "part__engagement_id"
    ):
        helped.setdefault(country, []).append((day, engagement))
    actions = TreatyAction.objects.filter(
        instrument=instrument, action__in=JOINING, country__in=list(helped), precision="day"
    ).select_related("country", "instrument")
    chosen: dict[int, tuple[TreatyAction, date, int]] = {}
    for action in actions.order_by("date", "id"):
        joining, day_of_it = action.country_id or 0, action.date or date.min
        before = [one for one in helped.get(joining, []) if one[0] < day_of_it]
        if before and joining not in chosen:
            chosen[joining] = (action, *max(before))
    engagements = Engagement.objects.in_bulk([pk for _action, _day, pk in chosen.values()])
    return [JoinedAfterHelp(action, engagements[pk], day) for action, day, pk in chosen.values()]

"""For which countries somebody may ask, and under which pillars.

Pages and API offer and take the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.models import User
from assistance.programmes.models import Pillar, Programme, Theme
from core import access
from countries.models import Country, GroupMembership

if TYPE_CHECKING:
    from assistance.programmes.querysets import PillarQuerySet, ThemeQuerySet
    from assistance.requests.models import AssistanceRequest
    from countries.geography.querysets import CountryQuerySet


def eligible_countries(user: User) -> CountryQuerySet:
    """Focal points: their own countries.

    Staff, on a country's behalf: states, and what else their programmes' dated groups make eligible
    today.
    """
    countries = Country.objects.in_order()
    if user.is_focal_point:
        return countries.filter(pk__in=access.country_ids(user))
    programmes = Programme.objects.visible_to(user)
    members = GroupMembership.objects.on(Programme.objects.today_of(user)).filter(
        group__in=programmes.values("eligible_group_id")
    )
    return countries.filter(~Q(un_status="") | Q(pk__in=members.values("country_id")))


def eligible_pillars(user: User, case: AssistanceRequest | None) -> PillarQuerySet:
    """Those in use today at the programme's duty station, and the one that a draft has already."""
    day = case.programme.today() if case and case.programme_id else Programme.objects.today_of(user)
    kept = case.pillar_id if case else None
    return Pillar.objects.on(day, kept=kept).of(programmes_of(user, case), kept=kept)


def programmes_of(user: User, case: AssistanceRequest | None) -> frozenset[int]:
    """Ids of all programmes to which somebody may write, and the draft's: it may move to another one."""
    mine = access.programme_ids(user) | access.designated_programmes(user)
    return mine | {case.programme_id} if case is not None and case.programme_id else mine


def offered_themes(user: User, case: AssistanceRequest | None) -> ThemeQuerySet:
    """Those in use, and those that a draft has already."""
    return Theme.objects.offered(programmes_of(user, case), case.theme_codes if case else ())

"""Saying what strangers may read of a country.

Source: the rules of the programme, section 11: who may clear sets it. As with a request's consent,
narrowing takes effect at once and is for any focal point; where nobody may clear, widening is too.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.publications.models import CountryPublication
from core import access
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country, FocalPoint

FIELDS = ("has_page", "names_institution")


def publication_of(country: Country, programme: Programme) -> CountryPublication:
    """What the country said, or the no that it begins with."""
    found = CountryPublication.objects.filter(country=country, programme=programme).first()
    return found or CountryPublication(country=country, programme=programme)


def may_widen(user: User, country: Country, programme: Programme) -> bool:
    """Who may clear, where there is such a person; else any focal point of the country for the
    programme."""
    if access.pair(country.pk, programme.pk) in access.clearing_pairs(user):
        return True
    return not FocalPoint.objects.who_may_clear(country.pk, programme.pk).exists()


@transaction.atomic
def set_publication(
    user: User, country: Country, programme: Programme, *, has_page: bool, names_institution: bool
) -> CountryPublication:
    """Records what a country lets strangers read, from now on.

    Raises ActionNotAllowed for who speaks for another country or none, DomainError where somebody
    else must widen it.
    """
    if not user.is_focal_point or not access.speaks_for(user, country.pk, programme.pk):
        raise ActionNotAllowed(_("This is for the country’s own focal points."))
    CountryPublication.objects.get_or_create(
        country=country,
        programme=programme,
        defaults={"decided_on": programme.today(), "decided_by": user},
    )
    said = CountryPublication.objects.select_for_update(of=("self",)).get(
        country=country, programme=programme
    )
    given = {"has_page": has_page, "names_institution": has_page and names_institution}
    wider = [name for name in FIELDS if given[name] and not getattr(said, name)]
    if wider and not may_widen(user, country, programme):
        raise DomainError(
            _("Somebody who may clear what others submit must say this; narrowing is for you."),
            wider[0],
        )
    for name, value in given.items():
        setattr(said, name, value)
    said.decided_on, said.decided_by = programme.today(), user
    said.save()
    return said

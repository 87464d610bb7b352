"""Pages of instruments, and which of their obligations have had help."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.commitments.help_given import (
    Help,
    asked_by_country,
    help_by_commitment,
    joined_after_help,
)
from core.filters import FilterSet
from countries.geography.filters import country_filter, group_filter, members_today, region_filter
from countries.geography.models import Country
from countries.geography.querysets import CountryQuerySet
from countries.groups.models import CountryGroup, GroupMembership
from countries.instruments.models import Instrument, Obligation, TreatyAction
from portal.instruments.presentation import (
    count_by_group,
    map_of,
    reading_order,
    status_of,
    steps_of,
)


@require_safe
@permission_required("instrument.read")
def instrument_list(request: AuthenticatedRequest) -> HttpResponse:
    """All instruments, each with how far it is. Three queries."""
    actions: dict[int, list[TreatyAction]] = {}
    known = TreatyAction.objects.visible_to(request.user).select_related("country")
    for action in known.order_by("date", "id"):
        actions.setdefault(action.instrument_id, []).append(action)
    order = reading_order()
    statuses = [status_of(one, actions.get(one.pk, []), order) for one in Instrument.objects.all()]
    context = {"statuses": statuses, "may_record": may(request.user, "treaty_action.record")}
    return render(request, "instruments/index.html", context)


@require_safe
@permission_required("instrument.read")
def instrument_page(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One instrument: who signed and joined, by name, on a map and by group; for staff also who
    joined after help."""
    instrument = get_object_or_404(Instrument, code=code)
    actions = TreatyAction.objects.visible_to(request.user).filter(instrument=instrument)
    known = actions.select_related("country").order_by("date", "id")
    status = status_of(instrument, known, reading_order())
    today = timezone.now().date()
    context: dict[str, object] = {
        "instrument": instrument,
        "status": status,
        "steps": steps_of(instrument, status.progress, today),
        "map": map_of(status),
        "groups": count_by_group(status, members_by_group(today)),
        "processes": instrument.processes.all(),
        "may_record": may(request.user, "treaty_action.record"),
    }
    if may(request.user, "instrument.read_help"):
        context["joined"] = joined_after_help(request.user, instrument)
        asked = asked_by_country(request.user, instrument)
        countries = Country.objects.filter(pk__in=asked).in_order()
        context["asked"] = [(country, asked[country.pk]) for country in countries]
    return render(request, "instruments/detail.html", context)


def members_by_group(day: date) -> dict[str, tuple[str, set[int]]]:
    """By code of a group, its name and the ids of its members on a day."""
    found: dict[str, tuple[str, set[int]]] = {}
    rows = GroupMembership.objects.on(day).select_related("group")
    for row in rows.order_by("group__order", "group__code"):
        found.setdefault(row.group.code, (row.group.name, set()))[1].add(row.country_id)
    return found


class WhereFilter(FilterSet):
    """Of which countries help is counted."""

    country = country_filter(method="leave")
    region = region_filter(method="leave")
    group = group_filter(method="leave")

    class Meta:
        model = Country
        fields: list[str] = []

    def leave(
        self, rows: CountryQuerySet, _name: str, value: Country | CountryGroup | str
    ) -> CountryQuerySet:
        """The countries that are left."""
        match value:
            case Country():
                return rows.filter(pk=value.pk)
            case CountryGroup():
                return rows.filter(pk__in=members_today(value))
        return rows.filter(region=value)


@require_safe
@permission_required("instrument.read_help")
def obligation_help(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Which obligations of an instrument have had help, where, and which have had none."""
    instrument = get_object_or_404(Instrument, code=code)
    found = WhereFilter(request.GET, queryset=Country.objects.in_order(), request=request)
    is_narrowed = found.is_valid() and bool(found.chips())
    countries = set(found.qs.values_list("pk", flat=True)) if is_narrowed else None
    obligations = Obligation.objects.filter(instrument=instrument)
    given = help_by_commitment(
        request.user, Q(obligation__instrument=instrument), "obligation", countries
    )
    context = {
        "instrument": instrument,
        "filters": found.whole_form,
        "wrong": not found.is_valid(),
        "chips": found.chips(),
        "rows": rows_of_help(obligations, given),
    }
    return render(request, "instruments/help.html", context)


def rows_of_help(
    obligations: Iterable[Obligation], given: dict[int, Help]
) -> list[dict[str, object]]:
    """A row an obligation, with the names of the countries that wait."""
    waiting = {pk for help_given in given.values() for pk in help_given.still_waiting}
    names = {c.pk: c for c in Country.objects.filter(pk__in=waiting).in_order()}
    rows = []
    for obligation in obligations:
        help_given = given.get(obligation.pk, Help())
        rows.append(
            {
                "obligation": obligation,
                "help": help_given,
                "waiting": [c for pk, c in names.items() if pk in help_given.still_waiting],
            }
        )
    return rows

"""Saving, running and counting views.

Source: the rules of the programme, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from assistance.saved_views.models import SavedView
from core import access
from core.filters import FilterSet, without_place
from core.workflow.exceptions import DomainError

MOST = 20  # of one person
COUNTED_TO = 100


@dataclass(frozen=True)
class ListOfViews:
    """A list that views can be saved of: its filters, and its rows for a reader."""

    filters: Callable[..., FilterSet]
    rows_for: Callable[[User], QuerySet[Any]]


LISTS: dict[str, ListOfViews] = {
    SavedView.List.REQUESTS: ListOfViews(
        RequestFilter, lambda user: AssistanceRequest.objects.visible_to(user)
    ),
    SavedView.List.ENGAGEMENTS: ListOfViews(
        EngagementFilter, lambda user: Engagement.objects.visible_to(user)
    ),
}


def filters_of(list_code: str, query: QueryDict, request: HttpRequest, user: User) -> FilterSet:
    """A list's filters over what somebody may see."""
    kind = LISTS[list_code]
    return kind.filters(query, queryset=kind.rows_for(user), request=request)


def usable_query(
    list_code: str, query: QueryDict, request: HttpRequest, user: User
) -> tuple[QueryDict, int]:
    """The part of a query that this reader may use, and how many filters had to be left out: those
    that the list does not know, and values that are none of the reader's."""
    given = without_place(query)
    form = filters_of(list_code, given, request, user).form
    form.is_valid()
    kept = QueryDict(mutable=True)
    for name in given:
        if name in form.fields and name not in form.errors and any(given.getlist(name)):
            kept.setlist(name, given.getlist(name))
    left_out = sum(1 for name in given if name not in kept and any(given.getlist(name)))
    return kept, left_out


@transaction.atomic
def save_view(
    user: User,
    list_code: str,
    name: str,
    query: QueryDict,
    *,
    programme: Programme | None = None,
) -> SavedView:
    """Keeps a list's filters under a name, in the place of an own view of that name; with a
    programme, for its staff too.

    Raises DomainError without a name, without a filter, and for more than 20.
    """
    name = " ".join(name.replace("\0", "").split())[:80]
    if not name:
        raise DomainError(_("Give the view a name."), "name")
    if not query or list_code not in LISTS:
        raise DomainError(_("Set a filter or an order first: there is nothing to save."))
    text = query.urlencode()
    if len(text) > 1000:
        raise DomainError(_("These are too many filters to be saved."))
    if programme is not None and (
        not user.is_programme_staff or programme.pk not in access.programme_ids(user)
    ):
        raise DomainError(_("A view is shared with a programme that one works for."))
    User.objects.select_for_update().get(pk=user.pk)  # two at once do not pass the bound
    own = SavedView.objects.filter(owner=user)
    is_new = not own.filter(list=list_code, name=name).exists()
    if is_new and own.count() >= MOST:
        raise DomainError(
            _("At most %(most)s views can be kept. Remove one first.") % {"most": MOST}
        )
    view, _made = SavedView.objects.update_or_create(
        owner=user,
        list=list_code,
        name=name,
        defaults={"query": text, "programme": programme, "is_shared": programme is not None},
    )
    return view


@dataclass(frozen=True)
class CountedView:
    """A view with how many rows it leaves for who asks, up to 100."""

    view: SavedView
    count: int
    is_more: bool


def counted_views(
    user: User, request: HttpRequest, views: Iterable[SavedView]
) -> list[CountedView]:
    """Each view run as the reader."""
    found = []
    for view in views:
        kept = filters_of(view.list, QueryDict(view.query), request, user)
        if not kept.form.is_valid():
            query, _left_out = usable_query(view.list, QueryDict(view.query), request, user)
            kept = filters_of(view.list, query, request, user)
        rows: QuerySet[Model] = kept.qs
        count = rows.order_by()[: COUNTED_TO + 1].count()
        found.append(CountedView(view, min(count, COUNTED_TO), count > COUNTED_TO))
    return found

"""Pages and exports of lists: what the filters leave, as the list's table shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from core.api.counting import EXACT_UP_TO, Count, count_or_estimate
from core.csv import streamed_csv
from core.filters import FilterSet, SortFilter
from core.pagination import SIZE, Page, page_of
from core.tables import Column, Sorting, Table

if TYPE_CHECKING:
    from core.types import User

Object = TypeVar("Object", bound=Model)
Row = TypeVar("Row")
CHUNK = 500  # rows that an export holds at a time


def list_context(
    request: HttpRequest,
    viewer: User,
    table: Table[Row],
    found: FilterSet,
    queryset: QuerySet[Object],
    rows_of: Callable[[list[Object]], Iterable[Row]],
    size: int = SIZE,
    *,
    filters_open: bool = False,
) -> dict[str, object]:
    """What `parts/list.html` shows: the filters, one page of what they leave, and how much that is.

    `queryset` is what `found` leaves, with what the rows need. The filters' choices are read where
    the reader opened the filters (`?filters=open`), where one of them cannot be read, and with
    `filters_open`, for the few choices of a short list.
    """
    page, chips = page_of(request, queryset, size), found.chips()
    is_wrong = not found.form.is_valid()
    return {
        "wrong": is_wrong,
        "filters": found.whole_form
        if is_wrong or filters_open or request.GET.get("filters") == "open"
        else None,
        "page": page,
        "total": total_of(page, found.qs),
        "counted_to": EXACT_UP_TO,
        "chips": chips,
        "table": table.on_page(
            viewer, rows_of(page.rows), sorting_of(request, found), is_narrowed=bool(chips)
        ),
    }


def total_of(page: Page, queryset: QuerySet[Model]) -> Count:
    """How many rows there are; counted only where the page is not the last of them."""
    if page.rows and not page.has_next:
        return {"count": page.end_index, "exact": True}
    return count_or_estimate(queryset) if page.rows else {"count": 0, "exact": True}


def sorting_of(request: HttpRequest, found: FilterSet) -> Sorting | None:
    """The orders that the list's filter set offers; none where it has but one."""
    sort = found.filters.get("sort")
    return Sorting(sort.orders, found.sort, request.GET) if isinstance(sort, SortFilter) else None


def export_list(
    name: str,
    viewer: User,
    table: Table[Row],
    queryset: QuerySet[Object],
    rows_of: Callable[[list[Object]], Iterable[Row]] | None = None,
) -> HttpResponseBase:
    """A list as CSV, all of its pages, streamed: memory does not grow with the rows.

    Without `rows_of` the database answers with the cells themselves.
    """
    columns = table.exported(viewer)
    heads = [str(column.head) for column in columns]
    if rows_of is None:
        cells = queryset.values_list(
            *(column.sql(viewer) for column in columns if column.sql is not None)
        )
        return streamed_csv(name, heads, queryset, lambda: cells.iterator(chunk_size=CHUNK))
    return streamed_csv(name, heads, queryset, lambda: rows_by_chunk(columns, queryset, rows_of))


def rows_by_chunk(
    columns: list[Column[Row]],
    queryset: QuerySet[Object],
    rows_of: Callable[[list[Object]], Iterable[Row]],
) -> Iterator[list[object]]:
    """The cells of each row; what rows need is looked up for a chunk of them at once."""
    objects = queryset.iterator(chunk_size=CHUNK)
    while chunk := list(islice(objects, CHUNK)):
        for row in rows_of(chunk):
            yield [column.value(row) for column in columns if column.value is not None]


def back_to_list(request: HttpRequest, name: str) -> HttpResponseBase:
    """To the list, which says which filter cannot be read: a file with other rows than were asked
    for would not."""
    return redirect(f"{reverse(name)}?{request.GET.urlencode()}")

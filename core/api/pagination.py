"""Pages of a list by cursor: a page deep in the list costs what the first one does, in whatever
order the list stands."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.db.models import Q
from django.db.models.expressions import F, OrderBy
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

SALT = "accounts.api.pages"


class Term:
    """One column of an order. `nullable` columns stand with their empty values last."""

    def __init__(self, term: Any) -> None:
        self.nullable = isinstance(term, OrderBy)
        if isinstance(term, OrderBy):
            column: Any = term.expression
            self.path, self.descending = str(column.name), term.descending
        else:
            self.path, self.descending = str(term).lstrip("-"), str(term).startswith("-")

    def __str__(self) -> str:
        return f"{'-' if self.descending else ''}{self.path}"

    def order(self, *, backwards: bool) -> OrderBy:
        """As `order_by` takes it; backwards is the whole order turned round, empty values first."""
        empty: dict[str, Any] = (
            {"nulls_first" if backwards else "nulls_last": True} if self.nullable else {}
        )
        return OrderBy(F(self.path), descending=self.descending != backwards, **empty)

    def value_of(self, row: Any) -> Any:
        """The row's value in this column, as a cursor carries it."""
        value = row
        for name in self.path.split("__"):
            value = None if value is None else getattr(value, name)
        return (
            {"hex": bytes(value).hex()}
            if isinstance(value, bytes | memoryview)
            else value
            if isinstance(value, int | None)
            else str(value)
        )

    def equal(self, value: Any) -> Q:
        """Rows with this value."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any, *, backwards: bool) -> Q:
        """Rows that come after this value (before it: backwards)."""
        nothing = Q(pk__in=[])
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else nothing
        found = Q(**{f"{self.path}__{'gt' if self.descending == backwards else 'lt'}": value})
        return (
            found | Q(**{f"{self.path}__isnull": True})
            if self.nullable and not backwards
            else found
        )


class KeysetPagination(CursorPagination):
    """`{"next", "previous", "results"}`. The cursor names the last row before the page by the
    values of the list's own order.

    Cursors are signed, so that their values need no further check; one made for another order is
    refused.
    """

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 100

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page that the request asks for."""
        self.request, self.base_url = request, request.build_absolute_uri()
        self.terms = terms_of(queryset)
        size = self.get_page_size(request)
        values, backwards = self._given(request)
        rows = queryset.order_by(*(t.order(backwards=backwards) for t in self.terms))
        if values is not None:
            rows = rows.filter(self._beyond(values, backwards=backwards))
        found = list(rows[: size + 1])
        more = len(found) > size
        self.page = found[:size][::-1] if backwards else found[:size]
        self.has_next = (backwards or more) and bool(self.page)
        self.has_previous = (more if backwards else values is not None) and bool(self.page)
        return self.page

    def get_page_size(self, request: Request) -> int:
        """How many rows; a larger wish than the most allowed is cut to it.

        Raises ValidationError for what is no number above zero.
        """
        wish = request.query_params.get("page_size", "")
        if wish == "":
            return int(self.page_size or self.max_page_size)
        if not (wish.isascii() and wish.isdigit() and int(wish[:9]) > 0):
            raise ValidationError(
                {
                    "page_size": [
                        _("Write a whole number from 1 to %(most)s.") % {"most": self.max_page_size}
                    ]
                }
            )
        return min(int(wish[:9]), self.max_page_size)

    def _given(self, request: Request) -> tuple[list[Any] | None, bool]:
        """The values that the page comes after, and whether it is read backwards."""
        text = request.query_params.get(self.cursor_query_param)
        if not text:
            return None, False
        try:
            order, values, backwards = signing.Signer(salt=SALT).unsign_object(text)
        except (signing.BadSignature, ValueError):
            order, values, backwards = "", [], False
        if order != self._order():
            raise ValidationError(
                {
                    "cursor": [
                        _(
                            "This cursor does not belong to this list in this order. Begin without"
                            " one, and follow “next”."
                        )
                    ]
                }
            )
        return [bytes.fromhex(v["hex"]) if isinstance(v, dict) else v for v in values], backwards

    def _order(self) -> str:
        return ",".join(str(t) for t in self.terms)

    def _beyond(self, values: list[Any], *, backwards: bool) -> Q:
        """After all values in the order: equal in the first columns, beyond in the next."""
        condition, same = Q(), Q()
        for term, value in zip(self.terms, values, strict=True):
            condition |= same & term.beyond(value, backwards=backwards)
            same &= term.equal(value)
        return condition

    def _link(self, row: Any, *, backwards: bool) -> str:
        values = [t.value_of(row) for t in self.terms]
        text = signing.Signer(salt=SALT).sign_object((self._order(), values, backwards))
        return replace_query_param(str(self.base_url), self.cursor_query_param, text)

    def get_next_link(self) -> str | None:
        """The page after this one."""
        return self._link(self.page[-1], backwards=False) if self.page and self.has_next else None

    def get_previous_link(self) -> str | None:
        """The page before."""
        return self._link(self.page[0], backwards=True) if self.page and self.has_previous else None


def terms_of(queryset: Any) -> list[Term]:
    """The order in which the rows stand, made whole by the id."""
    terms = [Term(t) for t in queryset.query.order_by or queryset.model._meta.ordering or ("-id",)]
    if terms[-1].path not in ("id", "pk"):
        terms.append(Term("-id" if terms[-1].descending else "id"))
    return terms

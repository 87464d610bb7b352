"""Lists declare their columns once: the page, the heads by which it is sorted, and the export are
made from them. The API keeps its serializers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Expression, F
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString

from core.filters import Order, without_place
from core.text import Label

if TYPE_CHECKING:
    from core.types import User

Row = TypeVar("Row")


def everybody(_viewer: User) -> bool:
    """The audience of a column that every reader of its list sees."""
    return True


def staff(viewer: User) -> bool:
    """The audience of what the programme keeps to itself."""
    return viewer.is_programme_staff


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a list.

    It stands on the page where it has a `cell` (text, escaped here, or markup), in the export where
    it has a `value`, or `sql`: what the database answers with for this reader, which spares the
    export the rows themselves. `sort` is the list's order by this column; its reverse has a dash.
    """

    code: str
    head: Label
    cell: Callable[[Row], object] | None = None
    value: Callable[[Row], object] | None = None
    sql: Callable[[User], Expression | F] | None = None
    sort: str = ""
    audience: Callable[[User], bool] = everybody
    css: str = ""
    heads_row: bool = False  # names its row, for who hears the table read
    is_written: bool = False  # somebody's own words, which have a direction of their own


@dataclass(frozen=True)
class Head:
    """The head of a column on the page: where it leads, and how the list stands by it now."""

    label: Label
    css: str = ""
    address: str = ""
    direction: str = ""  # “ascending” or “descending”, as `aria-sort` has it

    @property
    def is_number(self) -> bool:
        """Whether the column's cells are numbers, under which its head stands at the end."""
        return "n" in self.css.split()


@dataclass(frozen=True)
class Sorting:
    """The orders that a list offers, by code, the one in which it stands, and its address."""

    orders: Mapping[str, Order]
    now: str
    query: QueryDict

    def head_of(self, column: Column[Row]) -> Head:
        """A head that sorts by its column; that turns the order round where the list stands in it,
        or takes it back where it cannot be turned round."""
        order = self.orders[column.sort]
        direction, code = "", order.code
        if self.now.removeprefix("-") == order.code:
            is_descending = order.is_descending != (self.now != order.code)
            direction = "descending" if is_descending else "ascending"
            codes = [code for code, _label in order.choices if code != self.now]
            code = codes[0] if codes else ""
        query = without_place(self.query)
        query.pop("sort", None)
        if code:
            query["sort"] = code
        return Head(column.head, column.css, f"?{query.urlencode()}", direction)


@dataclass(frozen=True)
class TableOnPage:
    """What `parts/table.html` shows."""

    caption: Label
    css: str
    heads: list[Head]
    rows: list[SafeString]
    empty: Label

    def __bool__(self) -> bool:
        """Whether it has a row."""
        return bool(self.rows)


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A list: its name, its columns in their order, and what stands in its place where it has no
    row. Rows are what the subject makes of its objects for one reader."""

    caption: Label
    columns: Sequence[Column[Row]]
    empty: Label  # where the filters leave nothing
    none_yet: Label  # where there is nothing at all
    css: str = "cards"

    def on_page(
        self,
        viewer: User,
        rows: Iterable[Row],
        sorting: Sorting | None = None,
        *,
        is_narrowed: bool = False,
    ) -> TableOnPage:
        """The table as this reader sees it; with `sorting`, heads lead to the list's orders.
        `is_narrowed`: filters left these rows."""
        columns = [c for c in self.columns if c.cell is not None and c.audience(viewer)]
        return TableOnPage(
            self.caption,
            self.css,
            [sorting.head_of(c) if sorting and c.sort else Head(c.head, c.css) for c in columns],
            [row_markup(columns, row) for row in rows],
            self.empty if is_narrowed else self.none_yet,
        )

    def exported(self, viewer: User) -> list[Column[Row]]:
        """The columns of this reader's export."""
        return [c for c in self.columns if (c.value or c.sql) and c.audience(viewer)]


def row_markup(columns: Iterable[Column[Row]], row: Row) -> SafeString:
    """The cells of one row."""
    parts = []
    for column in columns:
        found = column.cell(row) if column.cell else ""
        cell = found if isinstance(found, SafeString) else escape(str(found))
        attributes = f' class="{column.css}"' if column.css else ""
        if column.is_written:
            attributes += ' dir="auto"'
        if column.heads_row:
            parts.append(f'<th scope="row"{attributes}>{cell}</th>')
        else:
            parts.append(f"<td{attributes}>{cell}</td>")
    return SafeString("\n".join(parts))  # cells are escaped, the rest is written here


def field(path: str) -> Callable[[User], Expression | F]:
    """A column of the database as it is."""
    return lambda _viewer: F(path)

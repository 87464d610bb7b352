"""Rows in memory and their way into the database: COPY, with history rows that bear the time at
which each act happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from itertools import compress
from operator import is_not, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, models

if TYPE_CHECKING:
    from psycopg import Connection

BLOCK = 1000  # lines handed to the database at once
HISTORY_OWN = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")


def copy_text(text: str) -> str:
    """A text as COPY's text format wants it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def of_array(values: Iterable[object]) -> str:
    """An array literal of texts."""
    inner = ",".join('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return copy_text("{" + inner + "}")


def of_bytes(value: bytes) -> str:
    """A bytea in hex."""
    return "\\\\x" + value.hex()


ENCODERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: "\\N",
    str: copy_text,
    bool: lambda value: "t" if value else "f",
    int: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    list: of_array,
    bytes: of_bytes,
    dict: lambda value: copy_text(json.dumps(value, ensure_ascii=False)),
}


def copy_value(value: object) -> str:
    """One value in COPY's text format."""
    encode = ENCODERS.get(type(value))
    return encode(value) if encode else copy_text(str(value))


def getter(names: list[str]) -> Callable[[dict[str, object]], tuple[Any, ...]]:
    """Reads these values at once, always as a tuple (`itemgetter` gives one value bare)."""
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names)


def last_key(model: type[models.Model]) -> int:
    """The highest primary key of a table; 0 where it is empty."""
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


class Batch(NamedTuple):
    """Encoded lines for one table."""

    table: str
    columns: list[str]
    lines: list[str]


def copy_in(driver: Connection[object], batches: list[Batch]) -> None:
    """Copies lines into their tables, a thousand at a time, through the driver's own connection,
    which any thread may use."""
    quote = connection.ops.quote_name
    for batch in batches:
        names = ", ".join(quote(c) for c in batch.columns)
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quote(batch.table)} ({names}) FROM STDIN") as copy,
        ):
            for first in range(0, len(batch.lines), BLOCK):
                copy.write("\n".join(batch.lines[first : first + BLOCK]) + "\n")


class Table:
    """A model's table (and its history's, where it has one), with rows waiting to be written."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields = [
            f for f in model._meta.local_concrete_fields if not f.generated and not f.primary_key
        ]
        self.defaults: dict[str, object] = {f.name: f.get_default() for f in fields}
        self.relations = [f.is_relation for f in fields]
        self.columns = [f.column for f in fields]
        self.values = getter([f.name for f in fields])
        self.indices = range(len(fields))
        self.first_values = self.values(self.defaults)
        self.first_cells = [copy_value(value) for value in self.first_values]
        self.first = self.last = last_key(model)  # `first`: of what was there before
        self.written = 0
        self.rows: list[Record] = []
        self.log_lines: list[str] = []
        self._prepare_history()

    def _prepare_history(self) -> None:
        """Which columns the history keeps, where there is one."""
        tracked = getattr(self.model, "history", None)
        self.history: type[models.Model] | None = (
            tracked.rel.related_model if tracked is not None else None
        )
        if self.history is None:
            return
        kept = {f.column for f in self.history._meta.local_concrete_fields} - set(HISTORY_OWN)
        self.kept = [i for i, column in enumerate(self.columns) if column in kept]
        self.keeps_all = len(self.kept) == len(self.columns)
        self.history_columns = [self.columns[i] for i in self.kept]
        self.history_first = self.history_last = last_key(self.history)

    def new_id(self) -> int:
        """The next primary key."""
        self.last += 1
        return self.last

    def cells(self, row: Record) -> list[str]:
        """All values of a row but its key, encoded, in the order of `columns`.

        Only what has changed since the last time is encoded anew.
        """
        values, cells = self.values(row.__dict__), row.cells
        for i in compress(self.indices, map(is_not, values, row.seen)):
            value = values[i]
            cells[i] = copy_value(value.pk if value is not None and self.relations[i] else value)
        row.seen = values
        return cells

    def log(self, row: Record, at: datetime, label: str) -> None:
        """A history row: the values as they are now, with the time at which they became so."""
        if self.history is None:
            return
        found = self.cells(row)
        kept = found if self.keeps_all else [found[i] for i in self.kept]
        self.history_last += 1
        key = str(row.pk)
        self.log_lines.append(
            "\t".join((key, *kept, str(self.history_last), at.isoformat(), label, key))
        )

    def take(self) -> Iterator[Batch]:
        """The rows and history rows that wait, encoded; none wait afterwards."""
        self.written += len(self.rows)
        if self.rows:
            yield Batch(
                self.model._meta.db_table,
                ["id", *self.columns],
                ["\t".join((str(row.pk), *self.cells(row))) for row in self.rows],
            )
            self.rows = []
        if self.history is not None and self.log_lines:
            yield Batch(
                self.history._meta.db_table,
                [
                    "id",
                    *self.history_columns,
                    "pgh_id",
                    "pgh_created_at",
                    "pgh_label",
                    "pgh_obj_id",
                ],
                self.log_lines,
            )
            self.log_lines = []

    @property
    def numbered(self) -> int:
        """How many keys rows were given."""
        return self.last - self.first

    @property
    def history_numbered(self) -> int:
        """How many keys rows of the history were given."""
        return self.history_last - self.history_first

    def keys(self, model: type[models.Model]) -> tuple[str, int, int]:
        """Name of the key of the table or of its history, the last one before ours, our last."""
        if model is self.history:
            return "pgh_id", self.history_first, self.history_last
        return "id", self.first, self.last

    def copied(self, times: int) -> None:
        """All that is written was copied, until there is so many times as much."""
        self.last = self.first + self.numbered * times
        self.written *= times
        if self.history is not None:
            self.history_last = self.history_first + self.history_numbered * times

    def tables(self) -> list[tuple[str, str, int]]:
        """Name, key column and last key of each table written to."""
        own = [(self.model._meta.db_table, "id", self.last)]
        return own + (
            [(self.history._meta.db_table, "pgh_id", self.history_last)]
            if self.history is not None
            else []
        )


class Record:
    """A row in memory: attributes bear the names of the model's fields; a relation holds an object
    with a `pk`."""

    if TYPE_CHECKING:  # which attributes there are, the model says

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: object) -> None: ...

    def __init__(self, table: Table, at: datetime, /, **values: object) -> None:
        self.__dict__.update(table.defaults)
        self.__dict__.update(values)
        self.table = table
        self.seen, self.cells = table.first_values, table.first_cells.copy()
        self.pk = table.new_id()
        table.rows.append(self)
        table.log(self, at, "insert")

    def changed(self, at: datetime) -> None:
        """The row was changed: history keeps what it is now."""
        self.table.log(self, at, "update")


class Writer:
    """All tables of one run: triggers rest while it writes, sequences go on after it."""

    def __init__(self, models_in_order: Iterable[type[models.Model]]) -> None:
        self.tables = {model: Table(model) for model in models_in_order}
        self.background = ThreadPoolExecutor(1)
        self.copying: Future[None] | None = None

    def __getitem__(self, model: type[models.Model]) -> Table:
        return self.tables[model]

    def table_names(self) -> list[str]:
        """Every table that is written to."""
        return [name for table in self.tables.values() for name, _key, _last in table.tables()]

    def switch_triggers(self, word: str) -> None:
        """DISABLE or ENABLE the tables' own triggers (those of foreign keys stay at work), for this
        transaction's rows.

        The triggers would write history rows that say everything happened just now.
        """
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in self.table_names():
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} {word} TRIGGER USER")

    def flush(self) -> None:
        """Hands over what waits, tables in order, so that every key that a row points to is there
        already.

        The database works on it while the next rows are thought up; nothing else may use the
        connection until `wait`.
        """
        batches = [batch for table in self.tables.values() for batch in table.take()]
        self.wait()
        connection.ensure_connection()
        self.copying = self.background.submit(copy_in, connection.connection, batches)

    def wait(self) -> None:
        """Until all that was handed over is written; raises what the database said against it."""
        if self.copying is not None:
            self.copying.result()
            self.copying = None

    def set_sequences(self) -> None:
        """New rows get numbers after ours."""
        with connection.cursor() as cursor:
            for table in self.tables.values():
                for name, key, last in table.tables():
                    if last:
                        cursor.execute(
                            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [name, key, last]
                        )

    def analyse(self) -> None:
        """Tells the planner what is there now."""
        with connection.cursor() as cursor:
            for name in self.table_names():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")

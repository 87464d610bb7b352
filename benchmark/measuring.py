"""Asks, in one run and by turns: the operation, what lies under it, at each size; cold, then warm,
then by eight clients at once."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmark.client import Call, Client
from benchmark.installation import Installation
from benchmark.operations import Operation, Statement, bare, empty
from benchmark.readers import Reader
from benchmark.report import ReportFound

if TYPE_CHECKING:
    from psycopg import Connection

ROUNDS = 200  # different cases, each asked for once cold and once warm
CLIENTS = 8
OF_EACH_CLIENT = 10  # calls
WARM_UP = 3  # calls of each kind that are not counted
ROLE = "meridian_country"


def milliseconds(seconds: list[float]) -> float:
    """The median, in milliseconds; 0 of nothing."""
    return statistics.median(seconds) * 1000 if seconds else 0.0


@dataclass
class Times:
    """Seconds of every call of one kind."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)


@dataclass
class Measured:
    """What was found of an operation at one size."""

    operation: Operation
    times: Times = field(default_factory=Times)
    floor: Times = field(default_factory=Times)  # its statements alone
    together: list[float] = field(default_factory=list)  # by eight clients at once
    processor: float = 0.0  # milliseconds of the web server a call
    statements: int = 0  # the most that a call took


@dataclass
class Found:
    """What a run found at one size."""

    requests: int
    bare: Times = field(default_factory=Times)
    doors: dict[tuple[bool, bool], Times] = field(  # by token or session; for a country or not
        default_factory=lambda: defaultdict(Times)
    )
    operations: dict[str, Measured] = field(default_factory=dict)
    peak_memory: int = 0  # kilobytes of a process of the web server
    made: dict[str, float] = field(default_factory=dict)
    report: ReportFound | None = None


class Asker:
    """Asks one installation, as its readers."""

    def __init__(self, installation: Installation, operations: list[Operation]) -> None:
        self.installation, self.operations = installation, operations
        self.client = Client(installation.port)
        self.databases = {r.role: database_of(installation, r) for r in installation.readers}
        self.found = Found(installation.requests, made=installation.made)
        for operation in operations:
            self.found.operations[operation.code] = Measured(operation)

    def readers_of(self, operation: Operation) -> list[Reader]:
        """Who asks for it."""
        return [r for r in self.installation.readers if operation.reads(r)]

    def round(self, number: int, *, counted: bool) -> None:
        """Everything once cold and once warm, each operation by the reader whose turn it is."""
        self.door(bare(), self.found.bare, counted=counted)
        for by_token in (True, False):
            for for_country in (False, True):
                readers = [r for r in self.installation.readers if r.is_focal_point == for_country]
                if readers:
                    call = empty(readers[number % len(readers)], by_token=by_token)
                    times = self.found.doors[by_token, for_country]
                    self.door(call, times, counted=counted)
        for operation in self.operations:
            readers = self.readers_of(operation)
            reader = readers[number % len(readers)]
            self.operation(operation, reader, number, counted=counted)

    def door(self, call: Call, times: Times, *, counted: bool) -> None:
        """A bare or an empty view."""
        self.installation.empty_cache()
        cold, warm = self.client.ask(call), self.client.ask(call)
        if counted:
            times.cold.append(cold)
            times.warm.append(warm)

    def operation(
        self, operation: Operation, reader: Reader, number: int, *, counted: bool
    ) -> None:
        """One operation and its statements, for one case."""
        call, measured = operation.call(reader, number), self.found.operations[operation.code]
        statements = operation.floor(reader, number)
        database = self.databases[reader.role]
        self.installation.empty_cache()
        cold = self.client.ask(call)
        floor_cold = run(database, statements, keeps=not operation.makes)
        warm = self.client.ask(operation.call(reader, number))
        floor_warm = run(database, statements, keeps=not operation.makes)
        if counted:
            measured.times.cold.append(cold)
            measured.times.warm.append(warm)
            measured.floor.cold.append(floor_cold)
            measured.floor.warm.append(floor_warm)
        else:
            statements_taken = self.client.statements(operation.call(reader, number))
            measured.statements = max(measured.statements, statements_taken)

    def crowd(self, operation: Operation) -> None:
        """Eight clients at once, each on a connection of its own; what it takes of the server."""
        readers, measured = self.readers_of(operation), self.found.operations[operation.code]

        def one(client_number: int) -> list[float]:
            client, taken = Client(self.installation.port), []
            for turn in range(OF_EACH_CLIENT):
                number = client_number * OF_EACH_CLIENT + turn
                call = operation.call(readers[number % len(readers)], number)
                taken.append(client.ask(call))
            client.close()
            return taken

        before = self.installation.processor_seconds()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for taken in pool.map(one, range(CLIENTS)):
                measured.together += taken
        spent = self.installation.processor_seconds() - before
        measured.processor = spent / (CLIENTS * OF_EACH_CLIENT) * 1000

    def close(self) -> None:
        """Ends all connections."""
        self.client.close()
        for database in self.databases.values():
            database.close()


def database_of(installation: Installation, reader: Reader) -> Connection[tuple[object, ...]]:
    """A warm connection as this reader: a focal point's under the countries' role."""
    connection = installation.connect()
    if reader.is_focal_point:
        countries = "{" + ",".join(map(str, reader.countries)) + "}"
        for name, value in (("user", str(reader.user)), ("countries", countries)):
            connection.execute("SELECT set_config(%s, %s, false)", [f"meridian.{name}", value])
        connection.execute(f"SET ROLE {ROLE}")
    return connection


def run(
    database: Connection[tuple[object, ...]], statements: list[Statement], *, keeps: bool
) -> float:
    """Seconds of the statements with their rows fetched; with `keeps` off, in a transaction that is
    committed as the product's is."""
    began = time.perf_counter()
    with whole(database, keeps=keeps):
        for text, given in statements:
            database.execute(text, given).fetchall()
    return time.perf_counter() - began


@contextmanager
def whole(database: Connection[tuple[object, ...]], *, keeps: bool) -> Iterator[None]:
    """Statements one by one, or as one transaction."""
    if keeps:
        yield
    else:
        with database.transaction():
            yield


def measure(
    installations: list[Installation],
    operations: list[Operation],
    rounds: int,
    say: Callable[[str], object],
) -> list[Found]:
    """Everything that is measured, by size. Raises WrongAnswer."""
    askers = [Asker(installation, operations) for installation in installations]
    try:
        for number in range(WARM_UP + rounds):
            for asker in askers:
                asker.round(number, counted=number >= WARM_UP)
            if number % 20 == 0:
                say(f"round {number} of {WARM_UP + rounds} …")
        for operation in operations:
            for asker in askers:
                asker.crowd(operation)
        for asker in askers:
            asker.found.peak_memory = asker.installation.peak_memory()
        return [asker.found for asker in askers]
    finally:
        for asker in askers:
            asker.close()

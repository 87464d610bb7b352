"""Judges what was measured, and prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmark.measuring import Found, Measured, milliseconds
from benchmark.report import ReportFound

DOOR_MOST = 3.0  # times a bare view that an empty signed-in one may take
REPORT_MOST = 2.0  # times its floor
MEMORY_MOST = 400  # MB of a process that makes a report
SAMPLE_LEAST = 500.0  # sample requests a second
NAMES = {
    (True, False): "empty view by token",
    (False, False): "empty view by session",
    (True, True): "empty view by token, of a country",
    (False, True): "empty view by session, of a country",
}


@dataclass(frozen=True)
class Line:
    """One line of the table: an operation at one size. Times in milliseconds."""

    code: str
    title: str
    requests: int
    cold: float
    warm: float
    floor: float
    ratio: float
    most: float
    growth: float | None = None
    growth_most: float | None = None
    together: float = 0.0
    processor: float = 0.0
    statements: int = 0

    @property
    def missed(self) -> list[str]:
        """By how much each bound is missed."""
        found = []
        if self.ratio > self.most:
            found.append(
                f"{self.title} at {self.requests:,} requests takes {self.ratio:.2f} times its"
                f" floor; at most {self.most:g} ({self.ratio / self.most - 1:+.0%})."
            )
        if self.growth is not None and self.growth_most and self.growth > self.growth_most:
            found.append(
                f"{self.title} takes {self.growth:.2f} times as long at {self.requests:,}"
                f" requests as at 10,000; at most {self.growth_most:g}."
            )
        return found


def lines_of(found: Found, smaller: Found | None) -> Iterator[Line]:
    """The table of one size, beside that of the smaller one."""
    bare = milliseconds(found.bare.cold)
    for door, times in found.doors.items():
        cold = milliseconds(times.cold)
        yield Line(
            "door_" + ("token" if door[0] else "session") + ("_country" if door[1] else ""),
            NAMES[door],
            found.requests,
            cold,
            milliseconds(times.warm),
            bare,
            cold / bare,
            DOOR_MOST,
        )
    for code, measured in found.operations.items():
        before = smaller.operations[code] if smaller else None
        yield line_of(found, measured, before)
    if found.report is not None:
        yield from lines_of_report(found.requests, found.report)


def lines_of_report(requests: int, report: ReportFound) -> Iterator[Line]:
    """The figures of a quarter and the whole report; they grow as the rows of the period do."""
    for code, title, took, floor in (
        ("figures", "figures of a quarterly report", report.figures, report.figures_floor),
        ("report", "quarterly report, every format", report.whole, report.whole_floor),
    ):
        milliseconds_taken = took * 1000
        yield Line(
            code,
            title,
            requests,
            milliseconds_taken,
            milliseconds_taken,
            floor * 1000,
            took / floor,
            REPORT_MOST,
        )


def memory_missed(found: Found) -> list[str]:
    """Which process of a worker took more memory for a report than it may."""
    if found.report is None:
        return []
    peaks = {"worker": found.report.worker_peak, "typesetter": found.report.typesetter_peak}
    return [
        f"A report at {found.requests:,} requests takes the {name} to {peak / 1024:,.0f} MB; at"
        f" most {MEMORY_MOST}."
        for name, peak in peaks.items()
        if peak > MEMORY_MOST * 1024
    ]


def line_of(found: Found, measured: Measured, before: Measured | None) -> Line:
    """The line of an operation. Its floor is the empty view of its door and its statements."""
    operation = measured.operation
    doors = [
        milliseconds(times.cold)
        for (by_token, for_country), times in found.doors.items()
        if by_token == operation.by_token and for_country in operation.for_countries
    ]
    floor = sum(doors) / len(doors) + milliseconds(measured.floor.cold)
    cold = milliseconds(measured.times.cold)
    return Line(
        operation.code,
        operation.title,
        found.requests,
        cold,
        milliseconds(measured.times.warm),
        floor,
        cold / floor,
        operation.most,
        cold / milliseconds(before.times.cold) if before else None,
        operation.growth if before else None,
        milliseconds(measured.together),
        measured.processor,
        measured.statements,
    )


HEAD = (
    f"{'operation':<38}{'cold':>8}{'warm':>8}{'floor':>8}{'ratio':>7}{'most':>6}{'growth':>8}"
    f"{'by 8':>8}{'CPU':>7}{'SQL':>5}"
)


def printed(line: Line) -> str:
    """A line of the table, in milliseconds."""
    growth = f"{line.growth:.2f}" if line.growth is not None else ""
    return (
        f"{line.title:<38}{line.cold:>8.1f}{line.warm:>8.1f}{line.floor:>8.1f}{line.ratio:>7.2f}"
        f"{line.most:>6g}{growth:>8}{line.together:>8.1f}{line.processor:>7.1f}"
        f"{line.statements or '':>5}{'  missed' if line.missed else ''}"
    )

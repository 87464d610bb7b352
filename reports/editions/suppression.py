"""Small numbers: which numbers of people and requests stay out, so that none under three can be
read or worked out.

Engagements are not people: they are never withheld (the rules of the programme, section 7). Of
people, of requests and of countries that asked, a cell under three is left out. Readers know a
table's total and its other cells, so what is left out must be two cells at least, whose sum lets
each be more than one number: the next smallest go with it, and where there is none, the total and
all that it is split by. All of them bear the same mark, since a mark for those under three alone
would tell the others. A share goes whole where its numerator, its denominator or their difference
is one or two, and the share of all with the share of a part. Every column of a table, those of
earlier periods too, is treated by itself and in the same way each time, so that two reports beside
each other tell no more than one.
"""

from __future__ import annotations

from reports.figures.adjustments import adjusted_head, first_day
from reports.figures.scope import is_of_demand
from reports.figures.units import CALENDAR_DAYS, COUNT, DAYS, MONEY, PEOPLE, SCORE, SHARE
from reports.snapshots.types import (
    COLUMNS,
    COUNTED,
    DENOMINATORS,
    EARLIER,
    NUMERATORS,
    Column,
    FigureData,
    FiguresData,
    Rows,
)

FEW = 3  # cells below stay out
SPLIT_BY_SEX = "participants"  # whose cells stand right under it
FEW_ANSWERS = 5  # means of fewer stay out
MEDIANS = (DAYS, CALENDAR_DAYS)  # units
WORKED_OUT = (SHARE, SCORE)  # units of what says how many it was worked out from
ANSWERS = tuple(
    f"needs_met.outcome.{outcome}" for outcome in ("met", "partly_met", "not_met", "not_stated")
)
# What is worked out from cells of a table: where one of these stays out, it would tell it.
TOLD_BY = {
    "women_share": ("participants.women", "participants.men"),
    "needs_met": ANSWERS,
    "usefulness": ANSWERS,
    "timeliness": ANSWERS,
    "cost_per_participation": ("participants",),
}


def suppress_small_counts(figures: FiguresData) -> None:
    """Leaves out of counts, shares and medians what would tell fewer than three.

    `few`: under three, standing alone; `withheld`: not shown.
    """
    told = {code: figure for code, figure in figures.items() if tells_of_people(code, figure)}
    counts = {code: figure for code, figure in told.items() if figure["unit"] in (COUNT, PEOPLE)}
    totals = {total_of(family) for family in map(family_of, counts) if family}
    gone = {
        name: small_and_kin({code: column_value(figure, name) for code, figure in counts.items()})
        for name in COLUMNS
    }
    for code, figure in counts.items():
        if code in gone["value"]:
            figure["value"] = None
            if code in totals or family_of(code):
                figure["withheld"] = True
            else:
                figure["few"] = True
            figure["rows"] = Rows(kind=figure["rows"]["kind"], ids=[])
        for earlier in EARLIER:
            if earlier in figure and (
                code in gone[earlier] or code in gone["value"]
            ):  # a difference would give it away
                figure[earlier] = None
    withhold_shares(
        {code: figure for code, figure in figures.items() if is_worked_out(code, figure)}, gone
    )
    for figure in told.values():
        if "counted" in figure and figure["unit"] in MEDIANS:
            withhold_median(figure)


def withhold_adjustments(figures: FiguresData) -> FiguresData:
    """Adjustments for readers outside, without their rows: those of people or requests of one or
    two, of either sign, stay out, and the sum with them; of people also those from which they
    could be worked out, all of that period."""
    small = {
        code
        for code, figure in figures.items()
        if figure["unit"] in (COUNT, PEOPLE) and is_few(code, figure)
    }
    periods = {first_day(code) for code in small if figures[code]["unit"] == PEOPLE}
    for code, figure in figures.items():
        head, day = adjusted_head(code), first_day(code)
        if head == "engagements_delivered" or figure["unit"] == MONEY:
            gone = False
        elif figure["unit"] == PEOPLE:
            gone = bool(periods) if day is None else day in periods
        else:
            gone = code in small or (day is None and any(adjusted_head(c) == head for c in small))
        if gone:
            figure["value"], figure["withheld"] = None, True
        figure["rows"] = Rows(kind=figure["rows"]["kind"], ids=[])
    return figures


def is_few(code: str, figure: FigureData) -> bool:
    """Whether an adjustment is of one or two people or requests."""
    return (
        adjusted_head(code) != "engagements_delivered" and 0 < abs(int(figure["value"] or 0)) < FEW
    )


def tells_of_people(code: str, figure: FigureData) -> bool:
    """Whether a figure counts people, who came from where, requests, what is due to them, or
    countries because they asked."""
    return (
        figure["unit"] == PEOPLE
        or figure["rows"]["kind"] == "participation"
        or is_of_demand(code, figure)
    )


def is_worked_out(code: str, figure: FigureData) -> bool:
    """Whether a figure is a share or a mean of people or requests, or a cost divided by people."""
    return code in TOLD_BY or (figure["unit"] in WORKED_OUT and tells_of_people(code, figure))


def withhold_means(figures: FiguresData) -> None:
    """Leaves out means of fewer than five answers: in every edition, since one of few tells what
    somebody answered."""
    for figure in figures.values():
        for name in COLUMNS if figure["unit"] == SCORE else ():
            if 0 < int(figure.get(NUMERATORS[name]) or 0) < FEW_ANSWERS:
                leave_out(figure, name)


def column_value(figure: FigureData, name: Column) -> int:
    """A column's value; what is not there counts nothing."""
    return int(figure.get(name) or 0)


def family_of(code: str) -> str | None:
    """The table in which a cell stands: `requests_received.pillar` of
    `requests_received.pillar.research`. None for what stands by itself."""
    head = code.rpartition(".")[0]
    return head if "." in head or head == SPLIT_BY_SEX else None


def total_of(family: str) -> str:
    """The figure that a table adds up to."""
    return family.partition(".")[0]


def small_and_kin(column: dict[str, int]) -> set[str]:
    """Of one column's numbers by code, the codes that stay out."""
    families: dict[str, list[str]] = {}
    for code in column:
        if family := family_of(code):
            families.setdefault(family, []).append(code)
    gone = {code for code, value in column.items() if 0 < value < FEW}
    for family, codes in families.items():
        hidden = [code for code in codes if code in gone]
        if not hidden:
            continue
        for kin in sorted(
            (c for c in codes if column[c] and c not in gone), key=lambda c: (column[c], c)
        ):
            if len(hidden) > 1 and sum(column[c] for c in hidden) > len(hidden):
                break
            hidden.append(kin)
        gone.update(hidden)
        if len(hidden) < 2 or sum(column[c] for c in hidden) == len(hidden):
            total = total_of(family)
            gone.update(
                c
                for c in column
                if c == total
                or (family_of(c) and total_of(str(family_of(c))) == total and column[c])
            )
    return gone


def withhold_shares(shares: FiguresData, gone: dict[Column, set[str]]) -> None:
    """Leaves out, whole, each share that tells few by itself or beside cells that stay out, and the
    one that its table adds up to."""
    for name in COLUMNS:
        small = {
            code
            for code, share in shares.items()
            if tells_few(share, name) or gone[name] & set(TOLD_BY.get(code, ()))
        }
        for code in small | {total_of(code) for code in small} & set(shares):
            leave_out(shares[code], name)


def tells_few(share: FigureData, name: Column) -> bool:
    """Whether one or two people or requests are a column's numerator, its denominator, or what lies
    between them."""
    whole = share.get(DENOMINATORS[name]) or 0
    if share["unit"] == MONEY:
        return 0 < whole < FEW
    part = int(share.get(NUMERATORS[name]) or 0)
    return any(0 < n < FEW for n in (part, whole, whole - part))


def leave_out(share: FigureData, name: Column) -> None:
    """Takes a column out of a share, with what it was worked out from."""
    if name in share:
        share[name] = None
    if NUMERATORS[name] in share:
        share[NUMERATORS[name]] = None
    if DENOMINATORS[name] in share:
        share[DENOMINATORS[name]] = None
    if name == "value":
        if "counted" in share:
            share["counted"] = None
        share["withheld"] = True


def withhold_median(figure: FigureData) -> None:
    """A median over one or two is one of them, or the middle of both."""
    for name in COLUMNS:
        if 0 < (figure.get(COUNTED[name]) or 0) < FEW:
            figure[name], figure[COUNTED[name]] = None, None
            if name == "value":
                figure["withheld"] = True

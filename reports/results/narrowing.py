"""A figure of the catalogue as an indicator counts it: over the rows that it is narrowed to, as a number
or as a share.

A figure can be narrowed by what it is told apart by, and by nothing else, so that names of columns
are always the catalogue's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from assistance.results.choices import Measurement, OverPeriods
from reports.figures.catalogue import FIGURES
from reports.figures.counting import Parameters
from reports.figures.definition import Definition, Split
from reports.figures.measures import Count, Measure, Share
from reports.figures.units import SHARE

EXPLAINED = "denominator"  # of a share: in words, for readers
OR = " or "


class Unfit(ValueError):
    """That an indicator cannot be computed so, as a sentence."""


@dataclass(frozen=True)
class Narrowed:
    """A measure with what its SQL is given, by name."""

    measure: Measure
    unit: str
    kind: str  # of its rows
    parameters: Parameters


def check_computed(
    figure: str, narrowed_by: Mapping[str, object], measurement: str, over_periods: str
) -> str:
    """What is wrong with an indicator that is to be computed so; empty where nothing is."""
    try:
        found = narrowed(figure, narrowed_by, measurement, "")
    except Unfit as error:
        return str(error)
    if found.measure.distinct and over_periods == OverPeriods.SUM:
        return _(
            "“%(code)s” counts each once: over periods write “anew”, “latest” or “highest”, not"
            " “sum”."
        ) % {"code": figure}
    return ""


def narrowed(
    figure: str, narrowed_by: Mapping[str, object], measurement: str, prefix: str
) -> Narrowed:
    """A figure narrowed; names of parameters begin with `prefix`. Raises Unfit.

    A share of a figure that counts: of its rows those that it is narrowed to or, narrowed by nothing, of
    the rows of its whole its own.
    """
    definition = FIGURES.get(figure)
    if definition is None:
        raise Unfit(_("the catalogue has no figure “%(code)s”.") % {"code": figure})
    measure, conditions, parameters = definition.measure, [], Parameters()
    for number, (name, value) in enumerate(sorted(narrowed_by.items())):
        if name == EXPLAINED:
            continue
        if part := part_of(definition, name, value):
            measure = part
            continue
        split, parameter = split_of(definition, name), f"{prefix}narrowed_{number}"
        given = f"%({parameter})s::text[]"
        conditions.append(
            f"({split.told_by})::text[] && {given}"
            if split.many
            else f"{split.told_by}::text = ANY({given})"
        )
        parameters[parameter] = values_of(name, value)
    condition = " AND ".join(conditions)
    if measurement == Measurement.SHARE and not isinstance(measure, Share):
        return Narrowed(
            share_of(definition, measure, condition), SHARE, definition.rows, parameters
        )
    if (measurement == Measurement.SHARE) != isinstance(measure, Share):
        raise Unfit(_("“%(code)s” is a share: measure it as one.") % {"code": figure})
    if measurement == Measurement.QUALITATIVE:
        raise Unfit(_("words on a scale are reported by people, not computed."))
    where = " AND ".join(filter(None, (measure.where, condition)))
    unit = definition.split_unit if conditions and definition.split_unit else definition.unit
    return Narrowed(replace(measure, where=where), unit, definition.rows, parameters)


def part_of(definition: Definition, name: str, value: object) -> Measure | None:
    """The measure of a part that a value names, such as women of those who took part."""
    of_dimension = {
        part.suffix: part.measure for part in definition.parts if part.dimension == name
    }
    if not of_dimension:
        return None
    if value not in of_dimension:
        raise Unfit(
            _("“%(name)s” is one of: %(known)s.") % {"name": name, "known": ", ".join(of_dimension)}
        )
    return of_dimension[str(value)]


def split_of(definition: Definition, name: str) -> Split:
    """The dimension of this name, or of this column."""
    for split in definition.splits:
        if name in (split.dimension, split.told_by):
            return split
    raise Unfit(
        _("“%(code)s” is not told apart by “%(name)s”. It is by: %(known)s.")
        % {
            "code": definition.code,
            "name": name,
            "known": ", ".join(definition.dimensions) or _("nothing"),
        }
    )


def values_of(name: str, value: object) -> list[str]:
    """One value, a list of them, or several in a text: “LDC, LLDC or SIDS”."""
    written = value if isinstance(value, list) else str(value).replace(OR, ",").split(",")
    found = [str(one).strip() for one in written if str(one).strip()]
    return [one.lower() for one in found] if name == "group" else found


def share_of(definition: Definition, measure: Measure, condition: str) -> Share:
    """A count as part of a whole. Raises Unfit where there is none."""
    if not isinstance(measure, Count) or measure.distinct:
        raise Unfit(_("“%(code)s” is no share and has no whole.") % {"code": definition.code})
    if condition:
        return Share(
            source=measure.source, where=measure.where, part=f"({condition})::int", key=measure.key
        )
    whole = FIGURES[definition.whole].measure if definition.whole else None
    if whole is None or whole.source != measure.source:
        raise Unfit(
            _("“%(code)s” is a number: narrow it, so that it is a part of itself.")
            % {"code": definition.code}
        )
    return Share(
        source=measure.source, where=whole.where, part=f"({measure.where})::int", key=measure.key
    )

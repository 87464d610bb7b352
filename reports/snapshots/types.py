"""The shape of a snapshot as JSON keeps it: of what is stored, of editions, and of what documents are
made from.

A key that is absent is not null, and both stay as they are: the text is the record. Money and other
decimals are text, medians and shares floats, dates ISO 8601, names by language.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Names = dict[str, str]  # by language: en, fr, es, ru, ar, zh
Number = int | float | str | None
Earlier = Literal["previous", "year_before"]  # periods beside a report's own
Column = Literal["value", "previous", "year_before"]
NumeratorKey = Literal["numerator", "previous_numerator", "year_before_numerator"]
DenominatorKey = Literal["denominator", "previous_denominator", "year_before_denominator"]
CountedKey = Literal["counted", "previous_counted", "year_before_counted"]
EARLIER: tuple[Earlier, ...] = ("previous", "year_before")
COLUMNS: tuple[Column, ...] = ("value", *EARLIER)
# What stands beside the value of a column.
NUMERATORS: dict[Column, NumeratorKey] = {
    "value": "numerator",
    "previous": "previous_numerator",
    "year_before": "year_before_numerator",
}
DENOMINATORS: dict[Column, DenominatorKey] = {
    "value": "denominator",
    "previous": "previous_denominator",
    "year_before": "year_before_denominator",
}
COUNTED: dict[Column, CountedKey] = {
    "value": "counted",
    "previous": "previous_counted",
    "year_before": "year_before_counted",
}


class Rows(TypedDict):
    """What a figure counts: the kind of its rows, and their ids, keys of the annex."""

    kind: str
    ids: list[int]


class FigureData(TypedDict):
    """One figure. Numerator and denominator are those of a share, mean or quotient; `counted` is over
    how many rows a sum, median or mean is; `others` how many other countries a cost is shared with.

    Editions mark what they leave out: `few` (under three) or `withheld`.
    """

    unit: str
    value: Number
    rows: Rows
    numerator: NotRequired[int | str | None]
    denominator: NotRequired[int | None]
    counted: NotRequired[int | None]
    others: NotRequired[int]
    previous: NotRequired[Number]
    previous_numerator: NotRequired[int | str | None]
    previous_denominator: NotRequired[int | None]
    previous_counted: NotRequired[int | None]
    year_before: NotRequired[Number]
    year_before_numerator: NotRequired[int | str | None]
    year_before_denominator: NotRequired[int | None]
    year_before_counted: NotRequired[int | None]
    few: NotRequired[bool]
    withheld: NotRequired[bool]


FiguresData = dict[str, FigureData]  # by code


class ComparedValue(TypedDict):
    """What of a figure two revisions are compared by."""

    value: Number
    numerator: int | str | None
    denominator: int | None


class RequestRow(TypedDict):
    """A request as known at the cut-off; its state at the period's end where it was open then."""

    reference: str
    country: str
    pillar: str | None
    received_on: str
    state: str | None


class EngagementRow(TypedDict):
    """An engagement as known at the cut-off, with the cost of the parts that are counted."""

    reference: str
    title: str
    type: str
    pillar: str | None
    starts_on: str | None
    ends_on: str | None
    cost: NotRequired[str | None]
    currency: str
    state: NotRequired[str]
    recorded_after_period: bool


class ParticipationRow(TypedDict):
    """Who came from a country to a part; None is not reported."""

    reference: str
    country: str
    women: int | None
    men: int | None
    other: int | None
    unknown: int | None
    total: int | None
    ends_on: str


class CountryRow(TypedDict):
    """A country: ISO 3166 code and names."""

    reference: str
    names: Names


class ClockRow(TypedDict):
    """Something that was due on a request: kept, missed or left out."""

    request: int
    reference: str
    country: str
    standard: str
    due_on: str
    ended_on: str | None
    outcome: str


# An action taken on a request: the state that it was taken in where it ended without an answer, why,
# or what the country said; days of what was completed. One of its keys is a word of Python.
ActRow = TypedDict(
    "ActRow",
    {
        "request": int,
        "reference": NotRequired[str],
        "country": NotRequired[str],
        "action": str,
        "on": str,
        "reason": NotRequired[str],
        "from": NotRequired[str],
        "outcome": NotRequired[str],
        "usefulness": NotRequired[int],
        "timeliness": NotRequired[int],
        "days": NotRequired[int],
    },
)


class CampaignRow(TypedDict):
    """A campaign with how many it reached, and how that was estimated."""

    reference: str
    title: str
    reach: int | None
    method: str


class TreatyActionRow(TypedDict):
    """What a country did about an instrument; `date` is the first day on which it can have been."""

    reference: str
    country: str
    country_names: dict[str, str]
    instrument: str
    treaty_action: str
    date: str


class AttendanceRow(TypedDict):
    """A country that was brought to a session, which is named in six languages."""

    reference: str
    country: str
    country_names: dict[str, str]
    process: str
    session: int
    session_names: dict[str, str]
    ends_on: str


class SurveyRow(TypedDict):
    """A wave of questions to the people of an engagement: calendar months after it, how many were asked
    and answered."""

    reference: str
    engagement: int
    title: str
    months: str
    closed_on: str
    asked: int
    answered: int


class IndicatorValueRow(TypedDict):
    """A value of an indicator that somebody reported and another person approved; the id of the value
    that it restates, and why."""

    reference: str
    period_start: str
    period_end: str
    value: str | None
    numerator: int | None
    denominator: int | None
    source: str
    restates: int | None
    reason: str
    parts: NotRequired[dict[str, dict[str, str]]]  # by dimension


class RecordRow(TypedDict):
    """A record of an engagement that was due: kept or missed."""

    standard: str
    reference: str
    title: str
    due_on: str
    ended_on: str | None
    outcome: str


class AdjustmentRow(TypedDict):
    """What one row adds to a figure of an earlier period; amounts of money are text."""

    figure: str
    period: str
    reference: str
    before: int | str
    now: int | str
    cause: str
    subject: int | None
    country: NotRequired[str]


class Annex(TypedDict):
    """Every row that a figure counts, by kind and id."""

    request: dict[str, RequestRow]
    engagement: dict[str, EngagementRow]
    participation: dict[str, ParticipationRow]
    country: dict[str, CountryRow]
    clock: dict[str, ClockRow]
    act: dict[str, ActRow]
    record: dict[str, RecordRow]
    campaign: NotRequired[dict[str, CampaignRow]]
    adjustment: NotRequired[dict[str, AdjustmentRow]]
    treaty_action: NotRequired[dict[str, TreatyActionRow]]
    attendance: NotRequired[dict[str, AttendanceRow]]
    indicator_value: NotRequired[dict[str, IndicatorValueRow]]
    survey: NotRequired[dict[str, SurveyRow]]


class Span(TypedDict):
    """A period, half-open."""

    start: str
    end: str


class ComparedSpan(Span):
    """A period beside the report's own: of a revision in force, or worked out."""

    worked_out: NotRequired[bool]
    revision: NotRequired[int | None]


class StatedSpan(Span):
    """A reported period of the chain, and which publications spoke of it."""

    cutoff: str
    revision: int
    adjusted_by: list[int]


class ChainData(TypedDict, total=False):
    """Which publications of earlier periods were read; empty for a report that adjusts none."""

    stated: list[StatedSpan]
    not_reported: list[Span]


class SubjectData(TypedDict):
    """What a report is about."""

    type: str
    id: int
    reference: str
    names: Names


class ScopeData(TypedDict, total=False):
    """What a report is narrowed to."""

    countries: list[int]
    group: str
    region: str
    pillar: int
    donor: int
    engagement: int
    country_names: list[Names]
    pillar_code: str
    donor_title: str


class ProgrammeData(TypedDict):
    """Whose report it is."""

    id: int
    code: str
    title: str
    names: NotRequired[dict[str, str]]
    zone: str
    currency: str


class ProfileRequest(TypedDict):
    """A request of the country."""

    reference: str
    title: str
    received_on: str
    state: str
    pillar: str | None


class ProfileStep(TypedDict):
    """A next step that is not done; `for_all` is ours for all countries of its engagement."""

    engagement: str
    side: str
    what: str
    due_on: str
    for_all: NotRequired[bool]


class ProfileData(TypedDict):
    """What a brief says of its country beside figures."""

    groups: list[str]
    requests: list[ProfileRequest]
    steps: list[ProfileStep]


class MissionPart(TypedDict):
    """A part of the mission, as text."""

    number: str
    title: str
    starts_on: str | None
    ends_on: str | None
    days: str | None
    hours: str | None


class MissionParticipation(TypedDict):
    """Who came from a country; None is not reported."""

    country: str
    women: int | None
    men: int | None
    other: int | None
    unknown: int | None
    institutions: str | None


class MissionStep(TypedDict):
    """What follows, ours or of a country, as text."""

    side: str
    country: str | None
    what: str
    due_on: str | None
    done_on: str | None


class MissionData(TypedDict):
    """What a mission report says of its engagement beside figures."""

    reference: str
    title: str
    type: str
    modality: str
    place: str
    state: str
    starts_on: str | None
    ends_on: str | None
    partners: str
    objectives: str
    outcome: str
    follow_up: str
    reach: int | None
    reach_method: str
    requests: list[str]
    parts: list[MissionPart]
    participation: list[MissionParticipation]
    steps: list[MissionStep]


class Narrative(TypedDict, total=False):
    """What a kind of report says beside figures."""

    profile: ProfileData
    mission: MissionData


class CorrectionData(TypedDict):
    """What a corrected revision says otherwise than the one before; its reason in the programme's
    own edition."""

    number: int
    reason: NotRequired[str]
    changes: list[str]
    before: dict[str, ComparedValue]


class StatedData(TypedDict):
    """What a snapshot states of the figures that are adjusted, and adds to earlier periods, by their
    first day: kept beside it, so that a chain is read without its snapshots."""

    rules: int
    values: dict[str, Number]
    adjustments: dict[str, dict[str, Number]]
    chain: ChainData


class BaselineData(TypedDict):
    """Where an indicator began; without a value, numerator or words it was not measured."""

    year: int | None
    value: str | None
    numerator: int | None
    denominator: int | None
    words: str


class TargetData(TypedDict):
    """What an indicator is to reach by the end of a day: of a share in per cent, or in words."""

    by: str
    value: str | None
    words: str


class RatingData(TypedDict):
    """How a person rated an indicator, and why."""

    rating: str
    reason: str


class IndicatorData(TypedDict):
    """An indicator; its values are the figures `results.<code>` and `results.<code>.cumulative`.
    `progress` from 0 (baseline) to 1 (target), as text; `rating` by the rule, None where a person is to
    rate."""

    code: str
    text: str
    unit: str
    measurement: str
    direction: str
    baseline: BaselineData
    target: TargetData | None
    words: str
    computed_from: str
    means_of_verification: str
    progress: str | None
    rating: str | None
    given: RatingData | None


class OutputData(TypedDict):
    """An output with its indicators; `pillar` is a code."""

    code: str
    text: str
    pillar: str | None
    indicators: list[IndicatorData]
    changed: NotRequired[str]  # in this period, in people's words


class OutcomeData(TypedDict):
    """An outcome with its own indicators and its outputs."""

    code: str
    text: str
    indicators: list[IndicatorData]
    outputs: list[OutputData]


class LateValueData(TypedDict):
    """A value of an earlier period that was approved since the cut-off before; `reason` where it
    restates another, which was `before`."""

    code: str
    period_start: str
    period_end: str
    value: str
    before: str
    reason: str


class ResultsData(TypedDict):
    """A version of a results framework as it stood at the cut-off."""

    code: str
    title: str
    version: int
    first_day: str
    until: str
    outcomes: list[OutcomeData]
    late: list[LateValueData]


class PlanResultData(TypedDict):
    """A value of an indicator of a plan that was agreed with a country; `wave` says when it was
    measured."""

    reference: str
    country: str
    country_names: Names
    indicator: str
    unit: str
    baseline: str
    target: str
    wave: str
    value: str
    measured_on: str
    source: str


class Snapshot(TypedDict):
    """Everything that a report says. What is stored as text has a hash over the rows in their place
    (`storage.py`)."""

    form: int
    rules: NotRequired[int]
    kind: str
    subject: NotRequired[SubjectData]
    scope: NotRequired[ScopeData]
    programme: ProgrammeData
    period: Span
    previous: NotRequired[ComparedSpan | None]
    year_before: NotRequired[ComparedSpan | None]
    chain: NotRequired[ChainData]
    cutoff: str
    figures: FiguresData
    names: dict[str, dict[str, Names]]
    annex: Annex
    rows_sha256: NotRequired[str]
    profile: NotRequired[ProfileData | None]
    mission: NotRequired[MissionData]
    results: NotRequired[ResultsData]
    plan_results: NotRequired[list[PlanResultData]]
    revision: NotRequired[CorrectionData]
    title: NotRequired[str]
    audience: NotRequired[str]

"""The snapshot of a report: all figures and the rows that they count, as canonical JSON.

Documents are made from it alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation

from accounts.models import User
from assistance.engagements.choices import Modality
from assistance.funding.models import Donor
from assistance.programmes.models import Pillar, Programme, ReasonCode, Theme
from assistance.requests.choices import AssistanceType, Urgency
from assistance.requests.clocks import RULES
from assistance.requests.states import State, Turn
from countries.geography.models import REGIONS
from countries.models import Country, CountryGroup
from countries.names import LANGUAGES
from reports.figures import facts
from reports.figures.adjustments import CAUSES, Chain, adjust, is_adjustment
from reports.figures.adjustments import KIND as ADJUSTED
from reports.figures.catalogue import (
    AGE,
    ANSWER,
    CALENDAR_DAYS,
    COUNT,
    DAYS,
    DECISION,
    MONEY,
    OUTCOME,
    PEOPLE,
    SEX,
    SHARE,
    definition_of,
)
from reports.figures.closings import acts_annex
from reports.figures.compute import compute_figures
from reports.figures.counting import Figure, Figures, as_text, decimal_as_text, fetch_rows
from reports.figures.effort import campaigns_annex
from reports.figures.facts import FigureWindow
from reports.figures.history import row_as_of
from reports.figures.scope import ReportScope
from reports.figures.working import IN_TIME, NOBODY
from reports.kinds.registry import KINDS
from reports.schedules.periods import Period

FORM = 5  # of the snapshot; raised when its shape changes
ZH = "zh-hans"


def canonical_json(snapshot: dict[str, Any]) -> str:
    """The one way to write it down: keys sorted, no blanks, so that the same figures give the same
    bytes."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    """SHA-256 of a snapshot's canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Subject:
    """What a report is about: the programme, or one country, donor, pillar or engagement of it.

    `names` by language.
    """

    type: str
    pk: int
    reference: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """An earlier period beside a report's own: the figures of the revision in force at the report's
    cut-off, as its snapshot has them; where there was none, they are worked out as of `cutoff`."""

    period: Period
    cutoff: datetime
    revision: int | None = None  # its number
    stated: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """For the snapshot: the period, and where its figures come from."""
        source: dict[str, Any] = (
            {"worked_out": True} if self.stated is None else {"revision": self.revision}
        )
        return period_span(self.period) | source


@dataclass(frozen=True)
class SnapshotSpec:
    """Everything that decides a snapshot: the same task gives the same snapshot, whenever it is
    taken.

    `previous` and `last_year` are what it is compared with; None where there is nothing comparable.
    `chain` says which earlier periods it adjusts; None where it adjusts none.
    """

    kind: str
    programme: Programme
    subject: Subject
    scope: ReportScope
    period: Period
    cutoff: datetime
    previous: Compared | None = None
    last_year: Compared | None = None
    chain: Chain | None = None

    def window(self, period: Period, cutoff: datetime) -> FigureWindow:
        """A period of the task's scope."""
        return FigureWindow(self.programme, period, cutoff, self.scope)


def build_snapshot(task: SnapshotSpec) -> dict[str, Any]:
    """Everything that a report of this period says, as known at the cut-off; earlier periods as
    known at their own."""
    with transaction.atomic():
        beside = {"year_before": task.last_year, "previous": task.previous}
        earlier_ones = {
            name: compared_figures(task, one) for name, one in beside.items() if one is not None
        }
        window = task.window(task.period, task.cutoff)
        adjusted, changes = adjust(window, task.chain) if task.chain is not None else ({}, [])
        figures = figures_of(task, task.period, task.cutoff)
        KINDS[task.kind].add_own_figures(window, figures)
        fill_missing(figures, earlier_ones.values())
        written = {code: figure.as_json() for code, figure in figures.items()}
        for name, found in earlier_ones.items():
            heads = {code.partition(".")[0] for code in found}
            for code, figure in figures.items():
                written[code] |= earlier_value(
                    found.get(code), figure, name, is_counted=code.partition(".")[0] in heads
                )
        written |= {code: figure.as_json() for code, figure in adjusted.items()}
        programme = task.programme
        return {
            "form": FORM,
            "rules": facts.COUNTING_RULES,
            "kind": task.kind,
            "subject": {
                "type": task.subject.type,
                "id": task.subject.pk,
                "reference": task.subject.reference,
                "names": task.subject.names,
            },
            "scope": task.scope.as_json() | scope_names(task.scope),
            "programme": {
                "id": programme.pk,
                "code": programme.code,
                "title": programme.title,
                "zone": programme.zone,
                "currency": programme.currency,
            },
            "period": period_span(task.period),
            "previous": task.previous.as_json() if task.previous else None,
            "year_before": task.last_year.as_json() if task.last_year else None,
            "chain": chain_json(task.chain),
            "cutoff": task.cutoff.isoformat(),
            "figures": written,
            "names": dimension_names(figures),
            "annex": (
                annex_rows(window, figures)
                | {ADJUSTED: {str(n): c.as_json() for n, c in enumerate(changes, 1)}}
            ),
        } | KINDS[task.kind].narrative(task.subject.pk, window)


def compared_figures(task: SnapshotSpec, compared: Compared) -> Figures:
    """The figures of an earlier period: as they were stated, else as they are worked out."""
    if compared.stated is None:
        return figures_of(task, compared.period, compared.cutoff)
    return {
        code: stated_figure(figure)
        for code, figure in compared.stated.items()
        if is_comparable(code)
    }


def stated_figure(figure: dict[str, Any]) -> Figure:
    """A figure of a stored snapshot, without its rows."""
    value = figure["value"]
    return Figure(
        figure["unit"],
        Decimal(value) if figure["unit"] == MONEY and value is not None else value,
        figure["rows"]["kind"],
        [],
        figure.get("numerator"),
        figure.get("denominator"),
        figure.get("counted"),
    )


def is_comparable(code: str) -> bool:
    """Whether a figure of an earlier snapshot still means something, and is of its period itself."""
    if is_adjustment(code):
        return False
    try:
        definition_of(code)
    except KeyError:
        return False
    return True


def chain_json(chain: Chain | None) -> dict[str, Any]:
    """Which publications were read, so that a later one is noticed before this report is published."""
    if chain is None:
        return {}
    return {
        "stated": list(chain.sources),
        "not_reported": [period_span(p) for p in chain.not_reported],
    }


def fill_missing(figures: Figures, others: Iterable[Figures]) -> None:
    """Adds what was counted in a compared period alone, as nothing of this one: without it that
    period's cells would not add up to its total."""
    for other in others:
        for code, figure in other.items():
            if code not in figures:
                nothing = {COUNT: 0, PEOPLE: 0, MONEY: Decimal(0)}.get(figure.unit)
                parts = 0 if figure.unit == SHARE else None
                figures[code] = Figure(
                    figure.unit, nothing, figure.kind, numerator=parts, denominator=parts
                )


def figures_of(task: SnapshotSpec, period: Period, cutoff: datetime) -> Figures:
    """What is counted in a period for this kind of report; the facts of its window stay."""
    window = task.window(period, cutoff)
    figures = compute_figures(window)
    KINDS[task.kind].add_figures(window, figures)
    return figures


def period_span(period: Period) -> dict[str, str]:
    """A period, half-open."""
    return {"start": str(period.start), "end": str(period.end)}


def earlier_value(
    before: Figure | None, now: Figure, name: str, *, is_counted: bool
) -> dict[str, Any]:
    """The value of an earlier period under a name. Nothing counted is zero for a count, and no
    share at all for a share; nothing either where that period's report did not know the figure
    yet."""
    if before is None:
        return {name: 0 if is_counted and now.unit in (COUNT, PEOPLE) else None}
    found = {name: decimal_as_text(before.value)}
    if before.denominator is not None:
        found |= {
            f"{name}_numerator": decimal_as_text(before.numerator),
            f"{name}_denominator": before.denominator,
        }
    if before.unit in (DAYS, CALENDAR_DAYS) and before.counted is not None:
        found[f"{name}_counted"] = before.counted
    return found


def scope_names(scope: ReportScope) -> dict[str, Any]:
    """The codes of what a scope narrows, whose names stand among the names, and the countries',
    which do not."""
    found: dict[str, Any] = {}
    if scope.countries:
        found["country_names"] = [
            country_names(c)
            for c in Country.objects.filter(pk__in=scope.countries).order_by("iso3")
        ]
    if scope.pillar:
        found["pillar_code"] = Pillar.objects.get(pk=scope.pillar).code
    if scope.donor:
        found["donor_title"] = Donor.objects.get(pk=scope.donor).title
    return found


def country_names(country: Country) -> dict[str, str]:
    """Of a country, by language."""
    return {x: getattr(country, f"name_{x}") for x in LANGUAGES}


def in_all_languages(text: Any) -> dict[str, str]:
    """A translatable label in the six languages, as the documents may need it."""
    found = {}
    for language in LANGUAGES:
        with translation.override(ZH if language == "zh" else language):
            found[language] = str(text)
    return found


def dimension_names(figures: dict[str, Figure]) -> dict[str, dict[str, dict[str, str]]]:
    """The names of everything by which figures are told apart, kept so that a later renaming does
    not change a report."""
    told = {code.rpartition(".")[2] for code in figures if ".donor." in code} - {"none"}
    donors = {str(d.pk): d.title for d in Donor.objects.filter(pk__in=told)}
    donors |= dict(
        fetch_rows(
            "SELECT DISTINCT donor_id::text, donor FROM fact_part WHERE donor_id IS NOT NULL"
        )
    )
    labelled: dict[str, dict[str, Any]] = {
        "region": dict(REGIONS),
        "urgency": dict(Urgency.choices),
        "type": dict(AssistanceType.choices),
        "modality": dict(Modality.choices),
        "state": dict(State.choices),
        "standard": {code: rule.label for code, rule in RULES.items()},
        "sex": dict(SEX),
        "age": dict(AGE),
        "turn": dict(Turn.choices),
        "decision": dict(DECISION),
        "cause": dict(CAUSES),
        "from": {state: State(state).label for state in (State.RETURNED, State.PLAN_PROPOSED)},
    }
    found = {
        dimension: {str(k): in_all_languages(v) for k, v in values.items()}
        for dimension, values in labelled.items()
    }
    found["pillar"] = {p.code: p.names for p in Pillar.objects.all()}
    found["theme"] = {t.code: t.names for t in Theme.objects.all()}
    found["group"] = {g.code: g.names for g in CountryGroup.objects.all()}
    officers = {code.rpartition(".")[2] for code in figures if ".officer." in code} - {NOBODY}
    if officers:
        known = {str(u.pk): {"en": u.name} for u in User.objects.filter(pk__in=officers)}
        found["officer"] = known | {NOBODY: in_all_languages(translation.gettext_lazy("Nobody"))}
    found["outcome"] = {k: in_all_languages(v) for k, v in (OUTCOME | ANSWER).items()}
    found["reason"] = {r.code: r.names for r in ReasonCode.objects.all()}
    found["donor"] = {k: {"en": v} for k, v in donors.items()} | {
        "none": in_all_languages(translation.gettext_lazy("Without funding recorded"))
    }
    return found


def annex_rows(window: FigureWindow, figures: dict[str, Figure]) -> dict[str, Any]:
    """Every row that a figure counts, by kind and id, with its reference and what makes it
    recognisable."""
    facts.gather_by_end(window)
    clocks, acts = clocks_annex(figures), acts_annex()
    return {
        "request": requests_annex(figures, window),
        "engagement": engagements_annex(figures, window),
        "participation": participation_annex(),
        "country": countries_annex(figures, [*clocks.values(), *acts.values()]),
        "clock": clocks,
        "act": acts,
        "campaign": campaigns_annex(),
        "record": records_annex(),
    }


def ids_of(figures: dict[str, Figure], kind: str) -> list[int]:
    """Ids of every row of a kind that some figure counts."""
    return sorted({i for figure in figures.values() if figure.kind == kind for i in figure.ids})


def requests_annex(figures: dict[str, Figure], window: FigureWindow) -> dict[str, Any]:
    """Reference, country, pillar and dates of requests as known at the cut-off; the state at the
    end of the period for those that were open then."""
    rows = fetch_rows(
        f"""SELECT h.pgh_obj_id, h.reference, c.iso3, p.code, h.received_on, o.state
           FROM unnest(%(ids)s::bigint[]) wanted
           CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "wanted")} h
           JOIN countries_country c ON c.id = h.country_id LEFT JOIN assistance_pillar p ON p.id = h.pillar_id LEFT JOIN fact_open o ON o.id = h.pgh_obj_id""",
        {"ids": ids_of(figures, "request"), "cutoff": window.cutoff},
    )
    return {
        str(pk): {
            "reference": ref,
            "country": iso3,
            "pillar": pillar,
            "received_on": str(day),
            "state": state,
        }
        for pk, ref, iso3, pillar, day, state in rows
    }


KNOWN_ENGAGEMENT = row_as_of(
    "assistance_engagementhistory",
    "wanted",
    columns="pgh_obj_id AS id, reference, title, type, pillar_id, starts_on, ends_on, currency,"
    " state",
)
# Each step is worked out once: joined as they stand, the database, which knows nothing of how many
# rows the tables of facts hold, would read them again for every engagement.
ENGAGEMENTS = f"""
WITH known AS MATERIALIZED (
    SELECT h.* FROM unnest(%(ids)s::bigint[]) wanted CROSS JOIN LATERAL {KNOWN_ENGAGEMENT} h
), paid AS MATERIALIZED (
    SELECT engagement_id AS id, sum(cost) AS cost FROM fact_part GROUP BY engagement_id
), late AS MATERIALIZED (
    SELECT engagement_id AS id FROM (
        SELECT engagement_id, id, ends_on, cost FROM fact_part
        EXCEPT SELECT engagement_id, id, ends_on, cost FROM fact_part_by_end) part
    UNION SELECT engagement_id FROM (
        SELECT engagement_id, id, women, men, other, unknown FROM fact_participation
        EXCEPT SELECT engagement_id, id, women, men, other, unknown FROM fact_participation_by_end) came
)
SELECT known.id, known.reference, known.title, known.type, p.code, known.starts_on, known.ends_on,
       paid.cost, known.currency, known.state, late.id IS NOT NULL
FROM known LEFT JOIN assistance_pillar p ON p.id = known.pillar_id
LEFT JOIN paid ON paid.id = known.id LEFT JOIN late ON late.id = known.id
"""


def engagements_annex(figures: dict[str, Figure], window: FigureWindow) -> dict[str, Any]:
    """Reference, title, type, dates and state of engagements as known at the cut-off; cost of the
    parts counted, with its currency; `recorded_after_period` marks those of which a part, its
    cost or who took part was recorded between the period's end and the cut-off."""
    rows = fetch_rows(
        ENGAGEMENTS,
        {"ids": ids_of(figures, "engagement"), "cutoff": window.cutoff},
    )
    keys = (
        "reference",
        "title",
        "type",
        "pillar",
        "starts_on",
        "ends_on",
        "cost",
        "currency",
        "state",
        "recorded_after_period",
    )
    return {
        str(pk): {
            k: str(v) if v is not None and not isinstance(v, bool | str) else v
            for k, v in zip(keys, rest, strict=True)
        }
        for pk, *rest in rows
    }


def participation_annex() -> dict[str, Any]:
    """Who came from which country to which engagement; None is not reported."""
    rows = fetch_rows(
        "SELECT id, reference, iso3, women, men, other, unknown, total, ends_on FROM"
        " fact_participation"
    )
    keys = ("reference", "country", "women", "men", "other", "unknown", "total")
    return {
        str(pk): dict(zip(keys, rest, strict=True)) | {"ends_on": str(day)}
        for pk, *rest, day in rows
    }


def clocks_annex(figures: dict[str, Figure]) -> dict[str, Any]:
    """Every act that was due in the period and, where the line of months is told, in its months, by
    its case: kept, missed or left out."""
    rows = fetch_rows(
        "SELECT id, request_id, reference, iso3, standard, due_on, ended_on, outcome FROM"
        " fact_clock"
    )
    if any(code.startswith(f"{IN_TIME}.month.") for code in figures):
        rows += fetch_rows(
            "SELECT id, request_id, reference, iso3, standard, due_on, ended_on, outcome FROM"
            " fact_decision_due"
        )
    keys = ("reference", "country", "standard", "due_on", "ended_on", "outcome")
    return {
        str(pk): {"request": case} | {k: as_text(v) for k, v in zip(keys, rest, strict=True)}
        for pk, case, *rest in rows
    }


def records_annex() -> dict[str, Any]:
    """Every record of an engagement that was due in the period, by the engagement: kept or missed."""
    rows = fetch_rows(
        "SELECT id, reference, title, due_on, ended_on, CASE WHEN kept THEN 'kept' ELSE 'missed'"
        " END FROM fact_record_due"
    )
    keys = ("reference", "title", "due_on", "ended_on", "outcome")
    return {
        str(pk): ({"standard": "record"} | {k: as_text(v) for k, v in zip(keys, rest, strict=True)})
        for pk, *rest in rows
    }


def countries_annex(figures: dict[str, Figure], acts: list[dict[str, Any]]) -> dict[str, Any]:
    """Codes, names and tiles of the countries that figures count or rows name."""
    named = {
        row[0]
        for row in fetch_rows(
            """SELECT country_id FROM fact_request UNION SELECT country_id FROM fact_participation
               UNION SELECT r.country_id FROM assistance_assistancerequest r WHERE r.id = ANY(%(ids)s::bigint[])""",
            {"ids": [*ids_of(figures, "request"), *(act["request"] for act in acts)]},
        )
    }
    countries = Country.objects.filter(pk__in={*ids_of(figures, "country"), *named})
    return {str(c.pk): {"reference": c.iso3, "names": country_names(c)} for c in countries}

"""The annex of a snapshot: every row that a figure counts, with what makes it recognisable."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from datetime import date

from django.db.models import Q

from countries.models import Country
from reports.figures.counting import (
    Figures,
    Parameters,
    as_text,
    fetch_rows,
)
from reports.figures.facts.endings import CLOSINGS
from reports.figures.facts.gather import LINE_OF_MONTHS
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import row_as_of
from reports.snapshots.types import (
    ActRow,
    Annex,
    AttendanceRow,
    CampaignRow,
    ClockRow,
    CountryRow,
    EngagementRow,
    ParticipationRow,
    RecordRow,
    RequestRow,
    SurveyRow,
    TreatyActionRow,
)

# kind of rows: the tables of facts from which its annex is read
ANNEX_FACTS: dict[str, tuple[str, ...]] = {
    "request": ("fact_open",),
    "engagement": (
        "fact_part",
        "fact_part_by_end",
        "fact_participation",
        "fact_participation_by_end",
    ),
    "participation": ("fact_participation",),
    "country": (),
    "clock": ("fact_clock",),
    "act": ("fact_act", "fact_begun"),
    "campaign": ("fact_campaign",),
    "record": ("fact_record_due",),
    "treaty_action": ("fact_treaty_action",),
    "attendance": ("fact_attendance",),
    "survey": ("fact_survey",),
}


def facts_of_annex(kinds: Iterable[str]) -> set[str]:
    """The tables of facts from which the annex of these kinds of rows is read."""
    return {fact for kind in kinds for fact in ANNEX_FACTS[kind]}


def annex_rows(
    window: FigureWindow, figures: Figures, kinds: Container[str] = ANNEX_FACTS
) -> Annex:
    """Every row of these kinds that a figure counts, by kind and id, with its reference and what
    makes it recognisable; the countries that figures count or rows name."""
    annex = Annex(
        request=requests_annex(figures, window) if "request" in kinds else {},
        engagement=engagements_annex(figures, window) if "engagement" in kinds else {},
        participation=participation_annex() if "participation" in kinds else {},
        country={},
        clock=clocks_annex(figures) if "clock" in kinds else {},
        act=acts_annex() if "act" in kinds else {},
        campaign=campaigns_annex() if "campaign" in kinds else {},
        record=records_annex() if "record" in kinds else {},
        treaty_action=treaty_actions_annex(figures) if "treaty_action" in kinds else {},
        attendance=attendances_annex() if "attendance" in kinds else {},
        survey=surveys_annex(figures) if "survey" in kinds else {},
    )
    annex["country"] = countries_annex(figures, annex)
    return annex


def ids_of(figures: Figures, kind: str) -> list[int]:
    """Ids of every row of a kind that some figure counts."""
    return sorted({i for figure in figures.values() if figure.kind == kind for i in figure.ids})


REQUESTS = f"""
SELECT h.pgh_obj_id, h.reference, c.iso3, p.code, h.received_on, o.state
FROM unnest(%(ids)s::bigint[]) wanted
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "wanted")} h
JOIN countries_country c ON c.id = h.country_id
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
LEFT JOIN fact_open o ON o.id = h.pgh_obj_id
"""


def requests_annex(figures: Figures, window: FigureWindow) -> dict[str, RequestRow]:
    """Requests as known at the cut-off; the state at the end of the period of those that were open
    then."""
    about: Parameters = {"ids": ids_of(figures, "request"), "cutoff": window.cutoff}
    return {
        str(pk): RequestRow(
            reference=reference, country=iso3, pillar=pillar, received_on=str(day), state=state
        )
        for pk, reference, iso3, pillar, day, state in fetch_rows(REQUESTS, about)
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
        EXCEPT SELECT engagement_id, id, women, men, other, unknown
          FROM fact_participation_by_end) came
)
SELECT known.id, known.reference, known.title, known.type, p.code, known.starts_on, known.ends_on,
       paid.cost, known.currency, known.state, late.id IS NOT NULL
FROM known LEFT JOIN assistance_pillar p ON p.id = known.pillar_id
LEFT JOIN paid ON paid.id = known.id LEFT JOIN late ON late.id = known.id
"""


def engagements_annex(figures: Figures, window: FigureWindow) -> dict[str, EngagementRow]:
    """Engagements as known at the cut-off; cost of the parts counted, with its currency;
    `recorded_after_period` marks those of which a part, its cost or who took part was recorded
    between the period's end and the cut-off."""
    about: Parameters = {"ids": ids_of(figures, "engagement"), "cutoff": window.cutoff}
    return {
        str(pk): EngagementRow(
            reference=reference,
            title=title,
            type=kind,
            pillar=pillar,
            starts_on=as_text(first),
            ends_on=as_text(last),
            cost=as_text(cost),
            currency=currency,
            state=state,
            recorded_after_period=late,
        )
        for (
            pk,
            reference,
            title,
            kind,
            pillar,
            first,
            last,
            cost,
            currency,
            state,
            late,
        ) in fetch_rows(ENGAGEMENTS, about)
    }


def participation_annex() -> dict[str, ParticipationRow]:
    """Who came from which country to which engagement; None is not reported."""
    rows = fetch_rows(
        "SELECT id, reference, iso3, women, men, other, unknown, total, ends_on FROM"
        " fact_participation"
    )
    return {
        str(pk): ParticipationRow(
            reference=reference,
            country=iso3,
            women=women,
            men=men,
            other=other,
            unknown=unknown,
            total=total,
            ends_on=str(day),
        )
        for pk, reference, iso3, women, men, other, unknown, total, day in rows
    }


CLOCKS = "SELECT id, request_id, reference, iso3, standard, due_on, ended_on, outcome FROM"


def clocks_annex(figures: Figures) -> dict[str, ClockRow]:
    """Every act that was due in the period and, where the line of months is told, in its months, by
    its case: kept, missed or left out."""
    rows = fetch_rows(f"{CLOCKS} fact_clock")
    if any(code.startswith(f"{LINE_OF_MONTHS}.") for code in figures):
        rows += fetch_rows(f"{CLOCKS} fact_decision_due")
    return {
        str(pk): ClockRow(
            request=case,
            reference=reference,
            country=iso3,
            standard=standard,
            due_on=str(due),
            ended_on=as_text(ended),
            outcome=outcome,
        )
        for pk, case, reference, iso3, standard, due, ended, outcome in rows
    }


def records_annex() -> dict[str, RecordRow]:
    """Every record of an engagement that was due in the period, by the engagement: kept or missed."""
    rows = fetch_rows(
        "SELECT id, reference, title, due_on, ended_on, CASE WHEN kept THEN 'kept' ELSE 'missed'"
        " END FROM fact_record_due"
    )
    return {
        str(pk): RecordRow(
            standard="record",
            reference=reference,
            title=title,
            due_on=str(due),
            ended_on=as_text(ended),
            outcome=outcome,
        )
        for pk, reference, title, due, ended, outcome in rows
    }


def countries_annex(figures: Figures, annex: Annex) -> dict[str, CountryRow]:
    """Codes and names of the countries that figures count or rows name."""
    named = {
        row["country"]
        for rows in (annex["request"], annex["participation"], annex["clock"], annex["act"])
        for row in rows.values()
        if row.get("country")
    }
    countries = Country.objects.filter(Q(pk__in=ids_of(figures, "country")) | Q(iso3__in=named))
    return {str(c.pk): CountryRow(reference=c.iso3, names=c.names) for c in countries}


ACTS = f"""
SELECT id, request_id, reference, iso3, action, on_day, reason,
       CASE WHEN action = 'lapse' THEN from_state END,
       CASE WHEN action = ANY({CLOSINGS}) THEN COALESCE(outcome, 'not_stated') END,
       usefulness, timeliness, CASE WHEN action = 'complete' THEN on_day - received_on END
FROM fact_act
UNION ALL
SELECT id, request_id, reference, iso3, 'accept', accepted_on, NULL, NULL, NULL, NULL, NULL, days
FROM fact_begun
"""


def acts_annex() -> dict[str, ActRow]:
    """Every act that ended delivery or a case in the period, and every acceptance after which an
    engagement began in it, by its case."""
    return {str(pk): act_row(*rest) for pk, *rest in fetch_rows(ACTS)}


def act_row(
    case: int,
    reference: str | None,
    country: str | None,
    action: str,
    day: date,
    reason: str | None,
    from_state: str | None,
    outcome: str | None,
    usefulness: int | None,
    timeliness: int | None,
    days: int | None,
) -> ActRow:
    """What there is of an act."""
    row = ActRow(request=case, action=action, on=str(day))
    if reference is not None:
        row["reference"] = reference
    if country is not None:
        row["country"] = country
    if reason is not None:
        row["reason"] = reason
    if from_state is not None:
        row["from"] = from_state
    if outcome is not None:
        row["outcome"] = outcome
    if usefulness is not None:
        row["usefulness"] = usefulness
    if timeliness is not None:
        row["timeliness"] = timeliness
    if days is not None:
        row["days"] = days
    return row


def campaigns_annex() -> dict[str, CampaignRow]:
    """Campaigns delivered in the period, with their reach and its method."""
    rows = fetch_rows(
        "SELECT id, reference, title, reach, reach_method FROM fact_campaign ORDER BY id"
    )
    return {
        str(pk): CampaignRow(reference=reference, title=title, reach=reach, method=method)
        for pk, reference, title, reach, method in rows
    }


def names_by_code(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Names of countries by their code. They stand in the rows themselves, since the countries of an
    annex are those that figures of demand and delivery name."""
    return {c.iso3: c.names for c in Country.objects.filter(iso3__in=set(codes))}


def treaty_actions_annex(figures: Figures) -> dict[str, TreatyActionRow]:
    """What countries did about treaties in the period, as far as a figure counts it."""
    rows = fetch_rows(
        "SELECT id, instrument, iso3, action, date FROM fact_treaty_action WHERE id = ANY(%(ids)s)",
        {"ids": ids_of(figures, "treaty_action")},
    )
    names = names_by_code(str(row[2]) for row in rows)
    return {
        str(pk): TreatyActionRow(
            reference=f"{instrument} {iso3}",
            country=iso3,
            country_names=names[iso3],
            instrument=instrument,
            treaty_action=action,
            date=str(day),
        )
        for pk, instrument, iso3, action, day in rows
    }


def attendances_annex() -> dict[str, AttendanceRow]:
    """Countries that were brought to sessions which ended in the period."""
    rows = fetch_rows(
        "SELECT id, process, session_id, session::text, starts_on, ends_on, iso3 FROM"
        " fact_attendance"
    )
    names = names_by_code(str(row[-1]) for row in rows)
    return {
        str(pk): AttendanceRow(
            reference=f"{process} {first} {iso3}",
            country=iso3,
            country_names=names[iso3],
            process=process,
            session=session,
            session_names=json.loads(session_names),
            ends_on=str(last),
        )
        for pk, process, session, session_names, first, last, iso3 in rows
    }


def surveys_annex(figures: Figures) -> dict[str, SurveyRow]:
    """Surveys that were closed in the period, as far as a figure counts them."""
    rows = fetch_rows(
        "SELECT id, engagement_id, reference, title, months, closed_on, asked, answered FROM fact_survey"
        " WHERE id = ANY(%(ids)s)",
        {"ids": ids_of(figures, "survey")},
    )
    return {
        str(pk): SurveyRow(
            reference=reference,
            engagement=engagement,
            title=title,
            months=months,
            closed_on=str(closed_on),
            asked=asked,
            answered=answered,
        )
        for pk, engagement, reference, title, months, closed_on, asked, answered in rows
    }

"""The annex of a snapshot: every row that a figure counts, with what makes it recognisable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from countries.models import Country
from reports.figures.counting import (
    Figure,
    as_text,
    fetch_rows,
)
from reports.figures.facts.endings import CLOSING
from reports.figures.facts.gather import LINE_OF_MONTHS, gather_by_end
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import row_as_of
from reports.snapshots.names import country_names


def annex_rows(window: FigureWindow, figures: dict[str, Figure]) -> dict[str, Any]:
    """Every row that a figure counts, by kind and id, with its reference and what makes it
    recognisable."""
    gather_by_end(window)
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
    if any(code.startswith(f"{LINE_OF_MONTHS}.") for code in figures):
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


def acts_annex() -> dict[str, Any]:
    """Every act that ended delivery or a case in the period, and every acceptance after which an
    engagement began in it, by its case."""
    rows = fetch_rows(
        """SELECT id, request_id, reference, iso3, action, on_day, reason,
                  CASE WHEN action = 'lapse' THEN from_state END,
                  CASE WHEN action = ANY(%(closing)s) THEN COALESCE(outcome, 'not_stated') END,
                  usefulness, timeliness,
                  CASE WHEN action = 'complete' THEN on_day - received_on END
           FROM fact_act
           UNION ALL
           SELECT id, request_id, reference, iso3, 'accept', accepted_on,
                  NULL, NULL, NULL, NULL, NULL, days FROM fact_begun""",
        {"closing": list(CLOSING)},
    )
    keys = (
        "reference",
        "country",
        "action",
        "on",
        "reason",
        "from",
        "outcome",
        "usefulness",
        "timeliness",
        "days",
    )
    return {
        str(pk): {"request": case} | closing_answers(zip(keys, rest, strict=True))
        for pk, case, *rest in rows
    }


def closing_answers(values: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """What there is of an act, its day as text."""
    return {key: str(v) if key == "on" else v for key, v in values if v is not None}


def campaigns_annex() -> dict[str, Any]:
    """Campaigns delivered in the period, with their reach and its method."""
    rows = fetch_rows(
        "SELECT id, reference, title, reach, reach_method FROM fact_campaign ORDER BY id"
    )
    keys = ("reference", "title", "reach", "method")
    return {str(pk): dict(zip(keys, rest, strict=True)) for pk, *rest in rows}

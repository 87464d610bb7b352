"""The snapshot of a report: all figures and the rows that they count, as canonical JSON. Documents are made from it alone."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation

from assistance.engagements.models import Modality
from assistance.programmes.models import Pillar, Programme, Theme
from assistance.requests.choices import AssistanceType, Urgency
from assistance.requests.clock import RULES
from assistance.requests.states import State
from countries.geography.models import REGIONS
from countries.models import Country, CountryGroup
from countries.names import LANGUAGES
from reports.figures import facts
from reports.figures.catalogue import DECISION, SEX
from reports.figures.compute import Figure, compute, query
from reports.figures.facts import Window
from reports.schedules.periods import Period

FORM = 1  # of the snapshot; raised when its shape changes
ZH = "zh-hans"


def canonical(snapshot: dict[str, Any]) -> str:
    """The one way to write it down: keys sorted, no blanks, so that the same figures give the same bytes."""
    return json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    """SHA-256 of a snapshot's canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def take(programme: Programme, period: Period, cutoff: datetime, previous: Period, previous_cutoff: datetime) -> dict[str, Any]:
    """Everything that a progress report of this period says, as known at the cut-off; the period before as known at its own."""
    with transaction.atomic():
        before = compute(Window(programme, previous, previous_cutoff))
        window = Window(programme, period, cutoff)
        figures = compute(window)
        facts.gather_late(Window(programme, previous, previous_cutoff), cutoff)
        ((count, ids),) = query("SELECT count(DISTINCT engagement_id), array_agg(DISTINCT engagement_id ORDER BY engagement_id) FROM fact_late")
        figures["late_for_previous"] = Figure("count", count, "engagement", list(ids or []))
        written = {code: figure.as_json() | earlier(before.get(code), figure) for code, figure in figures.items()}
        return {
            "form": FORM,
            "kind": "progress",
            "programme": {
                "id": programme.pk,
                "code": programme.code,
                "title": programme.title,
                "zone": programme.zone,
                "currency": programme.currency,
            },
            "period": {"start": str(period.start), "end": str(period.end)},
            "previous": {"start": str(previous.start), "end": str(previous.end)},
            "cutoff": cutoff.isoformat(),
            "figures": written,
            "names": names(figures),
            "annex": annex(window, figures),
        }


def earlier(before: Figure | None, now: Figure) -> dict[str, Any]:
    """The value of the period before: nothing counted is zero for a count, and no share at all for a share."""
    if before is None:
        return {"previous": 0 if now.unit in ("count", "people") else None}
    value = str(before.value) if isinstance(before.value, Decimal) else before.value
    return {"previous": value} | (
        {"previous_numerator": before.numerator, "previous_denominator": before.denominator} if before.denominator is not None else {}
    )


def in_all_languages(text: Any) -> dict[str, str]:
    """A translatable label in the six languages, as the documents may need it."""
    found = {}
    for language in LANGUAGES:
        with translation.override(ZH if language == "zh" else language):
            found[language] = str(text)
    return found


def names(figures: dict[str, Figure]) -> dict[str, dict[str, dict[str, str]]]:
    """The names of everything by which figures are told apart, kept so that a later renaming does not change a report."""
    donors = dict(query("SELECT DISTINCT donor_id::text, donor FROM fact_part WHERE donor_id IS NOT NULL"))
    labelled: dict[str, dict[str, Any]] = {
        "region": dict(REGIONS),
        "urgency": dict(Urgency.choices),
        "type": dict(AssistanceType.choices),
        "modality": dict(Modality.choices),
        "state": dict(State.choices),
        "standard": {code: rule.label for code, rule in RULES.items()},
        "sex": dict(SEX),
        "decision": dict(DECISION),
    }
    found = {dimension: {str(k): in_all_languages(v) for k, v in values.items()} for dimension, values in labelled.items()}
    found["pillar"] = {p.code: p.names for p in Pillar.objects.all()}
    found["theme"] = {t.code: t.names for t in Theme.objects.all()}
    found["group"] = {g.code: g.names for g in CountryGroup.objects.all()}
    found["donor"] = {k: {"en": v} for k, v in donors.items()} | {"none": in_all_languages(translation.gettext_lazy("Without funding recorded"))}
    return found


def annex(window: Window, figures: dict[str, Figure]) -> dict[str, Any]:
    """Every row that a figure counts, by kind and id, with its reference and what makes it recognisable."""
    return {
        "request": requests_annex(figures, window),
        "engagement": engagements_annex(figures, window),
        "participation": participation_annex(),
        "country": countries_annex(figures),
        "clock": clocks_annex(),
    }


def ids_of(figures: dict[str, Figure], kind: str) -> list[int]:
    """Ids of every row of a kind that some figure counts."""
    return sorted({i for figure in figures.values() if figure.kind == kind for i in figure.ids})


def requests_annex(figures: dict[str, Figure], window: Window) -> dict[str, Any]:
    """Reference, country, pillar and dates of requests as known at the cut-off; the state at the end of the period for those that were open then."""
    rows = query(
        """SELECT h.pgh_obj_id, h.reference, c.iso3, p.code, h.received_on, o.state
           FROM unnest(%(ids)s::bigint[]) wanted
           CROSS JOIN LATERAL (SELECT * FROM assistance_requesthistory WHERE pgh_obj_id = wanted AND pgh_created_at < %(cutoff)s
                               ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1) h
           JOIN countries_country c ON c.id = h.country_id LEFT JOIN assistance_pillar p ON p.id = h.pillar_id LEFT JOIN fact_open o ON o.id = h.pgh_obj_id""",
        {"ids": ids_of(figures, "request"), "cutoff": window.cutoff},
    )
    return {
        str(pk): {"reference": ref, "country": iso3, "pillar": pillar, "received_on": str(day), "state": state}
        for pk, ref, iso3, pillar, day, state in rows
    }


def engagements_annex(figures: dict[str, Figure], window: Window) -> dict[str, Any]:
    """Reference, title, type, dates and state of engagements as known at the cut-off; cost of the parts counted; `recorded_after_period` marks what
    was recorded between the period's end and the cut-off."""
    rows = query(
        """SELECT h.pgh_obj_id, h.reference, h.title, h.type, p.code, h.starts_on, h.ends_on, f.cost, h.state, f.engagement_id IS NOT NULL AND b.id IS NULL
           FROM unnest(%(ids)s::bigint[]) wanted
           CROSS JOIN LATERAL (SELECT * FROM assistance_engagementhistory WHERE pgh_obj_id = wanted AND pgh_created_at < %(cutoff)s
                               ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1) h
           LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
           LEFT JOIN (SELECT engagement_id, sum(cost) AS cost FROM fact_part GROUP BY engagement_id) f ON f.engagement_id = h.pgh_obj_id
           LEFT JOIN (SELECT DISTINCT engagement_id AS id FROM fact_part_by_end) b ON b.id = h.pgh_obj_id""",
        {"ids": ids_of(figures, "engagement"), "cutoff": window.cutoff},
    )
    keys = ("reference", "title", "type", "pillar", "starts_on", "ends_on", "cost", "state", "recorded_after_period")
    return {
        str(pk): {k: (str(v) if v is not None and not isinstance(v, bool | str) else v) for k, v in zip(keys, rest, strict=True)}
        for pk, *rest in rows
    }


def participation_annex() -> dict[str, Any]:
    """Who came from which country to which engagement; None is not reported."""
    rows = query("SELECT id, reference, iso3, women, men, other, unknown, total, ends_on FROM fact_participation")
    keys = ("reference", "country", "women", "men", "other", "unknown", "total")
    return {str(pk): dict(zip(keys, rest, strict=True)) | {"ends_on": str(day)} for pk, *rest, day in rows}


def clocks_annex() -> dict[str, Any]:
    """Standards that were due in the period, by case: kept, missed or left out."""
    rows = query("SELECT id, reference, iso3, standard, due_on, ended_on, outcome FROM fact_clock")
    keys = ("reference", "country", "standard", "due_on", "ended_on", "outcome")
    return {str(pk): {k: (str(v) if v is not None else None) for k, v in zip(keys, rest, strict=True)} for pk, *rest in rows}


def countries_annex(figures: dict[str, Figure]) -> dict[str, Any]:
    """Codes, names and tiles of the countries that figures count or rows name."""
    named = {
        row[0]
        for row in query(
            """SELECT country_id FROM fact_request UNION SELECT country_id FROM fact_participation
               UNION SELECT r.country_id FROM assistance_assistancerequest r
                     WHERE r.id IN (SELECT id FROM fact_open UNION SELECT id FROM fact_decision UNION SELECT request_id FROM fact_clock)"""
        )
    }
    countries = Country.objects.filter(pk__in={*ids_of(figures, "country"), *named})
    return {str(c.pk): {"reference": c.iso3, "names": {x: getattr(c, f"name_{x}") for x in LANGUAGES}} for c in countries}

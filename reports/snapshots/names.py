"""The names that a snapshot keeps, in six languages: a later renaming changes no report."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.utils import translation

from accounts.models import User
from assistance.engagements.choices import Modality
from assistance.evaluation.choices import Wave
from assistance.funding.models import Donor
from assistance.programmes.models import Pillar, Programme, ReasonCode, Theme
from assistance.requests.choices import AssistanceType, Urgency
from assistance.requests.clocks import RULES
from assistance.requests.states import State, Turn
from assistance.tools.models import Tool
from core.text import Label
from countries.geography.models import REGIONS
from countries.instruments.choices import Action
from countries.instruments.models import Instrument
from countries.models import Country, CountryGroup
from countries.names import LANGUAGES
from countries.processes.models import Process
from reports.figures.adjustments import CAUSES
from reports.figures.counting import Figures, fetch_rows
from reports.figures.definitions.response import NOBODY
from reports.figures.labels import AGE, ANSWER, DECISION, OUTCOME, SEX
from reports.figures.scope import ReportScope
from reports.snapshots.types import Names, ScopeData

ZH = "zh-hans"


def scope_names(scope: ReportScope) -> ScopeData:
    """The codes of what a scope narrows, whose names stand among the names, and the countries',
    which do not."""
    found: ScopeData = {}
    if scope.countries:
        found["country_names"] = [
            c.names for c in Country.objects.filter(pk__in=scope.countries).order_by("iso3")
        ]
    if scope.pillar:
        found["pillar_code"] = Pillar.objects.get(pk=scope.pillar).code
    if scope.donor:
        found["donor_title"] = Donor.objects.get(pk=scope.donor).title
    return found


def in_all_languages(text: Label) -> Names:
    """A translatable label in the six languages, as the documents may need it."""
    found = {}
    for language in LANGUAGES:
        with translation.override(ZH if language == "zh" else language):
            found[language] = str(text)
    return found


def dimension_names(
    programme: Programme, figures: Figures, *, donors_of_parts: bool = True
) -> dict[str, dict[str, Names]]:
    """The names of everything by which figures are told apart, kept so that a later renaming does
    not change a report; also of donors that no figure names, from the table of facts of parts."""
    told = {code.rpartition(".")[2] for code in figures if ".donor." in code} - {"none"}
    donors = {str(d.pk): d.title for d in Donor.objects.filter(pk__in=told)}
    if donors_of_parts:
        donors |= dict(
            fetch_rows(
                "SELECT DISTINCT donor_id::text, donor FROM fact_part WHERE donor_id IS NOT NULL"
            )
        )
    labelled: dict[str, Mapping[str, Label]] = {
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
        "treaty_action": dict(Action.choices),
        "cause": dict(CAUSES),
        "months": {str(wave): label for wave, label in Wave.choices},
        "from": {state: State(state).label for state in (State.RETURNED, State.PLAN_PROPOSED)},
    }
    found = {
        dimension: {str(k): in_all_languages(v) for k, v in values.items()}
        for dimension, values in labelled.items()
    }
    # tables tell of each, so that another programme's are left out, unless a record has one of them
    pillars = {code.rpartition(".")[2] for code in figures if ".pillar." in code}
    shown = Pillar.objects.filter(Q(programmes=programme) | Q(code__in=pillars)).distinct()
    found["pillar"] = {p.code: p.names for p in shown}
    found["theme"] = {t.code: t.names for t in Theme.objects.all()}
    found["tool"] = {t.code: {"en": t.title} for t in Tool.objects.all()}
    found["instrument"] = {i.code: i.short_names for i in Instrument.objects.all()}
    found["process"] = {p.code: p.names for p in Process.objects.all()}
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

"""The document of a snapshot in one language: which chapters, from whose edition, with which facts
on its cover."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.text import join_list, of_period
from countries.geography.models import REGIONS
from countries.names import name_in
from reports.documents.sections.country import is_crowded
from reports.documents.structure import Document
from reports.documents.writer import Writer
from reports.figures.adjustments import adjusted_head, is_adjustment
from reports.figures.audiences import COUNTRY, DONOR, PUBLIC
from reports.figures.catalogue import FIGURES, known_definition
from reports.figures.scope import counted
from reports.kinds.registry import KINDS
from reports.schedules.titles import is_plain
from reports.snapshots.types import Snapshot


def build_document(snapshot: Snapshot, highlights: str, language: str) -> Document:
    """The document of a snapshot in a language."""
    with translation.override(language):
        w = Writer(snapshot, language)
        kind = KINDS[snapshot["kind"]]
        shown = counted(snapshot)
        headlines = [w.headline(code) for code in kind.headlines if code in shown]
        sections = [found for chapter in kind.sections if (found := chapter(w)) is not None]
        for section in sections:
            section.tables = [t for t in section.tables if t.rows]
        title = title_of(w)
        return Document(
            language=language,
            title=title,
            heading=of_period(title, w.period),
            kind=str(kind.title) if own_title(w) else "",
            period=w.period,
            programme=programme_name(snapshot, language),
            facts=facts_of(w),
            headlines=headlines,
            highlights=highlights,
            sections=[s for s in sections if s.sentences or s.tables],
            notes=notes_of(w) if kind.has_notes else [],
            so_far=w.so_far(),
            is_brief=kind.is_brief,
            is_tight=is_crowded(w)
            or (
                kind.roomy_tables is not None
                and sum(len(t.rows) for s in sections for t in s.tables) > kind.roomy_tables
            ),
        )


def programme_name(snapshot: Snapshot, language: str) -> str:
    """Whose report it is, in a language; of a snapshot of before there were names, its title."""
    about = snapshot["programme"]
    return name_in(about.get("names", {}), language) or about["title"]


def title_of(w: Writer) -> str:
    """The schedule's own title, else the kind of report; with its subject where that is not the
    whole programme."""
    title, subject = (
        own_title(w) or str(KINDS[w.snapshot["kind"]].title),
        w.snapshot.get("subject", {}),
    )
    name = (
        w.said(subject.get("names", {})) if subject.get("type") not in (None, "programme") else ""
    )
    return _("%(title)s: %(subject)s") % {"title": title, "subject": name} if name else title


def own_title(w: Writer) -> str:
    """What people called it, where that says more than the kind of report.

    A country finds its brief by kind and name, as its list says.
    """
    if w.audience == COUNTRY:
        return ""
    title = str(w.snapshot.get("title", ""))
    return "" if is_plain(KINDS[w.snapshot["kind"]].title, title) else title


def facts_of(w: Writer) -> list[tuple[str, str]]:
    """Period, what it is compared with, scope, cut-off, edition."""
    snapshot = w.snapshot
    facts = [(_("Period"), w.period)]
    if w.period_before or w.period_last_year:
        facts.append(
            (_("Compared with"), join_list(filter(None, (w.period_before, w.period_last_year))))
        )
    facts += worked_out(w)
    facts += scope_of(w)
    facts.append(
        (
            _("Counts what was recorded before"),
            date_format(datetime.fromisoformat(snapshot["cutoff"]), "DATE_FORMAT"),
        )
    )
    if snapshot.get("revision"):
        facts.append((_("Revision"), str(snapshot["revision"]["number"])))
    if w.audience in (DONOR, PUBLIC):
        said = _(
            "for readers outside the programme: without references of requests, numbers below"
            " three, and others by which those could be worked out"
        )
        facts.append((_("Edition"), said))
    return facts


def worked_out(w: Writer) -> list[tuple[str, str]]:
    """The earlier periods that have no published report: their figures are worked out for this one."""
    spans = (
        (w.period_before, w.snapshot.get("previous")),
        (w.period_last_year, w.snapshot.get("year_before")),
    )
    marked = [name for name, span in spans if span and span.get("worked_out")]
    if not marked or w.is_running:
        return []
    return [(_("Not published, worked out for this report"), join_list(marked))]


def scope_of(w: Writer) -> list[tuple[str, str]]:
    """What the report is narrowed to, beside its subject."""
    scope, subject = w.snapshot.get("scope", {}), w.snapshot.get("subject", {}).get("type")
    found = []
    if scope.get("pillar_code") and subject != "pillar":
        found.append((_("Pillar"), w.name("pillar", scope["pillar_code"])))
    if scope.get("group"):
        found.append((_("Group"), w.name("group", scope["group"])))
    if scope.get("region"):
        found.append((_("Region"), str(REGIONS.get(scope["region"], scope["region"]))))
    if scope.get("country_names") and subject != "country":
        found.append((_("Countries"), join_list(w.said(names) for names in scope["country_names"])))
    if scope.get("donor_title") and subject != "donor":
        found.append((_("Donor"), scope["donor_title"]))
    return found


def notes_of(w: Writer) -> list[tuple[str, str]]:
    """What the figures of the report mean and where they come from: of those that stand in it."""
    known = (
        known_definition(adjusted_head(code) if is_adjustment(code) else code)
        for code in counted(w.snapshot)
    )
    heads = {definition.code for definition in known if definition is not None}
    said = _("%(definition)s Source: %(source)s.")
    return [
        (str(d.label), said % {"definition": d.definition, "source": d.source})
        for code, d in FIGURES.items()
        if code in heads
    ]

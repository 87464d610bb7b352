"""One country: its requests, whatever their age, and what is still to be done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.phrases import listed
from assistance.engagements.models import NextStep
from reports.documents.chapters.annex import annex_engagements
from reports.documents.chapters.delivery import by_sex
from reports.documents.chapters.response import standards
from reports.documents.structure import Cell, Column, Section, Table
from reports.documents.writer import Writer


def profile(w: Writer) -> Section | None:
    """Groups, requests, open steps; None where the edition has none."""
    about = w.snapshot.get("profile")
    if not about:
        return None
    groups = listed(w.name("group", code) for code in about["groups"]) or _("none")
    requests = Table(
        "profile.requests",
        _("All requests of the country"),
        [Column(_("Request"), weight=2), Column(_("Title"), weight=5), Column(_("Pillar"), weight=3), Column(_("Received on"), weight=2), Column(_("State"), weight=2)],
        [
            [
                Cell(r["reference"]), Cell(r["title"]), Cell(w.name("pillar", r["pillar"] or "")), w.date(r["received_on"]),
                Cell(w.name("state", r["state"])),
            ]
            for r in about["requests"]
        ],
    )  # fmt: skip
    sides = sides_of(w)
    steps = Table(
        "profile.steps",
        _("Next steps not done"),
        [Column(_("Engagement"), weight=3), Column(_("What"), weight=6), Column(_("Whose"), weight=2), Column(_("Due"), weight=2)],
        [[Cell(s["engagement"]), Cell(s["what"]), Cell(sides.get(s["side"], "")), w.date(s["due_on"])] for s in about["steps"]],
    )
    return Section("profile", _("The country"), [_("Groups of countries: %(groups)s.") % {"groups": groups}], [requests, steps])


def sides_of(w: Writer) -> dict[str, str]:
    """Whose a step is: the programme says ours and theirs; the country reads its own name."""
    if w.is_internal:
        return {side: str(label) for side, label in NextStep.Side.choices}
    return {NextStep.Side.OURS: _("the programme"), NextStep.Side.THEIRS: w.said(w.snapshot["subject"]["names"])}


def asked(w: Writer) -> Section:
    """What the country asked for in the period, and whether it was answered in time: short, as the requests stand above by name."""
    said = w.moved("requests_received") + w.moved("open_requests") + w.moved("decision_days_median")
    pillars = [p for p in w.names["pillar"] if f"requests_received.pillar.{p}" in w.figures]
    return Section(
        "asked", _("Asked for"), said, [w.split("requests_received", "pillar", _("Pillar"), _("Requests received, by pillar"), pillars), standards(w)]
    )


def received(w: Writer) -> Section:
    """What support came to the country, and who of it took part."""
    said = w.moved("engagements_delivered") + w.moved("participants") + w.moved("women_share")
    tables = [annex_engagements(w), by_sex(w)]
    if w.is_internal:
        tables.append(w.split("cost", "donor", _("Donor"), _("Cost, by donor")))
    return Section("received", _("Support received"), said, tables)

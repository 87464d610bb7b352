"""One country: its requests, whatever their age, and what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.engagements.models import NextStep
from assistance.requests.states import OPEN
from core.text import join_list
from reports.documents.sections.annex import annex_engagements
from reports.documents.sections.delivery import by_sex, costs
from reports.documents.sections.effort import AMOUNTS
from reports.documents.sections.processes import TOLD
from reports.documents.sections.response import standards
from reports.documents.structure import Cell, Column, Section, Table, group_digits
from reports.documents.writer import Writer
from reports.snapshots.types import ProfileRequest, ProfileStep

MOST_REQUESTS, MOST_STEPS, MOST_ENGAGEMENTS = 7, 4, 4  # what two pages hold in every language
MOST_CHARACTERS = 60  # of a title where it is crowded
# How requests ended and what the country did not get: a short sentence each, where there is
# something to say.
ENDED = (
    "needs_met",
    "usefulness",
    "timeliness",
    "days_to_first_engagement",
    "accepted_without_engagement",
    "days_to_closing",
    "declined",
    "discontinued",
    "lapsed",
    "requests_repeated",
)
# of requests, steps and engagements together: more than these is crowded
ROOMY_ROWS, ROOMY_CHARACTERS = (
    9,
    700,
)
ROOMY_TABLES = 18  # rows of all tables that two pages hold with room between them


def profile(w: Writer) -> Section | None:
    """Groups, requests, open steps; None where the edition has none."""
    about = w.snapshot.get("profile")
    if not about:
        return None
    groups = join_list(w.name("group", code) for code in about["groups"]) or _("none")
    return Section(
        "profile",
        _("The country"),
        [_("Groups of countries: %(groups)s.") % {"groups": groups}],
        [latest_requests(w, about["requests"]), open_steps(w, about["steps"])],
    )


def latest_requests(w: Writer, requests: Sequence[ProfileRequest]) -> Table:
    """As many requests as two pages hold, and how many more there are."""
    shown, crowded = latest(requests), is_crowded(w)
    more = len(requests) - len(shown)
    return Table(
        "profile.requests",
        _("Requests of the country, open ones first"),
        [
            Column(_("Request"), weight=2),
            Column(_("Title"), weight=5),
            Column(_("Pillar"), weight=3),
            Column(_("Received on"), weight=2),
            Column(_("State"), weight=2),
        ],
        [
            [
                Cell(r["reference"]),
                Cell(fitted(r["title"], crowded=crowded)),
                Cell(w.name("pillar", r["pillar"] or "")),
                w.date(r["received_on"]),
                Cell(w.name("state", r["state"])),
            ]
            for r in shown
        ],
        note=(
            ngettext("and %(n)s more request", "and %(n)s more requests", more)
            % {"n": group_digits(more)}
            if more
            else ""
        ),
    )


def open_steps(w: Writer, steps: Sequence[ProfileStep]) -> Table:
    """The next steps that two pages hold, and how many are due later."""
    sides, crowded = sides_of(w), is_crowded(w)
    later = max(len(steps) - MOST_STEPS, 0)
    return Table(
        "profile.steps",
        _("Next steps not done"),
        [
            Column(_("Engagement"), weight=3),
            Column(_("What"), weight=6),
            Column(_("Whose"), weight=2),
            Column(_("Due"), weight=2),
        ],
        [
            [
                Cell(s["engagement"]),
                Cell(fitted(s["what"], crowded=crowded)),
                Cell(sides.get(s["side"], "")),
                w.date(s["due_on"]),
            ]
            for s in steps[:MOST_STEPS]
        ],
        note=(
            ngettext("and %(n)s more step, due later", "and %(n)s more steps, due later", later)
            % {"n": group_digits(later)}
            if later
            else ""
        ),
    )


def latest(requests: Sequence[ProfileRequest]) -> list[ProfileRequest]:
    """As many as two pages hold: open ones before those that have ended, of both the latest first."""
    return sorted(requests, key=lambda r: r["state"] not in OPEN)[:MOST_REQUESTS]


def is_crowded(w: Writer) -> bool:
    """Whether a brief has so much to say of its country that two pages hold it only closed up and
    with shortened titles."""
    about = w.snapshot.get("profile")
    if not about:
        return False
    texts = [r["title"] for r in latest(about["requests"])] + [
        s["what"] for s in about["steps"][:MOST_STEPS]
    ]
    texts += [row[1].text for row in annex_engagements(w).rows[-MOST_ENGAGEMENTS:]]
    return len(texts) > ROOMY_ROWS or sum(map(len, texts)) > ROOMY_CHARACTERS


def fitted(text: str, *, crowded: bool) -> str:
    """A text as it is; where it is crowded, no longer than two lines of a brief's table."""
    return (
        text
        if len(text) <= MOST_CHARACTERS or not crowded
        else text[:MOST_CHARACTERS].rstrip() + "…"
    )


def sides_of(w: Writer) -> dict[str, str]:
    """Whose a step is: the programme says ours and theirs; the country reads its own name."""
    if w.is_internal:
        return {side: str(label) for side, label in NextStep.Side.choices}
    return {
        NextStep.Side.OURS: _("the programme"),
        NextStep.Side.THEIRS: w.said(w.snapshot["subject"]["names"]),
    }


def requests_section(w: Writer) -> Section | None:
    """What the country asked for in the period, and whether it was answered in time: short, as the
    requests stand above by name."""
    if not w.counts_demand:
        return None
    said = w.moved("requests_received") + w.moved("open_requests") + w.moved("decision_days_median")
    said += w.stated(*ENDED)
    pillars = [p for p in w.names["pillar"] if f"requests_received.pillar.{p}" in w.figures]
    return Section(
        "asked",
        _("Asked for"),
        said,
        [
            w.split(
                "requests_received",
                "pillar",
                _("Pillar"),
                _("Requests received, by pillar"),
                pillars,
            ),
            standards(w),
        ],
    )


def received(w: Writer) -> Section:
    """What support came to the country, and who of it took part."""
    said = (
        w.moved("engagements_delivered")
        + w.moved("participants")
        + w.moved("women_share")
        + w.stated(*AMOUNTS, *TOLD)
    )
    done = annex_engagements(w)
    more = len(done.rows) - MOST_ENGAGEMENTS
    if more > 0:
        done.rows = done.rows[-MOST_ENGAGEMENTS:]
        done.note = ngettext(
            "and %(n)s more engagement, earlier in the period",
            "and %(n)s more engagements, earlier in the period",
            more,
        ) % {"n": group_digits(more)}
    crowded = is_crowded(w)
    for row in done.rows:
        row[1] = replace(row[1], text=fitted(row[1].text, crowded=crowded))
    tables = [done, by_sex(w)]
    if w.is_internal:
        tables += costs(w)
    return Section("received", _("Support received"), said, tables)

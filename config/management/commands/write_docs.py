"""`manage.py write_docs`: the pages of documentation that are made from the code's own tables."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from assistance.engagements.states import EngagementState
from assistance.engagements.workflow import ACTIONS as ENGAGEMENT_ACTIONS
from assistance.requests.awaited import CaseFacts, awaited
from assistance.requests.clocks import REMINDERS, RULES
from assistance.requests.questions import Question, answer_fields
from assistance.requests.states import COUNTRY_READS, State
from assistance.requests.workflow import ACTIONS
from core.workflow.actions import SAME, Action
from reports.figures.catalogue import FIGURES
from reports.figures.definition import Definition

if TYPE_CHECKING:
    from assistance.requests.clock_models import CaseClock
    from assistance.requests.models import AssistanceRequest

NOTE = (
    "This page is written by `manage.py write_docs` from the tables of the code; a test keeps it in"
    " step.\n"
)


def markdown_table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return (
        "\n".join(
            [
                *lines,
                *(
                    "| " + " | ".join(str(c).replace("|", "\\|") or " " for c in row) + " |"
                    for row in rows
                ),
            ]
        )
        + "\n"
    )


def needs_shown(action: Action) -> str:
    """Names of the fields of an action, those that may stay empty in brackets; those of an answer
    follow from what was asked."""
    needs = (
        answer_fields([Question(1, ""), Question(2, "")]) if action.fields_for else action.fields
    )
    return ", ".join(n.name if n.required else f"({n.name})" for n in needs)


def awaited_rows() -> Iterator[tuple[str, str, str, str]]:
    """State, circumstance, who is awaited and for what: asked of the table itself, state by state."""
    day = date(2000, 1, 3)
    reminded = cast("CaseClock", SimpleNamespace(due_on=day, reminders=REMINDERS))
    seen_by_now = {"complete_since": day}
    both = {"answer": reminded, "agreement": reminded}
    circumstances: tuple[tuple[str, dict[str, date], CaseFacts], ...] = (
        ("", {}, CaseFacts(day)),
        ("not acknowledged yet", {}, CaseFacts(day, clocks={"acknowledge": reminded})),
        ("once complete", seen_by_now, CaseFacts(day)),
        ("assessment returned", seen_by_now, CaseFacts(day, assessment_is_open=True)),
        ("after two reminders", {}, CaseFacts(day, clocks=both)),
        (
            "with an engagement that is over",
            {},
            CaseFacts(day, engagements=(("confirmed", day, day),)),
        ),
        ("when the last engagement is over", {}, CaseFacts(day, clocks={"closing": reminded})),
        ("with a new version of the plan", {}, CaseFacts(day, revision_by=day)),
    )
    for state in State:
        told: list[list[tuple[str, str]]] = []
        for circumstance, values, facts in circumstances:
            known = {"complete_since": None, "next_look_on": None, "hold_look_on": None} | values
            case = cast("AssistanceRequest", SimpleNamespace(state=state, **known))
            found = [(a.party.value, str(a.act.label)) for a in awaited(case, facts)]
            if found and found not in told:
                told.append(found)
                yield (
                    f"`{state.value}`",
                    circumstance,
                    ", ".join(who for who, _what in found),
                    ", ".join(what for _who, what in found),
                )


def lifecycle_page() -> str:
    """States and actions of requests and engagements, and the clocks."""
    states = markdown_table(
        ("state", "staff read", "the country reads"),
        ((f"`{s}`", s.label, COUNTRY_READS[s]) for s in State if s != State.DISCARDED),
    )
    acts = markdown_table(
        ("action", "from", "to", "who", "needs", "told"),
        (
            (
                f"`{a.code}`",
                ", ".join(a.sources),
                {"same": "same", "computed": "depends"}.get(a.target, a.target),
                a.actor.code,
                needs_shown(a),
                ", ".join(t.value for t in a.notify),
            )
            for a in ACTIONS.values()
        ),
    )
    clocks = markdown_table(
        ("standard", "days", "whose", "starts", "stops", "pauses in"),
        (
            (
                f"`{r.code}`",
                f"{r.days} {'calendar' if r.calendar_days else 'working'}",
                r.whose,
                ", ".join(r.starts),
                ", ".join(r.stops),
                ", ".join(r.pauses),
            )
            for r in RULES.values()
        ),
    )
    waits = markdown_table(("state", "where", "who", "for what"), awaited_rows())
    deeds = markdown_table(("state", "label"), ((f"`{s}`", s.label) for s in EngagementState))
    steps = markdown_table(
        ("action", "from", "to", "needs"),
        (
            (
                f"`{a.code}`",
                ", ".join(a.sources),
                "" if a.target == SAME else a.target,
                ", ".join(n.name for n in a.fields),
            )
            for a in ENGAGEMENT_ACTIONS.values()
        ),
    )
    return (
        f"# Life cycles\n\n{NOTE}\n## A request\n\n{states}\n{acts}\nEvery action of the country"
        " may be recorded by staff on its behalf, with evidence. Managers may take officers'"
        f" actions; administrators take none.\n\n## Who is awaited\n\n{waits}\n## Its"
        f" clocks\n\n{clocks}\n## An engagement\n\n{deeds}\n{steps}"
    )


def figures_page() -> str:
    """Every figure: code, unit, what its rows are, where it comes from, for whom it is, definition."""
    rows = (
        (
            f"`{d.code}`",
            d.label,
            units_of(d),
            ", ".join(d.dimensions),
            d.rows,
            d.source,
            ", ".join(d.audiences),
            d.definition,
        )
        for d in FIGURES.values()
    )
    heads = (
        "code",
        "figure",
        "unit",
        "told apart by",
        "rows",
        "source",
        "for whom beside the programme",
        "definition",
    )
    return f"# Figures\n\n{NOTE}\n{markdown_table(heads, rows)}"


def units_of(definition: Definition) -> str:
    """The unit of a figure, with that of what it is told apart by where that is another."""
    return ", ".join(filter(None, (definition.unit, definition.split_unit)))


PAGES = {"lifecycle.md": lifecycle_page, "figures.md": figures_page}


class Command(BaseCommand):
    """Writes the pages, or with --check says which are out of step."""

    help = "Writes docs/lifecycle.md and docs/figures.md from the code's own tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where a page is out of step"
        )

    def handle(self, *args: object, check: bool, **options: object) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        with translation.override("en"):
            stale = [
                name
                for name, make in PAGES.items()
                if not (folder / name).exists() or (folder / name).read_text() != make()
            ]
            if check and stale:
                raise CommandError(
                    f"Out of step with the code: {', '.join(stale)}. Run manage.py write_docs."
                )
            for name in stale:
                (folder / name).write_text(PAGES[name]())
        self.stdout.write("In step." if not stale else f"Written: {', '.join(stale)}.")

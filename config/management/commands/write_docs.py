"""`manage.py write_docs`: the pages of documentation that are made from the code's own tables."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from assistance.engagements import lifecycle as engagements
from assistance.engagements.states import EngagementState
from assistance.requests import lifecycle as requests
from assistance.requests.clock import RULES
from assistance.requests.states import COUNTRY_READS, State
from reports.figures.catalogue import FIGURES, Definition

NOTE = "This page is written by `manage.py write_docs` from the tables of the code; a test keeps it in step.\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return "\n".join([*lines, *("| " + " | ".join(str(c).replace("|", "\\|") or " " for c in row) + " |" for row in rows)]) + "\n"


def lifecycle_page() -> str:
    """States and actions of requests and engagements, and the clocks."""
    states = table(("state", "staff read", "the country reads"), ((f"`{s}`", s.label, COUNTRY_READS[s]) for s in State if s != State.DISCARDED))
    acts = table(
        ("action", "from", "to", "who", "needs", "told"),
        (
            (
                f"`{a.code}`",
                ", ".join(a.sources),
                {"same": "same", "computed": "depends"}.get(a.target, a.target),
                a.who.value,
                ", ".join(n.name if n.required else f"({n.name})" for n in a.needs),
                ", ".join(t.value for t in a.told),
            )
            for a in requests.ACTIONS.values()
        ),
    )
    clocks = table(
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
    deeds = table(("state", "label"), ((f"`{s}`", s.label) for s in EngagementState))
    steps = table(
        ("action", "from", "to", "needs"),
        ((f"`{a.code}`", ", ".join(a.sources), a.target, ", ".join(n.name for n in a.needs)) for a in engagements.ACTIONS.values()),
    )
    return (
        f"# Life cycles\n\n{NOTE}\n## A request\n\n{states}\n{acts}\nEvery action of the country may be recorded by staff on its behalf, with evidence. "
        f"Managers may take officers' actions; administrators take none.\n\n## Its clocks\n\n{clocks}\n## An engagement\n\n{deeds}\n{steps}"
    )


def figures_page() -> str:
    """Every figure: code, unit, what its rows are, where it comes from, for whom it is, definition."""
    rows = (
        (f"`{d.code}`", d.label, units_of(d), ", ".join(d.splits), d.rows, d.source, ", ".join(d.audiences), d.definition) for d in FIGURES.values()
    )
    heads = ("code", "figure", "unit", "told apart by", "rows", "source", "for whom beside the programme", "definition")
    return f"# Figures\n\n{NOTE}\n{table(heads, rows)}"


def units_of(definition: Definition) -> str:
    """The unit of a figure, with that of what it is told apart by where that is another."""
    return ", ".join(filter(None, (definition.unit, definition.split_unit)))


PAGES = {"lifecycle.md": lifecycle_page, "figures.md": figures_page}


class Command(BaseCommand):
    """Writes the pages, or with --check says which are out of step."""

    help = "Writes docs/lifecycle.md and docs/figures.md from the code's own tables."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is out of step")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        with translation.override("en"):
            stale = [name for name, make in PAGES.items() if not (folder / name).exists() or (folder / name).read_text() != make()]
            if options["check"] and stale:
                raise CommandError(f"Out of step with the code: {', '.join(stale)}. Run manage.py write_docs.")
            for name in stale:
                (folder / name).write_text(PAGES[name]())
        self.stdout.write("In step." if not stale else f"Written: {', '.join(stale)}.")

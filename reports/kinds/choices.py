"""Kinds as a field offers them, looked up when they are asked for: a new kind makes no migration."""

from __future__ import annotations

from core.text import Label

DEFAULT_KIND = "progress"


def kind_choices() -> list[tuple[str, Label]]:
    """Code and title of all kinds that are stored."""
    from reports.kinds.registry import KINDS  # which knows the models that ask this

    return [(kind.code, kind.title) for kind in KINDS.values() if kind.is_stored]


def planned_choices() -> list[tuple[str, Label]]:
    """Those that make themselves by a schedule."""
    from reports.kinds.registry import KINDS  # as above

    return [(kind.code, kind.title) for kind in KINDS.values() if kind.is_planned]


def kind_title(code: str) -> Label:
    """The title of a kind, translatable."""
    from reports.kinds.registry import KINDS  # as above

    return KINDS[code].title

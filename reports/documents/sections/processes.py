"""Treaties, sessions and tools: what countries did, where they were brought, what they used."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.structure import Section, Table
from reports.documents.writer import Writer

TOLD = ("treaty_actions", "attendances_supported", "engagements_with_tool")


def processes(w: Writer) -> Section | None:
    """None where nothing of it is told, or nothing happened."""
    told = [code for code in TOLD if code in w.figures and w.figures[code]["value"]]
    if not told:
        return None
    said = [sentence for code in told for sentence in w.moved(code)]
    return Section(
        "processes", _("Treaties, sessions and tools"), said, [table_of(w, code) for code in told]
    )


def table_of(w: Writer, code: str) -> Table:
    """A figure of this chapter told apart."""
    match code:
        case "treaty_actions":
            caption = _("Signatures, ratifications and accessions, by instrument")
            return w.split(code, "instrument", _("Instrument"), caption)
        case "attendances_supported":
            caption = _("Attendance that was supported, by process")
            return w.split(code, "process", _("Process"), caption)
    caption = _("Engagements that used a tool, by tool")
    return w.split(code, "tool", _("Tool"), caption, whole=False)

"""Loads processes, their sessions and documents from the project's own reference files.

Running it twice changes nothing: sessions and documents are loaded with their process alone.
Attendance is none of these facts: no public source lists it.
"""

from __future__ import annotations

import json
from datetime import date

from countries.geography.loading import FOLDER, reference_rows
from countries.instruments.models import Instrument
from countries.processes.models import Process, ProcessSession, SessionDocument


def load_processes() -> None:
    """Processes that are missing, with their sessions and documents."""
    facts = json.loads((FOLDER / "processes.json").read_text(encoding="utf-8"))
    processes = {p.code: p for p in Process.objects.all()}
    instruments = {i.code: i for i in Instrument.objects.all()}
    sessions: list[ProcessSession] = []
    for order, row in enumerate(facts, 1):
        if row["code"] in processes:
            continue
        process = Process.objects.create(
            code=row["code"],
            order=order,
            names=row["names"],
            full_names=row["full_names"],
            summaries=row["summaries"],
            mandate=row["mandate"],
            mandate_url=row["mandate_url"],
            since=date.fromisoformat(row["since"]) if "since" in row else None,
            came_after=processes.get(row.get("came_after", "")),
            instrument=instruments.get(row.get("instrument", "")),
        )
        processes[process.code] = process
        sessions += [session_of(process, values) for values in row["sessions"]]
    load_documents(ProcessSession.objects.bulk_create(sessions))


def session_of(process: Process, row: dict[str, str]) -> ProcessSession:
    """A session of the file."""
    days = {name: date.fromisoformat(row[name]) for name in ("starts_on", "ends_on")}
    return ProcessSession(
        process=process, names=row["names"], kind=row["kind"], place=row["place"], **days
    )


def load_documents(sessions: list[ProcessSession]) -> None:
    """The documents that were before these sessions."""
    by_day = {(s.process.code, s.starts_on.isoformat()): s for s in sessions}
    SessionDocument.objects.bulk_create(
        SessionDocument(
            session=by_day[row["process"], row["session"]],
            symbol=row["symbol"],
            title=row["title"],
            kind=row["kind"].replace(" ", "_"),
            dated_on=date.fromisoformat(row["date"]) if row["date"] else None,
            source=row["source"],
        )
        for row in reference_rows("session-documents.csv")
        if (row["process"], row["session"]) in by_day
    )

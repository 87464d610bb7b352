"""The changes of one record, newest first, in pages: who, when, in which request, what was there
before and after.

A page costs the same wherever it stands and however many rows it holds: the places of its rows are
found in one query over all tables of the record's history, and each table is then read once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.utils.dateparse import parse_datetime

from accounts.models import User
from audit.changes import (
    CLOCK,
    COMMAND,
    OUTSIDE,
    Change,
    actor_in,
    actor_in_words,
    change_of,
    differences_between,
    metadata_of,
    user_names,
)
from audit.presentation import Wording
from audit.registry import Record, Source, history_sources

if TYPE_CHECKING:
    from audit.types import HistoryRow

SALT = "accounts.audit.pages"
SIZE, MOST = 25, 100  # rows a page
MOST_ACTORS = 200
PLACE = ("pgh_created_at", "rank", "pgh_id")
Place = tuple[datetime, int, int]
LABELS = {"insert", "update", "delete"}


class BadCursor(ValueError):
    """It was made by nobody, or for another list."""


@dataclass(frozen=True)
class Wanted:
    """What the reader narrows the list to: a kind of change, an actor (a user's id or one of the
    words above), a half-open period."""

    label: str = ""
    actor: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass
class ChangesPage:
    """Some changes, with cursors to what is newer and older; empty where there is nothing."""

    changes: list[Change]
    newer: str = ""
    older: str = ""


def page_of(
    record: Record, reader: User, wanted: Wanted, cursor: str = "", size: int = SIZE
) -> ChangesPage:
    """The changes that the cursor asks for. Raises BadCursor."""
    after, backwards = _read(cursor)
    branches = [
        _branch(rank, s, record, wanted, after, backwards)[: size + 1]
        for rank, s in enumerate(history_sources(record.subject.code))
    ]
    places = list(
        branches[0].union(*branches[1:], all=True).order_by(*_order(backwards))[: size + 1]
        if branches[1:]
        else branches[0]
    )
    more, places = len(places) > size, places[:size]
    if backwards:
        places.reverse()
    if not places:
        return ChangesPage([])
    return ChangesPage(
        _changes(record, reader, places),
        newer=_write(places[0], backwards=True)
        if (more if backwards else after is not None)
        else "",
        older=_write(places[-1], backwards=False) if backwards or more else "",
    )


def actors_of(record: Record) -> list[tuple[str, str]]:
    """Whoever changed the record, as choices."""
    who = {
        "user": KeyTextTransform("user", "pgh_context__metadata"),
        "task": KeyTextTransform("task", "pgh_context__metadata"),
        "command": KeyTextTransform("command", "pgh_context__metadata"),
        "outside": ExpressionWrapper(Q(pgh_context__isnull=True), output_field=BooleanField()),
    }
    branches = [
        s.rows(record.pk)
        .order_by()
        .annotate(**{f"a_{k}": v for k, v in who.items()})
        .values_list(*(f"a_{k}" for k in who))
        .distinct()
        for s in history_sources(record.subject.code)
    ]
    found = {
        actor_in(None if outside else {"user": u, "task": t, "command": c})
        for u, t, c, outside in branches[0].union(*branches[1:])[:MOST_ACTORS]
    }
    names = user_names({int(a) for a in found if a.isdigit()})
    return sorted(
        ((a, actor_in_words(a, names)) for a in found),
        key=lambda pair: (not pair[0].isdigit(), pair[1]),
    )


def _branch(
    rank: int,
    source: Source,
    record: Record,
    wanted: Wanted,
    after: Place | None,
    backwards: bool,
) -> QuerySet[HistoryRow, Place]:
    """Places of one table's rows: time, the table's rank, the row of history."""
    rows = source.rows(record.pk)
    if wanted.label:
        rows = rows.filter(pgh_label=wanted.label)
    if wanted.start:
        rows = rows.filter(pgh_created_at__gte=wanted.start)
    if wanted.end:
        rows = rows.filter(pgh_created_at__lt=wanted.end)
    if wanted.actor:
        rows = rows.filter(_by(wanted.actor))
    if after is not None:
        at, its_rank, row = after
        beyond = "gt" if backwards else "lt"
        same = (
            Q(pk__in=[]) if rank != its_rank else Q(pgh_created_at=at, **{f"pgh_id__{beyond}": row})
        )
        if (rank > its_rank) if backwards else (rank < its_rank):
            same = Q(pgh_created_at=at)
        rows = rows.filter(Q(**{f"pgh_created_at__{beyond}": at}) | same)
    ranked = rows.annotate(rank=Value(rank, output_field=IntegerField()))
    places: QuerySet[HistoryRow, Place] = ranked.order_by(*_order(backwards)).values_list(*PLACE)
    return places


def _order(backwards: bool) -> list[str]:
    return [name if backwards else f"-{name}" for name in PLACE]


def _by(actor: str) -> Q:
    """Rows of history by this actor."""
    if actor.isdigit():
        return Q(pgh_context__metadata__user=int(actor))
    no_user = Q(pgh_context__metadata__user__isnull=True) | Q(pgh_context__metadata__user=None)
    task, command = (
        Q(pgh_context__metadata__has_key="task"),
        Q(pgh_context__metadata__has_key="command"),
    )
    if actor == CLOCK:
        return no_user & task
    if actor == COMMAND:
        return no_user & command & ~task
    return (
        Q(pgh_context__isnull=True)
        if actor == OUTSIDE
        else Q(pgh_context__isnull=False) & no_user & ~task & ~command
    )


def _changes(record: Record, reader: User, places: list[Place]) -> list[Change]:
    """Reads each table once, then puts the values into words."""
    by_rank: dict[int, list[int]] = defaultdict(list)
    for _at, rank, row in places:
        by_rank[rank].append(row)
    tables = history_sources(record.subject.code)
    now, before = {}, {}
    for rank, ids in by_rank.items():
        history = tables[rank].history
        earlier = history.objects.filter(
            pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
        ).order_by("-pgh_id")
        rows = list(
            history.objects.filter(pgh_id__in=ids)
            .annotate(earlier=Subquery(earlier.values("pgh_id")[:1]))
            .select_related("pgh_context")
        )
        olds = history.objects.in_bulk(
            [r.earlier for r in rows if r.earlier and r.pgh_label == "update"]
        )
        for r in rows:
            now[rank, r.pgh_id], before[rank, r.pgh_id] = r, olds.get(r.earlier)
    wording = Wording(reader)
    drafts = []
    for _at, rank, row_id in places:
        row, model = now[rank, row_id], tables[rank].model
        sealed = record.sealed or (
            record.shown_from is not None and row.pgh_created_at < record.shown_from
        )
        differences = differences_between(model, row, before[rank, row_id])
        if not sealed:
            wording.need(model, row.pgh_obj_id, differences)
        drafts.append((model, row, sealed, differences))
    wording.read()
    names = user_names(
        {int(a) for _m, row, _s, _d in drafts if (a := actor_in(metadata_of(row))).isdigit()}
    )
    return [change_of(record, wording, names, *draft) for draft in drafts]


def _write(place: Place, *, backwards: bool) -> str:
    at, rank, row = place
    return signing.Signer(salt=SALT).sign_object((at.isoformat(), rank, row, backwards))


def _read(cursor: str) -> tuple[Place | None, bool]:
    """The place after which the page begins, and whether it is read backwards. Raises BadCursor."""
    if not cursor:
        return None, False
    try:
        text, rank, row, backwards = signing.Signer(salt=SALT).unsign_object(cursor)
        at = parse_datetime(text)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadCursor from error
    if at is None:
        raise BadCursor
    return (at, rank, row), backwards

"""Finding anything by what people type: a reference, a name, a code or words.

What is exactly a reference is that request or engagement and nothing else; one that the reader may
not see is answered as one that does not exist. Else each kind gives what has the text as its name,
then what begins with it, then what has its words, by rank, newer ones first. Ranks and counts are
worked out among the rows that the reader may see. Source: the rules of the programme on search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    FloatField,
    IntegerField,
    Model,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.lookups import Exact

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.requests.models import AssistanceRequest
from core.db.search import SearchName, StartsWith, WordsQuery
from core.text import Label
from portal.search import assistance_kinds, country_kinds, report_kinds
from portal.search.kinds import Hit, SearchKind

# in the order in which they are shown where nothing else puts one before another
KINDS: dict[str, SearchKind[Any]] = {
    kind.code: kind
    for kind in (
        assistance_kinds.REQUESTS,
        assistance_kinds.ENGAGEMENTS,
        country_kinds.COUNTRIES,
        country_kinds.INSTITUTIONS,
        assistance_kinds.PEOPLE,
        assistance_kinds.CONTACTS,
        assistance_kinds.NOTES,
        report_kinds.REPORTS,
        report_kinds.EDITIONS,
        country_kinds.PROCESSES,
        country_kinds.SESSIONS,
        country_kinds.DOCUMENTS,
        country_kinds.RECOMMENDATIONS,
        country_kinds.INSTRUMENTS,
        country_kinds.OBLIGATIONS,
        assistance_kinds.TOOLS,
    )
}
KIND_CHOICES = [(kind.code, kind.label) for kind in KINDS.values()]
REFERENCE = re.compile(r"[A-Z]{3}-[0-9]{4}-[0-9]{4,}")
SHOWN = 5  # of each kind
MOST = 1_000  # of each kind that are counted and can be leafed through
LONGEST = 200  # characters of what is looked for
EQUAL, BEGINS, WORDS = 1, 2, 3
NO_RANK = Value(0.0, FloatField())


@dataclass(frozen=True)
class Group:
    """What was found of one kind: some of it, and how much there is. `is_exact` unless there is
    more than `MOST`; `best` says how the first of it was found (`EQUAL`, `BEGINS`, `WORDS`)."""

    code: str
    label: Label
    hits: list[Hit]
    count: int = 1
    is_exact: bool = True
    best: int = EQUAL

    @property
    def has_more(self) -> bool:
        """Whether some of it is not among the hits."""
        return self.count > len(self.hits)


def search(user: User, text: str) -> list[Group]:
    """What the reader may see of what a text finds, the kinds with the best hits first; nothing for
    an empty one."""
    if reference := reference_in(text):
        return by_reference(user, reference)
    groups = [found_of_kind(user, text, kind) for kind in KINDS.values()]
    return sorted((group for group in groups if group.hits), key=lambda group: group.best)


def reference_in(text: str) -> str:
    """The reference that a text is; empty for another text."""
    reference = text.strip().upper()
    return reference if REFERENCE.fullmatch(reference) else ""


def by_reference(user: User, reference: str) -> list[Group]:
    """The one request or engagement of a reference, if the reader may see it."""
    for kind in (assistance_kinds.REQUESTS, assistance_kinds.ENGAGEMENTS):
        rows = visible_rows(kind, user).filter(reference=reference)
        if found := list(rows.select_related(*kind.related)):
            return [Group(kind.code, kind.label, kind.hits(user, found))]
    return []


def visible_rows(
    kind: SearchKind[AssistanceRequest] | SearchKind[Engagement], user: User
) -> QuerySet[Any]:
    """The reader's rows of a kind that has references."""
    rows: QuerySet[Any] = kind.model.objects.visible_to(user)
    return rows


def found_of_kind(user: User, text: str, kind: SearchKind[Any], size: int = SHOWN) -> Group:
    """The best of what a text finds of one kind. One statement, and those that the hits' words
    need."""
    rows = list(ranked(user, text, kind)[:size])
    total = rows[0].total if rows else 0
    return Group(
        kind.code,
        kind.label,
        kind.hits(user, rows),
        min(total, MOST),
        total <= MOST,
        rows[0].closeness if rows else WORDS,
    )


def all_of_kind(user: User, text: str, kind: SearchKind[Any]) -> Group:
    """All of one kind, up to `MOST`."""
    return found_of_kind(user, text, kind, MOST)


def ranked(user: User, text: str, kind: SearchKind[Any]) -> QuerySet[Any]:
    """All that is found, in its order, each row with the number of all (`total`). What may be in a
    place is looked for among the newest thousand there."""
    text = " ".join(text.split())
    places = [
        rows.order_by("-pk").values("pk")[: MOST + 1]
        for rows in kind.found(user, text)
        if text and not rows.query.is_empty()
    ]
    nothing: QuerySet[Any] = kind.model._default_manager.none()
    if not places:
        return nothing
    ids = places[0].union(*places[1:]) if len(places) > 1 else places[0]
    rank = SearchRank(kind.words, WordsQuery(text)) if kind.words is not None else NO_RANK
    found: QuerySet[Any] = kind.model._default_manager.filter(pk__in=ids).annotate(
        closeness=closeness(text, kind), rank=rank, total=Window(Count("pk"))
    )
    return found.select_related(*kind.related).order_by("closeness", "-rank", "-pk")


def closeness(text: str, kind: SearchKind[Model]) -> Case:
    """Whether a name equals the text, or begins with it, or something has its words."""
    sought = SearchName(Value(text))
    equal, begins = kind.also_named(text), Q(pk__in=())
    for name in kind.names:
        equal |= Q(Exact(SearchName(name), sought))
        begins |= Q(
            ExpressionWrapper(StartsWith(SearchName(name), sought), output_field=BooleanField())
        )
    return Case(
        When(equal, then=Value(EQUAL)),
        When(begins, then=Value(BEGINS)),
        default=Value(WORDS),
        output_field=IntegerField(),
    )

"""Which countries and programmes are a user's: asked here, answered by the apps above that know (registered when ready)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

Answer = Callable[[Any], QuerySet[Any]]
_answers: dict[str, Answer] = {}


def register(question: str, answer: Answer) -> None:
    """Tells who answers “countries”, “clearing” or “programmes”: a function from a user to a queryset of ids."""
    _answers[question] = answer


def country_ids(user: Any) -> QuerySet[Any]:
    """Ids of the countries for which the user is an active focal point today."""
    return _answers["countries"](user)


def clearing_ids(user: Any) -> QuerySet[Any]:
    """Ids of the countries for which the user may clear what others submit."""
    return _answers["clearing"](user)


def programme_ids(user: Any) -> QuerySet[Any]:
    """Ids of the programmes in which the user is an active member of staff today."""
    return _answers["programmes"](user)

"""In what a change was made: history keeps it beside the actor.

A request, a task of the clock, a command; nothing is SQL outside the product.
"""

from __future__ import annotations

from typing import ParamSpec, TypeVar

import pghistory
from celery import Task
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class RecordingMiddleware(HistoryMiddleware):
    """Actor, method and path of every request; the path without its query, which may hold words
    that somebody looked for.

    An API token's user becomes the actor when the view has known them, since the library follows
    `request.user`.
    """

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        """What history keeps of a request."""
        return {**super().get_context(request), "method": request.method}


P = ParamSpec("P")
Answer = TypeVar("Answer")


class RecordedTask(Task[P, Answer]):
    """A task whose changes bear its name."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Runs it."""
        with pghistory.context(task=self.name):
            return super().__call__(*args, **kwargs)


def command_context(name: str) -> pghistory.context:
    """A context manager in which changes bear the name of a command of `manage.py`."""
    return pghistory.context(command=name)

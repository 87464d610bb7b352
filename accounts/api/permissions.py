"""The first wall of the API: each view names the verb of the permission table that it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.permissions import may
from accounts.types import person_of


class VerbPermission(BasePermission):
    """Asks `accounts.permissions` for the verb that the view names for what is being done (`verbs`,
    by the view's action)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the role may; which rows is the queryset's matter."""
        verbs = view.verbs
        allowed = may(person_of(request), verbs.get(getattr(view, "action", None), verbs["list"]))
        if not allowed and view.kwargs and not may(person_of(request), verbs["list"]):
            raise Http404  # who may not even read says nothing of whether it is there
        return allowed

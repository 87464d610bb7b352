"""The filters of a list of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.request import Request

ALWAYS_READ = frozenset({"cursor", "page_size", "format", "lang"})  # parameters of every list


def refuse_unknown(request: Request, names: Iterable[str], also_read: Iterable[str] = ()) -> None:
    """Raises ValidationError, by parameter, for those that are no filter of these names."""
    known = {*names, *also_read, *ALWAYS_READ}
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        sentence = _("There is no such filter here. There are: %(names)s.") % {
            "names": ", ".join(sorted(names))
        }
        raise serializers.ValidationError({name: [sentence] for name in unknown})


class StrictFilterBackend(DjangoFilterBackend):
    """The list's filter set; a parameter that no filter reads is refused rather than overlooked."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that the filters leave. Raises ValidationError, by parameter."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        refuse_unknown(request, filterset.filters, getattr(view, "also_read", ()))
        if not filterset.is_valid():
            raise serializers.ValidationError(filterset.errors)
        return filterset.qs

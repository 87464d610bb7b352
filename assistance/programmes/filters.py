"""Filters by what a programme sets: pillar, theme, staff."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Pillar, Programme, ProgrammeMembership, Theme
from assistance.programmes.querysets import PillarQuerySet, ThemeQuerySet
from core import access
from core.filters import CodeFilter, code_filter


def pillar_filter(**kwargs: Any) -> CodeFilter:
    """By the pillar's code."""
    sentence = _("There is no pillar “%(value)s”; write its code, such as prevention.")
    return code_filter(_("Pillar"), own_pillars, sentence, **kwargs)


def theme_filter(**kwargs: Any) -> CodeFilter:
    """By the theme's code; the rows carry codes, not keys."""
    return code_filter(
        _("Theme"),
        own_themes,
        _("There is no theme “%(value)s”; write its code, such as digital-forensics."),
        **({"method": "with_theme"} | kwargs),
    )


def readers_programmes(request: Any) -> frozenset[int]:
    """Ids of the programmes of whoever asks."""
    user = request.user if request is not None else AnonymousUser()
    return access.programme_ids(user) | access.designated_programmes(user)


def own_pillars(request: Any) -> PillarQuerySet:
    """Of the reader's programmes, and what is offered no more."""
    return Pillar.objects.readable(readers_programmes(request))


def own_themes(request: Any) -> ThemeQuerySet:
    """Of the reader's programmes, and what is offered no more."""
    return Theme.objects.readable(readers_programmes(request))


def officer_filter(**kwargs: Any) -> CodeFilter:
    """By the lead officer: staff of the reader's programmes."""
    return code_filter(
        _("Lead officer"),
        colleagues,
        _("There is no such member of staff in your programmes."),
        to_field_name=None,
        **kwargs,
    )


def colleagues(request: Any) -> Any:
    """Active members of the programmes of whoever asks, by name."""
    if request is None or not getattr(request.user, "is_programme_staff", False):
        return User.objects.none()
    members = ProgrammeMembership.objects.active().filter(
        programme__in=access.programme_ids(request.user)
    )
    return User.objects.filter(pk__in=members.values("user_id")).order_by("name")


def programmes_by_today() -> dict[date, list[int]]:
    """Ids of programmes by the date that it is at their duty station: nearly always one date."""
    days: dict[date, list[int]] = {}
    for programme in Programme.objects.only("zone"):
        days.setdefault(programme.today(), []).append(programme.pk)
    return days

"""Somebody goes: asks those above who know of open work whether it is to be handed over first, and
ends what lets them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import models
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.tokens.models import ApiToken, FeedKey
from core.admin import Row, SearchableModelAdmin
from core.registry import Registry

PageFor = Callable[[models.Model, models.Model], str]
# `page_for(before, after)` answers with the address of the page that must come first, empty where
# no work is left with nobody
HANDOVERS: Registry[PageFor] = Registry("hand-overs")


def page_before(before: models.Model, after: models.Model) -> str:
    """The page on which open work is handed over before this row of the database may change; empty
    where it may."""
    return next((address for page in HANDOVERS if (address := page(before, after))), "")


def end_access(user: User) -> None:
    """Ends all sessions, tokens and addresses of feeds of a user who is not active any more."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    ApiToken.objects.filter(user=user, ended_at__isnull=True).update(ended_at=timezone.now())
    FeedKey.end(user)


class HandoverModelAdmin(SearchableModelAdmin[Row]):
    """An administration that does not let somebody go silently: the end itself is taken on the page
    of the hand-over, the rest is saved."""

    ending_fields: tuple[str, ...] = ()

    def save_model(
        self, request: HttpRequest, obj: Any, form: BaseModelForm[Row], change: bool
    ) -> None:
        """Saves; what would leave work with nobody is kept as it was and remembered for the page."""
        if change:
            before = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
            obj.handed_over_at = page_before(before, obj)
            if obj.handed_over_at:
                for name in self.ending_fields:
                    setattr(obj, name, getattr(before, name))
                form.changed_data[:] = [
                    name for name in form.changed_data if name not in self.ending_fields
                ]
        super().save_model(request, obj, form, change)
        if change and isinstance(obj, User) and not obj.is_active:
            end_access(obj)

    def response_change(self, request: HttpRequest, obj: Row) -> HttpResponse:
        """To the page of the hand-over where there is work."""
        address = getattr(obj, "handed_over_at", "")
        if not address:
            return super().response_change(request, obj)
        messages.warning(
            request, _("This has not ended yet: there is open work. Say who takes it over.")
        )
        return redirect(address)

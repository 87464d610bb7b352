"""Which views are exempt from a wall: the whole list, so that one more is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from core.view_flags import ViewFlags, flags_of
from tests.make import People

EXEMPT = ViewFlags(without_second_factor=True, own_account=True)
KEYED = ViewFlags(without_second_factor=True, own_account=True, has_key=True)
# beside all addresses below accounts/, which are exempt from both
LISTED = {
    "healthz": ViewFlags(without_second_factor=True),
    "readyz": ViewFlags(without_second_factor=True),
    "account/data/": ViewFlags(own_account=True),
    "language/": EXEMPT,
    "survey/": KEYED,
    "survey/test/": KEYED,
    "reports/feed.atom": ViewFlags(has_key=True),
}


def addresses(patterns: Any = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the product as it is declared, with its view."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def test_no_view_is_exempt_but_those_that_are_listed() -> None:
    flags = {route: getattr(view, "view_flags", ViewFlags()) for route, view in addresses()}
    assert len(flags) > 200
    accounts = {route for route in flags if route.startswith("accounts/")}
    api = {route for route in flags if route.startswith("api/v1/")}
    assert len(accounts) > 20 and {flags[route] for route in accounts} == {EXEMPT}
    assert len(api) > 20 and {flags[route] for route in api} == {ViewFlags(is_api=True)}
    public = {route for route in flags if route.startswith("<language:language>/")}
    keyed = {route for route in public if "donor-edition" in route or "subscription/" in route}
    assert len(keyed) == 4
    assert {flags[route] for route in keyed} == {ViewFlags(is_public=True, has_key=True)}
    assert len(public) >= 16
    assert {flags[route] for route in public - keyed} == {ViewFlags(is_public=True)}
    machines = {"sitemap.xml", "robots.txt"}
    assert {flags[route] for route in machines} == {ViewFlags(is_public=True)}
    listed = accounts | api | public | machines
    others = {r: f for r, f in flags.items() if f != ViewFlags() and r not in listed}
    assert others == LISTED


@pytest.mark.parametrize(
    ("path", "flags"),
    [
        ("/accounts/nowhere/at/all/", ViewFlags()),
        ("/account/data/more/", ViewFlags()),
        ("/accountsx/login/", ViewFlags()),
        ("/healthz/", ViewFlags()),
        ("/api/nowhere", ViewFlags(is_api=True)),
        ("/api/v1/nowhere/", ViewFlags(is_api=True)),
        ("/accounts/login/", EXEMPT),
        ("/", ViewFlags()),
    ],
)
def test_what_leads_nowhere_is_exempt_from_nothing(path: str, flags: ViewFlags) -> None:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    assert flags_of(request) == flags


@pytest.mark.django_db
@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_staff_without_a_second_step_get_no_further_by_an_address_that_only_begins_like_a_free_one(
    people: People,
) -> None:
    browser = Client()
    browser.force_login(people.officer)
    for path in ("/accounts/nowhere/at/all/", "/account/data/", "/healthzz", "/requests/"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/"), path
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/accounts/2fa/").status_code in (200, 302)

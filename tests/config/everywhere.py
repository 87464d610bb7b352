"""Every address that there is, found by introspection, and somebody signed in who asks them all
without losing the session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.models import User
from tests.accounts.test_walk import path_of, patterns

ARGUMENT = re.compile(r"\(\?P<\w+>(?:[^()]|\([^)]*\))*\)|<(?:\w+:)?\w+>")
ADMIN_FORMS = re.compile(r"admin/(\w+)/(\w+)/(add|<path:object_id>/change)/$")


def everything() -> list[tuple[str, URLPattern]]:
    """Every address there is, the libraries' own included, but for signing out, which ends the
    walk."""
    return [
        (whole, one)
        for whole, one in patterns(get_resolver())
        if "format" not in whole and "logout" not in whole
    ]


def filled(whole: str, value: str) -> str:
    """An address with a value in each place for one."""
    return "/" + re.sub(r"[\^$\\]", "", ARGUMENT.sub(lambda _found: value, whole))


def given_path(whole: str, pattern: URLPattern, things: dict[str, dict[str, Any]]) -> str:
    """An address of something that is there where we know one, else of anything."""
    try:
        return path_of(whole, pattern, things)[0]
    except KeyError:
        return filled(whole, "1")


def writable() -> list[tuple[str, URLPattern]]:
    """Addresses of the API that take something."""
    found = []
    for whole, pattern in everything():
        view: Any = pattern.callback
        if (
            whole.startswith("api/")
            and hasattr(view, "actions")
            and {"post", "patch", "put"} & set(view.actions)
        ):
            found.append((whole, pattern))
    return found


def forms_of(page: str) -> Iterator[tuple[str, list[str]]]:
    """Where each form of a page is sent to (empty: to the page), and the names of its fields."""
    for tag, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        if "post" in tag.lower():
            target = re.search(r'action="([^"]*)"', tag)
            yield (
                target[1] if target else "",
                [n for n in re.findall(r'\bname="([^"]+)"', inside) if n != "csrfmiddlewaretoken"],
            )


class Walker(Client):
    """Somebody (or nobody) who asks everywhere; what they change can be taken back, their session
    too."""

    def __init__(self, user: User | None, **options: Any) -> None:
        """Signs in once; signing in again for each address is what makes such walks slow."""
        super().__init__(raise_request_exception=False, **options)
        self.user = user
        if user is not None:
            self.force_login(user)

    @contextmanager
    def taken_back(self) -> Iterator[None]:
        """What is done inside is undone, and who was signed out is signed in again."""
        cookie = self.cookies["sessionid"].value if self.user is not None else ""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        if self.user is not None and (
            self.cookies["sessionid"].value != cookie or not self.session.get("_auth_user_id")
        ):
            self.force_login(self.user)

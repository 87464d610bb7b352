"""What every address answers every role: found by following links, then asked of everybody."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, URLPattern, get_resolver, resolve, reverse
from django.utils import timezone

HOST = "http://testserver"
ROLES = {
    "stranger": "",
    "focal point": "focalpoint.ken@example.org",
    "officer": "officer@example.org",
    "manager": "manager@example.org",
    "administrator": "admin@example.org",
}
PAGES_A_ROUTE = 2  # that a role opens: a second one shows what a first may not have
LEFT_ALONE = ("/accounts/logout/", "/static/", "/healthz", "/readyz")
RANDOM = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"  # keys
    r"|(?<=cursor=)[^&\s\"]+|(?<=after=)[^&\s\"]+|(?<=before=)[^&\s\"]+"  # places in lists
    r"|\d\d:\d\d:\d\d\.\d+"  # instants at which something was made
)
CLOCK = re.compile(r"\b\d\d:(\d\d)\b")
BEGUN = timezone.now()


@dataclass
class Answer:
    """One address as one role got it."""

    path: str
    status: int
    kind: str
    body: str = ""


@dataclass
class Found:
    """What all roles found: their answers, and for each route the first address of it and the
    arguments in it."""

    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    paths: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)


class Links(HTMLParser):
    """Addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links and what forms that only read ask for."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(str(given["href"]))
        elif (
            tag == "form"
            and given.get("action")
            and (given.get("method") or "get").lower() == "get"
        ):
            self.found.append(str(given["action"]))


def links_of(answer: Answer) -> Iterable[str]:
    """Addresses in a page or in what the API answers."""
    if answer.kind == "text/html":
        page = Links()
        page.feed(answer.body)
        return page.found
    return re.findall(rf'"((?:{HOST})?/[^"\s]*)"', answer.body) if "json" in answer.kind else ()


def route_of(path: str) -> tuple[str | None, dict[str, Any]]:
    """The pattern behind an address, and its arguments; none where nothing is."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None, {}
    return found.route, found.kwargs


def client_of(email: str) -> Client:
    """A browser of somebody, or of a stranger."""
    client = Client(raise_request_exception=False)
    if email:
        client.force_login(get_user_model().objects.get(email=email))
    return client


def asked(client: Client, method: str, path: str) -> Answer:
    """An answer, and the database as it was before."""
    data = (
        {"data": "{}", "content_type": "application/json"}
        if method == "post" and path.startswith("/api/")
        else {}
    )
    with transaction.atomic():
        answer = getattr(client, method)(path, **data)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code in (301, 302):
            body = answer.headers["Location"].encode()
        transaction.set_rollback(True)
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    return Answer(path, answer.status_code, kind, body.decode(errors="replace"))


def walk(client: Client, role: str, found: Found) -> None:
    """Follows links from the start page and the root of the API, a few addresses a route."""
    waiting = deque(["/", "/api/v1/"])
    opened: dict[str, int] = defaultdict(int)
    seen: set[str] = set()
    while waiting:
        path = waiting.popleft()
        route, arguments = route_of(path)
        if (
            route is None
            or path in seen
            or opened[route] >= PAGES_A_ROUTE
            or path.startswith(LEFT_ALONE)
        ):
            continue
        seen.add(path)
        opened[route] += 1
        answer = asked(client, "get", path)
        found.answers[role].append(answer)
        found.paths.setdefault(route, path)
        found.arguments.setdefault(route, arguments)
        for link in links_of(answer):
            whole = urlsplit(urljoin(HOST + path, link))
            if f"{whole.scheme}://{whole.netloc}" == HOST:
                waiting.append(whole.path + (f"?{whole.query}" if whole.query else ""))


def patterns(resolver: Any, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every route with the name that `reverse` knows it by; the API's second spelling, with a
    format, left out."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern, route, inner)
        elif "format" not in route:
            yield route, f"{space}{pattern.name}" if pattern.name else ""


def address_of(route: str, name: str, found: Found) -> str:
    """An address of a route: one that somebody found, or one made of the arguments of the route
    most like it; empty if none can be."""
    if route in found.paths:
        return found.paths[route]
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    if not names:
        return "/" + route.replace("^", "").replace("$", "").replace("\\Z", "")
    alike = sorted(found.arguments, key=lambda other: (-len(common(route, other)), other))
    arguments = {
        each: next(
            (found.arguments[other][each] for other in alike if each in found.arguments[other]),
            None,
        )
        for each in names
    }
    try:
        return reverse(name, kwargs=arguments) if name else ""
    except NoReverseMatch:
        return ""


def common(one: str, other: str) -> str:
    """What two routes begin with alike."""
    length = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[:length]


def steady(text: str) -> str:
    """A text without what is random in it, or tells when it was made: a time of the minutes just
    past, in whatever zone."""
    just_now = {(BEGUN - timedelta(minutes=ago)).minute for ago in range(-10, 10)}
    return CLOCK.sub(
        lambda found: "…" if int(found[1]) in just_now else found[0], RANDOM.sub("…", text)
    )


def statuses(clients: dict[str, Client], found: Found) -> Iterator[str]:
    """A line a route and method: what each role is answered."""
    for route, name in sorted(set(patterns(get_resolver()))):
        path = address_of(route, name, found)
        if not path or path.startswith(LEFT_ALONE):
            yield f"{route} {name}: no address"
            continue
        for method in ("get", "post"):
            told = ", ".join(
                f"{role} {asked(client, method, path).status}" for role, client in clients.items()
            )
            yield steady(f"{method.upper()} {route} ({name}) {path}: {told}")


def walk_all() -> tuple[dict[str, Client], Found]:
    """A client of each role, and what they found."""
    clients, found = {role: client_of(email) for role, email in ROLES.items()}, Found()
    for role, client in clients.items():
        walk(client, role, found)
    return clients, found

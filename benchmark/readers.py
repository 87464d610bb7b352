"""Who asks: members of staff and focal points, with a session and a token each, and what they may
look for. Run in an installation, it prints them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User

ROLES = (
    "officer of all programmes",
    "officer of the smallest programme",
    "manager",
    "focal point of the largest country",
    "focal point of a middle country",
    "focal point of the smallest country",
)
CASES = 200  # different ones that are asked for


@dataclass(frozen=True)
class Reader:
    """Somebody who asks, as the web server and the database know them."""

    role: str
    user: int
    session: str
    token: str
    is_focal_point: bool
    programmes: list[int]
    countries: list[int]
    cases: list[int]  # ids that they may see, over the whole range
    cursor: str = ""  # of the page that begins nine tenths into their list
    country: str = ""  # ISO 3166 alpha-3 of the one with the most of their cases
    programme: str = ""  # the code of the one with the most of their cases
    programme_id: int = 0
    words: list[str] = field(default_factory=list)  # two words each, of titles that they may see


def find_readers() -> list[Reader]:
    """One of each role that this installation has, but for those who see no request."""
    people = {role: find() for role, find in FINDERS.items()}
    found = [reader_of(role, user) for role, user in people.items() if user is not None]
    return [reader for reader in found if reader.cases]


def reader_of(role: str, user: User) -> Reader:
    """A reader with their session and token."""
    from django.db.models import Count

    from accounts.models import ApiToken
    from assistance.models import AssistanceRequest
    from core import access

    visible = AssistanceRequest.objects.visible_to(user)
    ids = list(visible.order_by("id").values_list("id", flat=True))
    step = max(1, len(ids) // CASES)
    chosen = ids[::step][:CASES]
    by_country = visible.order_by().values("country__iso3").annotate(n=Count("id"))
    most = by_country.order_by("-n", "country__iso3").first()
    by_programme = visible.order_by().values("programme_id", "programme__code")
    largest = by_programme.annotate(n=Count("id")).order_by("-n", "programme_id").first()
    titles = visible.filter(pk__in=chosen).values_list("title", flat=True)
    _token, key = ApiToken.issue(user, may_write=True, name="benchmark")
    return Reader(
        role=role,
        user=user.pk,
        session=session_of(user),
        token=key,
        is_focal_point=user.is_focal_point,
        programmes=sorted(access.programme_ids(user)),
        countries=sorted(access.country_ids(user)),
        cases=chosen,
        cursor=cursor_after(ids[len(ids) // 10]) if ids else "",
        country=most["country__iso3"] if most else "",
        programme=largest["programme__code"] if largest else "",
        programme_id=largest["programme_id"] if largest else 0,
        words=[" ".join(title.split()[:2]) for title in titles],
    )


def cursor_after(pk: int) -> str:
    """The cursor of the page of requests, newest first, that begins after this one."""
    from django.core import signing

    from core.api.pagination import SALT

    return signing.Signer(salt=SALT).sign_object(("-id", [pk], False))


def session_of(user: User) -> str:
    """The key of a session in which the user has just signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    from accounts.session_limits import BEGAN, SEEN

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BEGAN] = session[SEEN] = int(time.time())
    session.create()
    return str(session.session_key)


def by_programmes(*, most: bool) -> Callable[[], User | None]:
    """The officer who works for the most programmes, or for the fewest and smallest."""

    def find() -> User | None:
        from django.db.models import Count

        from accounts.models import Role, User

        officers = User.objects.filter(role=Role.OFFICER, memberships__isnull=False)
        sized = officers.annotate(
            programmes=Count("memberships", distinct=True),
            requests=Count("memberships__programme__requests", distinct=True),
        )
        order = ("programmes", "requests", "pk")
        return sized.order_by(*(f"-{name}" if most else name for name in order)).first()

    return find


def manager() -> User | None:
    """A manager of the largest programme."""
    from accounts.models import Role, User

    return User.objects.filter(role=Role.MANAGER, memberships__isnull=False).order_by("pk").first()


def by_country(share: float) -> Callable[[], User | None]:
    """A focal point of the country that stands so far down from the one with the most requests."""

    def find() -> User | None:
        from django.db.models import Count

        from countries.models import Country, FocalPoint

        spoken_for = FocalPoint.objects.active().values("country_id")
        sized = Country.objects.filter(pk__in=spoken_for).annotate(n=Count("requests"))
        countries = list(sized.filter(n__gt=0).order_by("-n", "pk"))
        if not countries:
            return None
        country = countries[min(int(share * len(countries)), len(countries) - 1)]
        return FocalPoint.objects.active().filter(country=country).order_by("pk")[0].user

    return find


FINDERS: dict[str, Callable[[], User | None]] = dict(
    zip(
        ROLES,
        (
            by_programmes(most=True),
            by_programmes(most=False),
            manager,
            by_country(0),
            by_country(0.5),
            by_country(1),
        ),
        strict=True,
    )
)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    print(json.dumps([asdict(reader) for reader in find_readers()]))

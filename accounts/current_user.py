"""Who asks, with the countries and programmes that are theirs, in one query a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateField, IntegerField, OuterRef
from django.utils import timezone

from accounts.tokens.models import ApiToken
from accounts.users.models import User
from core.access import ACCESS, QUESTIONS, Access
from core.db.compiled import CompiledQuery, QueryParameter, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet


def access_columns(user: str) -> list[ArraySubquery]:
    """What is the user's today; `user` is the path to their id."""
    today = QueryParameter("today", DateField())
    return [ArraySubquery(ACCESS.get(q)(OuterRef(user), today)) for q in QUESTIONS]


def _by_id() -> QuerySet[User, tuple[object, ...]]:
    found = User.objects.filter(pk=QueryParameter("user", IntegerField()))
    return found.values_list(*columns_of(User), *access_columns("pk"))


def _by_token() -> QuerySet[ApiToken, tuple[object, ...]]:
    found = ApiToken.objects.filter(
        digest=QueryParameter("digest", CharField()), ended_at__isnull=True, user__is_active=True
    )
    of_user = (f"user__{name}" for name in columns_of(User))
    return found.values_list(*columns_of(ApiToken), *of_user, *access_columns("user_id"))


USER_BY_ID = CompiledQuery(_by_id)
USER_BY_TOKEN = CompiledQuery(_by_token)


def user_of_row(row: Sequence[object]) -> User:
    """The user of a row of their columns and what is theirs."""
    names = columns_of(User)
    user = User.from_db("default", names, row[: len(names)])
    user.access = Access.of_columns(cast("Iterable[Iterable[int] | None]", row[len(names) :]))
    return user


def user_with_access(pk: int) -> User | None:
    """The user of an id, active or not, with what is theirs today (UTC)."""
    rows = USER_BY_ID.rows(user=pk, today=timezone.now().date())
    return user_of_row(rows[0]) if rows else None


def token_with_user(digest: str) -> ApiToken | None:
    """The token of a digest that nobody ended, expired or not, of an active user, who comes with
    what is theirs today (UTC)."""
    rows = USER_BY_TOKEN.rows(digest=digest, today=timezone.now().date())
    if not rows:
        return None
    names = columns_of(ApiToken)
    token = ApiToken.from_db("default", names, rows[0][: len(names)])
    token.user = user_of_row(rows[0][len(names) :])
    return token

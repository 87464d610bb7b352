"""What is held about a user, told by every app that holds something, and how it goes.

Registered from above when the apps are ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from accounts.api.models import IdempotencyKey
from accounts.models import ApiToken, FeedKey, Look, User
from core.registry import Registry

Row = Mapping[str, object]
Rows = Iterable[Row]


class NotYet(Exception):
    """Why somebody cannot be erased now; the text is the sentence."""


@dataclass(frozen=True)
class Holding:
    """What an app holds about people: `rows_of(user)` gives rows of plain values, `erase(user)`
    runs in the transaction of the erasure, while the e-mail is still known.

    `place` is where it is read: one's account and messages first, then who looked, then the rest.
    """

    rows_of: Callable[[User], Rows]
    erase: Callable[[User], None] | None = None
    place: int = 2


HOLDINGS: Registry[Holding] = Registry("holdings of personal data")


def held_about(user: User) -> dict[str, list[Row]]:
    """Everything that is held about somebody, by kind.

    Other people's data and the content of cases are not part of it.
    """
    holdings = sorted(HOLDINGS.items(), key=lambda held: held[1].place)
    return {what: list(holding.rows_of(user)) for what, holding in holdings}


@transaction.atomic
def erase_user(user: User, *, path: str) -> None:
    """Nothing personal of a user is left; what they did stays recorded under their number.

    Raises NotYet for who can still sign in.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise NotYet(
            f"{user.email} is still active. Deactivate the account first: that asks who takes over"
            " their open work."
        )
    for holding in HOLDINGS:
        if holding.erase is not None:
            holding.erase(user)
    user.email, user.name, user.title, user.phone = f"erased-{user.pk}@erased.invalid", "", "", ""
    user.deputy = None
    user.set_unusable_password()
    user.save()
    Look.objects.create(act=Look.Act.ERASED, subject="user", subject_id=user.pk, path=path)


def forget_in_log(model: type[Model], ids: Iterable[int]) -> None:
    """Administration's own log names rows by their text, which may hold a name."""
    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=[str(i) for i in ids]
    )
    rows.update(object_repr="")


def account_data(user: User) -> Rows:
    """The account itself."""
    names = (
        "email",
        "name",
        "title",
        "phone",
        "role",
        "language",
        "time_zone",
        "absent_from",
        "absent_until",
        "is_active",
        "joined_at",
        "last_login",
    )
    yield {n: getattr(user, n) for n in names}


def sign_in_data(user: User) -> Rows:
    """Sessions, keys of programs, second steps and single sign-on, without any secret."""
    for session in UserSession.objects.filter(user=user):
        yield {
            "kind": "session",
            "from": session.created_at,
            "seen": session.last_seen_at,
            "address": session.ip,
            "browser": session.user_agent,
        }
    for token in ApiToken.objects.filter(user=user):
        yield {
            "kind": "API token",
            "name": token.name,
            "from": token.created_at,
            "until": token.ended_at or token.expires_at,
        }
    for feed in FeedKey.objects.filter(user=user):
        yield {"kind": "address of a feed", "from": feed.created_at, "until": feed.ended_at}
    for step in Authenticator.objects.filter(user=user):
        yield {"kind": step.get_type_display(), "from": step.created_at, "seen": step.last_used_at}
    for link in SocialAccount.objects.filter(user=user):
        yield {
            "kind": "single sign-on",
            "from": link.date_joined,
            "subject": link.uid,
            "said": link.extra_data,
        }


def access_data(user: User) -> Rows:
    """Looks at this account, and what they looked at themselves."""
    for row in Look.objects.filter(Q(actor=user) | Q(subject="user", subject_id=user.pk)).order_by(
        "at"
    ):
        yield {
            "at": row.at,
            "by": "self" if row.actor_id == user.pk else "somebody else",
            "act": row.act,
            "subject": row.subject,
            "persons": row.persons,
        }


def forget_account(user: User) -> None:
    """Sessions, keys, second steps, links, messages and the administration's log."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    models: tuple[type[Model], ...] = (
        ApiToken,
        FeedKey,
        Authenticator,
        SocialAccount,
        EmailAddress,
        IdempotencyKey,
    )
    for model in models:
        model._default_manager.filter(user=user).delete()
    User.objects.filter(deputy=user).update(deputy=None)
    forget_in_log(User, [user.pk])


def register_own_holdings() -> None:
    """What this app holds."""
    HOLDINGS.register("account", Holding(account_data, forget_account, place=0))
    HOLDINGS.register("signing in", Holding(sign_in_data, place=0))
    HOLDINGS.register("looks at personal data", Holding(access_data, place=1))


def export_of(user: User) -> dict[str, object]:
    """With the day and whose it is, as it is handed out."""
    return {"made_at": timezone.now(), "about": user.email, "held": held_about(user)}

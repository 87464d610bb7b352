"""The third wall: what focal points do runs as a PostgreSQL role that sees their countries' rows
and no others.

Policies on every table that holds a country's data compare it with what is set here for the
transaction. A filter that a view forgot then leaks nothing. Staff are not limited here: their rows
come from `visible_to` (rules of the programme, section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from core import access

if TYPE_CHECKING:
    from core.types import User

ROLE = "meridian_country"
SETTINGS = (
    "meridian.user",
    "meridian.countries",
    "meridian.clearing",  # by former policies: of countries alone
    "meridian.designated",
    "meridian.designated_clearing",
)


def postgres_array(ids: Iterable[int]) -> str:
    """Ids as PostgreSQL writes an array."""
    return "{" + ",".join(str(int(i)) for i in ids) + "}"


@contextmanager
def as_country(user: User) -> Iterator[None]:
    """Runs the block in a transaction under the restricted role, for the countries that the user
    speaks for today.

    The role and the settings end with the block, also inside a transaction that goes on (a
    savepoint would keep them).
    """
    with transaction.atomic():
        clearing = access.clearing_pairs(user)
        values = (
            str(user.pk),
            postgres_array(access.country_ids(user)),
            postgres_array({access.of_pair(number)[0] for number in clearing}),
            postgres_array(access.designated_pairs(user)),
            postgres_array(clearing),
        )
        set_locally(dict(zip(SETTINGS, values, strict=True)), ROLE)
        yield  # an error rolls back to before the role was taken
        if not connection.needs_rollback:
            leave_role()


def leave_role() -> None:
    """Back to the application's own role."""
    set_locally(dict.fromkeys(SETTINGS, ""), "none")


def set_locally(settings: dict[str, str], role: str) -> None:
    """Settings and the role until the end of the transaction, in one statement."""
    values = [part for setting in (*settings.items(), ("role", role)) for part in setting]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * (len(settings) + 1)), values
        )

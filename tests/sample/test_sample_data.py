"""The command that makes sample data: bounds, refusals, and the same rows from the same seed."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from accounts.models import User
from assistance.models import AssistanceRequest, Engagement
from sample.run import Maker
from tests import make

COMPARED = (
    "accounts_user",
    "countries_focalpoint",
    "assistance_assistancerequest",
    "assistance_requesthistory",
    "assistance_caseevent",
    "assistance_eventtext",
    "assistance_caseclock",
    "assistance_statespan",
    "assistance_engagement",
    "assistance_engagementhistory",
    "assistance_engagementpart",
    "assistance_countryparticipation",
    "assistance_countryparticipationevent",
    "assistance_engagementevent",
    "assistance_responseplan",
)
pytestmark = pytest.mark.django_db


def dots(cursor: Any, name: str) -> str:
    """A hash of a table's rows, in the order of their keys."""
    cursor.execute(
        f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"
    )
    return str(cursor.fetchone()[0])


def fingerprint(requests: int, seed: int) -> dict[str, str]:
    """Hashes of the tables after a run that is rolled back."""
    with transaction.atomic():
        Maker(requests, seed).make()
        with connection.cursor() as cursor:
            found = {name: dots(cursor, name) for name in COMPARED}
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_rows_and_another_gives_others() -> None:
    first = fingerprint(60, 7)
    assert fingerprint(60, 7) == first
    other = fingerprint(60, 8)
    assert not any(other[name] == first[name] for name in COMPARED)


def test_there_are_bounds_and_nothing_is_mixed_with_what_is_there(settings: Any) -> None:
    with pytest.raises(CommandError, match="from 1 to 5,000,000"):
        call_command("sample_data", requests=0)
    with pytest.raises(CommandError, match="from 1 to 5,000,000"):
        call_command("sample_data", requests=5_000_001)
    make.draft(make.focal_point("KEN"))
    with pytest.raises(CommandError, match="requests already"):
        call_command("sample_data", requests=5)
    said = StringIO()
    call_command("sample_data", requests=5, only_if_empty=True, stdout=said)
    assert "already" in said.getvalue()
    assert (
        AssistanceRequest.objects.count(),
        User.objects.count(),
        Engagement.objects.count(),
    ) == (1, 1, 0)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("sample_data", requests=5)


def test_few_requests_make_a_small_sample() -> None:
    said = StringIO()
    call_command("sample_data", requests=3, only_if_empty=True, stdout=said)
    assert AssistanceRequest.objects.count() == 3
    assert "Done in" in said.getvalue()

"""Lists of people, for tests of what is kept about them."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.models import Person
from assistance.participants import attendance_import, services
from countries.models import Country

ROSTER = (
    "Name\tSex\tCountry\tInstitution\tE-mail\nAmina"
    " Otieno\tw\tKEN\tPolice\tamina@police.example\nSefa Tuilagi\tman\tFiji\tPolice\t\n"
)


def signed_in(user: User) -> Client:
    """A browser of somebody."""
    client = Client()
    client.force_login(user)
    return client


def listed(user: User, deed: Engagement) -> list[Person]:
    """The people of `ROSTER`, put on the list of an engagement's only part."""
    part = deed.parts.get()
    services.add_attendance(
        user,
        part,
        attendance_import.read_attendance(
            ROSTER, list(Country.objects.filter(iso3__in=["KEN", "FJI"]))
        ),
    )
    return list(Person.objects.order_by("pk"))


def command(*arguments: str) -> str:
    """What `manage.py personal_data` prints."""
    out = StringIO()
    call_command("personal_data", *arguments, stdout=out)
    return out.getvalue()


def mark_in(page: Any) -> str:
    """What the form of a person carries of what was known when it was opened."""
    found = re.search(r'name="seen" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def stored() -> list[tuple[str, str, str]]:
    """What the database holds of everybody: e-mail, telephone, mark."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, phone, identity FROM assistance_person ORDER BY id")
        return list(cursor.fetchall())

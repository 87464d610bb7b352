"""A worker's memory does not grow with what a report counts: measured by its peak resident size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from reports.documents.render import render_document
from tests.make import People
from tests.reports.producing import busy_people, produced

pytestmark = pytest.mark.django_db
people = busy_people  # of `busy_programme`
MANY = 60_000  # rows: a snapshot that is read whole takes 80 MB of them
MOST = 40 * 1024  # kilobytes; the JSON alone has 12 MB
MULTIPLY = """
INSERT INTO reports_annexrow (revision_id, audience, kind, row_id, content)
SELECT revision_id, audience, kind, 1000000 + n, content
FROM (SELECT * FROM reports_annexrow WHERE kind = 'participation' AND audience = 'internal'
      LIMIT 1) one, generate_series(1, %s) n
"""


def resident(what: str) -> int:
    """Kilobytes that this process holds (VmRSS), or held at most since it was reset (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))


def test_documents_of_many_rows_take_little_memory(people: People) -> None:
    current: Any = produced(people).current
    forms = ("html", "xlsx", "csv", "json")
    for form in forms:  # what is loaded once
        render_document(current.contents, "", "en", form)
    with connection.cursor() as cursor:
        cursor.execute(MULTIPLY, [MANY])
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = resident("VmRSS")
    sizes = {form: len(render_document(current.contents, "", "en", form)) for form in forms}
    assert sizes["json"] > MANY * 150
    grown = resident("VmHWM") - before
    assert grown < MOST, grown

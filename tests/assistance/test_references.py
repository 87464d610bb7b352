"""References have no gaps, however many submit at once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection, transaction

from assistance.requests import references, services
from assistance.requests.models import AssistanceRequest, ReferenceCounter
from core.workflow.exceptions import DomainError
from tests import make
from tests.make import People
from tests.processes import ROOT

AT_ONCE = """
import sys, django
from multiprocessing import get_context
django.setup()
from accounts.models import User
from assistance.requests import services
author, *cases = map(int, sys.argv[1:])
forked = get_context("fork")
start = forked.Barrier(len(cases))

def submit(case):
    start.wait(60)
    services.perform_action(User.objects.get(pk=author), case, "submit")

processes = [forked.Process(target=submit, args=[case]) for case in cases]
for process in processes:
    process.start()
for process in processes:
    process.join()
sys.exit(any(process.exitcode for process in processes))
"""


@pytest.mark.fault
def test_twenty_processes_submitting_at_once_get_twenty_consecutive_references(
    committed: None,
) -> None:
    author = make.focal_point("KEN")
    drafts = [make.draft(author, title=f"Request {n}") for n in range(20)]
    parts = connection.settings_dict
    env = os.environ | {
        "DATABASE_URL": f"postgresql://{parts['USER']}@/{parts['NAME']}?host={parts['HOST']}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", AT_ONCE, str(author.pk), *(str(d.pk) for d in drafts)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    year = make.programme().today().year
    given = sorted(str(r) for r in AssistanceRequest.objects.values_list("reference", flat=True))
    assert given == [f"KEN-{year}-{n:04d}" for n in range(1, 21)]


@pytest.mark.django_db
def test_a_submission_that_fails_gives_its_number_back(people: People) -> None:
    incomplete = make.draft(people.kenya, problem="")
    with pytest.raises(DomainError):
        services.perform_action(people.kenya, incomplete.pk, "submit")
    case = make.submitted(people.kenya)
    assert case.reference is not None and case.reference.endswith("-0001")


@pytest.mark.django_db
def test_countries_and_years_have_their_own_numbers(people: People) -> None:
    kenya, fiji = make.submitted(people.kenya), make.submitted(people.fiji, "FJI")
    assert [c.reference[-4:] for c in (kenya, fiji) if c.reference] == ["0001", "0001"]
    with transaction.atomic():
        assert references.next_reference("KEN", 1999) == "KEN-1999-0001"
    assert ReferenceCounter.objects.get(series="KEN", year=1999).last == 1


def test_a_reference_outside_a_transaction_is_refused(committed: None) -> None:
    with pytest.raises(RuntimeError):
        references.next_reference("KEN", 2026)
    assert not ReferenceCounter.objects.exists()

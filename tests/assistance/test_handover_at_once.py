"""Two administrators end the same account at the same moment: one hand-over, and a sentence for the
other."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection

from accounts.models import Role, User
from assistance.handover.services import hand_over
from assistance.handover.terminations import Termination
from assistance.models import CaseEvent
from core.workflow.exceptions import EditConflict
from tests import make
from tests.assistance.test_handover import DEACTIVATED, lead, work_of
from tests.make import People


def test_two_at_the_same_moment_end_in_one_hand_over(committed: None) -> None:
    people, other = People(), make.staff(Role.OFFICER, name="Another officer")
    case, *_ = work_of(people.officer, people)
    results: list[Any] = []
    start = threading.Barrier(2)

    def one(successor: User) -> None:
        try:
            start.wait()
            results.append(
                hand_over(
                    people.administrator,
                    people.officer.pk,
                    Termination("user", people.officer.pk, DEACTIVATED),
                    {lead_name: successor.pk},
                )
            )
        except EditConflict as refusal:
            results.append(refusal)
        finally:
            connection.close()

    lead_name = lead()
    threads = [threading.Thread(target=one, args=(u,)) for u in (other, people.manager)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(isinstance(r, EditConflict) for r in results) == [False, True]
    assert CaseEvent.objects.filter(request=case, action="hand_over").count() == 1

"""Nothing is confirmed for security forces, and no delivery to them begins, before a manager found that
it may; few read what was found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.due_diligence import services
from assistance.due_diligence.models import DueDiligence
from assistance.engagements import services as engagements
from assistance.requests.models import AssistanceRequest
from core.db.country_role import as_country
from core.workflow.exceptions import ActionNotAllowed, DomainError
from tests import make
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db


def today() -> date:
    return make.programme().today()


def found(people: People, case: AssistanceRequest, **changed: object) -> DueDiligence:
    """A finding that lets help be given for a year."""
    values: dict[str, object] = {
        "unit": "Cybercrime unit",
        "risk": "low",
        "assessment": "Nothing was found against it.",
        "finding": "may_proceed",
        "conditions": "",
        "decided_on": today(),
        "valid_until": today() + timedelta(days=365),
    }
    return services.record_due_diligence(people.manager, case, values | changed)


def forces(people: People, to: str = "planned") -> AssistanceRequest:
    """A request of security forces."""
    return make.advanced(people, to, security_force="yes")


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def test_delivery_waits_for_a_finding_that_lets_it(people: People) -> None:
    case = forces(people)
    deed = make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    for changed in (
        None,
        {"finding": "not"},
        {"valid_until": today() - timedelta(days=1), "decided_on": today() - timedelta(days=9)},
    ):
        if changed is not None:
            found(people, case, **changed)
        with pytest.raises(DomainError, match="waits for due diligence"):
            make.do(people.officer, case, "start_delivery")
        with pytest.raises(DomainError, match="waits for due diligence"):
            engagements.perform_action(people.officer, deed.pk, "confirm")
    refused = Api(people.officer).post(f"engagements/{deed.pk}/actions/confirm/")
    assert refused.status_code == 400 and "due diligence" in str(refused.data)
    found(people, case)
    engagements.perform_action(people.officer, deed.pk, "confirm")
    case.refresh_from_db()
    assert case.state == "in_delivery"


def test_what_took_place_is_recorded_all_the_same(people: People) -> None:
    case = forces(people)
    deed = make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    engagements.perform_action(people.officer, deed.pk, "deliver", {"outcome": "Done."})
    deed.refresh_from_db()
    assert deed.state == "delivered"


def test_other_requests_wait_for_nothing(people: People) -> None:
    assert make.advanced(people, "in_delivery").state == "in_delivery"


def test_a_finding_has_its_conditions_its_days_and_its_manager(people: People) -> None:
    case = forces(people, "accepted")
    with pytest.raises(DomainError, match="Write the conditions"):
        found(people, case, finding="with_conditions")
    with pytest.raises(DomainError, match="end before it begins"):
        found(people, case, valid_until=today() - timedelta(days=1))
    with pytest.raises(ActionNotAllowed):
        services.record_due_diligence(people.officer, case, {})
    row = found(people, case, finding="with_conditions", conditions="Names are checked.")
    for change in (lambda: DueDiligence.objects.update(risk="low"), lambda: row.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        DueDiligence.objects.create(
            request=case,
            unit="x",
            risk="low",
            assessment="x",
            finding="with_conditions",
            decided_on=today(),
            valid_until=today(),
            decided_by=people.manager,
        )


def test_a_manager_records_on_a_page_that_few_read(people: People) -> None:
    case = forces(people, "accepted")
    address = reverse("due_diligence", args=[case.pk])
    manager, lead = browser(people.manager), browser(people.officer)
    sent = {
        "unit": "Cybercrime unit",
        "risk": "medium",
        "assessment": "Zanzibar complaints were looked at.",
        "finding": "with_conditions",
        "conditions": "",
        "decided_on": str(today()),
        "valid_until": str(today() + timedelta(days=9)),
    }
    wrong = manager.post(address, sent)
    assert wrong.status_code == 422 and "Zanzibar complaints" in wrong.content.decode()
    assert manager.post(address, sent | {"conditions": "Names are checked."}).status_code == 302
    assert "Zanzibar complaints" in lead.get(address).content.decode()
    assert address in lead.get(case.get_absolute_url()).content.decode()
    assert lead.post(address, sent).status_code == 404
    other = make.staff(make.Role.OFFICER)
    for user in (other, people.kenya, people.fiji, people.administrator):
        client = browser(user)
        assert client.get(address).status_code == 404
        page = client.get(case.get_absolute_url()).content.decode()
        assert "Zanzibar" not in page and address not in page
        assert not DueDiligence.objects.visible_to(user).exists()
    assert "Zanzibar" not in str(Api(people.officer).get(f"requests/{case.pk}/").data)
    with pytest.raises(ProgrammingError), transaction.atomic(), as_country(people.kenya):
        DueDiligence.objects.exists()


def test_a_request_without_security_forces_has_no_such_page(people: People) -> None:
    case = make.advanced(people, "accepted")
    assert browser(people.manager).get(reverse("due_diligence", args=[case.pk])).status_code == 404

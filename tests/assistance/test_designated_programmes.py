"""A focal point speaks for a country in the programmes for which it is designated: nobody reads
another programme's requests, by page, API or in the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assistance.handover.querysets import open_work
from assistance.handover.terminations import Responsibilities
from assistance.notes.models import CountryNote
from assistance.programmes.models import Programme
from assistance.requests import services
from assistance.requests.models import AssistanceRequest
from core import access
from core.db.country_role import as_country
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country, FocalPoint
from notifications.models import Notification
from portal.news.models import NewsItem
from portal.news.services import agree_to_text
from reports.editions.models import ReportEdition
from tests import make
from tests.api import Api
from tests.assistance.test_request_drafting import subject
from tests.make import People
from tests.reports.producing import produced, publish

pytestmark = pytest.mark.django_db
TITLE = "Border laboratories"


@pytest.fixture
def other() -> Programme:
    """Another programme, for which nobody is designated yet."""
    seeded = make.programme()
    made = Programme.objects.create(
        code="customs", title="Customs", eligible_group=seeded.eligible_group
    )
    made.pillars.set(seeded.pillars.all())
    made.themes.set(seeded.themes.all())
    made.reasons.set(seeded.reasons.all())
    return made


@pytest.fixture
def colleague(other: Programme) -> User:
    """Speaks for Kenya too, in the other programme alone."""
    person = make.user(make.Role.FOCAL_POINT, name="Otieno Were")
    make.designate(person, "KEN", other)
    return person


def foreign_case(people: People, other: Programme) -> AssistanceRequest:
    """A request of Kenya to the other programme."""
    case = make.submitted(people.kenya, title=TITLE)
    AssistanceRequest.objects.filter(pk=case.pk).update(programme=other)
    return case


def test_a_request_is_read_by_who_is_designated_for_its_programme(
    people: People, other: Programme, colleague: User
) -> None:
    case, own = foreign_case(people, other), make.submitted(people.kenya, title="Of cybercrime")
    visible = AssistanceRequest.objects.visible_to
    assert [*visible(people.kenya)] == [own] and [*visible(colleague)] == [case]
    client = Client()
    client.force_login(people.kenya)
    for address in (reverse("requests"), reverse("home"), "/countries/KEN/", f"/search/?q={TITLE}"):
        page = client.get(address).content.decode()
        assert TITLE not in page.replace(f'value="{TITLE}"', ""), address
    assert client.get(case.get_absolute_url()).status_code == 404
    assert Api(people.kenya).get(f"requests/{case.pk}/").status_code == 404
    client.force_login(colleague)
    assert TITLE in client.get(case.get_absolute_url()).content.decode()


def test_the_database_shows_the_country_role_no_request_of_another_programme(
    people: People, other: Programme, colleague: User
) -> None:
    case = foreign_case(people, other)
    tables = ("assistance_assistancerequest", "assistance_caseevent", "assistance_caseclock")
    for person, sees in ((people.kenya, False), (colleague, True)):
        with as_country(person), connection.cursor() as cursor:
            for table in tables:
                column = "id" if table.endswith("request") else "request_id"
                cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [case.pk])
                assert (cursor.fetchone() != (0,)) is sees, (table, person)
            cursor.execute("SELECT count(*) FROM countries_designatedprogramme")
            assert cursor.fetchone() != (0,)  # who speaks for whom is nobody's secret
    for values in ({"title": "x"}, {"programme": make.programme()}):
        with as_country(people.kenya):
            assert AssistanceRequest.objects.filter(pk=case.pk).update(**values) == 0
    own = make.submitted(people.kenya)
    with pytest.raises(DatabaseError), transaction.atomic(), as_country(people.kenya):
        AssistanceRequest.objects.filter(pk=own.pk).update(programme=other)


def test_nobody_writes_to_a_programme_for_which_they_are_not_designated(
    people: People, other: Programme
) -> None:
    make.designate(people.kenya, "UGA", other)  # there for the other one alone
    client = Client()
    client.force_login(people.kenya)
    kenya, uganda = (Country.objects.get(iso3=code) for code in ("KEN", "UGA"))
    assert access.designated_programmes(people.kenya) == {make.programme().pk, other.pk}
    for country, programme, status in (
        (kenya, make.programme(), 302),
        (uganda, other, 302),
        (kenya, other, 422),
        (uganda, make.programme(), 422),
    ):
        sent = subject(country=country.pk, programme=programme.pk)
        answer = client.post(reverse("request_new"), sent)
        assert answer.status_code == status, (country, programme)
        if status == 422:
            assert "You are not designated for this programme" in answer.content.decode()
    body = {"title": "A course", "country": "KEN", "programme": "customs"}
    refused = Api(people.kenya).post("requests/", body)
    assert refused.status_code == 400 and "programme" in refused.data["errors"]
    draft = make.draft(people.kenya)
    with pytest.raises(DomainError, match="not designated"):
        services.edit_draft(people.kenya, draft.pk, {"programme": other})


def test_only_who_speaks_for_the_programme_is_told_and_clears(
    people: People, other: Programme
) -> None:
    outsider = make.user(make.Role.FOCAL_POINT, name="Clears customs")
    make.designate(outsider, "KEN", other, may_clear=True)
    case = make.submitted(people.kenya)
    assert case.reference, "nobody of the programme clears, so that it was sent at once"
    make.do(
        people.officer, case, "start_review", lead_officer=people.officer, letter="authenticated"
    )
    told = set(Notification.objects.values_list("user_id", flat=True))
    assert people.kenya.pk in told and outsider.pk not in told
    clearer = make.focal_point("KEN", may_clear=True)
    waiting = make.do(people.kenya, make.draft(people.kenya), "submit")
    assert waiting.state == "awaiting_clearance"
    visible = AssistanceRequest.objects.visible_to
    assert waiting in visible(clearer) and waiting not in visible(outsider)


def test_a_case_that_nobody_of_its_programme_speaks_for_is_listed_so(
    people: People, other: Programme
) -> None:
    case = foreign_case(people, other)
    alone = AssistanceRequest.objects.without_focal_point
    assert [*alone()] == [case]
    make.designate(make.user(make.Role.FOCAL_POINT), "KEN", other)
    assert not alone().exists()


def test_a_brief_is_read_by_who_speaks_for_its_programme(people: People, colleague: User) -> None:
    kenya = Country.objects.get(iso3="KEN")
    report = publish(people, produced(people, kind="country", countries=[kenya]))
    assert report.current is not None
    edition = report.current.editions.get(audience="country")
    for person, sees in ((people.kenya, True), (colleague, False)):
        assert (edition in ReportEdition.objects.visible_to(person)) is sees
        with as_country(person):
            assert ReportEdition.objects.filter(pk=edition.pk).exists() is sees
        client = Client()
        client.force_login(person)
        status = client.get(edition.get_absolute_url()).status_code
        assert status == (200 if sees else 404)
    told = Notification.objects.filter(kind="report.published").values_list("user_id", flat=True)
    assert people.kenya.pk in told and colleague.pk not in told


def test_a_designation_is_made_with_a_programme_and_keeps_it(
    people: People, other: Programme
) -> None:
    client = Client()
    client.force_login(people.administrator)
    person = make.user(make.Role.FOCAL_POINT)
    country = Country.objects.get(iso3="TUV")
    sent = {
        "user": person.pk,
        "country": country.pk,
        "valid_from": "2026-01-01",
        "designated_programmes-TOTAL_FORMS": 1,
        "designated_programmes-INITIAL_FORMS": 0,
        "designated_programmes-MIN_NUM_FORMS": 1,
        "designated_programmes-MAX_NUM_FORMS": 1000,
    }
    address = reverse("admin:countries_focalpoint_add")
    assert client.post(address, sent).status_code == 200
    assert not FocalPoint.objects.filter(user=person).exists()
    answer = client.post(address, sent | {"designated_programmes-0-programme": other.pk})
    assert answer.status_code == 302
    designation = FocalPoint.objects.get(user=person)
    assert [*designation.programmes.all()] == [other]
    assert designation.valid_from == date(2026, 1, 1)


def test_only_who_could_read_them_takes_over_drafts(people: People, colleague: User) -> None:
    draft = make.draft(people.kenya)
    leaving = Responsibilities(writes=frozenset({draft.country_id}))
    (slot,) = open_work(people.kenya, leaving).slots
    assert slot.candidates == []
    replacement = make.focal_point("KEN")
    (slot,) = open_work(people.kenya, leaving).slots
    assert slot.candidates == [replacement]


def test_who_leaves_is_not_asked_about_programmes_that_were_never_theirs(
    people: People, other: Programme
) -> None:
    foreign, own = foreign_case(people, other), make.submitted(people.kenya)
    country = frozenset({own.country_id})
    work = open_work(people.kenya, Responsibilities(speaks=country, clears=country))
    asked = {pk for rows in work.alone.values() for pk, _programme in rows}
    assert own.pk in asked and foreign.pk not in asked


def test_notes_and_news_are_read_by_who_speaks_for_their_programme(
    people: People, other: Programme, colleague: User
) -> None:
    kenya = Country.objects.get(iso3="KEN")
    note = CountryNote.objects.create(
        programme=other,
        country=kenya,
        author=people.officer,
        whom="The ministry",
        held_on=date(2026, 1, 1),
        by="call",
        said=TITLE,
        is_shared=True,
    )
    item = NewsItem.objects.create(
        programme=other,
        happened_on=date(2026, 1, 1),
        author=people.officer,
        state="in_review",
    )
    item.countries.add(kenya)
    for person, sees in ((people.kenya, False), (colleague, True)):
        assert (note in CountryNote.objects.visible_to(person)) is sees
        assert (item in NewsItem.objects.visible_to(person)) is sees
        with as_country(person):
            assert CountryNote.objects.exists() is sees
            assert NewsItem.objects.exists() is sees
    with pytest.raises(ActionNotAllowed):
        agree_to_text(people.kenya, item, item.text_mark)


def test_the_programme_of_a_designation_is_not_exchanged(people: People, other: Programme) -> None:
    client = Client()
    client.force_login(people.administrator)
    designation = people.kenya.designations.get()
    row = designation.designated_programmes.get()
    sent = {
        "is_primary": "on",
        "valid_from": "2020-01-01",
        "designated_programmes-TOTAL_FORMS": 2,
        "designated_programmes-INITIAL_FORMS": 1,
        "designated_programmes-0-id": row.pk,
        "designated_programmes-0-focal_point": designation.pk,
        "designated_programmes-0-programme": other.pk,
        "designated_programmes-1-id": "",
        "designated_programmes-1-focal_point": designation.pk,
        "designated_programmes-1-programme": other.pk,
    }
    address = reverse("admin:countries_focalpoint_change", args=[designation.pk])
    assert client.post(address, sent).status_code == 302
    assert {*designation.programmes.all()} == {make.programme(), other}

"""A country's own public page: by its word alone, and without a name."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from assistance.publications.models import CountryPublication
from assistance.publications.services import set_publication
from core.db.country_role import as_country
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country
from tests import make
from tests.make import People
from tests.portal.public_world import HOME, PUBLIC_TITLE, read, released, world

people = world  # the fixture
PAGE = f"{HOME}countries/KEN/"


def kenya() -> Country:
    """The country of all tests here."""
    return Country.objects.get(iso3="KEN")


def said(user: make.User, *, has_page: bool = True, names_institution: bool = False) -> None:
    """What a focal point says for Kenya."""
    set_publication(
        user,
        kenya(),
        make.programme(),
        has_page=has_page,
        names_institution=names_institution,
    )


def test_a_country_has_a_page_once_it_says_so_and_no_longer(people: People) -> None:
    released(people, make.submitted(people.kenya))
    assert "Kenya" not in read(f"{HOME}countries/")
    read(PAGE, 404)
    said(people.kenya)
    assert "Kenya" in read(f"{HOME}countries/")
    page = read(PAGE)
    assert PUBLIC_TITLE in page and people.kenya.name not in page
    institution = str(people.kenya.designations.get().institution)
    assert institution not in page and "The country has a focal point." in page
    said(people.kenya, names_institution=True)
    assert institution in read(PAGE) and people.kenya.name not in read(PAGE)
    said(people.kenya, has_page=False, names_institution=True)
    read(PAGE, 404)
    assert not CountryPublication.objects.get().names_institution


def test_who_may_clear_says_yes_and_anybody_says_no(people: People) -> None:
    approver = make.focal_point("KEN", may_clear=True)
    with pytest.raises(DomainError, match="Somebody who may clear"):
        said(people.kenya)
    said(approver)
    said(people.kenya, has_page=False)
    read(PAGE, 404)
    for user in (people.fiji, people.officer, people.manager, people.administrator):
        with pytest.raises(ActionNotAllowed):
            said(user)


def test_the_database_refuses_what_the_service_would_have_let_through(people: People) -> None:
    make.focal_point("KEN", may_clear=True)
    row = {
        "country": kenya(),
        "programme": make.programme(),
        "has_page": True,
        "decided_on": make.programme().today(),
        "decided_by": people.kenya,
    }
    for user in (people.kenya, people.fiji):
        with (
            pytest.raises(ProgrammingError, match=r"row-level security|Who may clear"),
            as_country(user),
        ):
            CountryPublication.objects.create(**row)
    with as_country(people.kenya):
        CountryPublication.objects.create(**(row | {"has_page": False}))
    with as_country(people.fiji):
        assert not CountryPublication.objects.exists()


def test_narrowing_is_for_everybody_under_the_countries_role_too(people: People) -> None:
    approver = make.focal_point("KEN", may_clear=True)
    said(approver, names_institution=True)
    for has_page, names in ((True, True), (True, False), (False, False)):
        with as_country(people.kenya):
            said(people.kenya, has_page=has_page, names_institution=names)
    approver.is_active = False
    approver.save(update_fields=["is_active"])
    with as_country(people.kenya):
        said(people.kenya)
    assert "Kenya" in read(PAGE)


def test_a_focal_point_who_may_not_sign_in_any_more_is_none(people: People) -> None:
    said(people.kenya, names_institution=True)
    institution = str(people.kenya.designations.get().institution)
    assert institution in read(PAGE)
    people.kenya.is_active = False
    people.kenya.save(update_fields=["is_active"])
    page = read(PAGE)
    assert institution not in page and "no focal point at present" in page


def test_it_is_said_on_a_page_of_the_country(people: People) -> None:
    browser = Client()
    browser.force_login(people.kenya)
    path = reverse("country_publication", args=["KEN", "cybercrime"])
    assert path in read("/countries/KEN/", client=browser)
    answer = browser.post(path, {"has_page": "on"}, follow=True)
    assert "Saved. It holds from now on." in answer.content.decode()
    read(PAGE)
    for user in (people.fiji, people.officer):
        browser.force_login(user)
        assert browser.get(path).status_code in (403, 404), user
    make.focal_point("KEN", may_clear=True)
    said(people.kenya, has_page=False)
    browser.force_login(people.kenya)
    refused = browser.post(path, {"has_page": "on"})
    assert refused.status_code == 422
    assert "Somebody who may clear" in refused.content.decode()
    connection.close()


def test_a_page_of_a_programme_without_public_pages_is_not_offered(people: People) -> None:
    with transaction.atomic():
        make.Programme.objects.update(is_public=False)
    browser = Client()
    browser.force_login(people.kenya)
    path = reverse("country_publication", args=["KEN", "cybercrime"])
    assert browser.get(path).status_code == 404
    assert path not in read("/countries/KEN/", client=browser)

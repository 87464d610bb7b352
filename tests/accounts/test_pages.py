"""Messages, account, language, administration."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from assistance.models import Pillar
from countries.models import Country, GroupMembership
from notifications.models import Notification
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def notification(user: User, subject: str, path: str = "/countries/") -> Notification:
    """A message to somebody."""
    return Notification.objects.create(
        user=user, kind="test", subject=subject, body="Body", path=path
    )


def test_people_read_their_own_messages_only_and_newest_first(
    people: People, client: Client
) -> None:
    notification(people.kenya, "Old one")
    notification(people.kenya, "New one")
    foreign = notification(people.fiji, "For Fiji")
    client.force_login(people.kenya)
    text = client.get(reverse("notifications")).content.decode()
    assert text.index("New one") < text.index("Old one") and "For Fiji" not in text
    assert client.post(reverse("notification", args=[foreign.pk])).status_code == 404
    client.post(reverse("notifications_read"))
    assert (
        not people.kenya.notifications.filter(read_at=None).exists()
        and people.fiji.notifications.filter(read_at=None).exists()
    )


def test_opening_a_message_marks_it_as_read_and_leads_to_its_page_on_this_site(
    people: People, client: Client
) -> None:
    client.force_login(people.kenya)
    message = notification(people.kenya, "Look")
    assert client.get(reverse("notification", args=[message.pk])).status_code == 405
    response = client.post(reverse("notification", args=[message.pk]))
    message.refresh_from_db()
    assert response["Location"] == "/countries/" and message.read_at
    for bad in ("//evil.example", "https://evil.example/", "javascript:alert(1)", ""):
        response = client.post(
            reverse("notification", args=[notification(people.kenya, "Bad", bad).pk])
        )
        assert response["Location"] == reverse("notifications")


def test_a_stranger_chooses_a_language_by_cookie(db: None, client: Client) -> None:
    response = client.post(reverse("set_language"), {"language": "ar", "next": "/accounts/login/"})
    assert (
        response["Location"] == "/accounts/login/"
        and response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    )
    assert 'dir="rtl"' in client.get("/accounts/login/").content.decode()


def test_a_signed_in_persons_language_is_kept_with_them(people: People, client: Client) -> None:
    client.force_login(people.kenya)
    client.post(reverse("set_language"), {"language": "fr", "next": "/countries/"})
    people.kenya.refresh_from_db()
    assert (
        people.kenya.language == "fr" and 'lang="fr"' in client.get("/countries/").content.decode()
    )
    client.post(reverse("set_language"), {"language": "xx"})
    people.kenya.refresh_from_db()
    assert people.kenya.language == "fr"
    assert client.get(reverse("set_language")).status_code == 405


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_choice_of_language_leads_to_no_other_site(
    db: None, client: Client, there: str
) -> None:
    assert (
        client.post(reverse("set_language"), {"language": "en", "next": there})["Location"] == "/"
    )


def account(**changes: object) -> dict[str, object]:
    """What the account's form sends."""
    return {
        "name": "Jane W.",
        "title": "Head",
        "phone": "+254 1",
        "language": "es",
        "time_zone": "africa/nairobi",
        "absent_from": "",
        "absent_until": "",
    } | changes


def test_people_change_what_is_theirs_but_not_role_or_address(
    people: People, client: Client
) -> None:
    client.force_login(people.kenya)
    response = client.post(
        reverse("account"), account(role="administrator", email="other@example.org")
    )
    assert response.status_code == 302
    person = User.objects.get(pk=people.kenya.pk)
    assert (person.name, person.language, person.time_zone) == ("Jane W.", "es", "Africa/Nairobi")
    assert (person.role, person.email) == (Role.FOCAL_POINT, people.kenya.email)


def test_a_wrong_account_form_keeps_what_was_typed(people: People, client: Client) -> None:
    client.force_login(people.officer)
    sent = account(time_zone="Mars/Base", absent_from="2026-12-10", absent_until="2026-12-01")
    response = client.post(reverse("account"), sent)
    text = response.content.decode()
    assert response.status_code == 422 and "Mars/Base" in text and "2026-12-10" in text
    assert (
        "There is no time zone “Mars/Base”" in text
        and "after the first day of absence" in text
        and "Choose who stands in" in text
    )


def test_a_deputy_is_a_colleague(people: People, client: Client) -> None:
    client.force_login(people.officer)
    text = client.get(reverse("account")).content.decode()
    assert "Lina Haddad" in text and "Jane Wanjiru" not in text
    away = account(absent_from="2026-12-01", absent_until="2026-12-10", deputy=people.manager.pk)
    assert client.post(reverse("account"), away).status_code == 302
    people.officer.refresh_from_db()
    assert people.officer.deputy == people.manager and people.officer.absent_until == date(
        2026, 12, 10
    )
    client.force_login(people.kenya)
    assert client.post(reverse("account"), account(deputy=people.officer.pk)).status_code == 422
    assert "Ana Tuisawau" not in client.get(reverse("account")).content.decode()


def test_a_forgotten_password_is_set_anew_by_a_link(people: People, client: Client) -> None:
    invited = User(email="new@example.org", name="New", role=Role.OFFICER)
    invited.set_unusable_password()
    invited.save()
    assert client.get(reverse("account_reset_password")).status_code == 200
    response = client.post(
        reverse("account_reset_password"), {"email": "new@example.org"}, follow=True
    )
    assert response.status_code == 200 and "Look into your e-mail" in response.content.decode()
    (message,) = mail.outbox
    link = next(word for word in message.body.split() if word.startswith("http"))
    page = client.get(link, follow=True)
    assert "Set a new password" in page.content.decode()
    sent = {"password1": "a-long-enough-phrase", "password2": "a-long-enough-phrase"}
    assert client.post(page.redirect_chain[-1][0], sent, follow=True).status_code == 200
    invited.refresh_from_db()
    assert invited.check_password("a-long-enough-phrase")


def test_only_administrators_administer_and_sign_in_on_our_page(
    people: People, client: Client
) -> None:
    assert (
        client.get("/admin/", follow=True).redirect_chain[-1][0]
        == f"{reverse('account_login')}?next=/admin/"
    )
    assert client.get("/admin/login/?next=/admin/")["Location"].startswith(reverse("account_login"))
    for person in (people.kenya, people.officer, people.manager):
        client.force_login(person)
        assert client.get("/admin/login/").status_code == 403
        assert client.get("/admin/accounts/user/", follow=True).status_code == 403
    client.force_login(people.administrator)
    assert client.get("/admin/").status_code == 200


def test_every_list_of_the_administration_opens_and_nothing_is_deleted_there(
    people: People, client: Client
) -> None:
    from accounts.permissions import ADMINISTERED

    make.funding()
    client.force_login(people.administrator)
    for app, models in ADMINISTERED.items():
        for model in models:
            assert client.get(f"/admin/{app}/{model}/?q=").status_code == 200, model
            assert client.get(f"/admin/{app}/{model}/add/").status_code == 200, model
    assert client.get(f"/admin/accounts/user/{people.kenya.pk}/change/").status_code == 200
    assert (
        client.post(f"/admin/accounts/user/{people.kenya.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert (
        client.get(f"/admin/assistance/pillar/{Pillar.objects.all()[0].pk}/change/").status_code
        == 200
    )


def test_an_administrator_makes_a_user_without_a_password(people: People, client: Client) -> None:
    client.force_login(people.administrator)
    sent = {
        "email": "Fresh@Example.org",
        "name": "Fresh",
        "title": "",
        "phone": "",
        "role": "officer",
        "language": "fr",
        "time_zone": "Europe/Vienna",
    }
    assert client.post("/admin/accounts/user/add/", sent).status_code == 302
    fresh = User.objects.get(email="fresh@example.org")
    assert not fresh.has_usable_password() and fresh.role == Role.OFFICER


def test_an_administrator_moves_the_date_on_which_a_country_leaves_a_group_and_renames_a_pillar(
    people: People, client: Client
) -> None:
    client.force_login(people.administrator)
    membership = GroupMembership.objects.get(country__iso3="BGD", group__code="ldc")
    sent = {
        "country": membership.country_id,
        "group": membership.group_id,
        "valid_from": membership.valid_from,
        "valid_until": "2029-11-24",
        "decision": "A/RES/81/1",
    }
    assert (
        client.post(f"/admin/countries/groupmembership/{membership.pk}/change/", sent).status_code
        == 302
    )
    membership.refresh_from_db()
    assert membership.valid_until == date(2029, 11, 24)
    pillar = Pillar.objects.get(code="prevention")
    names = {f"name_{x}": pillar.names.get(x, "") for x in ("en", "fr", "es", "ar", "ru", "zh")} | {
        "name_en": "Prevention and awareness"
    }
    sent = names | {
        "code": pillar.code,
        "order": pillar.order,
        "valid_from": pillar.valid_from,
        "valid_until": "",
    }
    assert client.post(f"/admin/assistance/pillar/{pillar.pk}/change/", sent).status_code == 302
    pillar.refresh_from_db()
    assert (
        pillar.names["en"] == "Prevention and awareness"
        and pillar.names.get("fr") == names["name_fr"]
    )
    kenya = Country.objects.get(iso3="KEN")
    assert client.get(f"/admin/countries/country/{kenya.pk}/change/").status_code == 200

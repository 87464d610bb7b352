"""Which passwords are taken, and how they are asked for."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from tests import make
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
GOOD = "a long and lonely road"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "onlysmallletters",
        "ONLYCAPITALLETTERS",
        "839204716355",
        "一条漫长而孤独的乡间小路啊",
        "  blanks around it  ",
        "x7" + "éàüñç" * 25,
        "the meridian of my old house",
    ],
)
def test_passwords_of_any_composition_are_taken_and_compared_exactly(
    people: People, password: str
) -> None:
    validate_password(password, people.kenya)
    people.kenya.set_password(password)
    people.kenya.save()
    for given, status in (
        (password, 200),
        (password.swapcase(), 302),
        (password[:-1], 302),
        (f"{password} ", 302),
    ):
        if given != password or status == 200:
            client = Client()
            client.post("/accounts/login/", {"login": people.kenya.email, "password": given})
            assert client.get("/requests/").status_code == status, given


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "professional",
        "aaaaaaaaaaaaaaa",
        "meridian2026!",
        "Technical-Assistance",
        "ADMINISTRATOR_2025",
        "focal.point.country",
        "123456789012",
    ],
)
def test_short_common_and_local_passwords_are_refused(people: People, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, people.kenya)


def test_the_name_of_the_host_makes_no_password(people: People, settings: object) -> None:
    settings.BASE_URL = "https://unravelling.example.org"  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="easy to guess here"):
        validate_password("Unravelling-2026", people.kenya)


def test_ones_own_address_or_name_makes_no_password(people: People) -> None:
    with pytest.raises(ValidationError):
        validate_password(people.kenya.email, people.kenya)


def test_password_fields_hide_what_is_typed_and_let_managers_fill_them_in(people: People) -> None:
    client = Client()
    client.force_login(people.kenya)
    for page, names in (
        (Client().get("/accounts/login/"), {"password"}),
        (client.get("/accounts/password/change/"), {"oldpassword", "password1"}),
    ):
        fields = re.findall(r'<input[^>]*name="\w*password\w*"[^>]*>', page.content.decode())
        found = {m.group(1) for f in fields if (m := re.search(r'name="(\w+)"', f))}
        assert names <= found
        for field in fields:
            assert (
                'type="password"' in field
                and 'autocomplete="off"' not in field
                and "onpaste" not in field
            )


def test_a_password_is_changed_with_the_present_one_only_and_other_sessions_end(
    people: People,
) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/accounts/login/", {"login": people.kenya.email, "password": make.PASSWORD})
    wrong = {"oldpassword": "not the present one", "password1": GOOD, "password2": GOOD}
    here.post("/accounts/password/change/", wrong)
    assert not User.objects.get(pk=people.kenya.pk).check_password(GOOD)
    here.post("/accounts/password/change/", wrong | {"oldpassword": make.PASSWORD})
    assert User.objects.get(pk=people.kenya.pk).check_password(GOOD)
    assert here.get("/requests/").status_code == 200 and there.get("/requests/").status_code == 302


def test_guessing_is_slowed_down_and_whom_it_keeps_out_gets_in_by_a_new_password(
    people: People,
) -> None:
    for number in range(6):
        Client().post(
            "/accounts/login/",
            {"login": people.kenya.email, "password": f"guess {number}"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
    owner, colleague = Client(), Client()
    owner.post(
        "/accounts/login/",
        {"login": people.kenya.email, "password": make.PASSWORD},
        REMOTE_ADDR="192.0.2.90",
    )
    assert owner.get("/requests/").status_code == 302
    colleague.post(
        "/accounts/login/",
        {"login": people.fiji.email, "password": make.PASSWORD},
        REMOTE_ADDR="192.0.2.91",
    )
    assert colleague.get("/requests/").status_code == 200
    owner.post("/accounts/password/reset/", {"email": people.kenya.email})
    link = next(word for word in str(mail.outbox[-1].body).split() if word.startswith("http"))
    form = owner.get(link, follow=True)
    owner.post(form.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    owner.post(
        "/accounts/login/",
        {"login": people.kenya.email, "password": GOOD},
        REMOTE_ADDR="192.0.2.90",
    )
    assert owner.get("/requests/").status_code == 200


@pytest.mark.parametrize(
    "list_and_lookup",
    [
        "accounts/user/?password__startswith",
        "accounts/user/?password",
        "accounts/user/?deputy__password__startswith",
        "accounts/user/?api_tokens__digest__startswith",
        "accounts/user/?feed_keys__digest__startswith",
        "countries/focalpoint/?user__password__startswith",
        "assistance/programmemembership/?user__password__startswith",
        "assistance/programme/?webhooks__secret__startswith",
    ],
)
def test_an_administrator_finds_out_no_secret_by_asking_lists_for_its_beginning(
    people: People, list_and_lookup: str
) -> None:
    client = Client()
    client.force_login(people.administrator)
    for beginning in ("a", "m"):
        answer = client.get(f"/admin/{list_and_lookup}={beginning}")
        assert answer.status_code == 400 or (
            answer.status_code == 302 and answer.headers["Location"].endswith("?e=1")
        )


def test_the_administration_has_no_page_of_its_own_to_change_a_password(people: People) -> None:
    client = Client()
    client.force_login(people.administrator)
    former = people.administrator.password
    new = "another long pass phrase"
    form = {"old_password": make.PASSWORD, "new_password1": new, "new_password2": new}
    for address in ("/admin/password_change/", "/admin/password_change/done/"):
        for answer in (client.get(address), client.post(address, form)):
            assert answer.status_code == 302 and answer["Location"] == "/accounts/password/change/"
    people.administrator.refresh_from_db()
    assert people.administrator.password == former
    wrong = {"oldpassword": "wrong", "password1": new, "password2": new}
    statuses = [client.post("/accounts/password/change/", wrong).status_code for _try in range(8)]
    assert statuses[-1] == 429

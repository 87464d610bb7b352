"""What browsers are told to refuse."""

from __future__ import annotations

import pytest
from django.test import Client

from files.models import attach_file
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db


def test_every_page_forbids_scripts_and_frames_of_others_and_nothing_runs_inline(
    people: People,
) -> None:
    client = Client()
    for path in ("/accounts/login/", "/"):
        policy = client.get(path, follow=True).headers["Content-Security-Policy"]
        assert (
            "default-src 'none'" in policy
            and "frame-ancestors 'none'" in policy
            and "unsafe" not in policy
        )
    client.force_login(people.officer)
    answer = client.get("/requests/")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_signing_out_clears_what_the_browser_kept(people: People) -> None:
    client = Client()
    client.force_login(people.officer)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_file_keeps_its_stricter_policy(people: People) -> None:
    client = Client()
    client.force_login(people.kenya)
    attachment = attach_file("request", make.submitted(people.kenya).pk, make.pdf(), people.kenya)
    assert (
        client.get(attachment.get_absolute_url())
        .headers["Content-Security-Policy"]
        .startswith("default-src 'none'; sandbox; frame-ancestors 'none'")
    )


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example"]
)
def test_a_foreign_host_is_refused(host: str) -> None:
    assert Client(headers={"host": host}).get("/healthz").status_code == 400


def test_no_script_reads_the_token_of_forms() -> None:
    cookie = Client().get("/accounts/login/").cookies["csrftoken"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_form_in_which_people_write_at_length_may_be_gone_back_to_and_what_one_reads_is_stored_nowhere(
    people: People,
) -> None:
    client = Client()
    client.force_login(people.kenya)
    case = make.submitted(people.kenya)
    assert client.get("/requests/new/")["Cache-Control"] == "private, no-cache"
    assert (
        client.get(f"/requests/{make.draft(people.kenya).pk}/edit/problem/")["Cache-Control"]
        == "private, no-cache"
    )
    assert client.get(f"/requests/{case.pk}/")["Cache-Control"] == "private, no-store"

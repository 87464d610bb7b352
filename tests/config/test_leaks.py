"""What an installation does not give away by itself."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.make import People
from tests.processes import ROOT


def test_the_image_holds_no_history_of_the_source_no_secrets_and_no_tests() -> None:
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".git", ".env", "var", "tests"} <= set(left_out)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/accounts/",
        "/static/../config/settings.py",
        "/static/%2e%2e/manage.py",
        "/.git/config",
        "/.env",
    ],
)
def test_no_folder_is_listed_and_no_source_served(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/requests/", "/accounts/login/", "/api/v1/requests/", "/healthz"]
)
def test_trace_gives_nothing_of_the_request_back(people: People, path: str) -> None:
    client = Client()
    client.force_login(people.kenya)
    answer = client.trace(path, headers={"x-secret": "of-the-proxy"})
    assert b"of-the-proxy" not in answer.content and b"sessionid" not in answer.content

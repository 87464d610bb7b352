"""What the API says of bodies that are too large, hold too much, or hold files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assistance.models import CaseEvent
from core.api import parsers
from core.api.serializers import MOST_NAMED
from tests import make
from tests.api import Api
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`


def unknown(errors: Any) -> list[str]:
    """All names, at any depth, that the answer calls unknown."""
    if isinstance(errors, dict):
        names = [name for name, found in errors.items() if found == ["There is no such field."]]
        return names + [name for found in errors.values() for name in unknown(found)]
    return [name for found in errors for name in unknown(found)] if isinstance(errors, list) else []


def test_the_first_unknown_names_are_answered_and_the_others_counted(people: People) -> None:
    body = {f"k{number}": 1 for number in range(300)} | {"x" * 5000: 1}
    answer = Api(people.kenya).post("requests/", body)
    assert answer.status_code == 400
    errors = answer.json()["errors"]
    assert len(unknown(errors)) == MOST_NAMED == 50
    assert errors["__all__"] == ["251 more names are not known here."]
    answer = Api(people.kenya).post("requests/", {"x" * 5000: 1})
    assert list(answer.json()["errors"]) == ["x" * 100]


def test_names_in_rows_count_with_the_others(people: People) -> None:
    part = {"starts_on": "2026-01-01", "ends_on": "2026-01-01"}
    rows = [{f"k{number}": 1 for number in range(20)} for _each in range(20)]
    body = {"parts": [part | {"participations": rows}, part | {"a": 1}], "b": 1}
    answer = Api(people.officer).post("engagements/", body)
    assert answer.status_code == 400 and len(unknown(answer.json()["errors"])) <= MOST_NAMED
    del body["b"]
    answer = Api(people.officer).post("engagements/", body)
    assert answer.status_code == 400 and len(unknown(answer.json()["errors"])) == MOST_NAMED


def test_an_actions_unknown_names_are_answered_as_far_as_fifty(people: People) -> None:
    case = make.submitted(people.kenya)
    body = {f"k{number}": 1 for number in range(300)}
    answer = Api(people.officer).post(f"requests/{case.pk}/actions/start_review/", body)
    assert answer.status_code == 400 and len(answer.json()["errors"]) == MOST_NAMED + 1
    rows = [{f"k{number}": "a" for number in range(90)} for _each in range(90)]
    case = make.advanced(people, "accepted")
    answer = Api(people.officer).post(f"requests/{case.pk}/actions/propose_plan/", {"steps": rows})
    assert answer.status_code == 400
    assert len(answer.json()["errors"]["steps"]) == MOST_NAMED


@pytest.mark.parametrize(
    ("path", "name", "most"),
    [
        ("requests/", "theme_codes", 30),
        ("engagements/", "theme_codes", 30),
        ("engagements/", "requests", 100),
        ("schedules/", "countries", 300),
        ("schedules/", "recipients", 500),
        ("schedules/", "languages", 20),
        ("schedules/", "formats", 20),
        ("schedules/", "dates", 400),
    ],
)
def test_a_long_list_is_refused_without_a_look_at_its_items(
    people: People, path: str, name: str, most: int
) -> None:
    user = people.kenya if path == "requests/" else people.manager
    answer = Api(user).post(path, {name: [{"no": "item"}] * (most + 1)})
    assert answer.status_code == 400
    (sentence,) = answer.json()["errors"][name]
    assert str(most) in sentence


def test_a_body_has_a_bound_in_bytes_and_in_values(people: People) -> None:
    api = Api(people.kenya)
    answer = api.post("requests/", {"problem": "a" * parsers.MOST_BYTES})
    assert (
        answer.status_code == 413
        and answer.json()["detail"] == "The body is too large. Send less at once."
    )
    for body in (
        {"theme_codes": ["a"] * (parsers.MOST_VALUES + 1)},
        {"theme_codes": [["a"] * 200] * 60},
        {f"k{number}": 1 for number in range(parsers.MOST_VALUES + 1)},
    ):
        answer = api.post("requests/", body)
        assert answer.status_code == 400 and "more than 10000 values" in answer.json()["detail"]


def test_the_longest_texts_of_a_request_are_well_under_the_bound(people: People) -> None:
    texts = dict.fromkeys(
        ("problem", "done_so_far", "objectives", "beneficiaries", "expected_results"),
        "\u4e2d" * 20_000,
    )
    assert len(json.dumps(texts)) < parsers.MOST_BYTES / 2


def test_a_key_of_a_call_knows_the_content_of_its_file(people: People) -> None:
    api, path = Api(people.kenya), f"/api/v1/requests/{make.submitted(people.kenya).pk}/messages/"

    def send(content: bytes, text: str = "a", name: str = "a.txt") -> Any:
        body = {"text": text, "file": SimpleUploadedFile(name, content, "text/plain")}
        return api.client.post(path, body, format="multipart", headers={"Idempotency-Key": "one"})

    before = CaseEvent.objects.count()
    first = send(b"first")
    again = send(b"first")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (
        again.headers["Idempotency-Replayed"] == "true" and again.json()["id"] == first.json()["id"]
    )
    assert first.json()["files"][0]["size"] == len(b"first")
    for other in (send(b"second"), send(b"first", name="b.txt"), send(b"first", text="b")):
        assert other.status_code == 422
    assert CaseEvent.objects.count() == before + 1

"""Engagements in the API."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Role
from assistance.engagements.models import Engagement, NextStep
from assistance.engagements.serializers import INSIDE, EngagementLineSerializer
from countries.models import Country
from files.models import attach_file
from tests import make
from tests.api import Api, queries_of
from tests.assistance.test_request_api import problem
from tests.make import People

pytestmark = pytest.mark.django_db


def body(**values: Any) -> dict[str, Any]:
    """What a program sends to plan an engagement that is over."""
    start = make.part().starts_on.isoformat()
    return {
        "title": "Course on mobile forensics",
        "type": "training_course",
        "modality": "in_person",
        "pillar": "capacity_building",
        "place": "Nairobi",
        "parts": [
            {
                "starts_on": start,
                "ends_on": start,
                "days": 1,
                "actual_cost": "9000.00",
                "participations": [{"country": "KEN", "women": 4, "men": 6}],
            }
        ],
    } | values


def test_an_engagement_is_planned_changed_delivered_and_verified(people: People) -> None:
    case = make.advanced(people, "planned")
    officer = Api(people.officer)
    made = officer.post("engagements/", body(requests=[case.reference]), idempotency_key="e1")
    assert made.status_code == 201, made.data
    assert (
        officer.post("engagements/", body(requests=[case.reference]), idempotency_key="e1").json()
        == made.json()
    )
    assert Engagement.objects.count() == 1
    shown = made.json()
    assert shown["url"] == made.headers["Location"] and shown["reference"].startswith("ENG-")
    assert shown["countries"] == ["KEN"] and [r["reference"] for r in shown["requests"]] == [
        case.reference
    ]
    assert shown["parts"][0]["participations"][0] == {
        "country": "KEN",
        "women": 4,
        "men": 6,
        "other": None,
        "unknown": None,
        "total": 10,
        "not_yet_known": False,
        "institutions": "",
    }
    path = f"engagements/{shown['id']}/"
    changed = officer.patch(path, {"place": "Mombasa"}, if_match=made.headers["ETag"])
    assert changed.status_code == 200 and changed.data["place"] == "Mombasa"
    assert changed.data["parts"] == shown["parts"]  # what a change does not name stays
    assert problem(officer.patch(path, {"place": "Kisumu"}, if_match=made.headers["ETag"]), 412)
    assert [a["action"] for a in officer.get(f"{path}actions/").json()] == [
        "confirm",
        "deliver",
        "postpone",
        "cancel",
        "strike",
    ]
    delivered = officer.post(f"{path}actions/deliver/", {"outcome": "Ten certified."})
    assert delivered.status_code == 200 and delivered.data["recorded_by"]["name"] == "Anna Rossi"
    assert "somebody else" in problem(officer.post(f"{path}actions/verify/"), 409)["detail"]
    assert Api(people.manager).post(f"{path}actions/verify/").data["state"] == "verified"
    assert "not changed" in problem(officer.patch(path, {"place": "Kisumu"}), 409)["detail"]


def test_parts_that_are_named_take_the_place_of_all(people: People) -> None:
    officer = Api(people.officer)
    ahead = [
        {"starts_on": "2027-03-01", "ends_on": "2027-03-02", "participations": [{"country": "KEN"}]}
    ]
    path = f"engagements/{officer.post('engagements/', body(parts=ahead)).data['id']}/"
    parts = [
        {
            "starts_on": "2027-01-01",
            "ends_on": "2027-01-02",
            "participations": [{"country": "KEN"}, {"country": "FJI", "not_yet_known": True}],
        },
        {
            "starts_on": "2027-02-01",
            "ends_on": "2027-02-02",
            "participations": [{"country": "UGA", "women": 0}],
        },
    ]
    changed = officer.patch(path, {"parts": parts}).json()
    assert (changed["starts_on"], changed["ends_on"]) == ("2027-01-01", "2027-02-02")
    assert {
        p["country"]: p["women"] for part in changed["parts"] for p in part["participations"]
    } == {"FJI": None, "KEN": None, "UGA": 0}
    assert set(changed["countries"]) == {"FJI", "KEN", "UGA"}
    assert (
        "parts"
        in problem(officer.patch(path, {"parts": [{"title": "Without dates"}]}), 400)["errors"]
    )
    assert set(
        problem(officer.patch(path, {"colour": "red", "state": "verified"}), 400)["errors"]
    ) == {"colour", "state"}
    assert "links/" in str(problem(officer.patch(path, {"requests": []}), 400)["errors"])


def test_wrong_fields_are_answered_by_field(people: People) -> None:
    officer = Api(people.officer)
    wrong = body(
        pillar="none",
        type="none",
        modality="none",
        theme_codes=["none"],
        lead_officer=people.kenya.pk,
        funding=999,
        requests=["KEN-1999-0001"],
        parts=[
            {
                "starts_on": "2205-13-45",
                "ends_on": "2027-01-01",
                "days": 0,
                "actual_cost": -1,
                "participations": [{"country": "XXX", "women": -1}],
            }
        ],
    )
    errors = problem(officer.post("engagements/", wrong), 400)["errors"]
    assert set(errors) == {
        "pillar",
        "type",
        "modality",
        "theme_codes",
        "lead_officer",
        "funding",
        "requests",
        "parts",
    }
    assert set(errors["parts"]["0"]) == {"starts_on", "actual_cost", "participations"} and set(
        errors["parts"]["0"]["participations"]["0"]
    ) == {
        "country",
        "women",
    }
    assert "parts" in problem(officer.post("engagements/", body(parts=[])), 400)["errors"]
    assert "no such field" in str(
        problem(officer.post("engagements/", body(colour="red")), 400)["errors"]["colour"]
    )
    backwards = [{"starts_on": "2027-01-02", "ends_on": "2027-01-01"}]
    assert (
        "comes before the first"
        in problem(officer.post("engagements/", body(parts=backwards)), 400)["errors"]["parts"][
            "0"
        ]["ends_on"][0]
    )
    twice = [
        {
            "starts_on": "2027-01-01",
            "ends_on": "2027-01-02",
            "participations": [{"country": "KEN"}, {"country": "KEN"}],
        }
    ]
    assert "named twice" in str(
        problem(officer.post("engagements/", body(parts=twice)), 400)["errors"]
    )
    assert Engagement.objects.count() == 0


def test_a_focal_point_reads_the_shared_face_only(people: People) -> None:
    ken, fji = make.advanced(people, "accepted"), make.advanced(people, "accepted", "FJI")
    engagement = make.engagement(
        people.officer,
        make.part(
            KEN={"women": 3, "men": 4},
            FJI={"women": 770077, "men": 88, "institutions": "Secret unit"},
        ),
        requests=[ken, fji],
        objectives="Inner objectives",
        follow_up="Inner follow-up",
        partners="Inner partner",
    )
    for iso3, what in (("KEN", "Kenyan step"), ("FJI", "Fijian step")):
        country = Country.objects.get(iso3=iso3)
        NextStep.objects.create(
            engagement=engagement,
            side="theirs",
            country=country,
            what=what,
            owner="x",
            due_on=date(2027, 1, 1),
        )
    attach_file("engagement", engagement.pk, make.pdf("agenda.pdf"), people.officer, shared=True)
    attach_file("engagement", engagement.pk, make.pdf("budget.pdf"), people.officer, shared=False)
    shown = Api(people.kenya).get(f"engagements/{engagement.pk}/").json()
    assert shown["countries"] == ["KEN"]
    assert [r["reference"] for r in shown["requests"]] == [ken.reference]
    assert [s["what"] for s in shown["next_steps"]] == ["Kenyan step"]
    assert [f["name"] for f in shown["attachments"]] == ["agenda.pdf"]
    assert [p["country"] for p in shown["parts"][0]["participations"]] == ["KEN"]
    assert not (
        {*INSIDE, "funding", "budget", "expense", "lead_officer", "recorded_by"} & shown.keys()
    )
    for secret in ("Inner", "9000.00", "770077", "Secret", "FJI", "Fijian", "budget.pdf", "Anna"):
        assert secret not in str(shown), secret
    make.engagement_services.perform_action(people.officer, engagement.pk, "confirm")
    assert set(Api(people.kenya).get(f"engagements/{engagement.pk}/").json()["countries"]) == {
        "KEN",
        "FJI",
    }
    assert set(Api(people.officer).get(f"engagements/{engagement.pk}/").json()) >= {
        *INSIDE,
        "funding",
        "budget",
    }
    assert "lead_officer" not in Api(people.kenya).rows("engagements/")[0]


def test_an_engagement_elsewhere_is_not_there_and_countries_do_not_write(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1}))
    fiji, kenya = Api(people.fiji), Api(people.kenya)
    assert fiji.rows("engagements/") == [] and fiji.get("engagements/count/").data["count"] == 0
    assert problem(fiji.get(f"engagements/{engagement.pk}/"), 404)
    assert kenya.get(f"engagements/{engagement.pk}/actions/").json() == []
    assert problem(kenya.post("engagements/", body()), 403)
    assert problem(kenya.patch(f"engagements/{engagement.pk}/", {"place": "x"}), 403)
    assert problem(kenya.post(f"engagements/{engagement.pk}/actions/confirm/"), 403)
    stranger = make.user(Role.OFFICER)
    assert Api(stranger).rows("engagements/") == [] and problem(
        Api(stranger).get(f"engagements/{engagement.pk}/"), 404
    )


def test_requests_are_linked_and_unlinked_with_a_reason(people: People) -> None:
    case = make.advanced(people, "planned")
    engagement = make.engagement(people.officer, make.part(FJI={}))
    path = f"engagements/{engagement.pk}/links/"
    officer = Api(people.officer)
    assert set(officer.post(path, {"request": str(case.reference).lower()}).data["countries"]) == {
        "FJI",
        "KEN",
    }
    assert "linked already" in str(
        problem(officer.post(path, {"request": case.reference}), 400)["errors"]
    )
    assert (
        "reason"
        in problem(officer.post(path, {"request": case.reference, "remove": True}), 400)["errors"]
    )
    assert (
        officer.post(
            path, {"request": case.reference, "remove": True, "reason": "Another one."}
        ).data["requests"]
        == []
    )
    assert "request" in problem(officer.post(path, {"request": "KEN-1999-0001"}), 400)["errors"]


def test_unknown_actions_and_wrong_filters_are_answered_with_a_sentence(people: People) -> None:
    engagement = make.engagement(people.officer)
    officer = Api(people.officer)
    assert (
        "postpone"
        in problem(officer.post(f"engagements/{engagement.pk}/actions/approve/"), 404)["detail"]
    )
    assert (
        "starts_on"
        in problem(
            officer.post(f"engagements/{engagement.pk}/actions/postpone/", {"starts_on": "soon"}),
            400,
        )["errors"]
    )
    for name, value in (
        ("type", "none"),
        ("country", "XXX"),
        ("ends_from", "soon"),
        ("origin", "none"),
        ("sort", "none"),
        ("colour", "red"),
    ):
        assert name in problem(officer.get("engagements/", **{name: value}), 400)["errors"], name
    assert (
        "to_record"
        in problem(Api(people.kenya).get("engagements/", to_record="yes"), 400)["errors"]
    )


def test_lines_carry_what_the_schema_says_and_page_by_cursor(people: People) -> None:
    made = [make.engagement(people.officer, title=f"Title {n % 2}").pk for n in range(5)]
    officer = Api(people.officer)
    assert list(officer.rows("engagements/")[0]) == list(EngagementLineSerializer().fields)
    for sort in ("newest", "starts", "ends", "title"):
        page, found = officer.get("engagements/", sort=sort, page_size=2).json(), []
        while True:
            found += [r["id"] for r in page["results"]]
            if not page["next"]:
                break
            page = officer.get(page["next"]).json()
        assert sorted(found) == made, sort
    assert officer.get("engagements/count/", to_record="yes").json() == {"count": 5, "exact": True}


def test_the_number_of_queries_does_not_grow_with_rows(people: People) -> None:
    def measure() -> list[int]:
        return [
            queries_of(p, path)
            for p in (people.kenya, people.officer)
            for path in ("engagements/", f"engagements/{first.pk}/")
        ]

    def fill(times: int) -> None:
        for _n in range(times):
            make.engagement(people.officer, make.part(KEN={"women": 1}, UGA={"men": 2}))

    first = make.engagement(people.officer, make.part(KEN={"women": 1}))
    fill(2)
    few = measure()
    fill(9)
    make.engagement_services.update_engagement(
        people.officer,
        first.pk,
        {},
        [make.part(KEN={"women": 1}, UGA={"men": n}) for n in range(6)],
    )
    assert measure() == few

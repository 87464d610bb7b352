"""What must agree within an engagement and a request, asked by the page and the API alike, and kept
by the database."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from assistance.engagements import services
from assistance.engagements.filters import EngagementFilter
from assistance.engagements.models import Engagement, EngagementRequest
from assistance.engagements.part_models import CountryParticipation, EngagementPart
from assistance.engagements.timeline import record_engagement_event
from assistance.engagements.workflow import WORKFLOW
from assistance.programmes.models import Pillar
from assistance.requests import services as request_services
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from core.workflow.exceptions import DomainError
from countries.models import Country, GroupMembership
from tests import make
from tests.api import Api
from tests.assistance.test_engagement_api import body
from tests.assistance.test_engagement_pages import filled
from tests.assistance.test_request_api import problem
from tests.make import People

YEARS = f"write a date from 1990 to {timezone.now().year + 15}."
NOT_BOTH = "Write numbers or tick “not yet known”, not both."
NO_PARTICIPANTS = (
    "This type of engagement has no participants. Leave the numbers empty, or choose another type."
)
ONLY_CAMPAIGN = "Only a campaign has a reach. Write who took part below, or leave this empty."


def parts(**row: Any) -> dict[str, Any]:
    """A body's part with one row of participation."""
    day = make.part().starts_on.isoformat()
    return {
        "parts": [{"starts_on": day, "ends_on": day, "participations": [{"country": "KEN"} | row]}]
    }


def refused(people: People, **values: Any) -> Any:
    """What the API says by field."""
    return problem(Api(people.officer).post("engagements/", body(**values)), 400)["errors"]


@pytest.mark.django_db
def test_a_program_is_told_at_the_right_field_what_a_form_is_told(people: People) -> None:
    assert refused(people, **parts(women=3, not_yet_known=True)) == {
        "parts": {"0": {"participations": {"0": {"not_yet_known": [NOT_BOTH]}}}}
    }
    assert refused(people, type="equipment", **parts(men=3)) == {
        "parts": {"0": {"participations": {"0": {"men": [NO_PARTICIPANTS]}}}}
    }
    assert refused(people, reach=500, reach_method="Counted") == {"reach": [ONLY_CAMPAIGN]}
    campaign = {"type": "awareness_campaign", "reach": 500} | parts()
    assert refused(people, **campaign) == {"reach_method": ["Say how the reach was estimated."]}
    long = [{"starts_on": "0001-01-01", "ends_on": "9999-12-31"}]
    assert refused(people, parts=long) == {
        "parts": {
            "0": {
                "starts_on": [f"The year 1 cannot be right: {YEARS}"],
                "ends_on": [f"The year 9999 cannot be right: {YEARS}"],
            }
        }
    }
    assert not Engagement.objects.exists()
    assert (
        Api(people.officer)
        .post("engagements/", body(**(campaign | {"reach_method": "Counted"})))
        .status_code
        == 201
    )


@pytest.mark.django_db
def test_a_change_through_the_api_is_judged_by_the_same_rules(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3}))
    officer, path = Api(people.officer), f"engagements/{engagement.pk}/"
    errors = problem(officer.patch(path, {"type": "equipment"}), 400)["errors"]
    assert errors == {"parts": {"0": {"participations": {"0": {"women": [NO_PARTICIPANTS]}}}}}
    assert problem(officer.patch(path, {"reach": 5}), 400)["errors"] == {"reach": [ONLY_CAMPAIGN]}
    assert problem(officer.patch(path, parts(women=3, not_yet_known=True)), 400)[
        "errors"
    ].keys() == {"parts"}
    engagement.refresh_from_db()
    assert (engagement.type, engagement.reach, engagement.version) == ("training_course", None, 1)


@pytest.mark.django_db
def test_the_form_says_the_same_sentences_beside_its_fields(people: People, client: Client) -> None:
    client.force_login(people.officer)
    for changes, sentence in (
        ({"part0row0-not_yet_known": "on"}, NOT_BOTH),
        ({"type": "equipment"}, NO_PARTICIPANTS),
        ({"reach": "500", "reach_method": "Counted"}, ONLY_CAMPAIGN),
        ({"part0-ends_on": "9999-12-31"}, f"The year 9999 cannot be right: {YEARS}"),
    ):
        response: Any = client.post(reverse("engagement_new"), filled(people, **changes))
        assert response.status_code == 422 and sentence in response.content.decode(), sentence
        assert [e["text"] for e in response.context["entry"].errors] == [sentence]


@pytest.mark.django_db
def test_a_domain_call_without_a_form_is_refused_with_the_part_named(people: People) -> None:
    with pytest.raises(DomainError) as caught:
        make.engagement(
            people.officer,
            make.part(KEN={}),
            make.part(date(1066, 10, 14), KEN={"women": 1, "not_yet_known": True}),
        )
    assert caught.value.errors == {
        "parts": [f"Part 2: The year 1066 cannot be right: {YEARS}", f"Part 2: {NOT_BOTH}"]
    }


@pytest.mark.django_db
def test_wish_dates_that_cannot_be_meant_are_refused_by_field(people: People) -> None:
    api = Api(people.kenya)
    absurd = {
        "wished_from": "0001-01-01",
        "wished_until": "9999-12-31",
        "letter_date": "1066-10-14",
    }
    assert problem(api.post("requests/", absurd), 400)["errors"] == {
        name: [f"The year {year} cannot be right: {YEARS}"]
        for name, year in (("wished_from", 1), ("wished_until", 9999), ("letter_date", 1066))
    }
    case = make.draft(people.kenya, wished_from=date(2027, 3, 1))
    changed = problem(api.patch(f"requests/{case.pk}/", {"wished_until": "2027-02-01"}), 400)[
        "errors"
    ]
    assert changed == {"wished_until": ["The last day comes before the first one."]}


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["both", "cost", "one date"])
def test_the_database_keeps_what_must_hold(people: People, wrong: str) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 3}))
    with pytest.raises(IntegrityError), transaction.atomic():
        if wrong == "both":
            CountryParticipation.objects.filter(part__engagement=engagement).update(
                not_yet_known=True
            )
        elif wrong == "cost":
            EngagementPart.objects.filter(engagement=engagement).update(actual_cost=-5)
        else:
            Engagement.objects.filter(pk=engagement.pk).update(state="recorded", ends_on=None)


@pytest.mark.django_db
def test_advice_before_a_decision_answers_an_open_request(people: People) -> None:
    waiting = make.submitted(people.kenya)
    engagement = make.engagement(people.officer, make.part(KEN={}))
    api, links = Api(people.officer), f"engagements/{engagement.pk}/links/"
    refused = api.post(links, {"request": waiting.reference})
    assert refused.status_code == 400 and "early_reason" in refused.json()["errors"]
    answer = api.post(links, {"request": waiting.reference, "early_reason": "urgent"})
    assert (
        answer.status_code in (200, 201)
        and EngagementRequest.objects.filter(request=waiting).exists()
    )


def test_a_request_that_was_closed_in_the_meantime_is_not_linked(people: People) -> None:
    stale = make.advanced(people, "in_delivery")
    make.do(people.officer, stale, "complete", summary="Done", why_none="Nothing was needed.")
    engagement = make.engagement(people.officer, make.part(KEN={}))
    assert stale.state == "in_delivery"
    with pytest.raises(DomainError, match="open and not delivered yet"):
        services.link_request(people.officer, engagement.pk, stale)
    with pytest.raises(DomainError, match="open and not delivered yet"):
        make.engagement(people.officer, requests=[stale])
    errors = problem(
        Api(people.officer).post(
            f"engagements/{engagement.pk}/links/", {"request": stale.reference}
        ),
        400,
    )["errors"]
    assert str(stale.reference) in errors["request"][0]
    assert not EngagementRequest.objects.exists()


def test_a_link_waits_for_who_completes_the_case_and_is_then_refused(committed: None) -> None:
    people = People()
    case = make.advanced(people, "in_delivery")
    engagement = make.engagement(people.officer, make.part(KEN={}))
    results: list[Any] = []

    def link() -> None:
        try:
            results.append(services.link_request(people.officer, engagement.pk, case))
        except DomainError as refusal:
            results.append(refusal)
        finally:
            connection.close()

    linking = threading.Thread(target=link)
    with transaction.atomic():
        request_services.perform_action(
            people.officer,
            case.pk,
            "complete",
            {"summary": "Done", "why_none": "Nothing was needed."},
        )
        linking.start()
        linking.join(1)
        assert linking.is_alive()
    linking.join(30)
    assert isinstance(results[0], DomainError) and not EngagementRequest.objects.exists()
    assert AssistanceRequest.objects.get(pk=case.pk).state == "delivered"


@pytest.mark.django_db
def test_pillars_are_offered_by_day_and_a_record_keeps_its_own(
    people: People, client: Client
) -> None:
    today = make.programme().today()
    ending = Pillar.objects.get(code="capacity_building")
    case, deed = make.draft(people.kenya), make.engagement(people.officer, make.part(KEN={}))
    Pillar.objects.filter(pk=ending.pk).update(valid_until=today)
    coming = Pillar.objects.create(
        code="coming", names={"en": "Coming line"}, valid_from=today + timedelta(days=30)
    )
    leaving = Pillar.objects.create(
        code="leaving", names={"en": "Leaving line"}, valid_until=today + timedelta(days=30)
    )
    case.programme.pillars.add(coming, leaving)

    officer, kenya = Api(people.officer), Api(people.kenya)
    assert (
        "“coming” in use"
        in problem(kenya.post("requests/", {"pillar": "coming"}), 400)["errors"]["pillar"][0]
    )
    assert kenya.post("requests/", {"pillar": "leaving"}).status_code == 201
    assert kenya.patch(f"requests/{case.pk}/", {"pillar": ending.code}).status_code == 200
    assert "pillar" in problem(kenya.post("requests/", {"pillar": ending.code}), 400)["errors"]
    assert refused(people, pillar="coming").keys() == {"pillar"} and refused(
        people, pillar=ending.code
    ).keys() == {"pillar"}
    assert officer.post("engagements/", body(pillar="leaving")).status_code == 201
    assert officer.patch(f"engagements/{deed.pk}/", {"pillar": ending.code}).status_code == 200

    client.force_login(people.kenya)
    new = client.get(reverse("request_new")).content.decode()
    kept = client.get(reverse("request_edit", args=[case.pk, "subject"])).content.decode()
    client.force_login(people.officer)
    logged = client.get(reverse("engagement_new")).content.decode()
    edited = client.get(reverse("engagement_edit", args=[deed.pk])).content.decode()
    for page, has in ((new, False), (kept, True), (logged, False), (edited, True)):
        assert (
            leaving.name in page
            and coming.name not in page
            and (f'name="pillar" value="{ending.pk}"' in page) is has
        )


@pytest.mark.django_db
def test_staff_record_requests_of_eligible_areas_on_the_page_as_in_the_api(
    people: People, client: Client
) -> None:
    areas = ["MSR", "NIU", "SHN", "TKL", "WLF"]
    client.force_login(people.officer)
    offered = set(
        client.get(reverse("request_new"))
        .context["form"]
        .fields["country"]
        .queryset.values_list("iso3", flat=True)
    )
    assert {*areas, "KEN", "FRA"} <= offered and "GUF" not in offered
    api = Api(people.officer)
    assert all(api.post("requests/", {"country": area}).status_code == 201 for area in areas)
    assert problem(api.post("requests/", {"country": "GUF"}), 400)["errors"].keys() == {"country"}
    group = make.programme().eligible_group
    GroupMembership.objects.filter(group=group, country=Country.objects.get(iso3="NIU")).update(
        valid_until=make.programme().today()
    )
    assert problem(api.post("requests/", {"country": "NIU"}), 400)["errors"].keys() == {"country"}


@pytest.mark.django_db
def test_a_draft_saved_elsewhere_is_said_to_be_so_and_an_act_on_it_by_its_name(
    people: People,
) -> None:
    approver = make.focal_point("KEN", name="Approver", may_clear=True)
    case = make.draft(people.kenya)
    seen = case.version
    request_services.edit_draft(people.kenya, case.pk, {"problem": "From the other window"})
    with pytest.raises(
        DomainError,
        match=r"^This draft was saved in another window at .+ Look at it again before you go on.$",
    ):
        request_services.edit_draft(
            people.kenya, case.pk, {"problem": "Mine"}, expected_version=seen
        )
    case = make.do(people.kenya, case, "submit")
    seen = case.version
    make.do(approver, case, "send_back", text="Say more")
    with pytest.raises(DomainError, match="by Approver"):
        request_services.edit_draft(
            people.kenya, case.pk, {"problem": "Mine"}, expected_version=seen
        )


@pytest.mark.django_db
def test_a_change_that_nobody_made_is_not_said_to_be_somebodys(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={}))
    record_engagement_event(engagement, None, "import", engagement.state)
    with pytest.raises(
        DomainError,
        match=r"^In the meantime this engagement was changed: Imported. Look at it again",
    ):
        WORKFLOW.refuse_if_changed(people.officer, engagement, engagement.version + 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("complete", False),
        ("accepted", True),
        ("plan_proposed", True),
        ("planned", True),
        ("in_delivery", True),
    ],
)
def test_the_page_of_a_case_offers_an_engagement_once_it_is_accepted(
    people: People, client: Client, state: str, offered: bool
) -> None:
    case = make.advanced(people, state)
    client.force_login(people.officer)
    page = client.get(case.get_absolute_url()).content.decode()
    assert (f"{reverse('engagement_new')}?request={case.pk}" in page) is offered
    # advice may come before
    sent = body(requests=[case.reference]) | ({} if offered else {"early_reason": "scoping"})
    assert Api(people.officer).post("engagements/", sent).status_code == 201
    page = client.get(case.get_absolute_url()).content.decode()
    assert ("before the decision" in page) is not offered


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "query", "index"),
    [
        (AssistanceRequest, {"sort": "title"}, "request_by_title"),
        (Engagement, {"sort": "title"}, "engagement_by_title"),
        (Engagement, {"sort": "starts"}, "engagement_latest_first"),
        (Engagement, {"sort": "ends"}, "engagement_earliest_end"),
        (Engagement, {"q": "forensics"}, "engagement_title_part"),
    ],
)
def test_the_orders_and_the_search_of_the_lists_can_go_along_an_index(
    people: People, rf: RequestFactory, model: Any, query: dict[str, str], index: str
) -> None:
    request = rf.get("/")
    request.user = people.officer
    filters: Any = RequestFilter if model is AssistanceRequest else EngagementFilter
    rows = filters(query, queryset=model.objects.visible_to(people.officer), request=request).qs[
        :26
    ]
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort") if "sort" in query else ("seqscan", "indexscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert index in rows.explain()

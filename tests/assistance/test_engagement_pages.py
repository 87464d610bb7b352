"""Pages of engagements: who sees what, logging one, its actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from assistance.engagements import services
from assistance.engagements.choices import Origin
from assistance.engagements.models import Engagement, NextStep, RecordedCountry
from assistance.engagements.part_models import CountryParticipation
from assistance.programmes.models import Programme, ProgrammeMembership
from countries.models import Country
from files.models import attach_file
from tests import make
from tests.kept import kept_people
from tests.make import People
from tests.markup import compact

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
SECRET_OUTCOME, SECRET_COST = "Trainees struggled with the basics", "9,000"


@pytest.fixture
def regional(people: People) -> Engagement:
    """A delivered course for Kenya and Fiji, with everything that a country must not read."""
    case = make.advanced(people, "planned")
    part = make.part(
        KEN={"women": 3, "men": 4}, FJI={"women": 11, "men": 22, "institutions": "Fiji Police"}
    )
    engagement = make.engagement(
        people.officer, part, requests=[case], partners="Partner X", objectives="More skill"
    )
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": SECRET_OUTCOME})
    engagement.refresh_from_db()
    return engagement


def text(client: Client, *args: Any, status: int = 200) -> str:
    """The page at an address."""
    response = client.get(*args)
    assert response.status_code == status
    return response.content.decode()


def exported(client: Client) -> str:
    """The list as CSV."""
    response: Any = client.get(reverse("engagements_export"))
    return b"".join(response.streaming_content).decode()


def filled(people: People, **changes: Any) -> dict[str, Any]:
    """What the form sends."""
    day = make.programme().today() - timedelta(days=10)
    return (
        {
            "programme": make.programme().pk,
            "title": "Workshop on evidence",
            "type": "workshop",
            "modality": "in_person",
            "pillar": 1,
            "place": "Suva",
            "lead_officer": people.officer.pk,
            "theme_codes": ["digital-forensics"],
            "parts": 1,
            "part0rows": 3,
            "part0-starts_on": day.isoformat(),
            "part0-ends_on": day.isoformat(),
            "part0-days": "1",
            "part0row0-country": "Kenya",
            "part0row0-women": "5",
            "part0row0-men": "",
        }
        | {"pillar": make.Pillar.objects.get(code="capacity_building").pk}
        | changes
    )


def test_a_focal_point_reads_the_shared_face_and_their_own_countrys_numbers_only(
    people: People, regional: Engagement, client: Client
) -> None:
    other = make.advanced(people, "accepted", "FJI", title="Secret request of Fiji")
    services.link_request(people.officer, regional.pk, other)
    client.force_login(people.kenya)
    page = text(client, regional.get_absolute_url())
    assert regional.title in page and "Fiji" in page and "Nairobi" in page
    assert "7" in page and regional.requests.get(country__iso3="KEN").title in page
    for hidden in (
        SECRET_OUTCOME,
        SECRET_COST,
        "9000",
        "Fiji Police",
        ">22<",
        ">11<",
        "Secret request of Fiji",
        "Partner X",
        "More skill",
        "Anna Rossi",
    ):
        assert hidden not in page


def test_names_of_other_countries_stay_unsaid_until_the_engagement_is_confirmed(
    people: People, client: Client
) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={}, FJI={}))
    client.force_login(people.kenya)
    for address in (engagement.get_absolute_url(), reverse("engagements")):
        assert ">Fiji" not in text(client, address).split("</form>")[-1].replace("<option", "")
    services.perform_action(people.officer, engagement.pk, "confirm")
    assert "Fiji" in text(client, engagement.get_absolute_url())


def test_an_engagement_of_other_countries_answers_404_and_is_in_no_list(
    people: People, client: Client
) -> None:
    engagement = make.engagement(
        people.officer, make.part(FJI={"women": 1, "men": 1}), title="Only for Fiji"
    )
    client.force_login(people.kenya)
    text(client, engagement.get_absolute_url(), status=404)
    assert "Only for Fiji" not in text(client, reverse("engagements"))
    assert "Only for Fiji" not in exported(client)
    for name in ("engagement_edit", "engagement_link", "engagement_step", "engagement_file"):
        assert client.post(reverse(name, args=[engagement.pk])).status_code == 404
    assert (
        client.post(reverse("engagement_act", args=[engagement.pk, "confirm"])).status_code == 404
    )


def test_a_focal_point_may_not_write_an_engagement_that_they_may_read(
    people: People, regional: Engagement, client: Client
) -> None:
    client.force_login(people.kenya)
    assert client.get(reverse("engagement_new")).status_code == 403
    for address in (
        reverse("engagement_edit", args=[regional.pk]),
        reverse("engagement_act", args=[regional.pk, "verify"]),
    ):
        assert client.post(address, filled(people)).status_code == 404
    regional.refresh_from_db()
    assert regional.state == "delivered"


def test_staff_of_another_programme_read_an_engagement_through_a_linked_case_but_do_not_change_it(
    people: People, client: Client
) -> None:
    own = make.programme()
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=own.eligible_group
    )
    stranger = make.user(Role.OFFICER)
    ProgrammeMembership.objects.create(
        user=stranger, programme=other, role="officer", valid_from=make.LONG_AGO
    )
    engagement = make.engagement(people.officer)
    client.force_login(stranger)
    text(client, engagement.get_absolute_url(), status=404)
    case = make.submitted(people.kenya)
    type(case).objects.filter(pk=case.pk).update(programme=other)
    engagement.links.create(request=case)
    page = text(client, engagement.get_absolute_url())
    assert (
        str(case.reference) in page and reverse("engagement_edit", args=[engagement.pk]) not in page
    )
    assert client.get(reverse("engagement_edit", args=[engagement.pk])).status_code == 404


def test_staff_see_totals_share_of_women_and_what_is_not_reported(
    people: People, client: Client
) -> None:
    part = make.part(KEN={"women": 3, "men": 1}, FJI={"women": 5}, UGA={"not_yet_known": True})
    engagement = make.engagement(people.officer, part)
    client.force_login(people.officer)
    page = text(client, engagement.get_absolute_url())
    assert "75 % (3 of 4 women and men)" in page
    assert "2 of 3 lines without the number of women or of men" in page
    assert "not yet known" in page and "not reported" in page and SECRET_COST in page


def test_logging_an_engagement_keeps_a_blank_number_blank(people: People, client: Client) -> None:
    client.force_login(people.officer)
    response = client.post(
        reverse("engagement_new"),
        filled(
            people, **{"part0row1-country": "斐济", "part0row1-women": "0", "part0row1-men": "2"}
        ),
    )
    engagement = Engagement.objects.get()
    assert response.status_code == 302 and response["Location"] == engagement.get_absolute_url()
    rows = {
        r.country.iso3: r
        for r in CountryParticipation.objects.filter(part__engagement=engagement).select_related(
            "country"
        )
    }
    assert (rows["KEN"].women, rows["KEN"].men, rows["KEN"].unknown) == (5, None, None)
    assert (rows["FJI"].women, rows["FJI"].men) == (0, 2)
    assert engagement.theme_codes == ["digital-forensics"] and engagement.reference.startswith(
        "ENG-"
    )


def test_nothing_is_saved_and_everything_typed_is_kept_when_something_is_wrong(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    wrong = {
        "title": "",
        "part0-ends_on": "2020-01-01",
        "part0row0-women": "-4",
        "part0row1-country": "Kenia",
        "part0row1-institutions": "The <Court>",
        "part0row2-men": "8",
        "objectives": "Kept words",
    }
    response = client.post(reverse("engagement_new"), filled(people, **wrong))
    page = response.content.decode()
    assert response.status_code == 422 and not Engagement.objects.exists()
    for sentence in (
        "Give the engagement a title.",
        "The last day comes before the first one.",
        "Write a whole number",
        "There is no country “Kenia”",
        "Write from which country they came",
    ):
        assert page.count(sentence) == 2, sentence  # at the head and at the field
    for kept in (
        'value="-4"',
        'value="Kenia"',
        "The &lt;Court&gt;",
        "Kept words",
        'value="8"',
        'value="2020-01-01"',
    ):
        assert kept in page, kept


def test_a_country_stands_once_in_a_part(people: People, client: Client) -> None:
    client.force_login(people.officer)
    response = client.post(
        reverse("engagement_new"),
        filled(people, **{"part0row1-country": "KEN", "part0row1-men": "1"}),
    )
    assert (
        response.status_code == 422
        and "Kenya stands in line 1 already" in response.content.decode()
    )


def test_numbers_and_not_yet_known_exclude_each_other_and_some_types_have_no_participants(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    response = client.post(
        reverse("engagement_new"), filled(people, **{"part0row0-not_yet_known": "on"})
    )
    assert response.status_code == 422 and "not both" in response.content.decode()
    response = client.post(reverse("engagement_new"), filled(people, type="study"))
    assert response.status_code == 422 and "has no participants" in response.content.decode()
    response = client.post(reverse("engagement_new"), filled(people, reach="900"))
    assert (
        response.status_code == 422 and "Only a campaign has a reach" in response.content.decode()
    )


def test_more_lines_and_parts_keep_what_was_typed_and_save_nothing(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    page = client.post(
        reverse("engagement_new"), filled(people, more_rows="1", **{"part0row0-women": "five"})
    ).content.decode()
    assert (
        'name="part0rows" value="6"' in page
        and 'value="five"' in page
        and 'value="Suva"' in page
        and "Write a whole number" not in page
    )
    page = client.post(reverse("engagement_new"), filled(people, more_parts="1")).content.decode()
    assert 'name="parts" value="2"' in page and 'name="part1-starts_on"' in page
    assert 'name="part1row0-country" value="Kenya"' in page  # the countries of the part before
    assert not Engagement.objects.exists()


def test_parts_are_saved_and_taken_out_again(people: People, client: Client) -> None:
    client.force_login(people.officer)
    first = filled(people)
    second = {
        "parts": 3,
        "part1rows": 1,
        "part1-starts_on": "2026-01-10",
        "part1-ends_on": "2026-01-11",
        "part1row0-country": "ken",
        "part1row0-not_yet_known": "on",
        "part2rows": 1,
    }
    assert client.post(reverse("engagement_new"), first | second).status_code == 302
    engagement = Engagement.objects.get()
    assert [p.participations.get().country.iso3 for p in engagement.parts.all()] == ["KEN", "KEN"]
    assert str(engagement.starts_on) == "2026-01-10"
    response = client.post(
        reverse("engagement_edit", args=[engagement.pk]),
        first | second | {"part1-remove": "on", "version": engagement.version},
    )
    assert response.status_code == 302 and engagement.parts.count() == 1


def test_a_request_is_preselected_and_linked_with_its_country(
    people: People, client: Client
) -> None:
    case, other = make.advanced(people, "planned"), make.advanced(people, "planned", "FJI")
    client.force_login(people.officer)
    page = text(client, reverse("engagement_new") + f"?request={case.pk}")
    assert (
        'name="part0row0-country" value="Kenya"' in page
        and f'value="{case.pk}" aria-describedby' in page
    ) or "checked" in page
    sent = filled(people, requests=[case.pk], more_requests=str(other.reference).lower())
    assert client.post(reverse("engagement_new"), sent).status_code == 302
    engagement = Engagement.objects.get()
    assert set(engagement.requests.all()) == {case, other}
    assert {
        p.country.iso3 for p in CountryParticipation.objects.filter(part__engagement=engagement)
    } == {"KEN", "FJI"}


def test_a_request_that_cannot_be_linked_is_refused_by_name(people: People, client: Client) -> None:
    case = make.do(
        people.officer,
        make.advanced(people, "in_delivery"),
        "complete",
        summary="Done",
        why_none="Nothing was needed.",
    )
    client.force_login(people.officer)
    response = client.post(
        reverse("engagement_new"), filled(people, more_requests=f"{case.reference}, XXX-2020-0001")
    )
    assert (
        response.status_code == 422
        and f"{case.reference}, XXX-2020-0001" in response.content.decode()
    )
    assert (
        client.post(reverse("engagement_new"), filled(people, requests=[case.pk])).status_code
        == 422
    )


def test_who_saves_an_outdated_form_is_told_and_keeps_the_text(
    people: People, client: Client
) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={}))
    seen = engagement.version
    services.perform_action(people.manager, engagement.pk, "confirm")
    client.force_login(people.officer)
    sent = filled(people, title="My new title", version=seen)
    response = client.post(reverse("engagement_edit", args=[engagement.pk]), sent)
    page = response.content.decode()
    assert response.status_code == 409 and "Lina Haddad" in page and "My new title" in page
    engagement.refresh_from_db()
    assert (
        engagement.title != "My new title"
        and f'name="version" value="{engagement.version}"' in page
    )
    assert (
        client.post(
            reverse("engagement_edit", args=[engagement.pk]), sent | {"version": engagement.version}
        ).status_code
        == 302
    )


def test_a_delivered_record_is_not_emptied_by_a_change(
    people: People, regional: Engagement, client: Client
) -> None:
    client.force_login(people.officer)
    sent = filled(
        people,
        version=regional.version,
        **{"part0row0-women": "", "part0row1-country": "Fiji", "part0row1-men": "3"},
    )
    response = client.post(reverse("engagement_edit", args=[regional.pk]), sent)
    assert response.status_code == 422 and "Kenya" in response.content.decode()
    assert (
        CountryParticipation.objects.get(part__engagement=regional, country__iso3="KEN").women == 3
    )


def test_the_life_of_an_engagement_through_its_pages(people: People, client: Client) -> None:
    case = make.advanced(people, "planned")
    engagement = make.engagement(people.officer, make.part(KEN={}), requests=[case])
    client.force_login(people.officer)
    address = reverse("engagement_act", args=[engagement.pk, "deliver"])
    assert "Say how many took part from Kenya" in text(client, address)
    assert f"The delivery of request {case.reference} starts with this." in text(client, address)
    response = client.post(address, {"outcome": "Went well", "version": engagement.version})
    assert response.status_code == 422 and "Went well" in response.content.decode()
    CountryParticipation.objects.filter(part__engagement=engagement).update(women=2, men=3)
    assert client.post(address, {"outcome": "", "version": engagement.version}).status_code == 422
    assert (
        client.post(address, {"outcome": "Went well", "version": engagement.version}).status_code
        == 302
    )
    page = text(client, engagement.get_absolute_url())
    assert "Somebody else of the programme verifies it" in page
    verify = reverse("engagement_act", args=[engagement.pk, "verify"])
    assert client.post(verify, {"version": ""}).status_code == 409
    client.force_login(people.manager)
    assert client.post(verify, {"version": "1"}).status_code == 409
    engagement.refresh_from_db()
    assert client.post(verify, {"version": engagement.version}).status_code == 302
    assert "Verified by Lina Haddad" in text(client, engagement.get_absolute_url())
    assert client.get(reverse("engagement_edit", args=[engagement.pk])).status_code == 302


def test_requests_are_linked_and_unlinked_with_a_reason(people: People, client: Client) -> None:
    engagement, case = make.engagement(people.officer), make.advanced(people, "planned")
    client.force_login(people.officer)
    link = reverse("engagement_link", args=[engagement.pk])
    response = client.post(link, {"reference": "KEN-1999-0001"})
    assert response.status_code == 422 and "KEN-1999-0001" in response.content.decode()
    assert client.post(link, {"reference": case.reference}).status_code == 302
    unlink = reverse("engagement_unlink", args=[engagement.pk, case.pk])
    assert client.post(unlink, {"reason": ""}).status_code == 422
    assert client.post(unlink, {"reason": "Another course answers it"}).status_code == 302
    assert not engagement.links.exists()
    page = compact(text(client, engagement.get_absolute_url()))
    assert "Another course answers it" in page and f"{case.reference} ·" in page


def test_next_steps_and_files_reach_the_countries_that_they_are_for(
    people: People, regional: Engagement, client: Client
) -> None:
    client.force_login(people.officer)
    address = reverse("engagement_step", args=[regional.pk])
    step = {"what": "Send the manual", "side": "theirs", "owner": "DCI", "due_on": "2027-01-10"}
    response = client.post(address, step)
    assert (
        response.status_code == 422
        and "Say which country is to do it" in response.content.decode()
        and "Send the manual" in response.content.decode()
    )
    assert (
        client.post(address, step | {"country": Country.objects.get(iso3="KEN").pk}).status_code
        == 302
    )
    attach_file("engagement", regional.pk, make.pdf("shared.pdf"), people.officer)
    upload = reverse("engagement_file", args=[regional.pk])
    assert client.post(upload, {"file": make.pdf("internal.pdf")}).status_code == 302
    assert client.post(upload, {}).status_code == 422
    made = NextStep.objects.get()
    client.force_login(people.kenya)
    page = text(client, regional.get_absolute_url())
    assert "Send the manual" in page and "shared.pdf" in page and "internal.pdf" not in page
    client.force_login(people.fiji)
    assert (
        client.post(reverse("engagement_step_done", args=[regional.pk, made.pk])).status_code == 404
    )
    assert "Send the manual" not in text(client, regional.get_absolute_url())
    client.force_login(people.officer)
    assert (
        client.post(reverse("engagement_step_done", args=[regional.pk, made.pk])).status_code == 302
    )
    made.refresh_from_db()
    assert made.done_on == make.programme().today()


def test_the_list_takes_no_more_queries_for_more_engagements(
    people: People, client: Client
) -> None:
    for person in (people.officer, people.kenya):
        client.force_login(person)
        make.engagement(people.officer, make.part(KEN={"women": 1}))
        client.get(reverse("engagements"))
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("engagements"))
        for iso3 in ("UGA", "FJI", "PER"):
            make.engagement(
                people.officer, make.part(None, 3, **{"KEN": {"women": 1}, iso3: {"men": 2}})
            )
        with CaptureQueriesContext(connection) as more:
            assert (
                client.get(reverse("engagements"))
                .content.decode()
                .count("Course on mobile forensics")
                >= 4
            )
        assert len(more) == len(few)


def test_the_export_carries_what_was_typed_and_no_formula(people: People, client: Client) -> None:
    make.engagement(
        people.officer,
        make.part(KEN={"women": 3, "men": None, "institutions": "DCI"}),
        title="=1+1",
        objectives="Aim of it",
    )
    client.force_login(people.officer)
    lines = exported(client)
    assert (
        "'=1+1" in lines
        and "Aim of it" in lines
        and "9000" in lines
        and "DCI" in lines
        and "Kenya" in lines
    )
    client.force_login(people.kenya)
    lines = exported(client)
    assert "'=1+1" in lines and "Aim of it" not in lines and "9000" not in lines


def test_a_record_of_others_is_shown_to_its_country(people: People, client: Client) -> None:
    engagement = Engagement.objects.create(
        programme=make.programme(),
        reference="ENG-2026-9001",
        title="Help by somebody else",
        origin=Origin.IMPORTED,
        state="recorded",
        organisation="Org Y",
    )
    RecordedCountry.objects.create(engagement=engagement, country=Country.objects.get(iso3="KEN"))
    client.force_login(people.kenya)
    assert "Org Y" in text(client, engagement.get_absolute_url())
    client.force_login(people.officer)
    assert "Help by somebody else" in text(client, engagement.get_absolute_url())
    client.force_login(people.fiji)
    text(client, engagement.get_absolute_url(), status=404)


def test_a_record_of_others_counts_as_delivered_once_dates_and_participation_are_supplied(
    people: People, client: Client
) -> None:
    engagement = Engagement.objects.create(
        programme=make.programme(),
        reference="ENG-2026-9001",
        title="Help by somebody else",
        origin=Origin.IMPORTED,
        state="recorded",
        organisation="Org Y",
    )
    RecordedCountry.objects.create(engagement=engagement, country=Country.objects.get(iso3="KEN"))
    client.force_login(people.officer)
    assert "Record as delivered" not in text(client, engagement.get_absolute_url())
    edit = reverse("engagement_edit", args=[engagement.pk])
    assert 'name="part0row0-country" value="Kenya"' in text(client, edit)
    assert client.post(edit, filled(people, version=engagement.version)).status_code == 302
    engagement.refresh_from_db()
    assert (engagement.state, engagement.origin, engagement.recorded_by) == (
        "delivered",
        "imported",
        people.officer,
    )
    assert not engagement.recorded_countries.exists()


def test_nonsense_in_addresses_and_hidden_fields_breaks_no_page(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    for query in ("page=²", "page=" + "9" * 5000, "page=-1", "state=nonsense", "country=%ff"):
        assert client.get(f"{reverse('engagements')}?{query}").status_code == 200, query[:20]
    assert (
        client.get(
            f"{reverse('engagement_new')}?request=²&request={'9' * 30}&request=x"
        ).status_code
        == 200
    )
    for changes in (
        {"parts": "²"},
        {"parts": "9" * 5000},
        {"part0rows": "-3"},
        {"programme": "\0"},
        {"lead_officer": "x"},
        {"requests": ["\0"]},
        {"title": "a\0b"},
    ):
        assert (
            client.post(
                reverse("engagement_new"), filled(people, **({"title": ""} | changes))
            ).status_code
            == 422
        ), changes


def test_who_confirms_reads_no_reference_of_another_programmes_case_whose_delivery_starts_with_it(
    people: People, client: Client
) -> None:
    own = make.programme()
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=own.eligible_group
    )
    both = make.staff(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=both, programme=other, role="manager", valid_from=make.LONG_AGO
    )
    case, foreign = make.advanced(people, "planned"), make.advanced(people, "planned", "FJI")
    type(case).objects.filter(pk=foreign.pk).update(programme=other)
    foreign.refresh_from_db()
    engagement = make.engagement(both, requests=[case, foreign])
    address = reverse("engagement_act", args=[engagement.pk, "confirm"])
    client.force_login(people.officer)
    text(client, foreign.get_absolute_url(), status=404)
    page = text(client, address)
    assert (
        str(case.reference) in page
        and str(foreign.reference) not in page
        and people.fiji.name not in page
    )
    assert "1 more request starts with this, which you may not see" in page
    client.force_login(both)
    page = text(client, address)
    assert str(foreign.reference) in page and "which you may not see" not in page
    services.unlink_request(people.officer, engagement.pk, case, "By mistake")
    client.force_login(people.officer)
    page = text(client, address)
    assert "1 more request" in page and "Nobody will get a message" not in page


def test_after_values_that_do_not_do_a_change_of_others_is_still_told(
    people: People, client: Client
) -> None:
    ahead = make.programme().today() + timedelta(days=20)
    engagement = make.engagement(people.officer, make.part(ahead, 1, KEN={}))
    client.force_login(people.officer)
    address = f"/engagements/{engagement.pk}/do/postpone/"
    read = str(engagement.version)
    services.perform_action(people.manager, engagement.pk, "confirm")
    again = client.post(address, {"starts_on": "soon", "reason": "A strike", "version": read})
    assert again.status_code == 422 and again.context["version"] == int(read)
    later = {"starts_on": str(ahead + timedelta(days=7)), "reason": "A strike"}
    refused = client.post(address, later | {"version": str(again.context["version"])})
    assert refused.status_code == 409 and "In the meantime" in refused.content.decode()
    engagement.refresh_from_db()
    assert engagement.state == "confirmed" and engagement.starts_on == ahead
    assert client.post(address, later | {"version": refused.context["version"]}).status_code == 302

"""Obligations and recommendations that requests and engagements serve."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from assistance.commitments.help_given import help_by_commitment, joined_after_help
from assistance.commitments.models import CommitmentLink
from assistance.commitments.services import name_commitments
from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.programmes.models import Programme, ProgrammeMembership
from core.db.country_role import as_country
from countries.geography.models import Country
from countries.instruments.models import Instrument, Obligation, TreatyAction
from countries.processes.models import Process, ProcessSession, SessionRecommendation
from countries.processes.services import write_recommendations
from tests import make
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db


def obligation(code: str) -> Obligation:
    """By its code."""
    return Obligation.objects.get(code=code)


def delivered(people: People, *, requests: object = (), **countries: Any) -> Engagement:
    """An engagement that took place."""
    engagement = make.engagement(people.officer, make.part(**countries), requests=requests)
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done."})
    return Engagement.objects.get(pk=engagement.pk)


def recommendation() -> SessionRecommendation:
    """One of a session."""
    session = ProcessSession.objects.create(
        process=Process.objects.get(code="states-parties"),
        names={"en": "First session"},
        starts_on=date(2026, 1, 5),
        ends_on=date(2026, 1, 9),
    )
    write_recommendations(session, {}, ["Train prosecutors."])
    return session.recommendations.get()


def stamp(client: Client, place: str) -> str:
    """What the page says was named when it was made."""
    made: str = client.get(place).context["named"]
    return made


def test_staff_name_what_a_request_serves_and_history_keeps_what_was_named_before(
    people: People, client: Client
) -> None:
    case = make.advanced(people, "under_review")
    asked, text = obligation("BUDAPEST-16"), recommendation()
    client.force_login(people.officer)
    place = reverse("request_commitments", args=[case.pk])
    sent = {"obligations": [asked.pk], "recommendations": [text.pk], "named": stamp(client, place)}
    assert client.post(place, sent).status_code == 302
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Expedited preservation" in page and "Train prosecutors." in page
    session_page = client.get(text.session.get_absolute_url()).content.decode()
    assert "Served by requests: 1" in session_page
    # the page that was made before that names what both of them named
    late = client.post(place, {"obligations": [], "named": sent["named"]})
    assert late.status_code == 409 and case.commitment_links.count() == 2
    fewer = {"obligations": [asked.pk], "named": stamp(client, place)}
    assert client.post(place, fewer).status_code == 302
    assert [link.obligation for link in case.commitment_links.all()] == [asked]
    history = CommitmentLink.history.rel.related_model  # type: ignore[attr-defined]
    assert history.objects.filter(recommendation=text, pgh_label="delete").exists()
    wrong = client.post(place, {"obligations": ["999999"], "named": stamp(client, place)})
    assert wrong.status_code == 422 and case.commitment_links.count() == 1


def test_countries_neither_read_nor_name_it(people: People, client: Client) -> None:
    case = make.advanced(people, "under_review")
    name_commitments(people.officer, case, [obligation("BUDAPEST-16")], [])
    client.force_login(people.kenya)
    assert "Expedited preservation" not in client.get(case.get_absolute_url()).content.decode()
    assert client.get(reverse("request_commitments", args=[case.pk])).status_code == 404
    with as_country(people.kenya), pytest.raises(DatabaseError), transaction.atomic():
        list(CommitmentLink.objects.all())


def test_staff_of_another_programme_cannot_name_it(people: People, client: Client) -> None:
    case = make.advanced(people, "under_review")
    engagement = make.engagement(people.officer)
    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    stranger = make.user(Role.OFFICER)
    ProgrammeMembership.objects.create(
        user=stranger, programme=other, role=Role.OFFICER, valid_from=make.LONG_AGO
    )
    client.force_login(stranger)
    for name, pk in (("request_commitments", case.pk), ("engagement_commitments", engagement.pk)):
        assert client.post(reverse(name, args=[pk]), {}).status_code == 404


def test_which_obligations_have_had_help_and_where_none(people: People, client: Client) -> None:
    kenya = make.advanced(people, "in_delivery")
    fiji = make.advanced(people, "under_review", "FJI")
    for case in (kenya, fiji):
        name_commitments(people.officer, case, [obligation("BUDAPEST-16")], [])
    # it gives help with what the request names that it answers, and with what it names itself
    engagement = delivered(people, requests=[kenya], KEN={"women": 1}, LAO={"men": 1})
    name_commitments(people.officer, engagement, [obligation("BUDAPEST-35")], [])
    which = Q(obligation__instrument__code="BUDAPEST")
    given = help_by_commitment(people.officer, which, "obligation")
    preservation = given[obligation("BUDAPEST-16").pk]
    assert (len(preservation.requests), preservation.engagements) == (2, {engagement.pk})
    assert preservation.still_waiting == {fiji.country_id}
    network = given[obligation("BUDAPEST-35").pk]
    assert network.helped == {kenya.country_id, Country.objects.get(iso3="LAO").pk}
    client.force_login(people.officer)
    address = reverse("obligation_help", args=["BUDAPEST"])
    assert "Fiji" in client.get(address).content.decode()
    narrowed = client.get(address + "?country=KEN").context["rows"]
    row = next(r for r in narrowed if r["obligation"].code == "BUDAPEST-16")
    assert (len(row["help"].requests), row["waiting"]) == (1, [])
    assert client.get(address + "?country=XXX").status_code == 200  # said beside the filter
    client.force_login(people.kenya)
    assert client.get(address).status_code == 404
    make.do(people.fiji, fiji, "withdraw", reason="Solved.")
    given = help_by_commitment(people.officer, which, "obligation")
    preservation = given[obligation("BUDAPEST-16").pk]
    assert len(preservation.requests) == 2 and not preservation.still_waiting


def test_help_with_a_request_that_was_merged_is_help_with_the_one_that_goes_on(
    people: People,
) -> None:
    kept = make.advanced(people, "in_delivery")
    merged = make.advanced(people, "under_review")
    delivered(people, requests=[merged], KEN={"women": 1})
    for case in (kept, merged):
        name_commitments(people.officer, case, [obligation("BUDAPEST-16")], [])
    make.do(people.officer, merged, "merge", merged_into=kept)
    given = help_by_commitment(
        people.officer, Q(obligation__instrument__code="BUDAPEST"), "obligation"
    )
    help_given = given[obligation("BUDAPEST-16").pk]
    assert help_given.helped == {kept.country_id} and help_given.requests == {kept.pk}


def test_lists_are_narrowed_to_what_serves_an_obligation_by_staff_alone(people: People) -> None:
    case, other = make.advanced(people, "in_delivery"), make.advanced(people, "in_delivery")
    engagement = delivered(people, requests=[other], KEN={"women": 1})
    name_commitments(people.officer, case, [obligation("BUDAPEST-16")], [])
    name_commitments(people.officer, engagement, [obligation("UN-CAC-41")], [])
    api = Api(people.officer)
    (row,) = api.rows("requests/", obligation="BUDAPEST-16")
    assert row["reference"] == case.reference
    assert api.get(f"requests/{case.pk}/").json()["obligations"] == ["BUDAPEST-16"]
    assert api.rows("requests/", instrument="BUDAPEST") == [row]
    (made,) = api.rows("engagements/", obligation="UN-CAC-41")
    assert made["reference"] == engagement.reference
    assert api.get("requests/", obligation="NONE-1").status_code == 400
    theirs = Api(people.kenya)
    assert "obligations" not in theirs.get(f"requests/{case.pk}/").json()
    assert theirs.get("requests/", obligation="BUDAPEST-16").status_code == 400


def test_who_joined_after_help_is_said_and_who_joined_before_is_not(people: People) -> None:
    treaty = Instrument.objects.get(code="UN-CAC")
    engagement = delivered(people, KEN={"women": 1}, FJI={"men": 1}, BRA={"men": 1})
    name_commitments(people.officer, engagement, [obligation("UN-CAC-41")], [])
    assert engagement.ends_on is not None
    for iso3, days in (("KEN", 1), ("FJI", -1)):
        TreatyAction.objects.create(
            instrument=treaty,
            country=Country.objects.get(iso3=iso3),
            action="signed",
            date=engagement.ends_on + timedelta(days=days),
            source="Register",
        )
    (joined,) = joined_after_help(people.officer, treaty)  # Brazil signed in 2025
    assert joined.action.country is not None and joined.action.country.iso3 == "KEN"
    assert (joined.engagement, joined.helped_on) == (engagement, engagement.ends_on)


def test_the_table_takes_no_more_queries_for_more_rows(people: People, client: Client) -> None:
    client.force_login(people.officer)
    addresses = [
        reverse("obligation_help", args=["BUDAPEST"]),
        reverse("instrument", args=["BUDAPEST"]),
    ]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    case = make.advanced(people, "in_delivery")
    name_commitments(people.officer, case, [obligation("BUDAPEST-16")], [])
    delivered(people, requests=[case], KEN={"women": 1})
    few = counts()
    for code in ("BUDAPEST-17", "BUDAPEST-18"):
        more = make.advanced(people, "in_delivery", "FJI")
        name_commitments(people.officer, more, [obligation(code)], [])
        delivered(people, requests=[more], FJI={"women": 1}, LAO={"men": 1})
    assert counts() == few

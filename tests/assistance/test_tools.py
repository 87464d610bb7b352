"""Tools: what is known at first, where they were used, and whether their links answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assistance.engagements import services
from assistance.engagements.models import Engagement
from assistance.tasks import check_tool_links
from assistance.tools.link_checks import check_links
from assistance.tools.loading import load_tools
from assistance.tools.models import Tool, ToolVersion
from assistance.tools.views import uptake_of
from core import outgoing_http
from tests import make
from tests.api import Api, queries_of
from tests.make import People
from tests.reports.receiver import Receiver

pytestmark = pytest.mark.django_db
GUIDE = "practical-guide-e-evidence"


def used(people: People, *codes: str, **countries: Any) -> Engagement:
    """A delivered engagement that used tools."""
    countries = countries or {"KEN": {"women": 2, "men": 1}}
    engagement = make.engagement(people.officer, make.part(**countries), tool_codes=list(codes))
    services.perform_action(people.officer, engagement.pk, "deliver", {"outcome": "Done."})
    return Engagement.objects.get(pk=engagement.pk)


def test_thirty_one_tools_are_known_at_first_and_loading_again_changes_nothing() -> None:
    assert Tool.objects.count() == 31 == ToolVersion.objects.count()
    guide = Tool.objects.get(code=GUIDE)
    assert (guide.owner, guide.kind) == ("UNODC, CTED, IAP", "guide")
    Tool.objects.filter(code=GUIDE).update(title="Practical Guide")
    load_tools()
    assert Tool.objects.count() == 31 and Tool.objects.get(code=GUIDE).title == "Practical Guide"


def test_the_list_shows_tools_in_use_or_replaced_and_links_that_answer_or_not(
    people: People,
) -> None:
    new = Tool.objects.get(code=GUIDE)
    Tool.objects.filter(code="sherloc-cybercrime-repository").update(replaced_by=new)
    old = Tool.objects.filter(replaced_by=new)
    assert old.count() == 1
    ToolVersion.objects.filter(tool=new).update(broken_since=timezone.now())
    every = {tool["code"] for tool in Api(people.kenya).rows("tools/", page_size=100)}

    def codes(**query: str) -> set[str]:
        return {tool["code"] for tool in Api(people.kenya).rows("tools/", page_size=100, **query)}

    assert codes(broken="yes") == {GUIDE} and codes(broken="no") == every - {GUIDE}
    replaced = {tool.code for tool in old}
    assert codes(current="no") == replaced and codes(current="yes") == every - replaced


def test_an_engagement_names_tools_and_a_country_reads_them(people: People, client: Client) -> None:
    engagement = used(people, GUIDE)
    for reader in (people.officer, people.kenya):
        client.force_login(reader)
        assert "Practical Guide" in client.get(engagement.get_absolute_url()).content.decode()
        assert Api(reader).get(f"engagements/{engagement.pk}/").json()["tool_codes"] == [GUIDE]
    (row,) = Api(people.officer).rows("engagements/", tool=GUIDE)
    assert row["id"] == engagement.pk
    wrong = Api(people.officer).patch(f"engagements/{engagement.pk}/", {"tool_codes": ["none"]})
    assert wrong.status_code == 400 and "none" in str(wrong.json())


def test_uptake_tells_countries_and_years_to_staff_alone(people: People, client: Client) -> None:
    engagement = used(people, GUIDE, KEN={"women": 1}, FJI={"men": 1})
    make.engagement(
        people.officer, make.part(LAO={"women": 1}), tool_codes=[GUIDE]
    )  # not delivered
    years, rows = uptake_of(people.officer, Tool.objects.get(code=GUIDE))
    assert engagement.ends_on is not None and years == [engagement.ends_on.year]
    assert {row.country.iso3: row.total for row in rows} == {"KEN": 1, "FJI": 1}
    client.force_login(people.kenya)
    text = client.get(reverse("tool", args=[GUIDE])).content.decode()
    assert "Uptake" not in text and "Course on mobile forensics" in text
    client.force_login(people.fiji)
    other = used(people, "oxford-cmm", KEN={"women": 1})
    assert other.reference not in client.get(reverse("tool", args=["oxford-cmm"])).content.decode()


def test_a_tool_that_was_replaced_says_by_what_and_is_offered_no_longer(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    old, new = Tool.objects.get(code="oxford-cmm"), Tool.objects.get(code="cybil-portal")
    place = reverse("tool_edit", args=[old.code])
    sent = {"title": old.title, "kind": old.kind, "owner": old.owner, "replaced_by": new.pk}
    sent["seen"] = client.get(place).context["seen"]
    assert client.post(place, sent).status_code == 302
    assert "Replaced by" in client.get(old.get_absolute_url()).content.decode()
    form = client.get(reverse("engagement_new")).context["entry"].form
    offered = {code for code, _title in form.fields["tool_codes"].choices}
    assert old.code not in offered and new.code in offered
    place = reverse("tool_edit", args=[new.code])
    round_about = {"title": new.title, "kind": new.kind, "owner": new.owner, "replaced_by": old.pk}
    round_about["seen"] = client.get(place).context["seen"]
    wrong = client.post(place, round_about)
    assert wrong.status_code == 422 and wrong.context["form"].errors["replaced_by"]
    third = Tool.objects.exclude(pk__in=[old.pk, new.pk])[0]
    Tool.objects.filter(pk=third.pk).update(replaced_by=old)
    wrong = client.post(place, round_about | {"replaced_by": third.pk})  # by way of the old one
    assert wrong.status_code == 422 and wrong.context["form"].errors["replaced_by"]


def test_an_officer_adds_a_tool_and_a_version(people: People, client: Client) -> None:
    client.force_login(people.officer)
    sent = {"code": "new-guide", "title": "New guide", "kind": "guide", "owner": "UNODC"}
    assert client.post(reverse("tool_new"), sent).status_code == 302
    place = reverse("tool_version_new", args=["new-guide"])
    assert client.post(place, {"label": "2026", "languages": "en, fr"}).status_code == 302
    assert ToolVersion.objects.get(tool__code="new-guide").languages == ["en", "fr"]
    for wrong, field in (
        ({"label": "2026"}, "label"),
        ({"label": "2027", "languages": "English"}, "languages"),
        ({"label": "2027", "url": "http://example.org"}, "url"),
    ):
        answer = client.post(place, wrong)
        assert answer.status_code == 422 and answer.context["form"].errors[field]
    client.force_login(people.kenya)
    assert client.get(reverse("tools")).status_code == 200
    assert client.get(reverse("tool_new")).status_code == 403
    assert client.post(place, {"label": "x"}).status_code == 404


def test_the_list_is_filtered_and_exported_in_as_many_queries_for_more_rows(
    people: People, client: Client
) -> None:
    client.force_login(people.officer)
    counts = []
    for query in (f"?q={GUIDE}", "?kind=guide"):
        client.get(reverse("tools") + query)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("tools") + query)
        counts.append((len(asked), page.context["total"]["count"]))
    assert counts[0][1] == 1 and counts[1][1] == 11 and counts[0][0] == counts[1][0]
    assert queries_of(people.kenya, "tools/?page_size=2") == queries_of(people.kenya, "tools/")
    answer: Any = client.get(reverse("tools_export") + "?language=fr")
    assert len(b"".join(answer.streaming_content).splitlines()) == 2


@pytest.fixture
def receiver() -> Any:
    """A server that answers as it is told."""
    made = Receiver()
    yield made
    made.stop()


def link_to(url: str) -> ToolVersion:
    """The only link that is looked at."""
    ToolVersion.objects.update(url="")
    version = ToolVersion.objects.all()[0]
    ToolVersion.objects.filter(pk=version.pk).update(url=url)
    version.refresh_from_db()
    return version


@pytest.mark.parametrize(("status", "is_broken"), [(200, False), (404, True), (500, True)])
def test_a_link_that_does_not_answer_is_marked_since_the_first_time(
    receiver: Receiver, status: int, *, is_broken: bool
) -> None:
    receiver.status = status
    version = link_to(f"{receiver.url}/guide")
    assert check_links() == int(is_broken)
    version.refresh_from_db()
    since = version.broken_since
    assert bool(since) is is_broken and version.checked_at
    check_links()
    version.refresh_from_db()
    assert version.broken_since == since
    receiver.status = 200
    check_links()
    version.refresh_from_db()
    assert version.broken_since is None and version.problem == ""


def test_checking_links_leaves_no_history(receiver: Receiver) -> None:
    version = link_to(receiver.url)
    history = ToolVersion.history.rel.related_model  # type: ignore[attr-defined]
    before = history.objects.filter(pgh_obj_id=version.pk).count()
    check_links()
    assert history.objects.filter(pgh_obj_id=version.pk).count() == before


def test_links_lead_into_no_private_network(settings: Any, receiver: Receiver) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = False
    version = link_to(receiver.url)
    assert check_links() == 1
    version.refresh_from_db()
    assert "private network" in version.problem and receiver.got == []


def test_a_redirect_is_followed_after_the_same_check(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.status, receiver.location = 301, "http://10.0.0.1/inside"
    version = link_to(receiver.url)
    checked: list[str] = []

    def resolve(parts: Any) -> str:
        checked.append(parts.hostname)
        if parts.hostname == "10.0.0.1":
            raise outgoing_http.PrivateAddress("This address lies in a private network.")
        return "127.0.0.1"

    monkeypatch.setattr(outgoing_http, "resolve_address", resolve)
    assert check_links() == 1
    version.refresh_from_db()
    assert checked == ["127.0.0.1", "10.0.0.1"] and "private network" in version.problem


@pytest.mark.parametrize(
    "leads_to", ["/guide", "http://[::1", "ftp://example.org/x", "http://a b/"]
)
def test_a_redirect_that_leads_nowhere_is_a_link_that_does_not_answer(
    receiver: Receiver, leads_to: str
) -> None:
    receiver.status, receiver.location = 302, leads_to  # the first leads to itself
    version = link_to(f"{receiver.url}/guide")
    assert check_links() == 1
    version.refresh_from_db()
    assert version.broken_since and version.problem


def test_a_host_that_no_name_service_can_read_stops_no_other_link(receiver: Receiver) -> None:
    first = link_to(f"{receiver.url}/guide")
    other = ToolVersion.objects.exclude(pk=first.pk)[0]
    ToolVersion.objects.filter(pk=other.pk).update(url=f"http://{'a' * 70}.example/")
    assert check_links() == 1
    first.refresh_from_db()
    assert first.checked_at and first.broken_since is None


def test_where_no_host_is_reached_no_link_is_called_broken(receiver: Receiver) -> None:
    version = link_to(receiver.url)
    unreadable = ToolVersion.objects.exclude(pk=version.pk)[0]
    ToolVersion.objects.filter(pk=unreadable.pk).update(url="ftp://example.org/guide")
    receiver.stop()
    assert check_links() == 1  # the one that is wrong whether there is a way out or not
    version.refresh_from_db()
    assert version.checked_at is None and version.broken_since is None


def test_links_are_looked_at_only_where_the_installation_says_so(
    settings: Any, receiver: Receiver
) -> None:
    link_to(receiver.url)
    assert settings.CHECK_LINKS is False and check_tool_links() == 0
    assert not ToolVersion.objects.filter(checked_at__lte=timezone.now()).exists()

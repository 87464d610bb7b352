"""Search over everything: what comes first, and what nobody may learn by looking for it."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.test import Client

from accounts.models import Look, Role, User
from assistance.models import EventText, Person
from assistance.notes.models import CountryNote
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.requests.assessments import ASSESSMENT_WORDS, Assessment
from assistance.requests.models import AssistanceRequest
from assistance.timeline.models import EVENT_WORDS
from assistance.tools.models import Tool
from core.db.country_role import as_country
from core.db.search import WordsQuery, having_words
from countries.models import Country, Institution
from portal.search.services import KINDS, MOST
from tests import make
from tests.api import Api, queries_of
from tests.kept import kept_people
from tests.make import People
from tests.reports.producing import produce_all, publish, schedule, something_happens

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
SECRET = "Kryptonite"  # a word that nobody writes by chance


def hits(user: User, text: str, **query: Any) -> list[dict[str, Any]]:
    """What the API finds for somebody."""
    return found_with(Api(user), text, **query)


def found_with(api: Api, text: str, **query: Any) -> list[dict[str, Any]]:
    """What a client finds."""
    answer = api.get("search/", q=text, **query)
    assert answer.status_code == 200, answer.data
    found: list[dict[str, Any]] = answer.data["results"]
    return found


def titles(user: User, text: str, **query: Any) -> list[str]:
    """Their titles."""
    return [hit["title"] for hit in hits(user, text, **query)]


def stranger_of_staff() -> User:
    """Somebody of another programme."""
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    person = make.user(Role.MANAGER, name="Manager elsewhere")
    ProgrammeMembership.objects.create(
        user=person, programme=other, role=Role.MANAGER, valid_from=make.LONG_AGO
    )
    return person


@pytest.fixture
def world(people: People) -> dict[str, str]:
    """Requests in six languages and what stands around them; the reference of each by a short
    name."""
    Institution.objects.create(
        country=Country.objects.get(iso3="KEN"), name="Directorate of Criminal Investigations"
    )
    requests: dict[str, tuple[str, dict[str, Any]]] = {
        "lab": ("KEN", {"title": "Digital forensics laboratory", "problem": "Telephones pile up."}),
        "old lab": ("FJI", {"title": "Laboratory", "problem": "None for digital forensics."}),
        "french": (
            "KEN",
            {
                "title": "Enquêtes numériques",
                "problem": "L’entraide judiciaire est «trop lente».",
                "language": "fr",
            },
        ),
        "spanish": (
            "KEN",
            {"title": "Formación", "problem": "Falta información.", "language": "es"},
        ),
        "russian": (
            "KEN",
            {
                "title": "Электронные доказательства",
                "problem": "Нужна подготовка следователей.",
                "language": "ru",
            },
        ),
        "arabic": (
            "KEN",
            {
                "title": "الأدلة الإلكترونية",
                "problem": "تحتاج النيابة إلى تدريب على المكافحة.",
                "language": "ar",
            },
        ),
        "chinese": (
            "KEN",
            {"title": "虚拟货币追踪", "problem": "网络犯罪调查人员需要培训。", "language": "zh"},
        ),
        "mixed": (
            "KEN",
            {"title": "شهادة CISSP", "problem": "شهادات دولية", "language": "ar"},
        ),
    }
    found = {}
    for name, (iso3, values) in requests.items():
        author = people.kenya if iso3 == "KEN" else people.fiji
        found[name] = str(make.submitted(author, iso3, **values).reference)
    deed = make.engagement(
        people.officer,
        make.part(KEN={"women": 1, "men": 2}),
        title="Workshop on mobile telephones",
        place="Mombasa",
    )
    return found | {"deed": deed.reference}


# What is typed, and the hit that must come first: a short name of `world`, a reference, or a title.
FIRST = (
    ("Digital forensics laboratory", "lab"),
    ("digital forensics", "lab"),
    ("Laboratory", "old lab"),
    ("laboratories", "old lab"),
    ("foren", "lab"),
    ("telephones pile", "lab"),
    ('"digital forensics laboratory"', "lab"),
    ("“digital forensics laboratory”", "lab"),
    ("forensics -telephones", "old lab"),
    ('forensics -"telephones pile"', "old lab"),
    ("cissp or nonsense", "mixed"),
    ("enquête numérique", "french"),
    ("enquetes numeriques", "french"),
    ("ENQUÊTES", "french"),
    ("entraide lente", "french"),
    ("entraide", "BUDAPEST-34"),
    ("trop lente", "french"),
    ("formacion", "spanish"),
    ("informaciones", "spanish"),
    ("электронное доказательство", "russian"),
    ("следователь", "russian"),
    ("الادلة", "arabic"),
    ("الأَدِلَّة الإلكترونية", "arabic"),
    ("مكافحة", "arabic"),
    ("CISSP", "mixed"),
    ("شهادة", "mixed"),
    ("货币", "chinese"),
    ("虛擬貨幣", "chinese"),
    ("追", "chinese"),
    ("网络犯罪调查", "chinese"),
    ("mombasa", "deed"),
    ("workshop on mobile", "deed"),
    ("KEN", "KEN"),
    ("404", "KEN"),
    ("kenya", "KEN"),
    ("Кения", "KEN"),
    ("كينيا", "KEN"),
    ("cote d'ivoire", "CIV"),
    ("Côte d’Ivoire", "CIV"),
    ("Ivory Coast", "CIV"),
    ("slovaquie", "SVK"),
    ("criminal investigations", "Directorate of Criminal Investigations"),
    ("BUDAPEST", "BUDAPEST"),
    ("un-cac", "UN-CAC"),
    ("Expert Group", "Expert Group on Cybercrime"),
    ("expert-group", "Expert Group on Cybercrime"),
    ("A/AC.291/22/Rev.3", "A/AC.291/22/Rev.3"),
    ("AC.291/22", "A/AC.291/22/Rev.3"),
    ("Practical Guide", "Practical Guide for Requesting Electronic Evidence Across Borders"),
)


def test_what_must_come_first_does(people: People, world: dict[str, str]) -> None:
    wrong, api = [], Api(people.officer)
    for text, expected in FIRST:
        found = found_with(api, text)
        first = found[0] if found else {}
        wanted = world.get(expected, expected)
        if wanted not in (first.get("reference"), first.get("title")):
            wrong.append(f"{text}: {first.get('reference')} {first.get('title')}, not {wanted}")
    assert not wrong


def test_a_reference_is_opened_and_is_the_only_hit(
    people: People, world: dict[str, str], client: Client
) -> None:
    client.force_login(people.officer)
    make.submitted(people.kenya, problem=f"As in {world['lab']}.")
    for name, kind in (("lab", "request"), ("deed", "engagement")):
        for typed in (world[name], f" {world[name].lower()} "):
            (hit,) = hits(people.officer, typed)
            assert (hit["kind"], hit["reference"]) == (kind, world[name])
            answer = client.get("/search/", {"q": typed})
            assert answer.status_code == 302
            assert hit["page"].endswith(answer["Location"])


def test_a_reference_that_one_may_not_see_is_answered_as_one_that_does_not_exist(
    people: People, world: dict[str, str], client: Client
) -> None:
    unseen, unknown = world["lab"], "KEN-2026-9999"
    make.submitted(people.fiji, "FJI", problem=f"As in {unseen} and {unknown}.")
    for user in (people.fiji, people.administrator, stranger_of_staff()):
        assert hits(user, unseen) == hits(user, unknown) == []
        client.force_login(user)
        pages = [
            TOKEN.sub("", client.get("/search/", {"q": reference}).content.decode()).replace(
                reference, ""
            )
            for reference in (unseen, unknown)
        ]
        assert pages[0] == pages[1]


def assessed(people: People) -> AssistanceRequest:
    """A case of Kenya of which only staff read a certain word, in four places."""
    case = make.advanced(people, "under_review")
    Assessment.objects.update_or_create(
        request=case,
        defaults={
            "round": 1,
            "written_by": people.officer,
            **dict.fromkeys(("relevance", "done_before", "overlap", "capacity", "cost"), "None"),
            "risk": f"{SECRET} in the ministry.",
        },
    )
    return case


def call(about: str, readers: str) -> dict[str, Any]:
    """What a noted call says."""
    return {
        "when": date(2026, 1, 5),
        "by": "call",
        "whom": "The ministry",
        "said": about,
        "readers": readers,
    }


def test_staff_find_what_only_they_read(people: People) -> None:
    case = assessed(people)
    assert [hit["reference"] for hit in hits(people.officer, SECRET)] == [case.reference]


def test_a_focal_point_learns_nothing_of_words_that_only_staff_read(people: People) -> None:
    case = assessed(people)
    make.do(people.officer, case, "note_call", **call(f"{SECRET} was mentioned", "internal"))
    make.engagement(
        people.officer,
        make.part(KEN={"women": 1, "men": 2}),
        title="A workshop",
        objectives=f"{SECRET} is to be found",
        outcome=SECRET,
        follow_up=SECRET,
        partners=SECRET,
    )
    CountryNote.objects.create(
        programme=make.programme(),
        country=case.country,
        author=people.officer,
        whom="The ministry",
        held_on=date(2026, 1, 5),
        by="call",
        said=SECRET,
    )
    assert {hit["kind"] for hit in hits(people.officer, SECRET)} == {
        "request",
        "engagement",
        "note",
    }
    for user in (people.kenya, people.fiji, people.administrator, stranger_of_staff()):
        answer = Api(user).get("search/", q=SECRET)
        assert answer.data == {"results": [], "counts": []}
        for kind in KINDS:
            answer = Api(user).get("search/", q=SECRET, kind=kind)
            assert answer.data == {
                "results": [],
                "counts": [{"kind": kind, "count": 0, "exact": True}],
            }


def test_the_rank_of_a_hit_does_not_say_that_an_internal_word_is_there(people: People) -> None:
    first = make.submitted(people.kenya, title="Laboratory", problem="Telephones.")
    second = make.submitted(people.kenya, title="Laboratory", problem="Telephones.")
    before = [hit["reference"] for hit in hits(people.kenya, "telephones")]
    assert before == [second.reference, first.reference]
    Assessment.objects.create(
        request=first,
        round=1,
        written_by=people.officer,
        risk="Telephones, telephones, telephones.",
    )
    assert [hit["reference"] for hit in hits(people.kenya, "telephones")] == before


def test_what_was_shared_is_found_by_the_country_and_by_no_other(people: People) -> None:
    case = make.advanced(people, "under_review")
    make.do(people.officer, case, "note_call", **call(f"{SECRET} was mentioned", "shared"))
    assert [hit["reference"] for hit in hits(people.kenya, SECRET)] == [case.reference]
    assert hits(people.fiji, SECRET) == []


def test_a_draft_is_found_by_its_author_alone(people: People) -> None:
    make.draft(people.kenya, title=SECRET)
    colleague = make.focal_point("KEN", name="A colleague")
    assert titles(people.kenya, SECRET) == [SECRET]
    for user in (colleague, people.officer, people.manager, people.fiji, people.administrator):
        assert hits(user, SECRET) == []


def test_institutions_and_people_of_other_countries_are_not_found_by_a_country(
    people: People,
) -> None:
    fiji = Country.objects.get(iso3="FJI")
    Institution.objects.create(country=fiji, name=f"{SECRET} police")
    people.fiji.name = f"Seru {SECRET}"
    people.fiji.save()
    assert {hit["kind"] for hit in hits(people.officer, SECRET)} == {"institution", "person"}
    assert hits(people.kenya, SECRET) == hits(people.administrator, SECRET) == []
    assert {hit["kind"] for hit in hits(people.fiji, SECRET)} == {"institution", "person"}


def test_a_focal_point_finds_their_colleagues_and_the_officers_of_their_cases(
    people: People,
) -> None:
    colleague = make.focal_point("KEN", name="Kalwatu Moses", title="Registrar")
    other = make.staff(Role.OFFICER, name="Elsewhere Rossi")
    make.advanced(people, "under_review")
    assert titles(people.kenya, "kalwatu") == [colleague.name]
    assert titles(people.kenya, "rossi") == [people.officer.name]
    assert titles(people.fiji, "rossi") == titles(people.fiji, "kalwatu") == []
    assert set(titles(people.manager, "rossi")) == {people.officer.name, other.name}
    assert titles(people.kenya, people.officer.email) == []


def test_contacts_are_found_by_who_may_read_names_and_each_reading_is_recorded(
    people: People, client: Client
) -> None:
    def person(name: str, *, is_contact: bool) -> Person:
        return Person.objects.create(
            programme=make.programme(),
            country=Country.objects.get(iso3="KEN"),
            name=name,
            institution="Central Registry",
            is_contact=is_contact,
            keep_until=date(2100, 1, 1),
        )

    contact = person("Amina Otieno", is_contact=True)
    person("Amina Participant", is_contact=False)
    nameless = make.staff(Role.OFFICER)
    ProgrammeMembership.objects.filter(user=nameless).update(reads_names=False)
    ProgrammeMembership.objects.filter(user=people.officer).update(reads_names=True)
    for user in (nameless, people.kenya, people.administrator, stranger_of_staff()):
        assert hits(user, "amina") == hits(user, "central registry") == []
    assert not Look.objects.exists()
    assert titles(people.officer, "amina") == [contact.name]
    client.force_login(people.officer)
    assert contact.name in client.get("/search/?q=central+registry").content.decode()
    assert contact.name in client.get("/search/?q=amina&kind=contact").content.decode()
    looks = Look.objects.filter(subject="person", subject_id=contact.pk, act="read")
    assert [look.actor for look in looks] == [people.officer] * 3


def test_the_wall_of_the_database_holds_without_the_filters(people: People) -> None:
    case = make.advanced(people, "under_review", title=SECRET)
    make.do(people.officer, case, "note_call", **call(SECRET, "internal"))
    said = EventText.objects.filter(text=SECRET)
    assert said.count() == 1
    for user, cases in ((people.kenya, 1), (people.fiji, 0)):
        with as_country(user):
            assert AssistanceRequest.objects.filter(search=WordsQuery(SECRET)).count() == cases
            assert having_words(EventText.objects.all(), EVENT_WORDS, SECRET).count() == 0
    with pytest.raises(ProgrammingError, match="permission denied"), as_country(people.kenya):
        having_words(Assessment.objects.all(), ASSESSMENT_WORDS, SECRET).count()


def test_words_that_were_erased_are_found_no_longer(people: People) -> None:
    case = make.advanced(people, "under_review")
    make.do(people.officer, case, "note_call", **call(SECRET, "shared"))
    AssistanceRequest.objects.filter(pk=case.pk).update(signatory_name="Wangari Njoroge")
    assert len(hits(people.officer, SECRET)) == len(hits(people.officer, "njoroge")) == 1
    EventText.objects.filter(text=SECRET).update(text="", erased_at=case.created_at)
    AssistanceRequest.objects.filter(pk=case.pk).update(signatory_name="")
    assert hits(people.officer, SECRET) == hits(people.officer, "njoroge") == []


def test_an_officer_is_found_and_leads_to_the_cases_they_lead(people: People) -> None:
    people.officer.name = "Anna Rossi"
    people.officer.save()
    case = make.advanced(people, "under_review")
    (hit,) = [hit for hit in hits(people.manager, "rossi") if hit["kind"] == "person"]
    assert hit["page"].endswith(f"/requests/?lead_officer={people.officer.pk}")
    assert Api(people.manager).rows("requests/", lead_officer=people.officer.pk)[0][
        "reference"
    ] == (case.reference)


def test_of_many_five_are_shown_and_all_can_be_leafed_through(
    people: People, client: Client
) -> None:
    for number in range(27):
        Tool.objects.create(code=f"x-{number}", title=f"{SECRET} {number:02}", owner="UNODC")
    Tool.objects.create(code="x", title=SECRET, owner="UNODC")
    client.force_login(people.kenya)
    answer = Api(people.kenya).get("search/", q=SECRET)
    assert answer.data["counts"] == [{"kind": "tool", "count": 28, "exact": True}]
    assert len(answer.data["results"]) == 5
    assert answer.data["results"][0]["title"] == SECRET
    assert len(hits(people.kenya, SECRET, kind="tool")) == 28
    page = client.get("/search/", {"q": SECRET}).content.decode()
    assert "All 28" in page
    last = client.get(f"/search/?q={SECRET}&kind=tool&page=2").content.decode()
    assert "26 to 28" in last and f"{SECRET} 00" in last


def test_counting_stops_at_a_thousand(people: People, client: Client) -> None:
    Tool.objects.bulk_create(
        Tool(code=f"x-{number}", title=f"{SECRET} {number}", owner="UNODC")
        for number in range(MOST + 30)
    )
    answer = Api(people.kenya).get("search/", q=SECRET)
    assert answer.data["counts"] == [{"kind": "tool", "count": MOST, "exact": False}]
    client.force_login(people.kenya)
    assert "The first 1,000" in client.get("/search/", {"q": SECRET}).content.decode()
    last = client.get(f"/search/?q={SECRET}&kind=tool&page=40").content.decode()
    assert "976 to 1000" in last.replace("1,000", "1000") and 'rel="next"' not in last


def test_an_old_title_comes_first_among_more_than_a_thousand_newer_words(people: People) -> None:
    old = make.submitted(people.kenya, title=SECRET)
    case = make.draft(people.kenya, title="A laboratory", problem=SECRET)
    columns = ", ".join(
        f'"{field.column}"'
        for field in AssistanceRequest._meta.concrete_fields
        if not field.generated and field.name not in ("id", "reference", "state")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO assistance_assistancerequest ({columns}, reference, state)"
            f" SELECT {columns}, NULL, 'draft' FROM assistance_assistancerequest,"
            f" generate_series(1, {MOST + 5}) WHERE id = %s",
            [case.pk],
        )
    assert hits(people.kenya, SECRET)[0]["reference"] == old.reference


def test_more_rows_take_no_more_queries(people: People) -> None:
    make.submitted(people.kenya)
    counts = []
    for _ in range(2):
        counts.append(
            [queries_of(user, "search/?q=seizure") for user in (people.kenya, people.officer)]
        )
        for _more in range(3):
            make.submitted(people.kenya)
            make.engagement(people.officer, make.part(KEN={"women": 1}), title="Seizure")
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "text",
    [
        "-" * 33,
        "- " * 60,
        '-"' * 60,
        "'",
        "\\",
        ":*",
        "&|!()<->",
        "%",
        "_",
        '"',
        "''':*A",
        "or",
        "网" * 200,
    ],
)
def test_signs_without_words_are_answered(people: People, client: Client, text: str) -> None:
    client.force_login(people.officer)
    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/requests/", {"q": text}).status_code == 200
    assert Api(people.officer).get("search/", q=text).status_code in (200, 400)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "a\0b"}, "q"),
        ({"q": "a" * 201}, "q"),
        ({"q": "  "}, "q"),
        ({}, "q"),
        ({"q": "a", "kind": "nothing"}, "kind"),
        ({"q": "a", "state": "draft"}, "state"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_a_sentence(
    people: People, client: Client, query: dict[str, str], field: str
) -> None:
    answer = Api(people.officer).get("search/", **query)
    assert answer.status_code == 400
    assert field in answer.data["errors"]
    client.force_login(people.officer)
    page = client.get("/search/", query)
    if "\0" in query.get("q", ""):
        assert page.status_code == 400  # no page reads an address with such a sign
        return
    assert page.status_code == 200
    if query.get("q", "").strip() and field in ("q", "kind"):
        assert answer.data["errors"][field][0] in html.unescape(page.content.decode())


def test_nothing_found_says_so(people: People, client: Client) -> None:
    client.force_login(people.kenya)
    page = client.get("/search/", {"q": SECRET}).content.decode()
    assert "Nothing that you may read" in page
    assert f'value="{SECRET}"' in page


def test_a_report_is_found_by_kind_country_and_year_and_by_a_country_once_published(
    people: People, client: Client
) -> None:
    countries = [Country.objects.get(iso3="KEN"), Country.objects.get(iso3="FJI")]
    something_happens(people)
    planned = schedule(people, kind="country", title="Brief", countries=countries, formats=["html"])
    made = {report.subject_id: report for report in produce_all(planned)}
    report = made[countries[0].pk]
    year = str(report.period_start.year)
    found = titles(people.officer, f"brief kenya {year}")
    assert len(found) == 1 and "Kenya" in found[0]
    assert hits(people.officer, f"brief kenya {int(year) - 9}") == []
    assert hits(people.kenya, "brief") == []
    publish(people, report)
    for user, number in ((people.kenya, 1), (people.fiji, 0), (people.administrator, 0)):
        assert [hit["kind"] for hit in hits(user, f"brief {year}")] == ["edition"] * number
    (hit,) = hits(people.kenya, "brief kenya")
    client.force_login(people.kenya)
    assert client.get(hit["page"]).status_code == 200

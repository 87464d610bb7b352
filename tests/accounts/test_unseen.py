"""What one may not see does not exist: whoever asks for it gets the very answer, by the very
queries, that a thing gets which is not there.

Addresses are found by introspection, as in `test_walk.py`; a new one is asked here too.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.api.models import IdempotencyKey
from accounts.models import Role, User
from assistance.engagements import services
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.requests.models import AssistanceRequest
from files.models import attach_file
from notifications.models import Notification
from tests import make
from tests.accounts.test_walk import PUBLIC_THINGS, addresses, path_of
from tests.accounts.test_walk import people as people_of_the_walk
from tests.accounts.test_walk import things as things_of_kenya
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db
people, things = people_of_the_walk, things_of_kenya  # the fixtures

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
PAGE_METHODS = ("get", "post", "put")  # a page that takes no PUT takes no other method either
MISSING = 987_654_321
NOWHERE = {"iso3": "TUV"}  # a country, since all of them are there, of which nothing is
TITLE = "Zanzibar seizure of telephones"


def elsewhere(name: str = "Officer of another programme") -> User:
    """Staff of a programme that has nothing to do with Kenya's case."""
    other, _ = Programme.objects.get_or_create(
        code="other",
        defaults={"title": "Other programme", "eligible_group": make.programme().eligible_group},
    )
    person = make.user(Role.MANAGER, name=name)
    ProgrammeMembership.objects.create(
        user=person, programme=other, role=Role.MANAGER, valid_from=make.LONG_AGO
    )
    return person


WHO: dict[str, Callable[[People], User]] = {
    "focal point of another country": lambda people: people.fiji,
    "former focal point": lambda people: make.focal_point("KEN", valid_until=date(2021, 1, 1)),
    "manager of another programme": lambda people: elsewhere(),
    "administrator": lambda people: people.administrator,
}


def of_nothing(things: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same arguments with ids under which nothing stands; names of actions and steps stay."""

    def gone(name: str, value: Any) -> Any:
        if isinstance(value, uuid.UUID):
            return uuid.UUID(int=MISSING)
        return MISSING if isinstance(value, int) else NOWHERE.get(name, value)

    return {
        kind: {name: gone(name, value) for name, value in given.items()}
        for kind, given in things.items()
    }


def speaks_of_a_thing(name: str) -> bool:
    """Whether an address speaks of something that is not everybody's to read."""
    return not any(name.removeprefix("api-").startswith(t) for t in PUBLIC_THINGS)


def shape_of(sql: str) -> str:
    """A query without its values."""
    sql = re.sub(r"'[0-9a-f-]{32,36}'(::uuid)?", "?", sql)
    sql = re.sub(r'"(s\d+_x\d+|_django_curs_\w+)"', '"s"', sql)
    sql = re.sub(r'"_django_curs_\w+"', '"cursor"', sql)
    return re.sub(r"'[^']*'|\b\d+\b", "?", sql)


def asked(
    client: Client, method: str, path: str, marks: list[str], headers: dict[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Everything that an answer tells, without the ids that were asked for, and the shapes of the
    queries that it took."""
    more: dict[str, Any] = {}
    if method in ("post", "put", "patch"):
        more = (
            {"data": "{}", "content_type": "application/json"}
            if path.startswith("/api/")
            else {"data": b"", "content_type": "text/plain"}
        )
        if method == "post" and not path.startswith("/api/"):
            more = {"data": {"reason": "x", "text": "x"}}
    connection.queries_log.clear()  # which keeps nine thousand at most
    with CaptureQueriesContext(connection) as queries:
        answer: Any = getattr(client, method)(path, headers=headers, **more)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    seen = {"status": answer.status_code, "body": body.decode("utf-8", "replace")}
    seen |= {f"header {k}": v for k, v in answer.headers.items() if k != "Content-Length"}
    for mark in sorted(marks, key=len, reverse=True):
        seen = {k: v.replace(mark, "#") if isinstance(v, str) else v for k, v in seen.items()}
    return seen, [shape_of(q["sql"]) for q in queries.captured_queries]


def etags(things: dict[str, dict[str, Any]]) -> list[dict[str, str]]:
    """Nothing, and the headers of somebody who knows or guesses the version that is there."""
    case = AssistanceRequest.objects.get(pk=things["request"]["pk"])
    tag = f'"{case.pk}-{case.version}"'
    return [{}, {"if-none-match": tag, "if-match": tag}, {"if-none-match": "*", "if-match": "*"}]


@pytest.mark.parametrize("who", WHO)
def test_what_one_may_not_see_answers_at_every_address_as_what_is_not_there(
    who: str, people: People, things: dict[str, dict[str, Any]]
) -> None:
    client = Client()
    client.force_login(WHO[who](people))
    nothing, wrong, checks = of_nothing(things), [], 0
    before = AssistanceRequest.objects.filter(pk=things["request"]["pk"]).values().get()
    for whole, pattern in addresses():
        name = pattern.name or ""
        view: Any = pattern.callback
        if hasattr(view, "cls") and not hasattr(view, "actions"):
            continue  # the list of endpoints, and the answer to addresses that do not exist
        if not speaks_of_a_thing(name) or (
            name.startswith(("audit", "api-audit", "handover")) and who == "administrator"
        ):
            # who keeps the accounts reads who changed what, without values, and hands over: tests
            # of their own
            continue
        if name == "api-attendance-detail" and who == "manager of another programme":
            continue  # who attended a session is read by the staff of all programmes
        there, one = path_of(whole, pattern, things)
        if not one:
            continue
        gone, _one = path_of(whole, pattern, nothing)
        marks = [
            str(v)
            for kind in (things, nothing)
            for given in kind.values()
            for v in given.values()
            if isinstance(v, int | uuid.UUID)
        ]
        marks = [m for m in marks if m in there or m in gone] + ["KEN", "TUV"]
        asked(client, "get", gone, marks, {})  # what is looked up once and kept
        tagged = "request" in name or "engagement" in name  # what has a version
        for method in METHODS if there.startswith("/api/") else PAGE_METHODS:
            for headers in etags(things) if tagged and method in ("get", "post", "patch") else [{}]:
                missing, queries_missing = asked(client, method, gone, marks, headers)
                foreign, queries_foreign = asked(client, method, there, marks, headers)
                checks += 1
                if foreign != missing:
                    told = {
                        k: (foreign.get(k), missing.get(k))
                        for k in {*foreign, *missing}
                        if foreign.get(k) != missing.get(k)
                    }
                    wrong.append(f"{method.upper()} {there}: {str(told)[:400]}")
                elif queries_foreign != queries_missing:
                    wrong.append(
                        f"{method.upper()} {there}: other queries\n  "
                        + "\n  ".join(set(queries_foreign) ^ set(queries_missing))
                    )
                elif foreign["status"] in (200, 302, 304) and method != "options":
                    wrong.append(f"{method.upper()} {there} answers {foreign['status']}")
    print(f"{checks} checks")
    assert not wrong, "\n".join(wrong)
    assert checks > 250
    assert AssistanceRequest.objects.filter(pk=things["request"]["pk"]).values().get() == before


# Lists, counts, exports, choices


FILTERS = (
    "q",
    "country",
    "region",
    "group",
    "request",
    "lead_officer",
    "sort",
    "late",
    "mine",
    "open",
    "page",
    "page_size",
    "cursor",
)


def words_everywhere(
    user: User, case: AssistanceRequest, engagement: Any, *, sampled: bool
) -> dict[str, str]:
    """What every address says to somebody that does not speak of one thing, by every filter that
    could find the case, or by every second one."""
    client = Client()
    client.force_login(user)
    probes = [
        "",
        f"q={case.reference}",
        f"q={(case.reference or '')[:8]}",
        "q=Zanzibar",
        'q="Zanzibar+seizure"',
        "country=KEN",
        f"request={case.reference}",
        f"lead_officer={case.lead_officer_id}",
        "group=ldc",
        "region=Africa",
        "sort=title",
        "sort=country",
        "sort=due",
        "sort=received",
        "sort=starts",
        "sort=ends",
        "late=no",
        "mine=no",
        "open=yes",
        "filters=open",
        "page=2",
        "page_size=1",
        f"q={engagement.reference}",
    ]
    said = {}
    for whole, pattern in addresses():
        name, view = pattern.name or "", pattern.callback
        if (
            "<" in whole
            or name == "set_language"
            or (hasattr(view, "cls") and not hasattr(view, "actions"))
        ):
            continue
        path = "/" + whole.replace("^", "").replace("$", "")

        def told(query: str, path: str = path) -> str:
            answer: Any = client.get(f"{path}?{query}")
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            return (
                without_token(body.decode("utf-8", "replace")) if answer.status_code == 200 else ""
            )

        plain = said[f"{path}?"] = told("")
        filters = told("&".join(f"{name}=nonsense" for name in FILTERS)) != plain
        asked_here = probes[len(said) % 2 :: 2] if sampled else probes
        # an address that reads no query says the same to all
        said |= {f"{path}?{probe}": told(probe) for probe in asked_here if filters and probe}
    for path in (
        "/countries/KEN/",
        "/api/v1/countries/KEN/",
        "/admin/",
        "/admin/accounts/user/?q=Zanzibar",
        "/admin/countries/institution/?q=Zanzibar",
    ):
        answer = client.get(path)
        said[path] = answer.content.decode() if answer.status_code == 200 else ""
    return said


@pytest.mark.parametrize("who", WHO)
def test_no_list_count_search_export_or_choice_gives_a_foreign_case_away(
    who: str, people: People
) -> None:
    case = make.advanced(people, "planned", title=TITLE)
    engagement = make.engagement(
        people.officer,
        make.part(KEN={"women": 1, "men": 2}),
        requests=[case],
        title=f"{TITLE}: course",
        place="Malindi",
    )
    attach_file("request", case.pk, make.pdf("zanzibar-letter.pdf"), people.kenya)
    told = words_everywhere(
        WHO[who](people), case, engagement, sampled=who in ("former focal point", "administrator")
    )
    assert len(told) > 60
    secret = (
        "Zanzibar seizure of",
        "zanzibar-letter",
        "Malindi",
        case.get_absolute_url() + '"',
        engagement.get_absolute_url() + '"',
    )
    found = []
    for address, words in told.items():
        if who == "former focal point" and address.startswith(("/messages/", "/account/data/")):
            continue  # what they were told while they were one
        echoed = {m for m in (case.reference, engagement.reference) if m and f"={m}" in address}
        found += [
            f"{address}: {s}"
            for s in (*secret, case.reference, engagement.reference)
            if s and s not in echoed and s in words
        ]
        if echoed and "/api/" in address and "/count/" in address and words:
            assert '"count":0' in words, address
    assert not found, "\n".join(found)
    assert all(
        Api(people.officer).get(f"{kind}/count/", q=TITLE[:8]).data["count"] == 1
        for kind in ("requests", "engagements")
    )


def test_a_filter_answers_for_a_foreign_value_as_for_one_that_is_not_there(people: People) -> None:
    case = make.advanced(people, "planned", title=TITLE)
    make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    staff = elsewhere()
    for user, path, name, foreign in (
        (people.fiji, "engagements/", "request", case.reference),
        (people.fiji, "engagements/count/", "request", case.reference),
        (people.fiji, "requests/", "q", case.reference),
        (people.fiji, "requests/", "lead_officer", str(people.officer.pk)),
        (staff, "requests/", "lead_officer", str(people.officer.pk)),
        (staff, "engagements/", "lead_officer", str(people.officer.pk)),
        (staff, "engagements/", "request", case.reference),
        (staff, "requests/count/", "q", case.reference),
    ):
        missing = "ZZZ-2026-9999" if name != "lead_officer" else str(MISSING)
        first, second = (Api(user).get(path, **{name: value}) for value in (foreign, missing))
        told = [
            (a.status_code, a.content.decode().replace(v, "#"))
            for a, v in ((first, foreign), (second, missing))
        ]
        assert told[0] == told[1], (path, name)


def test_a_foreign_case_cannot_be_named_in_what_one_writes(people: People) -> None:
    case = make.advanced(people, "planned", title=TITLE)
    staff = elsewhere()
    programme = Programme.objects.get(code="other")
    own = make.engagement(staff, make.part(KEN={"women": 1}), programme=programme)
    api, client = Api(staff), Client()
    client.force_login(staff)
    about = {
        "title": "Course",
        "type": "training_course",
        "modality": "online",
        "pillar": "prevention",
        "parts": [{"starts_on": "2026-01-05", "ends_on": "2026-01-06"}],
    }

    def told(value: Any) -> list[tuple[int, str]]:
        answers = [
            api.post(f"engagements/{own.pk}/links/", {"request": value}),
            api.post(
                f"engagements/{own.pk}/links/", {"request": value, "remove": True, "reason": "x"}
            ),
            api.post("engagements/", about | {"requests": [value]}),
            api.patch(f"engagements/{own.pk}/", {"requests": [value]}),
            client.post(reverse("engagement_link", args=[own.pk]), {"reference": value}),
            client.get(reverse("engagement_new") + f"?request={value}"),
        ]
        return [
            (
                a.status_code,
                without_token(a.content.decode()).replace(value, "#"),
            )
            for a in answers
        ]

    assert told(case.reference) == told("ZZZ-2026-9999")
    assert [status for status, _text in told(case.reference)][:5] == [400, 400, 400, 400, 422]

    def told_ids(person: int, funds: int, row: int) -> list[tuple[int, str]]:
        answers = [
            api.patch(f"engagements/{own.pk}/", {"lead_officer": person}),
            api.patch(f"engagements/{own.pk}/", {"funding": funds}),
            client.get(reverse("engagement_unlink", args=[own.pk, row])),
            client.post(reverse("engagement_step_done", args=[own.pk, row])),
        ]
        return [(a.status_code, re.sub(r"\b\d+\b", "#", a.content.decode())) for a in answers]

    money = make.funding()
    assert told_ids(people.officer.pk, money.pk, case.pk) == told_ids(MISSING, MISSING, MISSING)


def test_who_reads_an_engagement_through_their_own_case_learns_of_no_other(people: People) -> None:
    case = make.advanced(people, "planned", title=TITLE)
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    reader = elsewhere()
    theirs = make.advanced(people, "planned", "FJI", make.focal_point("FJI"), title="Fiji's own")
    AssistanceRequest.objects.filter(pk=theirs.pk).update(
        programme=Programme.objects.get(code="other")
    )
    services.link_request(people.officer, engagement.pk, theirs)
    client = Client()
    client.force_login(reader)
    page = client.get(engagement.get_absolute_url())
    assert page.status_code == 200 and str(theirs.reference) in page.content.decode()
    shown = (
        page.content.decode() + Api(reader).get(f"engagements/{engagement.pk}/").content.decode()
    )
    assert str(case.reference) not in shown and TITLE not in shown
    client.force_login(people.officer)
    assert str(case.reference) in client.get(engagement.get_absolute_url()).content.decode()


# Keys, cursors, messages of others


def test_the_idempotency_key_of_somebody_else_gives_nothing_of_theirs(people: People) -> None:
    body = {"title": TITLE, "country": "KEN"}
    first = Api(people.kenya).post("requests/", body, idempotency_key="same")
    assert first.status_code == 201
    colleague = make.focal_point("KEN")
    second = Api(colleague).post("requests/", body, idempotency_key="same")
    assert (
        second.status_code == 201
        and "Idempotency-Replayed" not in second
        and second.data["id"] != first.data["id"]
    )
    third = Api(people.fiji).post("requests/", body, idempotency_key="same")
    assert third.status_code == 400 and "Idempotency-Replayed" not in third
    action = f"requests/{first.data['id']}/actions/discard/"
    assert Api(people.kenya).post(action, idempotency_key="done").status_code < 300
    assert Api(people.fiji).post(action, idempotency_key="done").status_code == 404
    assert IdempotencyKey.objects.filter(user=people.fiji).count() == 0


def test_the_cursor_of_somebody_else_opens_only_ones_own_list(people: People) -> None:
    for _n in range(3):
        make.submitted(people.kenya, title=TITLE)
    make.submitted(people.fiji, "FJI", title="Fiji's own")
    for sort in ("newest", "title", "received"):
        theirs = (
            Api(people.officer).get("requests/", page_size=1, sort=sort, country="KEN").data["next"]
        )
        answer = Api(people.fiji).get(
            theirs.replace("country=KEN", "country=FJI").replace("page_size=1", "page_size=100")
        )
        assert answer.status_code == 200 and TITLE not in answer.content.decode()
        assert {row["country"] for row in answer.data["results"]} <= {"FJI"}


def test_messages_of_others_are_neither_read_nor_marked(people: People) -> None:
    make.advanced(people, "planned", title=TITLE)
    theirs = Notification.objects.filter(user=people.kenya)
    assert theirs.exists()
    for user in (people.fiji, people.administrator, elsewhere()):
        client = Client()
        client.force_login(user)
        assert TITLE not in client.get(reverse("notifications")).content.decode()
        for message in theirs:
            assert client.post(reverse("notification", args=[message.pk])).status_code == 404
        client.post(reverse("notifications_read"))
    assert not theirs.filter(read_at__isnull=False).exists()
    assert (
        not Notification.objects.exclude(user__in=[people.kenya, people.officer, people.manager])
        .filter(body__contains=TITLE)
        .exists()
    )


# How long an answer takes


def test_an_answer_takes_as_long_for_a_foreign_thing_as_for_none(
    people: People, things: dict[str, dict[str, Any]]
) -> None:
    """Beside the equal queries above, with a wide margin: no work is done on a foreign thing before
    it is refused."""
    client, nothing = Client(), of_nothing(things)
    client.force_login(people.fiji)

    def seconds(path: str) -> float:
        start = perf_counter()
        client.get(path)
        return perf_counter() - start

    wanted = {
        "request",
        "engagement",
        "file_download",
        "file",
        "api-request-detail",
        "api-engagement-detail",
    }
    timed = 0
    for whole, pattern in addresses():
        if pattern.name in wanted:
            there, gone = path_of(whole, pattern, things)[0], path_of(whole, pattern, nothing)[0]
            seconds(gone)
            # in turns, so that a busy machine slows both
            pairs = [(seconds(there), seconds(gone)) for _n in range(31)]
            foreign, missing = median(p[0] for p in pairs), median(p[1] for p in pairs)
            assert max(foreign, missing) < 3 * min(foreign, missing) + 0.01, (
                there,
                foreign,
                missing,
            )
            timed += 1
    assert timed >= 4


def without_token(page: str) -> str:
    """A page without what differs each time."""
    page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)
    return re.sub(r'name="stamp"\s+value="[^"]+"', "", page)  # when and where it was made


class Counting(MD5PasswordHasher):
    """Counts how often a password is worked on."""

    algorithm = "counting"
    done = 0

    def encode(self, password: str, salt: str) -> str:
        """As its parent."""
        Counting.done += 1
        return super().encode(password, salt)


def signed_in(email: str, password: str) -> tuple[int, str, list[str], int]:
    """Status, page, shapes of queries and number of times that a password was worked on."""
    client = Client()
    client.get(reverse("account_login"))
    Counting.done = 0
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return (
        answer.status_code,
        without_token(answer.content.decode()).replace(email, "#"),
        [shape_of(q["sql"]) for q in queries.captured_queries],
        Counting.done,
    )


@pytest.mark.django_db
def test_sign_in_takes_the_same_work_for_an_address_that_nobody_has(
    people: People, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [
        f"{__name__}.Counting",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    known = make.user(Role.OFFICER, email="known@example.org")
    gone = make.user(Role.OFFICER, email="gones@example.org")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    invited = make.user(Role.OFFICER, email="fresh@example.org")
    invited.set_unusable_password()
    invited.save()
    nobody = signed_in("nobod@example.org", "wrong password of some length")
    for person in (known, gone, invited):
        told = signed_in(person.email, "wrong password of some length")
        assert told[2] == nobody[2], (
            person.email
            + "\n"
            + "\n".join(f"{q[:250]} … {q[-150:]}" for q in [*told[2], "---", *nobody[2]])
        )
        assert told == nobody, person.email
    assert nobody[3] == 1


def test_a_forgotten_password_is_answered_alike_whoever_asks(people: People) -> None:
    def asked_for(email: str) -> tuple[int, str, str]:
        client = Client()
        answer = client.post(reverse("account_reset_password"), {"email": email})
        return (
            answer.status_code,
            answer.headers.get("Location", ""),
            without_token(client.get(answer.headers.get("Location", "/")).content.decode()),
        )

    first, second = asked_for(people.kenya.email), asked_for("nobody@example.org")
    assert first == second and first[0] == 302
    links = [m for m in mail.outbox if "password" in m.body.lower() and people.kenya.email in m.to]
    assert len(links) == 1

"""What is measured: each operation, who asks for it, and the hand-written SQL for the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from benchmark import floors
from benchmark.client import Call
from benchmark.readers import Reader
from benchmark.server import BARE, BY_SESSION, BY_TOKEN

Statement = tuple[str, dict[str, object]]
API = "/api/v1/requests/"
ENGAGEMENTS = "/api/v1/engagements/"
STAFF = (False,)
EVERYBODY = (False, True)
QUARTER = 92  # days that a dashboard looks back


@dataclass(frozen=True)
class Operation:
    """One thing that people or programs do.

    `call` and `floor` are for the number-th of the readers' different cases. `most`: how many times
    its floor it may take; `growth`: how many times what it takes at 10,000 requests. Source: the
    aims of the programme for speed (docs/performance.md).
    """

    code: str
    title: str
    most: float
    growth: float
    call: Callable[[Reader, int], Call]
    floor: Callable[[Reader, int], list[Statement]]
    by_token: bool = True
    for_countries: tuple[bool, ...] = EVERYBODY  # readers that are focal points, or not
    makes: bool = False  # changes something, which the floor takes back

    def reads(self, reader: Reader) -> bool:
        """Whether this reader asks for it."""
        return reader.is_focal_point in self.for_countries


def values(reader: Reader, number: int) -> dict[str, object]:
    """What statements may name."""
    case = reader.cases[number % len(reader.cases)]
    words = reader.words[number % len(reader.words)]
    today = date.today()
    return {
        "user": reader.user,
        "programmes": reader.programmes,
        "countries": reader.countries,
        "country": reader.country,
        "programme": reader.programme,
        "programme_id": reader.programme_id,
        "case": case,
        "words": words,
        "inside": not reader.is_focal_point,
        "before": reader.cases[len(reader.cases) // 10],
        "start": date.fromordinal(today.toordinal() - QUARTER),
        "end": today,
    }


def sql(
    *made: Callable[[Reader], str | list[str]],
) -> Callable[[Reader, int], list[Statement]]:
    """The statements of one or several makers, with the values of a case."""

    def statements(reader: Reader, number: int) -> list[Statement]:
        given = values(reader, number)
        found: list[Statement] = []
        for make in made:
            texts = make(reader)
            found += [(text, given) for text in ([texts] if isinstance(texts, str) else texts)]
        return found

    return statements


def page(path: str, *, by_token: bool) -> Callable[[Reader, int], Call]:
    """The same address each time; `{case}` and `{country}` are those of the reader."""

    def call(reader: Reader, number: int) -> Call:
        given = values(reader, number)
        return Call(path.format(**given), reader, by_token)

    return call


def listed(*, by_token: bool, **filters: str) -> Callable[[Reader, int], Call]:
    """A list of requests with these filters; `country`, `words` and `cursor` are the reader's."""

    def call(reader: Reader, number: int) -> Call:
        own = {"q": values(reader, number)["words"], "country": reader.country}
        own["cursor"] = reader.cursor
        query = {
            name: own.get(name, value) if value == "own" else value
            for name, value in filters.items()
        }
        return Call((API if by_token else "/requests/") + "?" + urlencode(query), reader, by_token)

    return call


def draft(reader: Reader, number: int) -> Call:
    """A new draft, of a country's own or on behalf of one."""
    body: dict[str, object] = {
        "title": f"Measured {number}",
        "language": "en",
        "programme": reader.programme,
    }
    if not reader.is_focal_point:
        body |= {"country": reader.country, "received_through": "letter"}
    return Call(API, reader, by_token=True, body=body)


def engagement(reader: Reader, number: int) -> Call:
    """A course that is over, with who took part."""
    day = date.fromordinal(date.today().toordinal() - 2 - number % 60).isoformat()
    came = [{"country": reader.country, "women": 4, "men": 6}]
    body: dict[str, object] = {
        "title": f"Measured {number}",
        "type": "training_course",
        "modality": "in_person",
        "pillar": "capacity_building",
        "programme": reader.programme,
        "parts": [{"starts_on": day, "ends_on": day, "days": 1, "participations": came}],
    }
    return Call(ENGAGEMENTS, reader, by_token=True, body=body)


WORDS = "r.search @@ meridian_search_query(%(words)s)"
FILTERED = "r.state = 'closed' AND c.iso3 = %(country)s"

OPERATIONS = (
    Operation(
        "list",
        "API: list of 25",
        1.5,
        1.3,
        listed(by_token=True),
        sql(floors.list_of),
    ),
    Operation(
        "list_filtered",
        "API: list of 25, by country and state",
        1.5,
        1.3,
        listed(by_token=True, country="own", state="closed"),
        sql(lambda r: floors.list_of(r, FILTERED)),
    ),
    Operation(
        "list_deep",
        "API: list of 25, nine tenths in",
        1.5,
        1.3,
        listed(by_token=True, cursor="own"),
        sql(lambda r: floors.list_of(r, "r.id < %(before)s")),
    ),
    Operation(
        "count",
        "API: count of all",
        1.5,
        1.3,
        page(f"{API}count/", by_token=True),
        sql(floors.count_of),
    ),
    Operation(
        "count_open",
        "API: count of open ones",
        1.5,
        1.3,
        page(f"{API}count/?open=yes", by_token=True),
        sql(lambda r: floors.count_of(r, f"r.state IN {floors.OPEN}")),
    ),
    Operation(
        "search",
        "API: search of two words",
        2,
        1.3,
        listed(by_token=True, q="own"),
        sql(lambda r: floors.list_of(r, WORDS)),
    ),
    Operation(
        "case",
        "API: case",
        2,
        1.3,
        page(API + "{case}/", by_token=True),
        sql(floors.case_of),
    ),
    Operation(
        "timeline",
        "API: timeline of a case",
        2,
        1.3,
        page(API + "{case}/timeline/", by_token=True),
        sql(lambda _r: floors.TIMELINE),
    ),
    Operation(
        "list_page",
        "page: list of requests",
        2.5,
        1.3,
        listed(by_token=False),
        sql(floors.list_of, floors.count_of),
        by_token=False,
    ),
    Operation(
        "search_page",
        "page: search of two words",
        2.5,
        1.3,
        listed(by_token=False, q="own"),
        sql(lambda r: floors.list_of(r, WORDS), lambda r: floors.count_of(r, WORDS)),
        by_token=False,
    ),
    Operation(
        "case_page",
        "page: case with its timeline",
        2.5,
        1.3,
        page("/requests/{case}/", by_token=False),
        sql(floors.case_of, lambda _r: floors.TIMELINE),
        by_token=False,
    ),
    Operation(
        "home",
        "page: home",
        3,
        1.3,
        page("/", by_token=False),
        sql(floors.queues_of),
        by_token=False,
    ),
    Operation(
        "country_page",
        "page: country",
        3,
        1.3,
        page("/countries/{country}/", by_token=False),
        sql(
            lambda _r: floors.COUNTRY,
            lambda r: floors.list_of(r, "c.iso3 = %(country)s"),
            floors.engagements_of,
        ),
        by_token=False,
    ),
    Operation(
        "dashboard",
        "page: dashboard",
        3,
        1.5,
        page("/programme/?programme={programme}", by_token=False),
        sql(floors.dashboard_of),
        by_token=False,
        for_countries=STAFF,
    ),
    Operation(
        "create",
        "API: create a request",
        3,
        1.1,
        draft,
        sql(floors.draft_of),
        makes=True,
    ),
    Operation(
        "engagement",
        "API: log an engagement",
        3,
        1.1,
        engagement,
        sql(floors.engagement_made),
        for_countries=STAFF,
        makes=True,
    ),
)


def empty(reader: Reader, *, by_token: bool) -> Call:
    """The empty view behind a door."""
    return Call(BY_TOKEN if by_token else BY_SESSION, reader, by_token)


def bare() -> Call:
    """The view without any middleware."""
    return Call(BARE)

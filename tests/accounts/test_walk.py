"""Every address and every method of the API, found by introspection, asked by every kind of person:
what answers is what the table says.

An address that is new and named nowhere fails here: it cannot be forgotten.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Role, User
from accounts.permissions import TABLE
from assistance.engagements.models import NextStep
from assistance.evaluation.knowledge_tests import Question, open_test
from assistance.evaluation.surveys import close_by_id
from assistance.participants import services
from assistance.participants.models import Attendance
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.results.models import Output
from assistance.results.services import Reported, report_value
from assistance.saved_views.models import SavedView
from assistance.tools.models import ToolVersion
from core.view_flags import ViewFlags
from countries.models import ProcessSession, SessionAttendance, SessionDocument, TreatyAction
from files.models import attach_file
from notifications.models import Notification
from portal.news.models import NewsItem
from portal.public_messages.models import PublicMessage
from reports.deliveries.models import Webhook
from reports.donor_links.models import DonorLink
from reports.reports.production import produce_due
from reports.schedules import services as schedule_services
from reports.schedules.periods import Period, period_before, period_of
from reports.schedules.versions import ScheduleValues
from tests import make
from tests.assistance.evaluation import opened
from tests.assistance.frameworks import loaded, the_indicator
from tests.make import People
from tests.reports.producing import publish

pytestmark = pytest.mark.django_db
# the start page, the language, what a link opens without an account, and the two signs of life
OPEN = {"home", "set_language", "survey", "knowledge_test", None}
# guarded by their own rules, tested in their own places
LIBRARIES = (
    "accounts/",
    "admin/",
    "api/v1/schema/",
    "api/v1/docs/",
    "api/v1/^.*/$",
)
NOT_ALLOWED = 405
METHODS = ("get", "post")


@dataclass
class Actor:
    """Who asks: a user (none for a stranger), and what a row of Kenya is to them: theirs, of their
    programme, or nothing."""

    name: str
    user: User | None
    sees: bool
    names: bool = False  # may read who attended and whom to ask

    @property
    def role(self) -> str:
        """Of the permission table; empty for who may not even sign in."""
        return self.user.role if self.user is not None and self.user.is_active else ""


@pytest.fixture
def actors(people: People) -> list[Actor]:
    """Everybody that the rules tell apart."""
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    stranger_staff = make.user(Role.OFFICER, name="Officer of another programme")
    ProgrammeMembership.objects.create(
        user=stranger_staff, programme=other, role=Role.OFFICER, valid_from=make.LONG_AGO
    )
    nameless = make.staff(Role.OFFICER, name="Officer without the right to names")
    ProgrammeMembership.objects.filter(user__in=[people.officer, people.manager]).update(
        reads_names=True
    )
    gone = make.focal_point("KEN", name="Deactivated")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return [
        Actor("stranger", None, False),
        Actor("focal point", people.kenya, True),
        Actor("focal point of another country", people.fiji, False),
        Actor("former focal point", make.focal_point("KEN", valid_until=date(2021, 1, 1)), False),
        Actor("deactivated user", User.objects.get(pk=gone.pk), False),
        Actor("officer", people.officer, True, names=True),
        Actor("officer without the right to names", nameless, True),
        Actor("manager", people.manager, True, names=True),
        Actor("officer of another programme", stranger_staff, False),
        Actor("administrator", people.administrator, False),
    ]


@pytest.fixture(scope="module")
def people(kept_for_module: None) -> People:
    """Those of all tests of a module that walks: import it with `things`."""
    return People()


@pytest.fixture(scope="module")
def things(people: People) -> dict[str, dict[str, Any]]:
    """What the addresses speak of, all of Kenya: arguments by the name of the address."""
    case = make.advanced(people, "planned")
    draft = make.draft(people.kenya)
    deed = make.engagement(people.officer, make.part(KEN={"women": 1, "men": 2}), requests=[case])
    step = NextStep.objects.create(
        engagement=deed,
        side="theirs",
        country=case.country,
        what="Report",
        owner="Police",
        due_on=date(2030, 1, 1),
    )
    kenya = case.country
    services.add_attendance(
        people.officer,
        deed.parts.get(),
        [{"name": "Amina Otieno", "country": kenya, "is_contact": True}],
    )
    attendance = Attendance.objects.get()
    attachment = attach_file("request", case.pk, make.pdf(), people.kenya)
    about: ScheduleValues = {
        "programme": make.programme(),
        "title": "Progress report",
        "frequency": "quarterly",
        "valid_from": last_quarter().start,
    }
    schedule = schedule_services.create_schedule(
        people.manager, about | {"cutoff_days": 1, "languages": ["en"], "formats": ["csv"]}
    )
    produce_due()
    brief = schedule_services.create_schedule(
        people.manager,
        about
        | {
            "kind": "country",
            "countries": [kenya],
            "cutoff_days": 1,
            "languages": ["en"],
            "formats": ["csv"],
        },
    )
    produce_due()
    report = schedule.versions.get().reports.filter(state="produced").first()
    assert report is not None
    assert report.current is not None
    for_kenya = brief.versions.get().reports.filter(state="produced").first()
    assert for_kenya is not None and for_kenya.current is not None
    publish(people, for_kenya)
    edition = for_kenya.current.editions.get()
    hook = Webhook.objects.create(
        programme=make.programme(), url="http://127.0.0.1:9/", secret="x", created_by=people.manager
    )
    message = Notification.objects.filter(user=people.kenya).first()
    assert message is not None
    view = SavedView.objects.create(
        owner=people.officer,
        list="requests",
        name="Under review",
        query="state=under_review",
        programme=make.programme(),
        is_shared=True,
    )
    session = ProcessSession.objects.get(process__code="ad-hoc-committee", starts_on="2026-01-26")
    came = SessionAttendance.objects.create(session=session, country=kenya, women=1, men=1)
    action = TreatyAction.objects.filter(country__iso3="IRL")[0]
    item = NewsItem.objects.create(
        programme=make.programme(),
        happened_on=date(2026, 1, 1),
        author=people.officer,
        state="in_review",
    )
    item.countries.add(kenya)
    picture = item.pictures.create(
        taken_by="x", agreement="x", width=1, height=1, added_by=people.officer
    )
    donor_link = DonorLink.objects.create(
        report=report, digest="x", ends_on=date(2030, 1, 1), made_by=people.manager
    )
    written = PublicMessage.objects.create(
        programme=make.programme(),
        country=kenya,
        sender="A. Stranger",
        reply_to="stranger@example.org",
        text="May we visit the laboratory?",
        language="en",
        state="forwarded",
    )
    delivered = make.advanced(people, "in_delivery")
    forces = make.advanced(people, "accepted", security_force="yes")
    loaded()
    indicator = the_indicator()
    reported = report_value(
        people.manager,
        indicator,
        date(2026, 1, 1),
        date(2026, 4, 1),
        Reported("Gazette 12", Decimal(4)),
    )
    open_test(people.officer, deed, [Question("Which bag?", "Faraday", ("Paper",))])
    close_by_id(opened(deed).pk)
    batch = {"pk": brief.pk, "start": for_kenya.period_start.isoformat()}
    return {
        "request": {"pk": case.pk, "action": "withdraw", "step": "problem", "code": "withdraw"},
        "request_edit": {"pk": draft.pk, "step": "problem"},
        "engagement": {
            "pk": deed.pk,
            "action": "confirm",
            "case": case.pk,
            "step": step.pk,
            "code": "confirm",
        },
        "attendance": {"pk": deed.pk, "row": attendance.pk},
        "contacts": {"iso3": "KEN"},
        "donor_links": {"pk": report.pk},
        "donor_link_end": {"pk": donor_link.pk},
        "country_publication": {"iso3": "KEN", "code": "cybercrime"},
        "public_message": {"pk": written.pk},
        "news": {"pk": item.pk, "language": "en", "action": "agree", "number": picture.pk},
        "person": {"pk": attendance.person_id},
        "file": {"key": attachment.key},
        "report": {
            "pk": report.pk,
            "action": "review",
            "code": "requests_received",
            "key": report.current.internal_documents.get().key,
            "number": 1,
        },
        "report_batch": batch,
        "report_batch_act": batch,
        "schedule": {"pk": schedule.pk},
        "dashboard": {"code": "requests_received"},
        "edition": {"pk": edition.pk, "key": edition.documents.get().key},
        "mission_report": {"pk": deed.pk},
        "saved_view": {"pk": view.pk},
        "view_remove": {"pk": view.pk},
        "webhook": {"pk": hook.pk, "action": "test"},
        "audit": {"subject": "request", "pk": case.pk},
        "notification": {"pk": message.pk},
        "handover": {"kind": "user", "pk": people.officer.pk},
        "country": {"iso3": "KEN"},
        "institution": {"pk": make.Institution.objects.get(country__iso3="KEN").pk},
        "programme": {"code": "cybercrime"},
        "pillar": {"code": "prevention"},
        "theme": {"code": "darknet"},
        "treaty": {"pk": action.pk},
        "instrument": {"code": "UN-CAC"},
        "obligation_help": {"code": "BUDAPEST"},
        "obligation": {"code": "BUDAPEST-16"},
        "process": {"code": "ad-hoc-committee"},
        "session": {"pk": session.pk},
        "indicator": {"pk": indicator.pk},
        "results_output": {"pk": Output.objects.values_list("pk", flat=True)[0]},
        "plan_results": {"pk": delivered.pk},
        "due_diligence": {"pk": forces.pk},
        "evaluation": {"pk": deed.pk, "wave": 0},
        "api-results-framework-detail": {"pk": indicator.outcome.framework_id},
        "indicator_value": {"pk": reported.pk},
        "session_new": {"code": "ad-hoc-committee"},
        "session_document_edit": {"pk": SessionDocument.objects.values_list("pk", flat=True)[0]},
        "api-attendance-detail": {"pk": came.pk},
        "tool": {"code": "oxford-cmm"},
        "tool_version_edit": {"pk": ToolVersion.objects.values_list("pk", flat=True)[0]},
    }


def last_quarter() -> Period:
    """One whose cut-off has passed, whatever the day."""
    this = period_of("quarterly", make.programme().today())
    return period_before("quarterly", period_before("quarterly", this))


def patterns(resolver: URLResolver | Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its whole pattern, but for those of strangers, which have a connection and
    a walk of their own (`tests/portal/test_public_pages.py`)."""
    for pattern in resolver.url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, whole)
        elif not getattr(pattern.callback, "view_flags", ViewFlags()).is_public:
            yield whole, pattern


def addresses() -> list[tuple[str, URLPattern]]:
    """Those that are ours: the API's second spelling with a format left out."""
    return [
        (p, u)
        for p, u in patterns(get_resolver())
        if not p.startswith(LIBRARIES) and "(?P<format>" not in p
    ]


def guarded(answer: Any) -> list[str]:
    """What is missing of the headers that every answer bears."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong = (
        []
        if "default-src 'none'" in policy or "/docs/" in answer.request["PATH_INFO"]
        else [f"policy {policy}"]
    )
    if "frame-ancestors 'none'" not in policy and answer.headers.get("X-Frame-Options") != "DENY":
        wrong.append("frames")
    wrong += [
        n
        for n in ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy")
        if not answer.headers.get(n)
    ]
    return wrong + [n for n in ("Server", "X-Powered-By") if n in answer.headers]


def kept(answer: Any, user: User | None) -> list[str]:
    """What is wrong with what a cache on the way may do with an answer to somebody."""
    rule = answer.headers.get("Cache-Control", "")
    somebodys = user is not None and user.is_active and answer.status_code == 200
    return (
        [f"Cache-Control {rule!r}"]
        if somebodys and not ("no-store" in rule or "private" in rule)
        else []
    )


def verb_of(pattern: URLPattern, method: str) -> str | None:
    """The verb that the view names for a method; None where the method is not offered.

    Raises KeyError where no verb is named at all.
    """
    view: Any = pattern.callback
    if hasattr(view, "cls") and not hasattr(view, "actions"):
        return None  # the answer to addresses that do not exist
    if hasattr(view, "cls"):
        action = view.actions.get(method)
        verbs = view.cls.verbs
        return None if action is None else verbs.get(action, verbs["list"])
    if pattern.name in OPEN:
        return ""
    if not hasattr(view, "verb"):
        raise KeyError(
            f"{pattern.name}: this view names no verb. Guard it with"
            " accounts.decorators.permission_required."
        )
    return str(view.verb)


def path_of(whole: str, pattern: URLPattern, things: dict[str, dict[str, Any]]) -> tuple[str, bool]:
    """An address of something of Kenya, and whether it speaks of one thing at all."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", whole)
    if not names:
        return "/" + whole.replace("^", "").replace("$", ""), False
    key = pattern.name or ""
    for candidate in (key, key.removeprefix("api-").split("-")[0], key.split("_")[0]):
        if candidate in things:
            break
    else:
        candidate = (
            "report"
            if key in ("figure",)
            else "notification"
            if key.startswith("notification")
            else key
        )
    given = things[candidate]
    path = whole
    for name in names:
        path = re.sub(rf"\(\?P<{name}>[^)]*\)|<(?:\w+:)?{name}>", str(given[name]), path, count=1)
    return "/" + path.replace("^", "").replace("$", "").replace("\\", ""), True


NAMES = ("attendance", "contacts", "person")
PUBLIC_THINGS = (
    "dashboard",
    "country",
    "countries",
    "institution",
    "programme",
    "pillar",
    "theme",
    "treaty",
    "instrument",
    "obligation",
    "process",
    "session",
    "tool",
)


def allowed(actor: Actor, verb: str, one: bool, name: str, code: int) -> bool:
    """Whether an answer is one that the table lets this actor get."""
    api = name.startswith("api-")
    if name == "report_feed":
        # the key in the address opens it, whoever asks: tests/reports/test_feed.py
        return code in (
            404,
            NOT_ALLOWED,
        )
    if name in ("survey", "knowledge_test"):
        return (
            code == 410 or code == NOT_ALLOWED
        )  # without a key: tests/assistance/test_evaluation_pages.py
    if verb == "":
        return code in (200, 302, 405, 503)
    if not actor.role:
        return code == 401 if api else code == 302
    if actor.role not in TABLE[verb]:
        return code in (403, 404, NOT_ALLOWED)
    if name in ("audit_record", "api-audit-detail") and actor.role == Role.ADMINISTRATOR:
        return code in (200, NOT_ALLOWED)  # who, when and which fields, without a value
    if name == "handover":
        # nothing ends by an address that says nothing of it: back to the administration
        return code in (
            302,
            NOT_ALLOWED,
        )
    if name == "api-attendance-detail" and actor.role in (Role.OFFICER, Role.MANAGER):
        return code in (200, NOT_ALLOWED)  # who attended a session is of no programme
    owned = one and not any(name.removeprefix("api-").startswith(t) for t in PUBLIC_THINGS)
    if name == "notification":
        return code in ((302, NOT_ALLOWED) if actor.name == "focal point" else (404, NOT_ALLOWED))
    if name.startswith(NAMES) and not actor.names:
        return code in (404, NOT_ALLOWED)
    if owned and not actor.sees:
        return code in (404, NOT_ALLOWED, *((403,) if actor.role == Role.ADMINISTRATOR else ()))
    return code not in (401, 403) and code < 500


def test_every_address_answers_everybody_as_the_table_says(
    actors: list[Actor], things: dict[str, dict[str, Any]]
) -> None:
    wrong, checks = [], 0
    for actor in actors:
        client = Client()
        if actor.user is not None:
            client.force_login(actor.user)
        for (whole, pattern), method in itertools.product(addresses(), METHODS):
            verb = verb_of(pattern, method)
            if verb is None or (method == "post" and actor.sees and actor.role):
                # who may do it would change what the next one finds: the tests of each action do
                # that
                continue
            path, one = path_of(whole, pattern, things)
            answer = getattr(client, method)(
                path,
                **(
                    {"data": "{}", "content_type": "application/json"}
                    if method == "post" and path.startswith("/api/")
                    else {}
                ),
            )
            checks += 1
            if not allowed(actor, verb, one, pattern.name or "", answer.status_code):
                wrong.append(f"{actor.name}: {method.upper()} {path} answers {answer.status_code}")
            wrong += [
                f"{actor.name}: {method.upper()} {path}: {missing}"
                for missing in [*guarded(answer), *kept(answer, actor.user)]
            ]
    print(f"{checks} checks")
    assert not wrong, "\n".join(wrong)
    assert checks > 500

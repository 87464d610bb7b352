"""The life of an engagement, as the rules of the programme (section 3) have it, and what the cases
behind it take from it."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from accounts.models import Role
from assistance.engagements import services
from assistance.engagements.models import Engagement, EngagementEvent
from assistance.engagements.part_models import CountryParticipation
from assistance.engagements.parts import Part
from assistance.engagements.workflow import ACTIONS, WORKFLOW
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.programmes.working_days import calendar_of
from assistance.requests.clocks import RULES
from assistance.requests.models import AssistanceRequest
from assistance.timeline.models import CaseEvent, EventText
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from countries.models import Country
from tests import make
from tests.assistance.test_import_tracker import LEGACY
from tests.kept import kept_people
from tests.make import People

pytestmark = pytest.mark.django_db
people = kept_people  # of `people_of_module`
# action: from, to
TABLE: dict[str, tuple[str, str]] = {
    "confirm": ("planned", "confirmed"),
    "deliver": ("planned confirmed", "delivered"),
    "verify": ("delivered", "verified"),
    "correct": ("verified", "delivered"),
    "postpone": ("planned confirmed", "planned"),
    "cancel": ("planned confirmed", "cancelled"),
    "strike": ("planned confirmed delivered verified cancelled", "the same"),
}
STATES = ["planned", "confirmed", "delivered", "verified", "cancelled", "recorded"]


def today() -> date:
    """At the duty station."""
    return make.programme().today()


def act(actor: Any, engagement: Engagement, code: str, **data: Any) -> Engagement:
    """Takes an action; the engagement as it then is."""
    values = {"outcome": "Ten certified."} if code == "deliver" else {"reason": "Elections"}
    services.perform_action(actor, engagement.pk, code, values | data)
    return Engagement.objects.get(pk=engagement.pk)


def delivered(people: People, **countries: Any) -> Engagement:
    """A delivered course."""
    return act(people.officer, make.engagement(people.officer, make.part(**countries)), "deliver")


def case_of(case: AssistanceRequest) -> AssistanceRequest:
    """As it is now."""
    return AssistanceRequest.objects.get(pk=case.pk)


def changed(people: People, engagement: Engagement, *parts: Part) -> Engagement:
    """The same with other parts."""
    services.update_engagement(
        people.officer, engagement.pk, {}, parts, dates_reason="The list says so"
    )
    return Engagement.objects.get(pk=engagement.pk)


@pytest.mark.parametrize("state", STATES)
def test_each_action_leads_only_from_where_the_rules_say(people: People, state: str) -> None:
    engagement = make.engagement(people.officer)
    assert set(ACTIONS) == set(TABLE)
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    engagement.refresh_from_db()
    possible = {code for code, (sources, _to) in TABLE.items() if state in sources.split()}
    assert {a.code for a in WORKFLOW.available(people.manager, engagement)} == possible
    manager_only = {"strike"} if state in ("verified", "cancelled") else set()
    assert {
        a.code for a in WORKFLOW.available(people.officer, engagement)
    } == possible - manager_only
    for person in (people.kenya, people.fiji, people.administrator):
        assert WORKFLOW.available(person, engagement) == []


@pytest.mark.parametrize(
    ("code", "state"), [(c, s) for c, (sources, _to) in TABLE.items() for s in sources.split()]
)
def test_each_action_leads_where_the_rules_say_and_is_told_in_the_timeline(
    people: People, code: str, state: str
) -> None:
    numbers = {} if code == "postpone" else {"women": 1, "men": 1}
    engagement = make.engagement(people.officer, make.part(KEN=numbers))
    Engagement.objects.filter(pk=engagement.pk).update(state=state)
    data = {"part": "1", "why": "entered_by_mistake"} if code == "strike" else {}
    after = act(people.manager, engagement, code, starts_on=today() + timedelta(days=30), **data)
    event = engagement.events.latest("id")
    assert (
        after.state == (state if code == "strike" else TABLE[code][1])
        and after.version == engagement.version + 1
    )
    assert (event.action, event.from_state, event.to_state, event.actor) == (
        code,
        state,
        after.state,
        people.manager,
    )


def test_only_staff_of_the_owning_programme_act(people: People) -> None:
    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    stranger = make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=stranger, programme=other, role="manager", valid_from=make.LONG_AGO
    )
    engagement = make.engagement(people.officer, make.part(KEN={}))
    for person in (people.kenya, people.administrator, stranger):
        with pytest.raises(Http404):
            act(person, engagement, "confirm")
    assert Engagement.objects.get(pk=engagement.pk).state == "planned"


def test_references_run_through_the_year_of_planning_without_gaps(people: People) -> None:
    first = make.engagement(people.officer, make.part(date(2031, 1, 10)))
    with pytest.raises(DomainError):
        make.engagement(people.officer, Part(starts_on=date(2031, 1, 2), ends_on=date(2031, 1, 1)))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.engagement(people.officer)
        raise ZeroDivisionError
    second = make.engagement(people.officer)
    year, number = first.reference[4:8], int(first.reference[9:])
    assert first.reference == f"ENG-{today().year}-{number:04d}"
    assert second.reference == f"ENG-{year}-{number + 1:04d}"


def test_what_is_not_over_is_not_delivered(people: People) -> None:
    engagement = make.engagement(
        people.officer, make.part(today() - timedelta(days=1), 3, KEN={"women": 1})
    )
    with pytest.raises(DomainError, match="still ahead"):
        act(people.officer, engagement, "deliver")
    last_day_today = make.engagement(
        people.officer, make.part(today() - timedelta(days=2), 3, KEN={"women": 1})
    )
    assert act(people.officer, last_day_today, "deliver").state == "delivered"


def test_delivered_needs_an_answer_for_each_country_and_not_yet_known_is_one(
    people: People,
) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={"women": 0, "men": 4}, FJI={}))
    with pytest.raises(DomainError, match="Fiji") as refusal:
        act(people.officer, engagement, "deliver")
    assert "Kenya" not in str(refusal.value)
    engagement = changed(
        people, engagement, make.part(KEN={"women": 0, "men": 4}, FJI={"not_yet_known": True})
    )
    after = act(people.officer, engagement, "deliver")
    assert (after.state, after.recorded_by, after.outcome) == (
        "delivered",
        people.officer,
        "Ten certified.",
    )


def test_each_country_answers_in_every_part(people: People) -> None:
    parts = (
        make.part(today() - timedelta(days=90), KEN={"women": 1}),
        make.part(today() - timedelta(days=60), KEN={}),
    )
    with pytest.raises(DomainError, match="Kenya"):
        act(people.officer, make.engagement(people.officer, *parts), "deliver")


def test_equipment_has_no_participants_and_needs_no_answer(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(KEN={}), type="equipment")
    assert (
        act(people.manager, act(people.officer, engagement, "deliver"), "verify").state
        == "verified"
    )


def test_who_recorded_a_delivery_does_not_verify_it(people: People) -> None:
    engagement = delivered(people, KEN={"women": 1, "men": 2})
    with pytest.raises(ActionNotAllowed, match="Ask somebody else"):
        act(people.officer, engagement, "verify")
    assert act(people.manager, engagement, "verify").state == "verified"


def test_verified_needs_numbers(people: People) -> None:
    engagement = delivered(people, KEN={"women": 1, "men": 2}, FJI={"not_yet_known": True})
    with pytest.raises(DomainError, match="Fiji"):
        act(people.manager, engagement, "verify")
    engagement = changed(
        people, engagement, make.part(KEN={"women": 1, "men": 2}, FJI={"unknown": 0})
    )
    assert act(people.manager, engagement, "verify").state == "verified"


def test_what_is_verified_is_changed_only_after_it_is_opened_for_correction(people: People) -> None:
    engagement = act(people.manager, delivered(people, KEN={"women": 1, "men": 2}), "verify")
    with pytest.raises(ActionNotAllowed, match="correction"):
        changed(people, engagement, make.part(KEN={"women": 2}))
    assert act(people.officer, engagement, "correct", reason="One more").state == "delivered"
    assert engagement.events.latest("id").note == "One more"
    assert (
        changed(people, engagement, make.part(KEN={"women": 2}))
        .parts.get()
        .participations.get()
        .women
        == 2
    )


def test_a_delivered_engagement_is_not_moved_ahead_and_keeps_its_answers(people: People) -> None:
    engagement = delivered(people, KEN={"women": 1})
    for part, sentence in (
        (make.part(today() + timedelta(days=5), KEN={"women": 1}), "days that are past"),
        (make.part(KEN={}), "Kenya"),
    ):
        with pytest.raises(DomainError, match=sentence):
            changed(people, engagement, part)
    assert Engagement.objects.get(pk=engagement.pk).ends_on == engagement.ends_on
    assert CountryParticipation.objects.get(part__engagement=engagement).women == 1


def test_postponing_moves_every_part_by_the_same_days(people: People) -> None:
    start = today() + timedelta(days=10)
    engagement = make.engagement(
        people.officer, make.part(start, 3), make.part(start + timedelta(days=40), 5)
    )
    act(people.officer, engagement, "confirm")
    with pytest.raises(DomainError) as refusal:
        act(people.officer, engagement, "postpone", starts_on=start)
    assert list(refusal.value.errors) == ["starts_on"]
    after = act(people.officer, engagement, "postpone", starts_on=start + timedelta(days=7))
    assert [(p.starts_on - start).days for p in after.parts.all()] == [7, 47]
    assert [(p.ends_on - p.starts_on).days for p in after.parts.all()] == [2, 4]
    assert (after.state, after.starts_on, after.ends_on) == (
        "planned",
        start + timedelta(days=7),
        start + timedelta(days=51),
    )


def test_who_acts_on_an_outdated_page_is_told_what_changed(people: People) -> None:
    engagement = make.engagement(people.officer)
    act(people.officer, engagement, "confirm")
    with pytest.raises(EditConflict, match="Anna Rossi"):
        services.perform_action(
            people.manager,
            engagement.pk,
            "cancel",
            {"reason": "x"},
            expected_version=engagement.version,
        )
    assert Engagement.objects.get(pk=engagement.pk).state == "confirmed"


# The cases behind it


def test_the_first_confirmed_engagement_starts_the_delivery_of_every_planned_case(
    people: People,
) -> None:
    kenya, fiji = make.advanced(people, "planned"), make.advanced(people, "planned", "FJI")
    accepted = make.advanced(people, "accepted")
    engagement = make.engagement(people.officer, make.part(), requests=[kenya, fiji, accepted])
    assert case_of(kenya).state == "planned"
    act(people.officer, engagement, "confirm")
    assert [case_of(c).state for c in (kenya, fiji, accepted)] == [
        "in_delivery",
        "in_delivery",
        "accepted",
    ]
    assert case_of(kenya).events.latest("id").action == "start_delivery"
    assert people.kenya.notifications.filter(kind="request.start_delivery").count() == 1


def test_linking_a_request_makes_its_country_take_part(people: People) -> None:
    engagement = make.engagement(people.officer, make.part(FJI={}))
    case = make.advanced(people, "planned")
    services.link_request(people.officer, engagement.pk, case)
    assert set(
        CountryParticipation.objects.filter(part__engagement=engagement).values_list(
            "country__iso3", flat=True
        )
    ) == {"KEN", "FJI"}
    with pytest.raises(DomainError, match="already"):
        services.link_request(people.officer, engagement.pk, case)
    act(people.officer, engagement, "cancel")
    with pytest.raises(DomainError, match="cancelled"):
        services.link_request(people.officer, engagement.pk, make.advanced(people, "planned"))


def test_unlinking_needs_a_reason_and_leaves_participation(people: People) -> None:
    case = make.advanced(people, "in_delivery")
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    with pytest.raises(DomainError) as refusal:
        services.unlink_request(people.officer, engagement.pk, case, "  ")
    assert "reason" in refusal.value.errors
    services.unlink_request(people.officer, engagement.pk, case, "Another request")
    assert (engagement.requests.count(), engagement.events.latest("id").note) == (
        0,
        "Another request",
    )
    assert CountryParticipation.objects.filter(
        part__engagement=engagement, country__iso3="KEN"
    ).exists()
    with pytest.raises(DomainError, match="not linked"):
        services.unlink_request(people.officer, engagement.pk, case, "Again")


@pytest.mark.parametrize("state", ["planned", "confirmed"])
def test_a_case_is_not_complete_while_something_is_ahead(people: People, state: str) -> None:
    case = make.advanced(people, "in_delivery")
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    if state == "confirmed":
        act(people.officer, engagement, "confirm")
    with pytest.raises(DomainError, match=engagement.reference):
        make.do(people.officer, case, "complete", summary="Done", why_none="None")
    services.unlink_request(people.officer, engagement.pk, case, "Another request")
    with pytest.raises(DomainError) as refusal:
        make.do(people.officer, case, "complete", summary="Done")
    assert "why_none" in refusal.value.errors
    assert (
        make.do(people.officer, case, "complete", summary="Done", why_none="By telephone").state
        == "delivered"
    )


def accepted_long_ago(case: AssistanceRequest) -> AssistanceRequest:
    """So that what took place some weeks ago began after the acceptance."""
    case.clocks.filter(standard="first_engagement").update(started_on=today() - timedelta(days=90))
    return case


def test_clocks_of_a_case_follow_its_engagements(people: People) -> None:
    case = accepted_long_ago(make.advanced(people, "in_delivery"))
    first, last = (make.part(today() - timedelta(days=d), 2, KEN={"women": 1}) for d in (60, 20))
    one, two = (make.engagement(people.officer, p, requests=[case]) for p in (first, last))
    stopped = case.clocks.get(standard="first_engagement")
    # people came, though the delivery is not recorded yet
    assert (stopped.end, stopped.ended_on) == (
        "act",
        first.starts_on,
    )
    act(people.officer, two, "deliver")
    assert not case.clocks.filter(standard="closing").exists()
    act(people.officer, one, "deliver")
    closing = case.clocks.get(standard="closing")
    assert (closing.started_on, closing.due_on) == (
        last.ends_on,
        calendar_of(case.programme).add(last.ends_on, RULES["closing"].days),
    )
    assert case_of(case).due_on == closing.due_on
    more = make.engagement(
        people.officer, make.part(today() + timedelta(days=9), KEN={}), requests=[case]
    )
    closing.refresh_from_db()
    assert closing.end == "void" and case_of(case).due_on is None
    act(people.officer, more, "cancel")
    again = case.clocks.unfinished().get(standard="closing")
    assert again.started_on == last.ends_on
    make.do(people.officer, case, "complete", summary="Done")
    again.refresh_from_db()
    assert again.end == "act"


def test_what_was_delivered_before_delivery_began_counts_for_the_clocks_too(people: People) -> None:
    case = accepted_long_ago(make.advanced(people, "accepted"))
    act(
        people.officer,
        make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case]),
        "deliver",
    )
    assert case.clocks.get(standard="first_engagement").end == "act"
    case = make.do(people.officer, case, "propose_plan", **make.PLAN)
    case = make.do(people.kenya, case, "agree", agreed_by_name="P. Otieno")
    assert case.state == "in_delivery"
    assert case.clocks.unfinished().filter(standard="closing").exists()


def test_what_is_delivered_while_a_case_is_on_hold_starts_its_closing_when_it_goes_on(
    people: People,
) -> None:
    case = make.advanced(people, "in_delivery")
    engagement = make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case])
    make.do(
        people.manager,
        case,
        "hold",
        reason="Elections",
        next_look_on=make.programme().today() + timedelta(days=9),
    )
    act(people.officer, engagement, "deliver")
    assert not case.clocks.running().exists()
    case = make.do(people.manager, case, "resume", reason="Over")
    assert case.clocks.running().get(standard="closing").started_on == engagement.ends_on
    assert case.due_on == case.clocks.get(standard="closing").due_on


def test_a_delivered_engagement_whose_dates_are_put_right_moves_the_closing_of_its_cases(
    people: People,
) -> None:
    case = make.advanced(people, "in_delivery")
    engagement = act(
        people.officer,
        make.engagement(people.officer, make.part(KEN={"women": 1}), requests=[case]),
        "deliver",
    )
    earlier = make.part(today() - timedelta(days=50), KEN={"women": 1})
    changed(people, engagement, earlier)
    closing = case.clocks.unfinished().get(standard="closing")
    assert closing.started_on == earlier.ends_on
    assert case_of(case).due_on == closing.due_on


# Records of others


def test_an_imported_record_made_whole_becomes_a_delivered_engagement(people: People) -> None:
    call_command("import_tracker", str(LEGACY), "--apply", verbosity=0, stdout=StringIO())
    record = Engagement.objects.get(foreign_id="00012637")
    assert record.state == "recorded" and not WORKFLOW.available(people.officer, record)
    fiji = Country.objects.get(iso3="FJI")
    assert list(record.recorded_countries.values_list("country", flat=True)) == [fiji.pk]
    values = {
        "pillar": make.Pillar.objects.get(code="prevention"),
        "type": "workshop",
        "modality": "in_person",
    }
    services.update_engagement(people.officer, record.pk, values, [make.part(FJI={})])
    record.refresh_from_db()
    assert record.state == "recorded"
    services.update_engagement(
        people.officer, record.pk, {}, [make.part(FJI={"women": 3, "men": 4})]
    )
    record.refresh_from_db()
    assert (record.state, record.origin, record.recorded_by) == (
        "delivered",
        "imported",
        people.officer,
    )
    assert not record.recorded_countries.exists()
    assert [(e.action, e.from_state, e.to_state) for e in record.events.order_by("id")] == [
        ("import", "recorded", "recorded"),
        ("edit", "recorded", "recorded"),
        ("edit", "recorded", "delivered"),
    ]
    assert act(people.manager, record, "verify").state == "verified"


def test_a_record_of_something_ahead_becomes_planned(people: People) -> None:
    record = make.engagement(people.officer, make.part(KEN={}))
    Engagement.objects.filter(pk=record.pk).update(state="recorded", origin="imported")
    after = changed(people, record, make.part(today() + timedelta(days=20), KEN={"women": 9}))
    assert (after.state, after.recorded_by) == ("planned", None)


# What the database keeps


@pytest.mark.parametrize("model", [CaseEvent, EngagementEvent, EventText], ids=lambda m: m.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_what_has_happened(
    people: People, model: Any, statement: str
) -> None:
    make.do(people.officer, make.advanced(people, "under_review"), "ask", questions="How many?")
    delivered(people, KEN={"women": 1})
    assert model.objects.exists()
    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(model._meta.db_table))


HISTORIES = [
    "requesthistory",
    "engagementhistory",
    "engagementpartevent",
    "countryparticipationevent",
    "caseclockevent",
]


@pytest.mark.parametrize("table", [f"assistance_{name}" for name in HISTORIES])
@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_history(
    people: People, table: str, statement: str
) -> None:
    make.submitted(people.kenya)
    make.engagement(people.officer, make.part(KEN={"women": 1}))
    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_every_write_leaves_its_history_whatever_wrote_it(people: People) -> None:
    engagement = delivered(people, KEN={"women": 1})
    Engagement.objects.filter(pk=engagement.pk).update(title="By hand")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, title FROM assistance_engagementhistory WHERE pgh_obj_id = %s ORDER BY"
            " pgh_id",
            [engagement.pk],
        )
        rows = cursor.fetchall()
    assert [r[0] for r in rows] == ["planned", "delivered", "delivered"] and rows[-1][
        1
    ] == "By hand"

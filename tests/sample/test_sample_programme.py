"""Sample data hold together as if people had used the product."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings as project_settings
from django.db import connection, transaction

from accounts.models import Role, User
from assistance.engagements.workflow import ACTIONS as ENGAGEMENT_ACTIONS
from assistance.models import (
    AssistanceRequest,
    CaseClock,
    CaseEvent,
    CountryParticipation,
    Engagement,
    EngagementEvent,
    EngagementPart,
    EngagementRequest,
    EventText,
    ReferenceCounter,
    StateSpan,
)
from assistance.programmes.working_days import calendar_of
from assistance.requests import fields
from assistance.requests.actors import AUTHOR, CLEARER, FOCAL_POINT
from assistance.requests.choices import HAPPENINGS
from assistance.requests.clocks import RULES, due_date
from assistance.requests.running_clocks import Clocks
from assistance.requests.states import State
from assistance.requests.workflow import ACTIONS
from assistance.timeline.models import text_hash
from core.workflow.actions import COMPUTED, SAME
from countries.models import FocalPoint
from notifications.models import Notification
from sample.run import Maker
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample programme")]


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One sample of the usual size for the tests that look at it; gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        project_settings.PASSWORD_HASHERS, kept = (
            ["django.contrib.auth.hashers.MD5PasswordHasher"],
            project_settings.PASSWORD_HASHERS,
        )
        Maker(400, 1).make()
        project_settings.PASSWORD_HASHERS = kept
        yield
        transaction.set_rollback(True)


def test_every_state_pillar_language_and_engagement_state_appears(sample: None) -> None:
    assert set(AssistanceRequest.objects.values_list("state", flat=True)) == set(State.values) - {
        State.DISCARDED
    }
    assert AssistanceRequest.objects.count() == 400
    assert 800 <= Engagement.objects.count() <= 1100  # the day of the run moves it a little
    assert len(set(AssistanceRequest.objects.values_list("pillar__code", flat=True))) == 4
    assert set(AssistanceRequest.objects.values_list("language", flat=True)) >= {
        "en",
        "fr",
        "es",
        "pt",
        "ar",
        "ru",
    }
    assert set(AssistanceRequest.objects.values_list("urgency", flat=True)) == {
        "routine",
        "dated",
        "urgent",
    }
    assert set(Engagement.objects.values_list("state", flat=True)) == {
        "planned",
        "confirmed",
        "delivered",
        "verified",
        "cancelled",
    }


def test_references_run_without_gaps_in_the_order_of_submission(sample: None) -> None:
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for case in AssistanceRequest.objects.exclude(reference=None).order_by("submitted_at"):
        country, year, number = str(case.reference).split("-")
        assert case.received_on and case.submitted_at
        assert (country, int(year)) == (case.country.iso3, case.received_on.year)
        assert case.received_on == case.programme.day_of(case.submitted_at)
        numbers[country, year].append(int(number))
    for reference in Engagement.objects.order_by("created_at", "pk").values_list(
        "reference", flat=True
    ):
        series, year, number = reference.split("-")
        numbers[series, year].append(int(number))
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    counters = {(c.series, str(c.year)): c.last for c in ReferenceCounter.objects.all()}
    assert counters == {key: len(found) for key, found in numbers.items()}


def test_every_act_is_one_that_the_life_cycle_allows(sample: None) -> None:
    now: dict[int, str] = {}
    for event in CaseEvent.objects.order_by("request_id", "id").select_related("actor"):
        assert event.from_state == now.get(event.request_id, State.DRAFT), event
        now[event.request_id] = event.to_state
        if event.action in HAPPENINGS:
            assert event.from_state == event.to_state
            continue
        action = ACTIONS[event.action]
        assert event.from_state in action.sources
        if action.target == SAME:
            assert event.to_state == event.from_state
        elif action.target != COMPUTED:
            assert event.to_state == action.target
        if event.actor is not None and action.actor not in (AUTHOR, CLEARER, FOCAL_POINT):
            assert event.actor.is_programme_staff
        if event.actor is not None and action.actor in (AUTHOR, CLEARER, FOCAL_POINT):
            assert event.on_behalf is event.actor.is_programme_staff
    assert now == {c.pk: c.state for c in AssistanceRequest.objects.filter(pk__in=now)}


def test_acts_come_one_after_the_other_and_end_before_today(sample: None) -> None:
    programme = make.programme()
    midnight = programme.midnight(programme.today())
    last: dict[int, Any] = {}
    for event in CaseEvent.objects.order_by("request_id", "id"):
        assert last.get(event.request_id, event.at) <= event.at < midnight
        last[event.request_id] = event.at
    calendar = calendar_of(programme)
    ours = CaseEvent.objects.filter(actor__role__in=[Role.OFFICER, Role.MANAGER], on_behalf=False)
    days = {programme.day_of(at) for at in ours.values_list("at", flat=True)}
    assert all(calendar.works_on(day) for day in days)
    assert max(last.values()) > midnight - timedelta(days=4)
    assert min(last.values()) < midnight - timedelta(days=700)


def test_texts_of_events_fit_the_hashes_that_the_events_keep(sample: None) -> None:
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for text in EventText.objects.all():
        texts[text.event_id][text.field] = text_hash(text.text)
    assert all(event.text_hashes == texts[event.pk] for event in CaseEvent.objects.all())


def test_times_in_states_follow_each_other_without_a_gap(sample: None) -> None:
    spans: dict[int, list[StateSpan]] = defaultdict(list)
    for span in StateSpan.objects.order_by("request_id", "id"):
        spans[span.request_id].append(span)
    for case in AssistanceRequest.objects.all():
        found = spans[case.pk]
        assert found[0].entered_at == case.created_at
        assert all(a.left_at == b.entered_at for a, b in pairwise(found))
        assert (found[-1].left_at, found[-1].state, found[-1].round, found[-1].entered_at) == (
            None,
            case.state,
            case.round,
            case.state_since,
        )


@pytest.mark.parametrize(
    "model",
    [
        AssistanceRequest,
        Engagement,
        EngagementPart,
        CountryParticipation,
        EngagementRequest,
        CaseClock,
        User,
    ],
    ids=lambda m: str(m.__name__),
)
def test_the_last_history_row_is_the_row_itself(sample: None, model: Any) -> None:
    history = model.history.rel.related_model
    kept = [f.column for f in history._meta.local_concrete_fields if not f.name.startswith("pgh_")]
    same = " AND ".join(f't."{c}" IS NOT DISTINCT FROM h."{c}"' for c in kept)
    table, log = model._meta.db_table, history._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE {same}) FROM {table} t LEFT JOIN LATERAL"
            f" (SELECT * FROM {log} h WHERE h.pgh_obj_id = t.id ORDER BY pgh_id DESC LIMIT 1) h ON"
            " true"
        )
        total, equal = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM (SELECT pgh_created_at < lag(pgh_created_at) OVER (PARTITION BY"
            f" pgh_obj_id ORDER BY pgh_id) AS back FROM {log}) x WHERE back"
        )
        (backwards,) = cursor.fetchone()
    assert total and total == equal
    assert backwards == 0


def test_history_says_what_was_so_at_the_time(sample: None) -> None:
    history = AssistanceRequest.history.rel.related_model  # type: ignore[attr-defined]
    for case in AssistanceRequest.objects.filter(state="closed")[:40]:
        rows = list(history.objects.filter(pgh_obj_id=case.pk).order_by("pgh_id"))
        assert (rows[0].pgh_label, rows[0].state, rows[0].reference, rows[0].pgh_created_at) == (
            "insert",
            "draft",
            None,
            case.created_at,
        )
        decided = next(r for r in rows if r.first_decision)
        assert (decided.pgh_created_at, decided.outcome) == (case.first_decided_at, "")


def test_whose_turn_it_is_and_by_when_is_what_the_product_works_out(sample: None) -> None:
    programme = make.programme()
    cases = [
        c
        for c in AssistanceRequest.objects.select_related("programme").order_by("-id")
        if c.is_open or c.pk % 5 == 0
    ]
    assert len(cases) > 100
    for case in cases:
        stored = (case.turn, case.due_on)
        Clocks(case, programme.today()).store_turn()
        assert (case.turn, case.due_on) == stored, case.reference


def test_clocks_that_never_paused_are_due_when_the_standard_says(sample: None) -> None:
    calendar = calendar_of(make.programme())
    paused = set(
        StateSpan.objects.filter(state__in=["returned", "on_hold", "plan_proposed"]).values_list(
            "request_id", flat=True
        )
    )
    moved = set(CaseEvent.objects.filter(action="give_time").values_list("request_id", flat=True))
    clocks = [c for c in CaseClock.objects.all() if c.request_id not in paused | moved]
    assert len(clocks) > 100
    assert all(
        c.due_on == due_date(RULES[c.standard], calendar, c.started_on, c.days) for c in clocks
    )
    assert Counter(c.end for c in CaseClock.objects.exclude(ended_on=None))["act"] > 500


def test_what_is_submitted_lacks_no_field_that_a_submission_needs(sample: None) -> None:
    for case in AssistanceRequest.objects.exclude(reference=None).select_related(
        "programme", "country", "pillar"
    ):
        assert fields.missing_fields(case) == []
        case.clean_fields(exclude=["search"])


def test_requests_do_not_look_copied(sample: None) -> None:
    titles = Counter(AssistanceRequest.objects.values_list("title", flat=True))
    assert len(titles) > 200
    assert max(titles.values()) <= 8
    problems = Counter(AssistanceRequest.objects.values_list("problem", flat=True))
    assert len(problems) > 370  # of 400; how many are alike by chance, the day of the run decides


def test_engagements_go_the_way_of_their_life_cycle(sample: None) -> None:
    now: dict[int, str] = {}
    recorders: dict[int, int | None] = {}
    for event in EngagementEvent.objects.order_by("engagement_id", "id"):
        assert event.from_state == now.get(event.engagement_id, "planned")
        now[event.engagement_id] = event.to_state
        if event.action in ENGAGEMENT_ACTIONS:
            action = ENGAGEMENT_ACTIONS[event.action]
            assert event.from_state in action.sources and event.to_state == action.target
        if event.action == "deliver":
            recorders[event.engagement_id] = event.actor_id
        if event.action == "verify":
            assert event.actor_id != recorders[event.engagement_id]
    assert now == dict(Engagement.objects.values_list("pk", "state"))
    today = make.programme().today()
    assert not Engagement.objects.filter(
        state__in=["delivered", "verified"], ends_on__gte=today
    ).exists()
    assert Engagement.objects.filter(state="confirmed", ends_on__lt=today).exists()
    assert Engagement.objects.filter(
        state__in=["planned", "confirmed"], starts_on__gt=today
    ).exists()


def test_linked_countries_take_part_and_numbers_are_there_where_they_have_to_be(
    sample: None,
) -> None:
    concerned = set(CountryParticipation.objects.values_list("part__engagement_id", "country_id"))
    assert (
        set(EngagementRequest.objects.values_list("engagement_id", "request__country_id"))
        <= concerned
    )
    rows = CountryParticipation.objects.filter(part__engagement__state="verified").select_related(
        "part__engagement"
    )
    assert all(r.is_reported for r in rows if r.part.engagement.has_participants)
    assert not CountryParticipation.objects.filter(
        part__engagement__state="planned", part__starts_on__gt=make.programme().today(), women__gt=0
    ).exists()
    assert CountryParticipation.objects.filter(not_yet_known=True).exists()


def test_delivery_goes_with_what_was_delivered(sample: None) -> None:
    for case in AssistanceRequest.objects.filter(
        state__in=["in_delivery", "delivered", "closed"]
    ).prefetch_related("engagements"):
        states = {e.state for e in case.engagements.all()}
        assert (
            states & {"confirmed", "delivered", "verified"}
            or case.events.filter(action="hold").exists()
            or case.state == "in_delivery"
        ), case.reference
        if case.state in ("delivered", "closed"):
            assert not states & {"planned", "confirmed"}


def test_kenya_and_fiji_have_the_cases_that_people_try_first(sample: None) -> None:
    today = make.programme().today()
    kenya = AssistanceRequest.objects.filter(country__iso3="KEN")
    fiji = AssistanceRequest.objects.filter(country__iso3="FJI")
    assert kenya.count() >= 6 and fiji.count() >= 6
    returned = kenya.get(state="returned")
    assert returned.due_on and today < returned.due_on <= today + timedelta(days=12)
    assert (
        len(returned.events.get(action="ask").texts.get(field="questions").text.splitlines()) == 2
    )
    assert {"in_delivery", "delivered", "closed"} <= set(kenya.values_list("state", flat=True))
    assert {"plan_proposed", "accepted"} <= set(fiji.values_list("state", flat=True))
    assert fiji.filter(
        state="under_review", complete_since__isnull=False, due_on__lte=today + timedelta(days=14)
    ).exists()
    assert not FocalPoint.objects.filter(country__iso3__in=["KEN", "FJI"], may_clear=True).exists()
    assert AssistanceRequest.objects.without_focal_point().exists()


def test_the_sample_people_can_sign_in_and_nobody_else(sample: None) -> None:
    signing_in = {u.email for u in User.objects.all() if u.has_usable_password()}
    assert signing_in == {
        f"{name}@example.org"
        for name in ("focalpoint.ken", "focalpoint.fji", "officer", "manager", "admin")
    }
    officer = User.objects.get(email="officer@example.org")
    assert officer.check_password("meridian-sample")
    assert AssistanceRequest.objects.visible_to(officer).count() > 380
    assert not Notification.objects.to_send().exists()
    for user in User.objects.all()[:30]:
        user.clean_fields()


def test_people_can_go_on_where_the_sample_ends(sample: None) -> None:
    kenya = User.objects.get(email="focalpoint.ken@example.org")
    sid = transaction.savepoint()
    case = make.submitted(kenya)
    last = ReferenceCounter.objects.get(series="KEN", year=make.programme().today().year).last
    assert str(case.reference).endswith(f"-{last:04d}")
    history = AssistanceRequest.history.rel.related_model  # type: ignore[attr-defined]
    assert history.objects.filter(pgh_obj_id=case.pk).count() == 2
    transaction.savepoint_rollback(sid)

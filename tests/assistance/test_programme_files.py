"""A programme from its file: loaded whole or not at all, again without a change, and with lists of its
own."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import pghistory.models
import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from assistance.models import Holiday, Pillar, Programme, ProgrammeMembership, ReasonCode, Theme
from assistance.programmes.loading import (
    complete_seeded_programme,
    load_programme,
    shipped_programmes,
)
from assistance.programmes.programme_file import read_programme
from assistance.programmes.working_days import WorkingDays, calendar_of
from core.file_nodes import FileMistakes
from tests import make
from tests.api import Api
from tests.make import People

pytestmark = pytest.mark.django_db
NAMES = {language: f"Name in {language}" for language in ("en", "fr", "es", "ar", "ru", "zh")}


GROUP = {
    "code": "pilots",
    "names": NAMES,
    "countries": ["KEN", "FJI"],
    "valid_from": date(2026, 1, 1),
    "source": "Steering committee",
}


def written(**changed: Any) -> dict[str, Any]:
    """A small programme as its file says it."""
    about: dict[str, Any] = {
        "code": "customs",
        "names": NAMES,
        "zone": "Asia/Amman",
        "holiday_country": "JO",
        "weekend": ["friday", "saturday"],
        "currency": "EUR",
        "eligible_group": "ldc",
        "standards": {"decision": 20},
        "pillars": [{"code": "borders", "names": NAMES}],
        "themes": [{"code": "valuation", "names": NAMES}, "statistics"],
        "reasons": [{"code": "no-border", "used_for": "decline", "names": NAMES}],
    }
    return {name: value for name, value in (about | changed).items() if value is not None}


def loaded(**changed: Any) -> Programme:
    """The programme of such a file."""
    return load_programme(read_programme(yaml.safe_dump(written(**changed)).encode())).programme


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def test_the_second_programme_that_is_shipped_differs_in_everything() -> None:
    (statistics,) = (
        load_programme(read_programme(path.read_bytes())).programme
        for code, path in shipped_programmes().items()
        if code != "cybercrime"
    )
    seeded = make.programme()
    assert (statistics.weekend, statistics.currency) == ([5, 6], "EUR")
    assert statistics.zone != seeded.zone and statistics.title != seeded.title
    assert not statistics.pillars.filter(pk__in=seeded.pillars.all()).exists()
    assert all(set(row.names) == set(NAMES) for row in statistics.pillars.all())
    calendar = calendar_of(statistics)
    friday, sunday = date(2026, 12, 4), date(2026, 12, 6)
    assert not calendar.works_on(friday) and calendar.works_on(sunday)
    assert statistics.standards.get(code="decision").days == 20


def test_loading_the_same_file_again_changes_nothing() -> None:
    loaded()
    before = [model.objects.count() for model in (Programme, Pillar, Theme, ReasonCode, Holiday)]
    history = pghistory.models.MiddlewareEvents.objects.count()
    again = load_programme(read_programme(yaml.safe_dump(written()).encode()))
    assert (again.added, again.changed, again.ended) == (0, 0, 0)
    assert pghistory.models.MiddlewareEvents.objects.count() == history
    after = [model.objects.count() for model in (Programme, Pillar, Theme, ReasonCode, Holiday)]
    assert after == before


def test_what_the_file_says_otherwise_is_changed_and_what_it_leaves_out_is_offered_no_more() -> (
    None
):
    programme = loaded()
    renamed = NAMES | {"en": "At the border"}
    again = load_programme(
        read_programme(
            yaml.safe_dump(
                written(
                    pillars=[
                        {"code": "ports", "names": NAMES},
                        {"code": "borders", "names": renamed},
                    ],
                    themes=["statistics"],
                    standards={"decision": 25},
                )
            ).encode()
        )
    )
    assert (again.added, again.changed, again.ended) == (1, 2, 1)
    assert [p.code for p in programme.pillars.order_by("order")] == ["ports", "borders"]
    assert Pillar.objects.get(code="borders").name == "At the border"
    assert Theme.objects.filter(code="valuation").exists()
    assert not programme.themes.filter(code="valuation").exists()
    days = list(programme.standards.filter(code="decision").values_list("days", "valid_from"))
    assert days == [(20, date(2013, 1, 1)), (25, programme.today())]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "Customs & Co"}, "the file: “Customs & Co” is no code"),
        ({"names": {"en": "Customs"}}, "the file, names: “fr” is missing."),
        ({"zone": "Amman"}, "“Amman” is no time zone; write one such as Asia/Amman."),
        ({"holiday_country": "XX"}, "the public holidays of “XX” are not known"),
        ({"weekend": ["freitag"]}, "“weekend” names one to three days in English"),
        ({"weekend": []}, "“weekend” names one to three days in English"),
        ({"currency": "euro"}, "“euro” is no currency; write three letters such as EUR."),
        ({"standards": {"decision": 0}}, "standards: “decision” is to be a number of days"),
        ({"standards": {"tea": 3}}, "standards: “tea” is not known here."),
        ({"pillars": []}, "“pillars” is missing."),
        ({"pillars": "borders"}, "“pillars” is to be a list."),
        ({"themes": ["statistics", "statistics"]}, "“statistics” stands twice in themes."),
        ({"reasons": [{"code": "x", "used_for": "fun", "names": NAMES}]}, "write one of: decline"),
        ({"holidays": [{"day": "soon", "title": "x"}]}, "“day” is to be a day"),
        ({"colour": "blue"}, "“colour” is not known here."),
        ({"eligible_group": "moon"}, "there is no group “moon”. There are:"),
        ({"groups": [GROUP | {"countries": ["XXX"]}]}, "there is no country “XXX”."),
        ({"groups": [GROUP | {"countries": []}]}, "groups pilots: “countries” is missing."),
        ({"groups": [GROUP | {"code": "ldc"}]}, "“ldc” comes with Meridian"),
        ({"themes": ["moonlight"]}, "there is no “moonlight” yet that could be shared."),
        (
            {"themes": [{"code": "statistics", "names": NAMES}]},
            "other programmes use “statistics”, under other names.",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place_and_nothing_is_loaded(
    changed: dict[str, Any], said: str
) -> None:
    before = Programme.objects.count(), Theme.objects.count(), Pillar.objects.count()
    with pytest.raises(FileMistakes) as refusal:
        loaded(**changed)
    assert said in str(refusal.value)
    assert (Programme.objects.count(), Theme.objects.count(), Pillar.objects.count()) == before


def test_the_command_says_all_mistakes_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "customs.yaml"
    file.write_text(yaml.safe_dump(written(zone="x", currency="y", weekend=["z"])))
    with pytest.raises(CommandError, match="Nothing was loaded: 3 to mend"):
        call_command("load_programme", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_programme", str(tmp_path / "none.yaml"))
    file.write_text(": not yaml: [")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_programme", str(file))
    call_command("load_programme", "statistics")
    assert "“Statistical Capacity Programme” is loaded" in capsys.readouterr().out


def test_a_programme_brings_the_group_of_countries_that_may_ask_it() -> None:
    programme = loaded(groups=[GROUP], eligible_group="pilots")
    group = programme.eligible_group
    assert sorted(c.iso3 for c in group.countries.all()) == ["FJI", "KEN"]
    loaded(groups=[GROUP | {"countries": ["KEN", "UGA"]}], eligible_group="pilots")
    today = programme.today()
    assert sorted(m.country.iso3 for m in group.memberships.on(today)) == ["KEN", "UGA"]
    assert group.memberships.get(country__iso3="FJI").valid_until == today  # what was stays known


def test_another_programmes_group_is_not_changed_and_a_day_ahead_loads_twice() -> None:
    ahead = GROUP | {"valid_from": make.programme().today() + timedelta(days=400)}
    first = loaded(groups=[ahead], eligible_group="pilots")
    loaded(groups=[ahead], eligible_group="pilots")
    assert first.eligible_group.memberships.count() == 2
    with pytest.raises(FileMistakes, match="it says who may ask “Name in en”"):
        loaded(code="other", groups=[GROUP | {"countries": ["UGA"]}], eligible_group="pilots")


def test_a_duty_station_that_moves_keeps_other_holidays_from_tomorrow_on() -> None:
    programme = loaded()
    today = programme.today()
    before = set(programme.holidays.filter(day__lte=today).values_list("day", flat=True))
    loaded(holiday_country="NP")
    nepal = set(programme.holidays.filter(day__gt=today).values_list("day", flat=True))
    assert set(programme.holidays.filter(day__lte=today).values_list("day", flat=True)) == before
    years = range(today.year, today.year + 5)
    expected = {day for day in holidays.country_holidays("NP", years=years) if day > today}
    assert nepal == expected


def test_a_weekend_of_the_whole_week_is_refused() -> None:
    programme = make.programme()
    for days in ([], [1, 2, 3, 4, 5, 6, 7], [6, 6]):
        programme.weekend = days
        with pytest.raises(ValidationError, match=r"one to three days|cannot be blank"):
            programme.full_clean()


def test_a_draft_that_moves_to_another_programme_takes_no_pillar_along(people: People) -> None:
    customs = loaded()
    people.kenya.designations.get().programmes.add(customs)
    draft = make.draft(people.kenya)
    answer = Api(people.kenya).patch(f"requests/{draft.pk}/", {"programme": "customs"})
    assert answer.status_code == 400
    assert "is no pillar of Name in en." in str(answer.json())
    assert "is no theme of Name in en." in str(answer.json())
    moved = {"programme": "customs", "pillar": "borders", "theme_codes": ["valuation"]}
    assert Api(people.kenya).patch(f"requests/{draft.pk}/", moved).status_code == 200


def test_what_an_administrator_changed_of_the_seeded_programme_stays() -> None:
    seeded = make.programme()
    Pillar.objects.filter(code="research").update(names={"en": "Inquiry"})
    seeded.themes.remove(Theme.objects.get(code="darknet"))
    Programme.objects.filter(pk=seeded.pk).update(weekend=[7])
    complete_seeded_programme()
    assert Pillar.objects.get(code="research").names == {"en": "Inquiry"}
    assert not seeded.themes.filter(code="darknet").exists()
    assert Programme.objects.get(pk=seeded.pk).weekend == [7]


def test_no_programme_is_made_where_none_is_asked_for() -> None:
    Holiday.objects.all().delete()
    Programme.objects.all().delete()
    call_command("load_reference", verbosity=0, no_programme=True)
    assert not Programme.objects.exists()
    administrator = make.user(make.Role.ADMINISTRATOR)
    for address in ("/admin/", "/countries/", "/countries/KEN/", "/account/"):
        assert browser(administrator).get(address).status_code == 200
    call_command("load_programme", "statistics", verbosity=0)
    call_command("load_reference", verbosity=0)
    assert [p.code for p in Programme.objects.all()] == ["statistics"]


@given(
    weekend=st.frozensets(st.integers(1, 7), min_size=1, max_size=3),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 400),
    off=st.frozensets(st.integers(0, 400), max_size=10),
)
def test_days_are_counted_whatever_the_weekend(
    weekend: frozenset[int], start: date, days: int, off: frozenset[int]
) -> None:
    calendar = WorkingDays(frozenset(start + timedelta(days=n) for n in off), weekend)
    end = start + timedelta(days=days)
    every = [start + timedelta(days=n) for n in range(1, days + 1)]
    assert calendar.between(start, end) == sum(map(calendar.works_on, every))
    if calendar.works_on(end):
        assert calendar.add(start, calendar.between(start, end)) == end


def test_forms_and_api_offer_a_programmes_own_lists(people: People) -> None:
    customs = loaded()
    stranger = make.user(make.Role.OFFICER)
    ProgrammeMembership.objects.create(
        user=stranger, programme=customs, role="officer", valid_from=make.LONG_AGO
    )
    ours = browser(people.officer).get(reverse("engagement_new")).content.decode()
    theirs = browser(stranger).get(reverse("engagement_new")).content.decode()
    assert "Cooperation" in ours and "Name in en" not in ours
    assert "Name in en" in theirs and "Cooperation" not in theirs and "Darknet" not in theirs
    assert "Statistics and research" in theirs  # which both share


def test_a_pillar_of_another_programme_is_refused(people: People) -> None:
    customs = loaded()
    ProgrammeMembership.objects.create(
        user=people.officer, programme=customs, role="officer", valid_from=make.LONG_AGO
    )
    answer = Api(people.officer).post(
        "engagements/",
        {
            "programme": "customs",
            "title": "Course",
            "pillar": "prevention",
            "theme_codes": ["darknet"],
            "type": "training_course",
            "modality": "online",
            "parts": [{"starts_on": "2026-01-01", "ends_on": "2026-01-02", "participations": []}],
        },
    )
    assert answer.status_code == 400
    assert "is no pillar of Name in en." in str(answer.json())
    assert "is no theme of Name in en." in str(answer.json())

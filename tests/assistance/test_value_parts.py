"""Reported values told apart, with a file beside them, and who is told of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from assistance.results import services
from assistance.results.models import Indicator
from assistance.results.services import Reported
from assistance.results.value_models import IndicatorValue
from assistance.results.value_parts import (
    parts_in_words,
    read_parts,
    sum_of,
    too_many,
    written_parts,
)
from core.workflow.exceptions import DomainError
from files.models import Attachment
from notifications.models import Notification
from reports.schedules.periods import period_of
from reports.snapshots.rows import open_figure
from tests import make
from tests.assistance.frameworks import indicator, loaded, the_indicator
from tests.make import People
from tests.reports.producing import produced

pytestmark = pytest.mark.django_db
SPAN = (date(2025, 1, 1), date(2025, 4, 1))


@pytest.fixture
def told_apart() -> Indicator:
    """An indicator that is told apart by sex and by country."""
    loaded(indicator("X1", disaggregation=["sex", "country"]))
    return the_indicator()


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def sent(**changed: Any) -> dict[str, Any]:
    """The form of a value as it is sent."""
    about = {
        "first_day": "2025-01-01",
        "last_day": "2025-03-31",
        "value": "11",
        "parts_0": "women: 5; men: 6",
        "parts_1": "KEN: 4\nFJI: 3,5",
        "source": "Gazette",
    }
    return about | changed


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,20}", fullmatch=True),
        st.integers(0, 10**9).map(str),
        max_size=20,
    )
)
def test_what_is_written_is_read_again(parts: dict[str, str]) -> None:
    assert read_parts(written_parts(parts)) == parts
    assert too_many({"sex": parts}, sum_of(parts)) == []
    assert too_many({"sex": parts}, sum_of(parts) - 1) == ["sex"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("women", "write a name and a number"),
        (": 5", "write a name and a number"),
        ("women: five", "“women” needs a number of zero or more."),
        ("women: -1", "“women” needs a number of zero or more."),
        ("women: NaN", "“women” needs a number of zero or more."),
        ("women: 5, men: 6", "write a name and a number"),
        ("women: 5_0", "“women” needs a number of zero or more."),
        ("women: 1e5", "“women” needs a number of zero or more."),
        ("women: 5; women: 6", "“women” stands twice."),
        (f"{'x' * 61}: 1", "At most 60 parts"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read_parts(text)


def test_numbers_of_parts_are_written_as_values_are() -> None:
    assert read_parts("women: 1,310; men: 96,5; other: 1 000") == {
        "women": "1310",
        "men": "96.5",
        "other": "1000",
    }


def test_parts_say_of_how_many_they_are_where_some_are_missing() -> None:
    parts = {"sex": {"women": "5", "men": "6"}, "country": {"KEN": "4"}}
    assert parts_in_words(parts, Decimal("11.00")) == [
        "sex: women 5 · men 6",
        "country: KEN 4 (4 of 11)",
    ]


def test_parts_are_reported_shown_and_stand_in_the_report(
    people: People, told_apart: Indicator
) -> None:
    officer = browser(people.officer)
    address = reverse("indicator_report", args=[told_apart.pk])
    wrong = officer.post(address, sent(parts_0="women: 5; men: 7"))
    assert wrong.status_code == 422
    assert "The parts by sex are more than the value." in wrong.content.decode()
    assert "women: 5; men: 7" in wrong.content.decode()
    assert officer.post(address, sent(parts_0="women")).status_code == 422
    assert not IndicatorValue.objects.exists()
    assert officer.post(address, sent()).status_code == 302
    value = IndicatorValue.objects.get()
    assert value.parts == {
        "sex": {"women": "5", "men": "6"},
        "country": {"KEN": "4", "FJI": "3.5"},
    }
    page = officer.get(reverse("indicator", args=[told_apart.pk])).content.decode()
    assert "sex: men 6 · women 5" in page and "country: FJI 3.5 · KEN 4 (7.5 of 11)" in page


def test_a_report_opens_a_value_into_its_parts(people: People, told_apart: Indicator) -> None:
    quarter = period_of("quarterly", make.programme().today())
    value = IndicatorValue.objects.create(
        indicator=told_apart,
        period_start=quarter.start,
        period_end=quarter.end,
        value=Decimal(11),
        parts={"sex": {"women": "5"}},
        source="Gazette",
        reported_by=people.officer,
    )
    services.decide_value(people.manager, value.pk, approve=True)
    revision = produced(people).current
    assert revision is not None
    (row,) = open_figure(revision.contents, "results.X1", "en").rows
    assert row["told_apart"] == "sex: women 5 (5 of 11)" and "parts" not in row


def test_a_file_beside_a_value_is_read_by_staff_of_the_programme_alone(
    people: People, told_apart: Indicator
) -> None:
    officer = browser(people.officer)
    address = reverse("indicator_report", args=[told_apart.pk])
    assert officer.post(address, sent(file=make.pdf("gazette.pdf"))).status_code == 302
    file = Attachment.objects.get(owner_type="indicator_value")
    link = file.get_absolute_url()
    assert link in officer.get(reverse("indicator", args=[told_apart.pk])).content.decode()
    assert browser(people.manager).get(link).status_code == 200
    stranger = make.user(make.Role.OFFICER)
    for who in (people.kenya, people.administrator, stranger):
        assert browser(who).get(link).status_code == 404


def test_who_may_approve_is_told_and_then_who_reported(
    people: People, told_apart: Indicator
) -> None:
    value = services.report_value(
        people.officer, told_apart, *SPAN, Reported("Gazette", Decimal(4))
    )
    waiting = Notification.objects.get(kind="result.waiting")
    assert waiting.user == people.manager and "X1: a value waits" in waiting.subject
    assert waiting.path == reverse("indicator", args=[told_apart.pk])
    services.decide_value(people.manager, value.pk, approve=False, reason="Which gazette?")
    decided = Notification.objects.get(kind="result.decided")
    assert decided.user == people.officer and decided.body == "Which gazette?"


def test_where_the_only_manager_reported_the_officers_are_told(
    people: People, told_apart: Indicator
) -> None:
    services.report_value(people.manager, told_apart, *SPAN, Reported("Gazette", Decimal(4)))
    told = Notification.objects.filter(kind="result.waiting").values_list("user", flat=True)
    assert list(told) == [people.officer.pk]


def test_parts_are_refused_where_they_are_more_than_a_shares_numerator(people: People) -> None:
    loaded(indicator("S1", measure="share", baseline={"year": 2024}, disaggregation=["sex"]))
    reported = Reported("x", numerator=4, denominator=9, parts={"sex": {"women": "5"}})
    with pytest.raises(DomainError, match="more than the value"):
        services.report_value(people.officer, the_indicator("S1"), *SPAN, reported)

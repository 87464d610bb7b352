"""Frameworks from files, and values that people report and others approve."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from assistance.programmes.models import Programme, ProgrammeMembership
from assistance.results import services
from assistance.results.framework_file import read_framework
from assistance.results.loading import load_framework
from assistance.results.models import Indicator, ResultsFramework
from assistance.results.services import Reported
from assistance.results.value_models import IndicatorValue
from core.file_nodes import FileMistakes
from core.workflow.exceptions import DomainError
from tests import make
from tests.api import Api
from tests.assistance.frameworks import content, indicator, loaded, the_indicator, written
from tests.make import People

pytestmark = pytest.mark.django_db
START, END = date(2026, 1, 1), date(2026, 4, 1)


def mistakes(*indicators: dict[str, object], **changed: object) -> str:
    """What a file is told."""
    with pytest.raises(FileMistakes) as refused:
        read_framework(written(*indicators, **changed))
    return str(refused.value)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"measure": "percent"},
            "“measure” is “percent”; write one of: number, share, qualitative",
        ),
        ({"target": None}, "“target” is missing"),
        ({"target": {"year": 2029, "value": 3}}, "the wrong side of the baseline"),
        ({"target": {"value": 30}}, "say by when"),
        ({"target": {"year": 2020, "value": 30}}, "a day before the framework's first"),
        ({"baseline": {"year": 2024, "numerator": 3, "denominator": 2}}, "at least as large"),
        ({"baseline": {"year": 24, "value": 1}}, "“year” is to be a year"),
        ({"colour": "red"}, "“colour” is not known here"),
        ({"disaggregation": list("abcdef")}, "at most 5 disaggregations"),
        ({"text": "x" * 501}, "“text” has 501 characters; at most 500 fit"),
        ({"computed_from": {"figure": "nonsense"}}, "the catalogue has no figure “nonsense”"),
        (
            {"computed_from": {"figure": "participants", "narrowed_by": {"colour": "red"}}},
            "“participants” is not told apart by “colour”. It is by: sex, pillar, group, type",
        ),
        ({"computed_from": {"figure": "women_share"}}, "“women_share” is a share"),
        (
            {"computed_from": {"figure": "countries_served"}, "measure": "share"},
            "is no share and has no whole",
        ),
        ({"frequency": "sometimes"}, "“frequency” is “sometimes”"),
        ({"disaggregation": ["x" * 61]}, "“disaggregation” has 61 characters; at most 60 fit"),
        ({"computed_from": {"figure": "countries_served"}}, "counts each once: over periods write"),
        (
            {
                "computed_from": {
                    "figure": "participants",
                    "narrowed_by": {"pillar": date(2026, 1, 1)},
                }
            },
            "“pillar” is to be a text",
        ),
        ({"unit": "\u202ecountry"}, "turns the direction"),
    ],
)
def test_a_file_is_told_what_is_wrong_and_where(changed: dict[str, object], said: str) -> None:
    told = mistakes(indicator("X1") | changed)
    assert said in told
    assert "indicators X1" in told


def test_a_file_is_told_all_its_mistakes_at_once() -> None:
    told = mistakes(
        indicator("X1", measure="x"), indicator("X1", unit=None), version=0, title=None
    ).splitlines()
    assert len(told) == 5
    assert any("the code “X1” is used twice" in line for line in told)


@pytest.mark.parametrize("body", [b"", b"- a\n- b", b"{a: [", b"\xff\xfe\x00", b"a: !!python/x 1"])
def test_what_is_no_framework_at_all_is_told_so(body: bytes) -> None:
    with pytest.raises(FileMistakes) as refused:
        read_framework(body)
    assert refused.value.mistakes


def test_a_file_is_loaded_once_and_a_changed_one_needs_another_number() -> None:
    first = loaded(indicator("X1"), indicator("X2"))
    file = read_framework(written(indicator("X1"), indicator("X2")))
    assert load_framework(make.programme(), file) == (first, False)
    changed = read_framework(written(indicator("X1")))
    with pytest.raises(FileMistakes, match="Give it the number 2"):
        load_framework(make.programme(), changed)
    changed.version, changed.valid_from = 2, date(2026, 7, 1)
    second, is_new = load_framework(make.programme(), changed)
    held = ResultsFramework.objects.in_force
    assert is_new
    assert held(make.programme(), date(2026, 6, 30)) == first
    assert held(make.programme(), date(2026, 7, 1)) == second
    assert held(make.programme(), date(2024, 1, 1)) is None
    assert held(make.programme(), date(2026, 7, 1), datetime(2021, 1, 1, tzinfo=UTC)) == first


def test_an_unknown_pillar_is_named() -> None:
    body = content(indicator("X1"))
    body["outcomes"][0]["outputs"][0]["pillar"] = "sports"  # type: ignore[index]
    file = read_framework(yaml.safe_dump(body).encode())
    with pytest.raises(FileMistakes, match="the pillar “sports” is not known"):
        load_framework(make.programme(), file)
    assert not ResultsFramework.objects.exists()


def test_the_command_loads_says_so_and_changes_nothing_on_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "framework.yaml"
    file.write_bytes(written(indicator("X1", measure="x")))
    with pytest.raises(CommandError, match="1 to mend"):
        call_command("load_framework", str(file))
    assert not Indicator.objects.exists()
    file.write_bytes(written(indicator("X1")))
    call_command("load_framework", str(file))
    call_command("load_framework", str(file))
    assert "nothing changed" in capsys.readouterr().out
    assert Indicator.objects.count() == 1
    with pytest.raises(CommandError, match="There is no programme “x”"):
        call_command("load_framework", str(file), programme="x")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_framework", str(tmp_path / "missing.yaml"))


def test_a_loaded_version_stays_as_it_is() -> None:
    loaded()
    for change in (
        lambda: Indicator.objects.update(text="Other"),
        lambda: ResultsFramework.objects.update(title="Other"),
        lambda: Indicator.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


# Values


def report(people: People, value: int = 4, source: str = "Gazette 12") -> IndicatorValue:
    return services.report_value(
        people.officer, the_indicator(), START, END, Reported(source, Decimal(value))
    )


def test_only_what_another_person_approved_counts(people: People) -> None:
    loaded()
    value = report(people)
    assert not IndicatorValue.objects.approved().exists()
    with pytest.raises(DomainError, match="what they reported themselves"):
        services.decide_value(people.officer, value.pk, approve=True)
    services.decide_value(people.manager, value.pk, approve=True)
    assert IndicatorValue.objects.approved().get() == value
    with pytest.raises(DomainError, match="decided on this value already"):
        services.decide_value(people.manager, value.pk, approve=False, reason="No")


def test_the_database_too_lets_nobody_approve_their_own_or_change_what_is_decided(
    people: People,
) -> None:
    loaded()
    value = report(people)
    value.state, value.decided_by = IndicatorValue.State.APPROVED, people.officer
    value.decided_at = value.reported_at
    with (
        pytest.raises(Exception, match="indicator_value_approved_by_another"),
        transaction.atomic(),
    ):
        value.save()
    services.decide_value(people.manager, value.pk, approve=True)
    with pytest.raises(ProgrammingError), transaction.atomic():
        IndicatorValue.objects.update(value=99)
    with pytest.raises(ProgrammingError), transaction.atomic():
        IndicatorValue.objects.all().delete()


def test_a_value_is_reported_once_and_again_after_it_was_sent_back(people: People) -> None:
    loaded()
    value = report(people)
    with pytest.raises(DomainError, match="reported already"):
        report(people, 5)
    half_a_year = (date(2026, 1, 1), date(2026, 7, 1))
    with pytest.raises(DomainError, match="some of these days was reported already"):
        services.report_value(
            people.manager, the_indicator(), *half_a_year, Reported("x", Decimal(9))
        )
    with pytest.raises(DomainError, match="Say what is to change"):
        services.decide_value(people.manager, value.pk, approve=False)
    services.decide_value(people.manager, value.pk, approve=False, reason="Which gazette?")
    again = report(people, 5)
    assert again.pk != value.pk


def test_what_was_approved_is_restated_with_a_reason_and_counts_from_then_on(
    people: People,
) -> None:
    loaded()
    value = report(people)
    services.decide_value(people.manager, value.pk, approve=True)
    value.refresh_from_db()
    with pytest.raises(DomainError, match="Say why"):
        services.restate_value(people.officer, value, Reported("Gazette 13", Decimal(6)), " ")
    newer = services.restate_value(
        people.officer, value, Reported("Gazette 13", Decimal(6)), "One country was counted twice"
    )
    assert IndicatorValue.objects.approved().get() == value  # not approved yet
    services.decide_value(people.manager, newer.pk, approve=True)
    newer.refresh_from_db()
    assert IndicatorValue.objects.approved().get() == newer
    assert newer.decided_at is not None
    assert IndicatorValue.objects.approved(newer.decided_at).get() == value  # as known before
    with pytest.raises(DomainError, match="restated this value already"):
        services.restate_value(people.manager, value, Reported("x", Decimal(1)), "Again")


def test_a_value_is_of_the_indicators_kind_and_of_days_that_are_over(people: People) -> None:
    loaded(
        indicator("X1"),
        indicator("S", measure="share", baseline={"numerator": 1, "denominator": 10}),
        indicator("W", measure="qualitative", baseline=None, target={"year": 2029, "value": "x"}),
        indicator("C", computed_from={"figure": "participants"}),
    )
    for code, given, sentence in (
        ("X1", Reported("s"), "Give the value"),
        ("S", Reported("s", Decimal(3)), "numerator and the denominator"),
        ("S", Reported("s", numerator=3, denominator=2), "at most the denominator"),
        ("W", Reported("s", Decimal(3)), "which step was reached"),
        ("C", Reported("s", Decimal(3)), "computed: nobody reports it"),
    ):
        with pytest.raises(DomainError, match=sentence):
            services.report_value(people.officer, the_indicator(code), START, END, given)
    for start, end, sentence in (
        (START, START, "comes before the first"),
        (date(2024, 1, 1), END, "does not cover these days"),
        (START, date(2029, 12, 1), "not over yet"),
    ):
        with pytest.raises(DomainError, match=sentence):
            services.report_value(
                people.officer, the_indicator(), start, end, Reported("s", Decimal(1))
            )


# Pages


def test_a_value_is_reported_and_approved_on_pages(people: People) -> None:
    loaded()
    pk = the_indicator().pk
    officer, manager = Client(), Client()
    officer.force_login(people.officer)
    manager.force_login(people.manager)
    form = {"first_day": "2026-01-01", "last_day": "2026-03-31", "value": "4", "source": "G 12"}
    wrong = officer.post(reverse("indicator_report", args=[pk]), form | {"value": "many"})
    assert wrong.status_code == 422 and "many" in wrong.content.decode()
    ahead = officer.post(reverse("indicator_report", args=[pk]), form | {"last_day": "9999-12-31"})
    assert ahead.status_code == 422
    assert officer.post(reverse("indicator_report", args=[pk]), form).status_code == 302
    value = IndicatorValue.objects.get()
    assert (value.period_start, value.period_end) == (START, END)
    decide = reverse("indicator_value_decide", args=[value.pk])
    assert "Nobody approves" in officer.get(decide).content.decode()
    assert officer.post(decide, {"decision": "approve"}).status_code == 422
    assert manager.post(decide, {"decision": "return"}).status_code == 422  # says no reason
    assert manager.post(decide, {"decision": "approve"}).status_code == 302
    shown = officer.get(reverse("indicator", args=[pk])).content.decode()
    assert "approved" in shown and "G 12" in shown
    restate = reverse("indicator_value_restate", args=[value.pk])
    answer = officer.post(
        restate, {"value": "5", "source": "G 13", "restatement_reason": "Counted twice"}
    )
    assert answer.status_code == 302 and IndicatorValue.objects.count() == 2
    rated = manager.post(
        reverse("indicator_rate", args=[pk]),
        {
            "first_day": "2026-01-01",
            "last_day": "2026-03-31",
            "rating": "constrained",
            "reason": "Late",
        },
    )
    assert rated.status_code == 302
    assert "Constrained" in officer.get(reverse("indicator", args=[pk])).content.decode()


def test_results_are_for_the_staff_of_their_programme_alone(people: People) -> None:
    loaded()
    value = report(people)
    pk = the_indicator().pk
    other = Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    outsider = make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=outsider, programme=other, role=Role.MANAGER, valid_from=make.LONG_AGO
    )
    for user in (outsider, people.kenya, people.administrator):
        client = Client()
        client.force_login(user)
        for name, number in (
            ("indicator", pk),
            ("indicator_report", pk),
            ("indicator_rate", pk),
            ("indicator_value_decide", value.pk),
            ("indicator_value_restate", value.pk),
        ):
            assert client.get(reverse(name, args=[number])).status_code == 404, (name, user)
        shown = client.get(reverse("results"))
        assert "What X1 measures" not in shown.content.decode()
    with pytest.raises(IndicatorValue.DoesNotExist):
        services.decide_value(outsider, value.pk, approve=True)
    assert value.state == IndicatorValue.State.REPORTED


def test_the_page_of_the_framework_takes_no_more_queries_for_more_indicators(
    people: People,
) -> None:
    client = Client()
    client.force_login(people.officer)

    def queries() -> int:
        client.get(reverse("results"))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("results")).status_code == 200
        return len(found)

    loaded(indicator("X1"))
    few = queries()
    file = read_framework(written(*(indicator(f"Y{n}") for n in range(9)), version=2))
    load_framework(make.programme(), file)
    assert queries() == few


def test_programs_read_the_framework_of_their_programmes_alone(people: People) -> None:
    framework = loaded(indicator("X1"), indicator("X2"))
    answer = Api(people.officer).get("results-frameworks/", programme="cybercrime")
    (row,) = answer.data["results"]
    (output,) = row["outcomes"][0]["outputs"]
    assert [one["code"] for one in output["indicators"]] == ["X1", "X2"]
    assert row["outcomes"][0]["indicators"] == []
    assert output["indicators"][0]["targets"] == [
        {"by": "2029-12-31", "value": "20.00", "words": ""}
    ]
    assert Api(people.officer).get("results-frameworks/", programme="x").status_code == 400
    for user in (people.kenya, people.administrator):
        assert Api(user).get("results-frameworks/").status_code == 403
        assert Api(user).get(f"results-frameworks/{framework.pk}/").status_code in (403, 404)

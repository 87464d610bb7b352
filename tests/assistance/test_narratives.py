"""What people write of an output: what stands when, who may, what is refused, and the chapter that has
it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from assistance.results.models import Output
from assistance.results.narratives import OutputNarrative, outcomes_of, write_narrative
from core.workflow.exceptions import DomainError
from reports.documents.assembly import build_document
from reports.editions.snapshots import edition_snapshot
from reports.figures.facts.windows import FigureWindow
from reports.reports import verification
from reports.results.snapshot import narratives
from reports.schedules.periods import Period, period_before, period_of
from tests import make
from tests.assistance.evaluation import delivered
from tests.assistance.frameworks import loaded
from tests.make import People
from tests.reports.producing import produced

pytestmark = pytest.mark.django_db
START, END = date(2025, 1, 1), date(2025, 4, 1)


@pytest.fixture
def output() -> Output:
    """The only one of a framework that has been known for long."""
    loaded()
    return Output.objects.select_related("outcome__framework__programme").get()


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


def test_the_last_text_of_a_period_counts_and_none_is_changed(
    people: People, output: Output
) -> None:
    first = write_narrative(people.officer, output, START, END, "Two courts took evidence.")
    between = datetime.now(UTC)
    write_narrative(people.manager, output, START, END, "Three courts took evidence.")
    assert [n.text for n in OutputNarrative.objects.known()] == ["Three courts took evidence."]
    assert [n.text for n in OutputNarrative.objects.known(between)] == ["Two courts took evidence."]
    with pytest.raises(ProgrammingError), transaction.atomic():
        OutputNarrative.objects.filter(pk=first.pk).update(text="None")


@pytest.mark.parametrize(
    ("start", "end", "text", "said"),
    [
        (END, START, "x", "comes before the first"),
        (date(2020, 1, 1), END, "x", "does not cover"),
        (date(2029, 1, 1), date(2029, 4, 1), "x", "not over yet"),
        (START, END, "  ", "Write what changed."),
    ],
)
def test_what_cannot_be_written_is_refused(
    people: People, output: Output, start: date, end: date, text: str, said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        write_narrative(people.officer, output, start, end, text)


def test_texts_that_overlap_are_not_joined_and_one_can_be_taken_back(
    people: People, output: Output
) -> None:
    def said() -> dict[str, str]:
        window = FigureWindow(make.programme(), Period(START, END), timezone.now())
        return narratives(window)

    for start, end, text in (
        (date(2025, 1, 1), date(2025, 2, 1), "In January."),
        (date(2025, 2, 1), date(2025, 4, 1), "Since then."),
        (date(2025, 1, 1), date(2025, 3, 31), "By a slip."),
    ):
        write_narrative(people.officer, output, start, end, text)
    assert said() == {"OP1": "By a slip."}
    write_narrative(people.officer, output, date(2025, 1, 1), date(2025, 3, 31), "")
    assert said() == {"OP1": "In January. Since then."}
    write_narrative(people.officer, output, START, END, "In the whole quarter.")
    assert said() == {"OP1": "In the whole quarter."}


def test_outcomes_of_the_outputs_pillar_are_offered_to_who_writes(
    people: People, output: Output
) -> None:
    prevention = make.Pillar.objects.get(code="prevention")
    ours, other = delivered(people, pillar=prevention), delivered(people)
    assert ours.ends_on is not None
    found = outcomes_of(output, ours.ends_on, ours.ends_on + timedelta(days=1))
    assert [one.reference for one in found] == [ours.reference]
    assert other.reference not in str(found)


def test_the_page_of_an_output(people: People, output: Output) -> None:
    address = reverse("results_output", args=[output.pk])
    for who in (people.kenya, people.administrator, make.user(make.Role.OFFICER)):
        assert browser(who).get(address).status_code in (403, 404)
    officer = browser(people.officer)
    assert output.text in officer.get(address).content.decode()
    sent = {"first_day": "2025-01-01", "last_day": "2025-03-31", "text": "Courts take it."}
    wrong = officer.post(address, sent | {"last_day": "2029-03-31"})
    assert wrong.status_code == 422 and "Courts take it." in wrong.content.decode()
    assert officer.post(address, sent | {"text": ""}).status_code == 422
    assert not OutputNarrative.objects.exists()
    assert officer.post(address, sent).status_code == 302
    assert OutputNarrative.objects.get().period_end == END
    assert "Courts take it." in officer.get(address).content.decode()


def test_the_report_says_what_changed_under_any_version_and_others_do_not_read_it(
    people: People, output: Output
) -> None:
    today = make.programme().today()
    quarter = period_of("quarterly", today)
    last = period_before("quarterly", quarter)
    with mock.patch.object(type(make.programme()), "today", return_value=quarter.end):
        write_narrative(people.officer, output, quarter.start, quarter.end, "Courts take it.")
        write_narrative(people.officer, output, last.start, last.end, "Of another quarter.")
    revision = produced(people).current
    assert revision is not None
    snapshot = revision.contents
    chapter = next(s for s in build_document(snapshot, "", "en").sections if s.code == "results")
    said = chapter.tables[0]
    assert [[cell.text for cell in row] for row in said.rows] == [
        ["OP1\u00a0 People trained", "Courts take it."]
    ]
    assert not list(verification.differing_figures(revision, "report"))
    assert "Courts take it." not in str(edition_snapshot(snapshot, "public", None))

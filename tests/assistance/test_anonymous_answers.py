"""Nobody who reads the database, not even its own columns, can tell whose answer a row is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pghistory.models
from django.db import connection

from assistance.evaluation import surveys
from assistance.evaluation.choices import Wave
from assistance.evaluation.signed_links import SurveyKey
from assistance.evaluation.survey_models import Survey, SurveyAnswer, SurveyInvitation
from tests.assistance.evaluation import asked, delivered, opened
from tests.make import People

PEOPLE = 8
SAID = {
    "id",
    "survey_id",
    "sex",
    "relevance",
    "content",
    "trainers",
    "organisation",
    "use",
    "obstacle",
    "passed_on",
    "results",
    "comment",
}


def stored() -> list[tuple[str, str, str]]:
    """Of each answer its words, the transaction that wrote it, and its place; by place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT comment, xmin::text, ctid::text FROM assistance_surveyanswer ORDER BY ctid"
        )
        return list(cursor.fetchall())


def columns(table: str) -> set[str]:
    """The columns of a table, as the database has them."""
    with connection.cursor() as cursor:
        return {c.name for c in connection.introspection.get_table_description(cursor, table)}


def test_no_answer_can_be_joined_to_a_person(committed: None) -> None:
    survey = opened(delivered(People()), Wave.SIX_MONTHS, PEOPLE)
    keys = asked(survey, PEOPLE)
    contexts = pghistory.models.Context.objects.count()
    arrival: list[str] = []
    for number, key in enumerate(keys):
        surveys.take_answer(key, SurveyAnswer(use="often", comment=f"{number}"))
        arrival.append(f"{number}")
        rows = stored()
        assert {words for words, _transaction, _place in rows} == set(arrival)
        # all are of one transaction, so that the one that wrote an answer tells nothing
        assert len({transaction for _words, transaction, _place in rows}) == 1
    # one in 40,320 is in order by chance
    assert [words for words, _transaction, _place in stored()] != arrival
    # no time, no running number, no person; no history of either table
    assert columns("assistance_surveyanswer") == SAID
    assert not SurveyInvitation.objects.exists()
    tables = set(connection.introspection.table_names())
    assert not {"assistance_surveyanswerevent", "assistance_surveyinvitationevent"} & tables
    assert pghistory.models.Context.objects.count() == contexts


def test_answers_at_the_same_moment_are_all_kept_and_a_link_counts_once(committed: None) -> None:
    survey = opened(delivered(People()), Wave.SIX_MONTHS, PEOPLE)
    keys = asked(survey, PEOPLE)

    def answer(key: SurveyKey) -> bool:
        try:
            surveys.take_answer(key, SurveyAnswer(use="often"))
        except surveys.SurveyOver:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(answer, [*keys, *keys]))
    assert sum(taken) == PEOPLE
    assert Survey.objects.get().answers.count() == PEOPLE

"""The pages on which staff evaluate an engagement: tests, what was said at the end and later."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement
from assistance.engagements.part_models import CountryParticipation
from assistance.evaluation import answer_sheet, knowledge_tests, scores, surveys
from assistance.evaluation.choices import FEWEST, FOLLOW_UPS, Stage, Wave
from assistance.evaluation.follow_ups import due_on
from assistance.evaluation.forms import AnswersForm, AskedForm, QuestionsForm, ScoresForm
from assistance.evaluation.results import (
    comments_of,
    exported_answers,
    obstacles_of,
    results_of,
)
from assistance.evaluation.score_models import KnowledgeTest, ScoreSheet
from assistance.evaluation.signed_links import LIVES_DAYS, knowledge_link, qr_code, room_link
from assistance.evaluation.survey_models import Survey
from assistance.evaluation.surveys import LIVES
from core.csv import escape_formula, writer_to
from core.forms import posted_data
from core.pasted_tables import PastedColumn
from core.text import label_of
from core.workflow.exceptions import DomainError

FORM_METHODS = ["GET", "HEAD", "POST"]
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def evaluated(request: AuthenticatedRequest, pk: int) -> Engagement:
    """An engagement of the reader's programmes that people attend; Http404 for any other."""
    rows = Engagement.objects.editable_by(request.user).select_related("programme")
    found = get_object_or_404(rows, pk=pk)
    if not found.has_participants:
        raise Http404
    return found


@require_safe
@permission_required("evaluation.read")
def evaluation(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is known of an engagement's people: what they learnt, what they said, whom we ask when."""
    engagement = evaluated(request, pk)
    by_wave = {survey.wave: survey for survey in engagement.surveys.all()}
    test = KnowledgeTest.objects.filter(engagement=engagement).first()
    end = by_wave.get(Wave.END)
    context = {
        "engagement": engagement,
        "fewest": FEWEST,
        "lives_days": LIVES_DAYS,
        "sheet": engagement.score_sheets.select_related("recorded_by").first(),
        "test": test,
        "test_links": links_of(test) if test and test.closed_at is None else [],
        "questions": test.questions.count() if test else 0,
        "test_until": knowledge_tests.last_day_of(test) if test else None,
        "end": wave_context(Wave.END, end, engagement),
        "room": with_code(room_link(end)) if end and surveys.is_taking_answers(end) else None,
        "asked_form": AskedForm(initial={"asked": expected_people(engagement)}),
        "follow_ups": [wave_context(w, by_wave.get(w), engagement) for w in FOLLOW_UPS],
    }
    return render(request, "evaluation/evaluation.html", context)


def wave_context(wave: Wave, survey: Survey | None, engagement: Engagement) -> dict[str, object]:
    """A wave with its numbers and, once it is closed, what was said."""
    due, closed = due_on(engagement, wave), survey is not None and not survey.is_open
    answers = (
        list(survey.answers.all()) if survey and closed else []
    )  # of an open one only how many
    return {
        "label": label_of(Wave, wave),
        "due_on": due,
        "is_past": due is not None and due + LIVES <= engagement.programme.today(),
        "survey": survey,
        "answered": survey.answers.count() if survey and not closed else len(answers),
        "results": results_of(survey, answers) if survey and closed else [],
        "obstacles": obstacles_of(survey, answers) if survey and closed else [],
        "comments": comments_of(survey, answers) if survey and closed else [],
    }


def with_code(address: str) -> tuple[str, str]:
    """An address with the picture that telephones read."""
    return address, qr_code(address)


def links_of(test: KnowledgeTest) -> list[tuple[str, str, str]]:
    """Of each stage what it is called, the address and its picture."""
    return [(label_of(Stage, stage), *with_code(knowledge_link(test, stage))) for stage in Stage]


def expected_people(engagement: Engagement) -> int | None:
    """How many came, or are expected, to the part with the most people; None where nothing is known."""
    rows: QuerySet[CountryParticipation] = CountryParticipation.objects.filter(
        part__in=engagement.parts.live()
    )
    by_part: dict[int, int] = {}
    for row in rows:
        by_part[row.part_id] = by_part.get(row.part_id, 0) + (row.total or 0)
    return max(by_part.values(), default=0) or None


@require_http_methods(FORM_METHODS)
@permission_required("evaluation.record")
def record_scores(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Scores of both tests from a sheet."""
    engagement = evaluated(request, pk)

    def record(form: ScoresForm) -> None:
        scores.record_scores(
            request.user, engagement, form.maxima(), form.rows(), ScoreSheet.Source.SHEET
        )

    form = ScoresForm(posted_data(request), request.FILES or None)
    return answer_form(
        request, form, record, engagement, _("Scores of both tests"), heads_of(scores.COLUMNS)
    )


@require_http_methods(FORM_METHODS)
@permission_required("evaluation.record")
def knowledge_questions(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The questions of a test that people take by a link."""
    engagement = evaluated(request, pk)

    def record(form: QuestionsForm) -> None:
        knowledge_tests.open_test(request.user, engagement, form.rows())

    form = QuestionsForm(posted_data(request), request.FILES or None)
    return answer_form(
        request,
        form,
        record,
        engagement,
        _("Questions of the test"),
        heads_of(knowledge_tests.COLUMNS),
    )


@require_http_methods(FORM_METHODS)
@permission_required("evaluation.record")
def record_answers(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What people wrote on paper at the end."""
    engagement = evaluated(request, pk)

    def record(form: AnswersForm) -> None:
        surveys.record_answers(request.user, engagement, form.cleaned_data["asked"], form.rows())

    form = AnswersForm(
        posted_data(request),
        request.FILES or None,
        initial={"asked": expected_people(engagement)},
    )
    return answer_form(
        request,
        form,
        record,
        engagement,
        _("Answers from paper"),
        heads_of(answer_sheet.COLUMNS),
    )


def heads_of(columns: tuple[PastedColumn, ...]) -> list[str]:
    """What the first line of a table calls its columns."""
    return [column.heads[0].capitalize() for column in columns]


def answer_form(
    request: AuthenticatedRequest,
    form: AnyForm,
    act: Callable[[AnyForm], None],
    engagement: Engagement,
    title: str,
    columns: list[str],
) -> HttpResponse:
    """Does what a valid form says and leads back; else the form, with what is wrong."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form)
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                messages.success(request, _("Recorded."))
                return redirect("evaluation", engagement.pk)
    context = {"form": form, "engagement": engagement, "title": title, "columns": columns}
    return render(request, "evaluation/table.html", context, status=status)


@require_POST
@permission_required("evaluation.record")
def open_survey(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks the people in the room."""
    engagement = evaluated(request, pk)
    return done_with_number(
        request,
        pk,
        lambda asked: surveys.open_survey(request.user, engagement, asked),
        _("Open. Show the link, or the picture, to the people in the room."),
    )


@require_POST
@permission_required("evaluation.record")
def ask_more(request: AuthenticatedRequest, pk: int, wave: int) -> HttpResponse:
    """More people are in the room."""
    survey = survey_of(request, pk, wave)
    return done_with_number(
        request, pk, lambda asked: surveys.ask_more(request.user, survey, asked), _("Saved.")
    )


def survey_of(request: AuthenticatedRequest, pk: int, wave: int) -> Survey:
    """A wave of an engagement of the reader's programmes; Http404 for any other."""
    rows = evaluated(request, pk).surveys.select_related("engagement__programme")
    return get_object_or_404(rows, wave=wave)


def done_with_number(
    request: AuthenticatedRequest, pk: int, act: Callable[[int], object], done: str
) -> HttpResponse:
    """Acts with the number of people that was sent, or says what is wrong with it."""
    form = AskedForm(request.POST)
    if form.is_valid():
        return done_or_said(request, pk, lambda: act(form.cleaned_data["asked"]), done)
    messages.error(request, " ".join(map(str, form.errors["asked"])))
    return redirect("evaluation", pk)


@require_POST
@permission_required("evaluation.record")
def close_survey(request: AuthenticatedRequest, pk: int, wave: int) -> HttpResponse:
    """Closes a wave; its results then stand."""
    survey = survey_of(request, pk, wave)
    return done_or_said(
        request, pk, lambda: surveys.close_survey(request.user, survey), _("Closed.")
    )


@require_POST
@permission_required("evaluation.record")
def close_test(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Closes a test; its points are the engagement's scores."""
    engagement = evaluated(request, pk)
    test = get_object_or_404(
        KnowledgeTest.objects.select_related("engagement"), engagement=engagement
    )
    return done_or_said(
        request, pk, lambda: knowledge_tests.close_test(request.user, test), _("Closed.")
    )


def done_or_said(
    request: AuthenticatedRequest, pk: int, act: Callable[[], object], done: str
) -> HttpResponse:
    """Acts and leads back to the page, with what was done or why it was not."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("evaluation", pk)


@require_safe
@permission_required("evaluation.read")
def export_answers(request: AuthenticatedRequest, pk: int, wave: int) -> HttpResponse:
    """The answers of a closed wave as CSV, in random order; Http404 of one that is open."""
    engagement = evaluated(request, pk)
    survey = get_object_or_404(engagement.surveys.filter(closed_at__isnull=False), wave=wave)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{engagement.reference}-answers-{survey.wave}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = writer_to(response)
    for row in exported_answers(survey, survey.answers.all()):
        writer.writerow([escape_formula(cell) for cell in row])
    return response

"""What people answer without an account, by a signed link: on a telephone, in six languages.

Nothing of a visitor is kept, and no answer says when it came.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from assistance.evaluation import knowledge_tests, surveys
from assistance.evaluation.choices import Wave
from assistance.evaluation.forms import AnswerForm, KnowledgeTestForm
from assistance.evaluation.signed_links import BrokenLink, SurveyKey, read_survey_key, read_test_key
from assistance.evaluation.surveys import SurveyOver
from assistance.participants.models import Sex
from core.forms import posted_data
from core.workflow.exceptions import DomainError

View = Callable[[HttpRequest], HttpResponse]
FORM_METHODS = ["GET", "HEAD", "POST"]
A_WAVE = 60 * 24 * 3600  # seconds


def by_link(view: View) -> View:
    """A page behind a secret address: kept by nobody, its address told to nobody. One whose time is over
    says so, and a link that nobody made here is answered alike."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            response = view(request)
        except (BrokenLink, SurveyOver):
            response = render(request, "evaluation/over.html", status=410)
        response["Cache-Control"] = "private, no-store"
        # never the key; with “no-referrer” browsers would send forms without an origin, which are refused
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(require_http_methods(FORM_METHODS)(answered))


@by_link
def survey(request: HttpRequest) -> HttpResponse:
    """The questions of a wave. From one device a link for a room is answered once."""
    key = read_survey_key(request.GET.get("key", ""))
    found = surveys.survey_behind(key)
    mark = f"answered-{found.pk}"
    if key.survey is not None and mark in request.COOKIES:
        return render(request, "evaluation/thanks.html")
    form = AnswerForm(posted_data(request), wave=found.wave)
    if form.is_bound and form.is_valid():
        answer = form.save(commit=False)
        answer.sex = answer.sex or Sex.UNKNOWN
        surveys.take_answer(key, answer)
        return thanks(request, mark if is_for_room(key) else "")
    context = {
        "form": form,
        "engagement": found.engagement,
        "programme": found.engagement.programme,
        "is_at_the_end": found.wave == Wave.END,
        "closes_on": found.closes_on,
    }
    return render(request, "evaluation/survey.html", context, status=422 if form.is_bound else 200)


def is_for_room(key: SurveyKey) -> bool:
    """Whether many share the link."""
    return key.survey is not None


def thanks(request: HttpRequest, mark: str) -> HttpResponse:
    """That it is kept; a device that answered in a room is marked, and no more is known of it."""
    response = render(request, "evaluation/thanks.html")
    if mark:
        response.set_cookie(
            mark, "1", max_age=A_WAVE, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


@by_link
def knowledge_test(request: HttpRequest) -> HttpResponse:
    """A test, before or after a course."""
    pk, stage = read_test_key(request.GET.get("key", ""))
    test = knowledge_tests.open_knowledge_test(pk)
    form = KnowledgeTestForm(posted_data(request), test=test, stage=stage)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            knowledge_tests.take_test(
                test, stage, given["word"], given["sex"] or Sex.UNKNOWN, form.points()
            )
        except DomainError as refusal:
            refusal.add_to_form(form)
        else:
            return render(request, "evaluation/thanks.html")
    context = {"form": form, "engagement": test.engagement, "stage": stage.label}
    return render(request, "evaluation/test.html", context, status=422 if form.is_bound else 200)
